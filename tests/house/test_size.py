"""Modules and functions that one can hold in the head."""

from tests.house.source import modules

LONGEST_MODULE = 400
LONGEST_FUNCTION = 70


def test_a_module_has_at_most_four_hundred_lines() -> None:
    too_long = {
        module.name: lines
        for module in modules()
        if not module.is_migration and (lines := len(module.text.splitlines())) > LONGEST_MODULE
    }
    assert not too_long, f"split by what they speak of: {too_long}"


def test_a_function_has_at_most_seventy_lines() -> None:
    too_long = {
        f"{module.name}:{function.lineno} {function.name}": lines
        for module in modules()
        if not module.is_migration
        for function in module.functions()
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
    }
    assert not too_long, f"part what they do: {too_long}"

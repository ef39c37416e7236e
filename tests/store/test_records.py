"""A record is a row: the tables are the records, column by column."""

from dataclasses import fields
from types import NoneType
from typing import Any, get_args, get_type_hints

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from tablebank.domain import establishment, facts, trays
from tablebank.store.rows import TABLES

RECORDS = [
    record
    for kept in (establishment, facts, trays)
    for record in vars(kept).values()
    if isinstance(record, type)
    and record.__module__ == kept.__name__
    and hasattr(record, "__dataclass_fields__")
    and record is not facts.TableFacts
]


def _model(record: type) -> type[models.Model]:
    return apps.get_model("store", record.__name__)


@pytest.mark.parametrize("record", RECORDS)
def test_a_record_has_a_table_with_just_its_columns(record: Any) -> None:
    model = _model(record)
    assert [field.column for field in model._meta.local_fields] == [
        field.name for field in fields(record)
    ]
    assert model._meta.db_table == TABLES[record]


@pytest.mark.parametrize("record", RECORDS)
def test_a_column_may_be_unknown_where_the_field_may(record: Any) -> None:
    hints = get_type_hints(record)
    assert {field.column: field.null for field in _model(record)._meta.local_fields} == {
        field.name: NoneType in get_args(hints[field.name]) for field in fields(record)
    }


def test_migrations_say_what_the_models_say() -> None:
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)

"""When two codes of tables are one table, and when they only may be (PAR-8).

A sheet says `bj-07` or `BJ 07` where the casino has `BJ-07`. Case makes no other table. Another
way of writing the same letters and numbers may: it is never taken for a new table, nor passed over.
"""

import re
import unicodedata


def same_code(code: str) -> str:
    """What two codes share that are one table for sure: everything but case."""
    return code.casefold()


def alike_code(code: str) -> tuple[str, ...]:
    """What `BJ-07`, `bj 7` and `BJ07` share: letters and numbers in their order.

    `1-1` and `11` are not alike: where a number ends is part of it.
    """
    plain = unicodedata.normalize("NFKC", code).casefold()
    runs = re.findall(r"[0-9]+|[^\W\d_]+|\d+", plain)
    return tuple(run.lstrip("0") or "0" if run.isdigit() else run for run in runs)

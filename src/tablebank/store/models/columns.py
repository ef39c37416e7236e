"""What the tables have in common: their keys, their links, and the values a column knows."""

from collections.abc import Mapping
from enum import StrEnum

from django.db import models

from tablebank.store.constraints import CasinoLink


class CasinoRow(models.Model):
    """A row with an id (UUIDv7) of one casino."""

    id = models.UUIDField(primary_key=True)
    casino_id = models.UUIDField()

    class Meta:
        """Not a table of its own."""

        abstract = True


def linkable(table: str) -> models.UniqueConstraint:
    """Rows of other tables may name rows of this one, together with their casino."""
    return models.UniqueConstraint(fields=["casino_id", "id"], name=f"{table}_of_casino")


def of_casino(table: str) -> CasinoLink:
    """The row's casino exists."""
    return CasinoLink(column="casino_id", to="casino", name=f"{table}_casino_link")


def links(table: str, columns: Mapping[str, str]) -> list[models.BaseConstraint]:
    """Columns that name rows of the same casino, with the tables those are in."""
    return [
        CasinoLink(column=column, to=to, name=f"{table}_{column}_link")
        for column, to in columns.items()
    ]


def known(table: str, columns: Mapping[str, type[StrEnum]]) -> list[models.CheckConstraint]:
    """Columns that hold one of the values the domain knows."""
    return [
        models.CheckConstraint(
            condition=models.Q(**{f"{column}__in": [str(value) for value in values]}),
            name=f"{table}_{column}_known",
        )
        for column, values in columns.items()
    ]


def never_negative(table: str, *columns: str) -> list[models.CheckConstraint]:
    """Amounts and numbers that are at least 0 where they are known."""
    return [
        models.CheckConstraint(
            condition=models.Q(**{f"{column}__gte": 0}), name=f"{table}_{column}_not_negative"
        )
        for column in columns
    ]


def one_of_each(table: str, *columns: str, name: str) -> models.UniqueConstraint:
    """At most one row of a casino with these values; unknown values do not collide."""
    return models.UniqueConstraint(fields=["casino_id", *columns], name=f"{table}_{name}")


def index(table: str, *columns: str, when: models.Q | None = None, name: str) -> models.Index:
    """An index over rows of one casino, for one question."""
    return models.Index(fields=["casino_id", *columns], condition=when, name=f"{table}_{name}")

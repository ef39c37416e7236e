"""Links between rows that include the casino, held by the database (TEN-1).

A plain foreign key would let a slip hang on another casino's session. Here every link is
`(casino_id, x_id) -> (casino_id, id)`, so that it cannot be said at all. Links are checked when the
transaction commits, so rows may be written in any order; nothing is ever deleted along with what
it hangs on.
"""

from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


class CasinoLink(models.BaseConstraint):
    """`column` of this row names a row of table `to` in the same casino.

    With `column="casino_id"` and `to="casino"` it is the link of a row to its casino; rows that
    hang on such a row have their casino through it and need no link of their own.
    """

    def __init__(self, *, column: str, to: str, name: str) -> None:
        super().__init__(name=name)
        self.column = column
        self.to = to

    # Django's stubs promise strings here; its schema editor takes None for "nothing to run now".
    def constraint_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> Any:
        """Nothing inside CREATE TABLE: the other table may not be there yet."""
        return self.create_sql(model, schema_editor)

    def create_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> Any:
        """Put the link off to the end of the migration, when every table and key exists."""
        if model is None or schema_editor is None:
            return
        quote = schema_editor.quote_name
        table = model._meta.db_table  # noqa: SLF001 - Django's documented Meta API
        pairs = {"casino_id": "casino_id", self.column: "id"}
        schema_editor.deferred_sql.append(
            f"ALTER TABLE {quote(table)} ADD CONSTRAINT {quote(self.name)}"
            f" FOREIGN KEY ({', '.join(quote(column) for column in pairs)})"
            f" REFERENCES {quote(self.to)} ({', '.join(quote(key) for key in pairs.values())})"
            " DEFERRABLE INITIALLY DEFERRED"
        )

    def remove_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> Any:
        """Take the link away."""
        if model is None or schema_editor is None:
            return None
        quote = schema_editor.quote_name
        table = model._meta.db_table  # noqa: SLF001 - Django's documented Meta API
        return f"ALTER TABLE {quote(table)} DROP CONSTRAINT {quote(self.name)}"

    def validate(self, *_: object, **__: object) -> None:
        """The database says no; there are no model forms to say it earlier."""

    def deconstruct(self) -> Any:
        """Say the link again in a migration."""
        path, arguments, named = super().deconstruct()
        return path, arguments, {**named, "column": self.column, "to": self.to}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, CasinoLink):
            return NotImplemented
        return (self.name, self.column, self.to) == (other.name, other.column, other.to)

    def __hash__(self) -> int:
        return hash((self.name, self.column, self.to))

"""As whom the tests, and everything that serves, speak to the database (TEN-1)."""

from tablebank.store import database


def test_the_tests_run_under_the_application_role() -> None:
    standing = database.standing()

    assert standing.role == database.APP_ROLE
    assert not standing.superuser
    assert not standing.bypasses_row_security
    assert not standing.owns_tables
    assert standing.safe


def test_the_database_knows_every_migration() -> None:
    assert database.is_migrated()

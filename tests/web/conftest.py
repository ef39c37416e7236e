"""The casino of these tests, and a table of one's own in it."""

import pytest

from tests.at_table import AtTable, a_table
from tests.cast import Casino, found


@pytest.fixture(scope="session")
def casino(_database_is_real: None) -> Casino:
    """The casino that the tests of one worker share."""
    return found()


@pytest.fixture(scope="session")
def next_door(_database_is_real: None) -> Casino:
    """Another casino, whose people must see nothing of the first."""
    return found()


@pytest.fixture
def table(casino: Casino) -> AtTable:
    """A table of the test's own, never opened."""
    return a_table(casino)


@pytest.fixture
def live(table: AtTable) -> AtTable:
    """A table in play."""
    table.open_table()
    return table

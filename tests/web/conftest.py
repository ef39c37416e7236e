"""The casino of these tests, and a table of one's own in it."""

import pytest

from tests.at_table import AtTable, a_table
from tests.cast import Casino, found
from tests.say import moment
from tests.web.browser import Browser, browser_of


@pytest.fixture(scope="session")
def _shared(_database_is_real: None) -> list[Casino]:
    """The casinos that the tests of one worker have shared, one after the other."""
    return []


@pytest.fixture
def casino(_shared: list[Casino]) -> Casino:
    """The casino that the tests of one worker share.

    At one its shift is used up and another is founded: every test begins in the DAY shift.
    """
    if not _shared or _shared[-1].now > moment("13:00"):
        _shared.append(found())
    return _shared[-1]


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


@pytest.fixture
def own() -> Casino:
    """A casino of the test's own, on the cast's gaming day, with Ada in it."""
    casino = found()
    casino.ada.patch("/casino", {"name": casino.founded.name}, at=casino.now).must(200)
    return casino


@pytest.fixture
def ada(own: Casino) -> Browser:
    """Ada's browser, in the casino of the test's own."""
    return browser_of(own.ada)

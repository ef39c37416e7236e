"""The casinos of these tests: one that many share, each test at a table of its own, and next door.

A test that asks about the casino as a whole (its journal from the first entry, its settings, its
shifts' sums) founds one of its own.
"""

import pytest

from tests.api.stage import Stage, set_stage
from tests.at_table import AtTable, a_table
from tests.cast import WHO, Casino, found
from tests.say import moment


@pytest.fixture(scope="session")
def _shared(_database_is_real: None) -> list[Casino]:
    """The casinos that the tests of one worker have shared, one after the other."""
    return []


@pytest.fixture
def casino(_shared: list[Casino]) -> Casino:
    """The casino that the tests of one worker share, everybody hired.

    At one its shift is used up and another is founded: every test begins in the DAY shift.
    """
    if not _shared or _shared[-1].now > moment("13:00"):
        _shared.append(_staffed(found()))
    return _shared[-1]


def _staffed(casino: Casino) -> Casino:
    for name in WHO:
        casino.person(name)
    return casino


@pytest.fixture(scope="session")
def stage(_database_is_real: None) -> Stage:
    """A casino with one of everything, in which tests only look, and send what is refused."""
    return set_stage(_staffed(found()))


@pytest.fixture(scope="session")
def next_door(_database_is_real: None) -> Stage:
    """Another casino with one of everything, whose people must see nothing of the first."""
    return set_stage(found())


@pytest.fixture
def table(casino: Casino) -> AtTable:
    """A table of the test's own in the shared casino, never opened."""
    return a_table(casino)


@pytest.fixture
def live(table: AtTable) -> AtTable:
    """A table in play."""
    table.open_table()
    return table


@pytest.fixture
def own(_database_is_real: None) -> Casino:
    """A casino of the test's own."""
    return found()

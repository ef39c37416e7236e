"""The month of the reports, played once for all that only read it."""

import pytest

from tests.reports.by_hand import ByHand, days_from
from tests.reports.month import APRIL, FEBRUARY, play_month


@pytest.fixture(scope="session")
def hand(_database_is_real: None) -> ByHand:
    """The month as it was played, with what every session of it says of itself."""
    return ByHand(casino=play_month().casino, days=days_from(FEBRUARY, APRIL))

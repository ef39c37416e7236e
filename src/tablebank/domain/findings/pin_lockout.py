"""PIN_LOCKOUT: five wrong PINs in a row locked a badge on a device (SIGN-4).

It hangs on no table and is not detected from facts: the command that refused the fifth PIN raises
it.
"""

from collections.abc import Iterable

from tablebank.domain.decisions import House
from tablebank.domain.facts import TableFacts
from tablebank.domain.findings.kind import Found, Kind
from tablebank.domain.terms import Stops


def detect(house: House, facts: TableFacts) -> Iterable[Found]:
    return ()


PIN_LOCKOUT = Kind(
    name="PIN_LOCKOUT",
    stops=Stops.NOTHING,
    department="pit",
    words="A badge was locked after five wrong PINs.",
    detect=detect,
)

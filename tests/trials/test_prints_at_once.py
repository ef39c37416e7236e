"""Several printers and one slip: exactly one of them has the first print of it.

FIL-07. Over real sockets, several rounds; every later print knows how many went before it.
"""

import re
from functools import partial

import pytest

from tests.cast import Casino, found
from tests.line import OverTheWire
from tests.printed import print_slip
from tests.trials.racing import at_once, check_journal
from tests.trials.spot import spot_in

PRINTERS = 4
ROUNDS = 5


@pytest.fixture(scope="module")
def busy(wire: OverTheWire) -> Casino:
    casino = found(line=wire, simulated=False)
    for name in ("dana", "sam", "pat", "casey", "rory", "ana"):
        casino.person(name)
    return casino


def test_one_of_them_has_the_first(busy: Casino) -> None:
    spot = spot_in(busy)
    spot.open("100 black")
    for _ in range(ROUNDS):
        slip = spot.send_fill("10 black")
        printed = at_once([partial(print_slip, busy.casey, slip)] * PRINTERS)
        marks = [re.search(r"REPRINT (\d+)", pages[0].text) for pages in printed]
        numbers = sorted(int(mark[1]) if mark else 0 for mark in marks)
        assert numbers == list(range(PRINTERS))
    check_journal(busy)

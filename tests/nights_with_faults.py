"""A night with faults in a casino of its own, in this process: played, swept, reckoned."""

import logging
from collections.abc import Iterable
from datetime import time
from uuid import uuid4

import httpx
from django.core.wsgi import get_wsgi_application
from django.utils import timezone

from tablebank.commands.founding import Founding, found_casino
from tablebank.commands.sweep import sweep_casino
from tablebank.domain.terms import BankMode
from tablebank.simulator.client import Line
from tablebank.simulator.faults.kind import Fault
from tablebank.simulator.faults.reckoning import Reckoned, nights_reckoning
from tests.cast import admin_of

ADMIN_BADGE = "1"
"""Apart from the badges that the simulator gives out."""


def night(seed: int, *, only: Iterable[type[Fault]] | None = None) -> Reckoned:
    """The night of a seed. It speaks HTTP, and the answers come from this process."""
    founding = Founding(
        slug=f"night-{seed}-{uuid4().hex[:8]}",
        name="A casino for one night",
        timezone="America/New_York",
        gaming_day_start=time(6, 0),
        mode=BankMode.INVENTORY_COUNT,
        simulated=True,
    )
    # Results that open exceptions stop are asked for, and refused: nobody need be told of it.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    casino = found_casino(founding, clock=timezone.now)
    transport = httpx.WSGITransport(app=get_wsgi_application())
    with Line(base_url="http://localhost", transport=transport) as line:
        return nights_reckoning(
            line=line,
            admin_token=admin_of(casino, badge=ADMIN_BADGE),
            seed=seed,
            sweep=lambda: list(sweep_casino(casino.id, clock=timezone.now)),
            only=only,
        )

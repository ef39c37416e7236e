"""A casino as a newcomer has it after the first commands of the README: itself, and Ada.

Everything else is done in the browser. Who else works there is entered by Ada when first asked for.
"""

import json
from datetime import time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from tablebank.domain.establishment import Casino as Founded
from tests.browser.today import PASSWORD
from tests.cast import WHO, Casino, Person
from tests.cli.typing_in import as_json, done
from tests.line import Line


def newcomers_casino(line: Line) -> Casino:
    """Created at the command line, in the middle of its first shift, with nothing in it but Ada."""
    began = timezone.now() - timedelta(hours=3)
    start = time(began.hour)
    slug = f"new-{uuid4().hex[:12]}"
    where = ("--timezone", "UTC", "--gaming-day-start", f"{start:%H:%M}")
    made = as_json("casino", "create", "--slug", slug, "--name", "North Star", *where)
    casino = Casino(founded=_founded(made, start), line=line, password=PASSWORD)
    casino.now = timezone.now()
    casino._hired["ada"] = _ada(casino)
    return casino


def _founded(made: dict[str, Any], start: time) -> Founded:
    return Founded(
        id=UUID(made["id"]),
        slug=made["slug"],
        name=made["name"],
        timezone=made["timezone"],
        currency=made["currency"],
        gaming_day_start=start,
        simulated=made["simulated"],
        created_at=timezone.now(),
    )


def _ada(casino: Casino) -> Person:
    """The administrator, as the README adds her."""
    badge, name, pin, roles = WHO["ada"]
    slug = casino.founded.slug
    said = ("--casino", slug, "--badge", badge, "--name", name, "--role", *roles, "--pin", pin)
    added = done("staff", "add", *said, "--password-stdin", "--json", stdin=f"{PASSWORD}\n")
    token = done("token", "create", "--casino", slug, "--badge", badge).strip()
    return Person(
        casino=casino,
        id=json.loads(added)["id"],
        name=name,
        badge=badge,
        pin=pin,
        roles=roles,
        token=token,
    )

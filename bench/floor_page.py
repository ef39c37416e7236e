"""Q5: the floor as a page. How long the server takes, and how much goes over the wire.

The casino is played through the product's own doors: a third of its tables in play with chips on
the way, a third closed with the box counted, a third closed with the count pending. What is timed
is the page in this process, from request to body; beside it the read model alone, so that the
ratio says where the time goes. The wire is the page and all it names, compressed.
"""

import gzip
import re
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import connections
from django.utils import timezone

from tablebank.domain.credentials import SessionCredential
from tablebank.queries.doors import reading
from tablebank.queries.floor import floor
from tests.at_table import a_table
from tests.cast import Casino, found
from tests.say import dollars
from tests.web.browser import Browser, browser_of

PAGE_MS, WIRE_KB = 150, 200
PITS = 20
WARMING = 12
"""Seen so often before it is timed: a statement is prepared only when it was asked a few times."""


def measure(*, tables: int, rounds: int) -> list[dict[str, Any]]:
    casino = _at_work(tables)
    sam = browser_of(casino.sam)
    page = _median_ms(lambda: _seen(sam, "/floor"), rounds)
    rows = _median_ms(lambda: _read(casino), rounds)
    wire = _wire_kb(sam)
    return [
        {
            "what": f"the floor of {tables} tables, request to body (read model {rows:.0f} ms)",
            "figure": f"{page:.0f} ms",
            "bar": f"{PAGE_MS} ms",
            "holds": page <= PAGE_MS,
            "milliseconds": round(page, 1),
            "read_model_milliseconds": round(rows, 1),
            "page_over_read_model": round(page / rows, 2),
        },
        {
            "what": "the page and all it names, compressed",
            "figure": f"{wire:.0f} kB",
            "bar": f"{WIRE_KB} kB",
            "holds": wire <= WIRE_KB,
            "kilobytes": round(wire, 1),
        },
    ]


def _at_work(tables: int) -> Casino:
    """A casino in the middle of its day."""
    casino = found()
    for number in range(tables):
        at = a_table(casino, code=f"BJ-{number:03d}", pit=f"Pit {number % PITS:02d}")
        at.open_table()
        if number % 3 == 0:
            at.fill("10 black")
            at.issue(at.ask_fill("20 black"))
            continue
        at.close()
        at.drop()
        if number % 3 == 1:
            at.custody()
            at.soft_count(dollars("4,000"))
        if number % 50 == 0:
            print(f"{number} of {tables} tables played", file=sys.stderr)
    with connections["owner"].cursor() as owner:
        # as the server does by itself within minutes of so much that is new
        owner.execute("vacuum analyze")
    return casino


def _seen(browser: Browser, path: str) -> str:
    """The body alone: reading it, as the trials' browser does, is no part of the server's time."""
    response = browser.client.get(path)
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


def _read(casino: Casino) -> None:
    credential = SessionCredential(
        casino_id=casino.founded.id, staff_id=UUID(casino.sam.id), device="a bench"
    )
    with reading(credential, at=timezone.now()) as view:
        floor(view.cursor, view.house, now=view.now)


def _median_ms(doing: Callable[[], object], rounds: int) -> float:
    for _ in range(WARMING):
        doing()
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        doing()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def _wire_kb(browser: Browser) -> float:
    """The page, its styles and its scripts, those that scripts import too."""
    html = _seen(browser, "/floor")
    waiting = re.findall(r'(?:href|src)="(/static/[^"]+)"', html)
    sent, size = set(), len(gzip.compress(html.encode(), 6))
    while waiting:
        path = waiting.pop()
        if path in sent:
            continue
        sent.add(path)
        response = browser.client.get(path)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        size += len(gzip.compress(body, 6))
        folder = path.rpartition("/")[0]
        waiting += [
            f"{folder}/{each.decode()}" for each in re.findall(rb"from \"\./([^\"]+)\"", body)
        ]
    return size / 1000

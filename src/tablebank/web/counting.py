"""Beginning a count from its form: when it opens, and again when chips moved (SNAP-5).

The form asks for its start by itself as soon as it is shown, under a key made from its own: a form
that is loaded again goes on with the count that it began. Nobody taps for it. Where no script runs
a button begins the count; without one a count is recorded unguarded, as by a program that names no
start.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from tablebank.commands import trays
from tablebank.commands.perform import Answer, Asked, Done, perform
from tablebank.domain.count_guard import Move
from tablebank.domain.credentials import SessionCredential
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.terms import SlipStatus, SnapshotKind
from tablebank.web import words
from tablebank.web.actions.counts import BEGUN
from tablebank.web.actions.kind import Action, Place
from tablebank.web.figures import money, wall
from tablebank.web.session_view import BegunCount, SessionView
from tablebank.web.typed import Data
from tablebank.web.written import write_as

AGAIN = "begun_again"
"""The field that says so of a form that comes back once more."""
LONGEST_KEY = 200
"""Of a form; what is begun from it has a longer one."""


KIND_OF: Mapping[str, SnapshotKind] = {
    "interim-count": SnapshotKind.INTERIM,
    "closing-count": SnapshotKind.CLOSING,
    "roll-over": SnapshotKind.CLOSING,
}
"""The forms that begin a count, by the word in their address. Before the opener no chips can move,
and a correction is no count of its own."""


def begin_count(credential: SessionCredential, action: Action, place: Place, data: Data) -> UUID:
    """Begin the count of this form, or the one after the count it holds where it is begun again.

    Sent twice it begins one count (IDEM-1); refuses what the command refuses.
    """
    kind, key = KIND_OF.get(action.slug), data.get("key", "")
    if kind is None:
        raise Refused(Refusal.NOT_FOUND)
    if not 0 < len(key) <= LONGEST_KEY:
        raise Refused(Refusal.IDEMPOTENCY_KEY_MISSING)
    again = data.get(BEGUN.name, "") if data.get("begin") == "again" else ""
    if again:
        key = f"{key}:{_id(again)}"

    def answer(cursor: Any, done: Done) -> Answer:
        return Answer(status=201, text=json.dumps({"count_id": str(done.decision.subject_id)}))

    asked = Asked(
        path_id=place.view.session.id,
        body=trays.StartCount(kind=kind),
        raw={"kind": kind.value},
        key=f"begin:{key}",
    )
    given = perform(credential, trays.START_COUNT, asked, clock=timezone.now, answer=answer)
    return UUID(json.loads(given.text)["count_id"])


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refused(Refusal.NOT_FOUND) from None


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownBegun:
    """The count a form began as it stands by now: what moved since, and before it was renewed."""

    count_id: UUID
    started_at: datetime
    is_again: bool
    """Whether this form went on from here: then its figures may be from before."""
    moved: Sequence[str]
    moved_before: Sequence[str]


def shown_begun(view: SessionView, data: Data) -> ShownBegun | None:
    """The count that this form began; None before it has."""
    begun = _begun_in(view, data.get(BEGUN.name, ""))
    if begun is None:
        return None
    zone = view.house.casino.timezone
    is_again = data.get("begin") == "again" or data.get(AGAIN) == "yes"
    with write_as(view.house):
        return ShownBegun(
            count_id=begun.start.id,
            started_at=begun.start.started_at,
            is_again=is_again,
            moved=_in_words(begun.moved, zone=zone),
            moved_before=_in_words(_moved_before(view, begun), zone=zone) if is_again else (),
        )


def _begun_in(view: SessionView, count_id: str) -> BegunCount | None:
    """The count a form began, or the one it was begun again as since."""
    found = next((each for each in view.begun if str(each.start.id) == count_id), None)
    while found is not None:
        renewed = _renewing(view, found)
        if renewed is None or renewed.start.started_by != found.start.started_by:
            break
        found = renewed
    return found


def _renewing(view: SessionView, begun: BegunCount) -> BegunCount | None:
    return next((each for each in view.begun if each.start.renews == begun.start.id), None)


def _moved_before(view: SessionView, begun: BegunCount) -> Sequence[Move]:
    """What had touched the tray before this count was begun again, since the count it took over."""
    before = next((each for each in view.begun if each.start.id == begun.start.renews), None)
    if before is None:
        return ()
    return [each for each in before.moved if each not in begun.moved]


def _in_words(moves: Sequence[Move], *, zone: str) -> Sequence[str]:
    """One line for each: which slip, what it did, by how much, when by the casino's clock."""
    return [
        _("%(slip)s, %(what)s at %(time)s: %(amount)s")
        % {
            "slip": f"{words.said(words.SLIP_KIND, each.slip.kind)} {each.slip.number}",
            "what": _what(each),
            "time": wall(each.at, zone=zone),
            "amount": money(each.effect_cents, signed=True),
        }
        for each in moves
    ]


def _what(move: Move) -> str:
    if move.slip.status == SlipStatus.VOIDED and move.at != move.slip.tray_instant:
        return _("brought back")
    return _("verified") if move.effect_cents > 0 else _("picked up")

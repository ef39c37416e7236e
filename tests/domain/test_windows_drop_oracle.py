"""The drop of windows over nights that nobody planned, against an oracle with a notebook (BASE-5).

Where the two ends are is tried elsewhere; from one end to the other the oracle asks session by
session what was in its boxes, what was bought in, what somebody read, and writes down the sum.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tablebank.domain.boxes import drop_known, group_of, members, mounts_serving
from tablebank.domain.facts import Session, TableFacts
from tablebank.domain.terms import SnapshotKind
from tablebank.domain.windows.asked import CloseOn, Window
from tablebank.domain.windows.win_loss import win_loss
from tests.domain.nights import Night, edges_worth_asking, moves, night_of, pars


@dataclass
class Stretch:
    """A session that was played: from its opener to its end, None while there is none."""

    session: Session
    start: datetime
    end: datetime | None


def _stretches(facts: TableFacts) -> list[Stretch]:
    found = []
    superseded = {each.supersedes for each in facts.snapshots}
    for session in members(facts):
        at = {
            shot.kind: shot.occurred_at
            for shot in facts.snapshots
            if shot.session_id == session.id and shot.id not in superseded
        }
        if SnapshotKind.OPENING in at:
            end = at.get(SnapshotKind.CLOSING, session.closed_at)
            found.append(Stretch(session, at[SnapshotKind.OPENING], end))
    return found


def _bought_in(night: Night, stretch: Stretch, first: datetime, last: datetime) -> int | None:
    """The notebook's tally: a correction strikes out what it corrects; an empty page is None."""
    page: dict[Any, int] = {}
    for each in night.buy_ins:
        if each.session_id != stretch.session.id:
            continue
        page.pop(each.supersedes, None)
        before = each.occurred_at < first or (each.occurred_at == first and stretch.start < first)
        if not before and each.occurred_at <= last:
            page[each.id] = each.amount_cents
    standing = [cents for cents in page.values() if cents]
    return sum(standing) if standing else None


def told_drop(
    night: Night, first: datetime, last: datetime, *, on_reading: bool
) -> tuple[int | None, str | None]:
    """What the oracle says of the drop between two instants, and where it has it from."""
    facts = night.floor.facts
    playing = [
        each
        for each in _stretches(facts)
        if each.start < last and (each.end is None or each.end > first)
    ]
    if not playing:
        return 0, "no_play"
    inside = {
        each.session.id
        for each in playing
        if each.start >= first and each.end is not None and each.end <= last
    }
    read = max(
        (each for each in night.readings if each.occurred_at == last),
        key=lambda each: each.recorded_at,
        default=None,
    )
    total, is_estimate, done = 0, False, set()
    for stretch in playing:
        group = group_of(facts, stretch.session)
        if group[0].id in done:
            continue
        done.add(group[0].id)
        mine = [each for each in playing if each.session in group]
        cents = None
        if all(each.id in inside for each in group):
            cents = drop_known(facts, group).total_cents
        if cents is None:
            is_estimate = True
            tallies = [_bought_in(night, each, first, last) for each in mine]
            cents = None if None in tallies else sum(each or 0 for each in tallies)
        if cents is None and on_reading and read is not None:
            boxes = {box.id: box for each in group for box in mounts_serving(facts, each)}
            alone = len(boxes) == 1 and not any(box.in_play for box in boxes.values())
            whole = [each.session for each in mine] == list(group)
            if alone and whole and playing[-1] in mine and min(s.start for s in mine) >= first:
                cents = read.estimated_drop_cents
        if cents is None:
            return None, None
        total += cents
    return total, "telemetry_estimate" if is_estimate else "counted"


@settings(max_examples=200, deadline=None)
@given(pars, moves, st.booleans(), st.booleans(), st.data())
def test_a_window_s_drop_is_what_an_onlooker_would_add_up(
    par: int | None,
    played: list[tuple[str, int, int, bool]],
    ended: bool,
    on_reading: bool,
    data: st.DataObject,
) -> None:
    """BASE-5, SNAP-6, LESSON-7: counted, else estimated and said to be, else unknown."""
    night = night_of(par, played)
    if ended:
        night.end()
    places = edges_worth_asking(night.floor.facts)
    places = sorted({*places, *(each.occurred_at for each in night.readings)})
    start = data.draw(st.sampled_from(places))
    end = data.draw(st.sampled_from([each for each in places if each >= start]))
    close_on = CloseOn.OBSERVATION if on_reading else CloseOn.COUNT
    found = win_loss(night.seen(), Window(start=start, end=end, close_on=close_on))
    if found.measured_from is None or found.measured_to is None:
        assert (found.drop_total_cents, found.drop_source) == (None, None)
        return
    closes_on_reading = found.closing_source is CloseOn.OBSERVATION
    told = told_drop(night, found.measured_from, found.measured_to, on_reading=closes_on_reading)
    assert (found.drop_total_cents, found.drop_source) == told
    if told[1] == "telemetry_estimate":
        assert found.estimated
        assert found.reasons, "it says why it is not counted"

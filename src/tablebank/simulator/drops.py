"""Drop boxes on their way: taken off, carried, counted.

The crew swaps boxes while no hand is dealt, so what lies in a box is what was dropped in the
sessions it served. The count room finds notes, tickets, coupons and forms, and says so twice.
"""

from dataclasses import dataclass
from typing import Any

from tablebank.simulator.books import audit_what_is_settled
from tablebank.simulator.boxes import Box, Contents
from tablebank.simulator.client import Amiss
from tablebank.simulator.clock import MINUTE
from tablebank.simulator.pit import Pit, Table, Work, sign
from tablebank.simulator.slips import money
from tablebank.simulator.truth import BoxTruth, SessionTruth

WINDOW = 45 * MINUTE


def schedule(pit: Pit, table: Table, *, at: float) -> None:
    """Announce when this session's box will be taken."""
    ahead = at - pit.env.now
    pit.acting(pit.supervisor(table)).command(
        f"/sessions/{table.live.session_id}/drop/schedule",
        at=pit.instant(),
        window_start=pit.instant(ahead=ahead - WINDOW),
        window_end=pit.instant(ahead=ahead + WINDOW),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A box that was taken off its table, and its removal on record."""

    box: Box
    truth: BoxTruth
    drop_id: str


def take_box(
    pit: Pit,
    table: Table,
    *,
    named: SessionTruth,
    type_: str = "SCHEDULED",
    reason: str | None = None,
) -> None:
    """Swap the mounted box, carry it to the count room and have it counted there by itself.

    The caller holds the table's hands.
    """
    taken = swap_box(pit, table, named=named, type_=type_, reason=reason)
    pit.go(table, _carry_and_count(pit, table, taken))


def swap_box(
    pit: Pit,
    table: Table,
    *,
    named: SessionTruth,
    type_: str = "SCHEDULED",
    reason: str | None = None,
    trip_id: str | None = None,
) -> Taken:
    """Swap the mounted box for another. The caller holds the table's hands.

    The crew reads the code off the box they take.
    """
    emergency = type_ == "EMERGENCY"
    instead = pit.pool.pop(0) if emergency else table.free_boxes.pop(0)
    first, second = pit.drop_crew()
    surveillance = pit.house.cast.of(role="SURVEILLANCE", crew="ALL")[0]
    taken, truth = table.felt.box, table.box_truth
    removed = pit.acting(first).command(
        f"/sessions/{named.session_id}/drop/remove",
        at=pit.instant(),
        type=type_,
        box=taken.code,
        reason=reason,
        replacement_box=instead.code,
        trip_id=trip_id,
        surveillance={"notified_at": pit.instant(ahead=-90), "operator": surveillance.name},
        sign=[sign(second)],
    )
    truth.drop_id = removed["id"]
    _hang(table, instead)
    hung = table.felt.box
    if type_ == "SCHEDULED":
        pit.tell(f"{table.code}  box {taken.code} taken, {hung.code} mounted")
    else:
        table.play_on()
        pit.tell(f"{table.code}  box {taken.code} taken {_WORDS[type_]}, {hung.code} mounted")
    pit.ledger.boxes.append(truth)
    return Taken(box=taken, truth=truth, drop_id=removed["id"])


def _hang(table: Table, meant: Box) -> None:
    """Hang the box that is meant, or whichever it really is."""
    truth = BoxTruth(box=meant.code)
    hung = table.world.box_hung(meant, shelf=table.free_boxes, truth=truth)
    if hung is not meant:
        table.free_boxes.remove(hung)
        table.free_boxes.append(meant)
        truth.box = hung.code
    table.felt.box, table.box_truth = hung, truth


_WORDS = {"EMERGENCY": "in an emergency", "UNSCHEDULED": "out of turn"}


def hand_over(pit: Pit, table: Table, taken: Taken) -> None:
    """The crew brings a box to the count room; both sign for it (BOX-4)."""
    if table.world.is_handed_over(taken.truth):
        pit.acting(pit.drop_crew()[0]).command(
            f"/drops/{taken.drop_id}/custody",
            at=pit.instant(),
            step="ARRIVED",
            sign=[sign(pit.count_team()[0])],
        )


def counted(table: Table, taken: Taken, held: Contents) -> dict[str, Any]:
    """What the count room says of a box: its contents, two counts, every form in it (SOFT-1)."""
    first = held.total_cents
    return {
        "contents": held.lines(),
        "total_cents": first,
        "first_count_cents": first,
        "second_count_cents": table.world.second_count(first, truth=taken.truth),
        "evidence": [form.evidence() for form in held.forms],
    }


def shelve(pit: Pit, table: Table, box: Box) -> None:
    """An emptied box goes back to where it belongs."""
    (pit.pool if box.code in pit.house.pool.values() else table.free_boxes).append(box)


def _carry_and_count(pit: Pit, table: Table, taken: Taken) -> Work:
    """Hand the box over in the count room, count it, free it; then see what is settled by it."""
    yield pit.spend(table.rng, 20 * MINUTE, 35 * MINUTE)
    hand_over(pit, table, taken)
    yield pit.spend(table.rng, 40 * MINUTE, 60 * MINUTE)
    box, truth = taken.box, taken.truth
    with pit.count_room.request() as turn:
        yield turn
        yield pit.spend(table.rng, 4 * MINUTE, 7 * MINUTE)
        lead, *others = team = pit.count_team()
        held = box.empty()
        pit.batches += 1
        posted = pit.acting(lead).command(
            f"/drops/{taken.drop_id}/count",
            at=pit.instant(),
            batch_id=f"PIT{pit.number}-{pit.batches:03d}",
            **counted(table, taken, held),
            team=[member.badge for member in team],
            sign=[sign(member) for member in others],
        )
        truth.drop_cents = held.drop_cents
    if posted["drop_effect_cents"] != held.drop_cents:
        raise Amiss(f"box {box.code} held {held.drop_cents}, counted {posted}")
    pit.tell(f"{table.code}  box {box.code} counted: {money(held.drop_cents)}")
    shelve(pit, table, box)
    yield pit.spend(table.rng, 5 * MINUTE, 10 * MINUTE)
    if pit.audits:
        audit_what_is_settled(pit, truth)

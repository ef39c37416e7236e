"""Drop boxes on their way: taken off, carried, counted.

The crew swaps boxes while no hand is dealt, so what lies in a box is what was dropped in the
sessions it served. The count room finds notes, tickets, coupons and forms, and says so twice.
"""

from tablebank.simulator.books import audit_what_is_settled
from tablebank.simulator.boxes import Box
from tablebank.simulator.client import Amiss, Answer
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


def take_box(
    pit: Pit,
    table: Table,
    *,
    named: SessionTruth,
    type_: str = "SCHEDULED",
    reason: str | None = None,
) -> None:
    """Swap the mounted box for another. The caller holds the table's hands."""
    emergency = type_ == "EMERGENCY"
    instead = pit.pool.pop(0) if emergency else table.free_boxes.pop(0)
    first, second = pit.drop_crew()
    surveillance = pit.house.cast.of(role="SURVEILLANCE", crew="ALL")[0]
    removed = pit.acting(first).command(
        f"/sessions/{named.session_id}/drop/remove",
        at=pit.instant(),
        type=type_,
        reason=reason,
        replacement_box=instead.code,
        surveillance={"notified_at": pit.instant(ahead=-90), "operator": surveillance.name},
        sign=[sign(second)],
    )
    taken, truth = table.felt.box, table.box_truth
    truth.drop_id = removed["id"]
    table.felt.box, table.box_truth = instead, BoxTruth(box=instead.code)
    if not emergency:
        pit.tell(f"{table.code}  box {taken.code} taken, {instead.code} mounted")
    else:
        table.play_on()
        pit.tell(f"{table.code}  box {taken.code} taken in an emergency, {instead.code} mounted")
    pit.ledger.boxes.append(truth)
    pit.go(table, _carry_and_count(pit, table, taken, truth, removed))


def _carry_and_count(pit: Pit, table: Table, box: Box, truth: BoxTruth, removed: Answer) -> Work:
    """Hand the box over in the count room, count it, free it; then see what is settled by it."""
    yield pit.spend(table.rng, 20 * MINUTE, 35 * MINUTE)
    team = pit.count_team()
    pit.acting(pit.drop_crew()[0]).command(
        f"/drops/{removed['id']}/custody",
        at=pit.instant(),
        step="ARRIVED",
        sign=[sign(team[0])],
    )
    yield pit.spend(table.rng, 40 * MINUTE, 60 * MINUTE)
    with pit.count_room.request() as turn:
        yield turn
        yield pit.spend(table.rng, 4 * MINUTE, 7 * MINUTE)
        held = box.empty()
        pit.batches += 1
        lead, *others = team
        counted = pit.acting(lead).command(
            f"/drops/{removed['id']}/count",
            at=pit.instant(),
            batch_id=f"PIT{pit.number}-{pit.batches:03d}",
            contents=held.lines(),
            total_cents=held.total_cents,
            first_count_cents=held.total_cents,
            second_count_cents=held.total_cents,
            evidence=[form.evidence() for form in held.forms],
            team=[member.badge for member in team],
            sign=[sign(member) for member in others],
        )
        truth.drop_cents = held.drop_cents
    if counted["drop_effect_cents"] != held.drop_cents:
        raise Amiss(f"box {box.code} held {held.drop_cents}, counted {counted}")
    pit.tell(f"{table.code}  box {box.code} counted: {money(held.drop_cents)}")
    (pit.pool if box.code in pit.house.pool.values() else table.free_boxes).append(box)
    yield pit.spend(table.rng, 5 * MINUTE, 10 * MINUTE)
    audit_what_is_settled(pit, truth)

"""A table's session as the pit works it: open, count, roll over, close in both bank modes."""

from tablebank.simulator import chips
from tablebank.simulator.client import Amiss, Answer, Sign
from tablebank.simulator.clock import HOUR, MINUTE, Shift
from tablebank.simulator.pit import Pit, Table, Work, sign
from tablebank.simulator.slips import credit, fill, money, off_target
from tablebank.simulator.truth import SessionTruth


def prepare(pit: Pit, *, shift: Shift, tables: list[Table]) -> None:
    """Have a shift's sessions made ready in one call (SESS-3)."""
    if not tables:
        return
    supervisor = pit.supervisor(tables[0])
    answer = pit.acting(supervisor).command(
        "/sessions/prepare",
        at=pit.instant(),
        shift_id=shift.id,
        table_ids=[table.id for table in tables],
    )
    for session in answer["items"]:
        pit.prepared[session["table_id"], shift.id] = session["id"]


def open_table(pit: Pit, table: Table, *, shift: Shift) -> Work:
    """Open, count the tray, start play. The very first count is the initial bank (PAR-11)."""
    supervisor = pit.acting(pit.supervisor(table))
    session_id = pit.prepared.pop((table.id, shift.id), None)
    if session_id is None:
        again = supervisor.command(
            "/sessions", at=pit.instant(), table_id=table.id, shift_id=shift.id
        )
        session_id = str(again["id"])
    with table.hands.request() as turn:
        yield turn
        supervisor.command(f"/sessions/{session_id}/open", at=pit.instant())
        yield pit.spend(table.rng, 90, 240)
        signers = [sign(pit.dealer(table))]
        if not table.opened_before:
            signers.append(sign(pit.pit_manager()))
        if table.opened_before:
            table.world.stood_closed(table.felt.tray, session_id=session_id)
        opener = pit.acting(pit.supervisor(table)).command(
            f"/sessions/{session_id}/snapshots",
            at=pit.instant(),
            kind="OPENING",
            chipset=chips.chipset(table.felt.tray),
            sign=signers,
        )
        if opener.get("recount_required"):
            yield pit.spend(table.rng, 90, 180)
            opener = _counted_again(pit, table, session_id=session_id, signers=signers)
        table.opened_before = True
        table.winding_down = False
        _begin(pit, table, session_id=session_id, shift=shift, number=opener["number"])
        table.play_on()
    pit.tell(f"{table.code}  open with {money(table.live.opening_cents)}")


def _counted_again(pit: Pit, table: Table, *, session_id: str, signers: list[Sign]) -> Answer:
    """The tray is not what was left in it, twice: the pit manager signs and says why (SESS-5)."""
    if table.felt.tray == table.left:
        raise Amiss(f"{table.code} opened with what it closed with, and was refused")
    return pit.acting(pit.supervisor(table)).command(
        f"/sessions/{session_id}/snapshots",
        at=pit.instant(),
        kind="OPENING",
        chipset=chips.chipset(table.felt.tray),
        reason="counted twice, and it is not what was left",
        sign=[*signers, sign(pit.pit_manager())],
    )


def _begin(pit: Pit, table: Table, *, session_id: str, shift: Shift, number: str) -> None:
    """The truth of a session begins with what stands in the tray."""
    held = chips.value_cents(table.felt.tray)
    session = SessionTruth(
        session_id=session_id,
        table=table.code,
        pit=f"PIT {pit.number}",
        game=table.spec.layout.game_type,
        mode="IMPREST_TO_PAR" if table.spec.imprest else "INVENTORY_COUNT",
        gaming_day=shift.gaming_day.isoformat(),
        shift=shift.code,
        shift_id=shift.id,
        opening_cents=held,
    )
    pit.ledger.sessions.append(session)
    table.drop_form(form="OPENER", number=number, amount_cents=held)
    table.counted_at = pit.env.now - table.rng.randint(0, 2 * HOUR)
    table.session = session


def interim_count(pit: Pit, table: Table) -> Work:
    """Count the tray while play waits."""
    with table.hands.request() as turn:
        yield turn
        yield pit.spend(table.rng, 90, 180)
        pit.acting(pit.supervisor(table)).command(
            f"/sessions/{table.live.session_id}/snapshots",
            at=pit.instant(),
            kind="INTERIM",
            chipset=chips.chipset(table.felt.tray),
            sign=[sign(pit.dealer(table))],
        )
        table.counted_at = pit.env.now


def roll_over(pit: Pit, table: Table, *, ending: Shift, beginning: Shift) -> SessionTruth:
    """Close and open with one count; the caller holds the table's hands. Answers what was closed.

    Outgoing and incoming supervisor sign, or one whose hours span the change and the dealer. Play
    goes on when the caller says so: the box may be changed first.
    """
    old = table.live
    other: Sign
    if pit.spans_change(table):
        other = sign(pit.dealer(table))
    else:
        other = sign(pit.supervisor(table, of=beginning))
    rolled = pit.acting(pit.supervisor(table, of=ending)).command(
        f"/sessions/{old.session_id}/roll-over",
        at=pit.instant(),
        chipset=chips.chipset(table.felt.tray),
        shift_id=beginning.id,
        sign=[other],
    )
    _end(table, number=_number(rolled["closed"], "closing"))
    pit.prepared.pop((table.id, beginning.id), None)
    opened = rolled["opened"]
    _begin(
        pit,
        table,
        session_id=opened["id"],
        shift=beginning,
        number=_number(opened, "opening"),
    )
    carried = len(rolled["carried"])
    pit.tell(
        f"{table.code}  {ending.code} rolled over to {beginning.code}"
        + (f", {carried} slip on the way" if carried else "")
    )
    return old


def _number(session: Answer, which: str) -> str:
    return str(session[which]["number"])


def _end(table: Table, *, number: str) -> None:
    held = chips.value_cents(table.felt.tray)
    table.left = list(table.felt.tray)
    table.live.closing_cents = held
    table.drop_form(form="CLOSER", number=number, amount_cents=held)


def close_table(pit: Pit, table: Table) -> Work:
    """Last hand, closing in the table's bank mode, closing count, close.

    Imprest tables are restored to par chip by chip: by final fill and credit while closing, or (at
    every other one) by ordinary slips before, and then attested (CLOSE-1).
    """
    table.winding_down = True
    while table.in_flight:
        yield pit.env.timeout(MINUTE)
    with table.hands.request() as turn:
        yield turn
        table.felt.clear()
        table.felt.truth = None
    session = table.live
    path = f"/sessions/{session.session_id}"
    attests = table.spec.imprest and table.place % 4 == 1
    if attests:
        yield from _restore(pit, table, final=False)
    pit.acting(pit.supervisor(table)).command(f"{path}/closing", at=pit.instant())
    if attests:
        pit.acting(pit.supervisor(table)).command(
            f"{path}/attest-par", at=pit.instant(), sign=[sign(pit.dealer(table))]
        )
    elif table.spec.imprest:
        yield from _restore(pit, table, final=True)
    with table.hands.request() as turn:
        yield turn
        yield pit.spend(table.rng, 90, 240)
        table.world.before_the_close(table.felt.tray)
        closer = pit.acting(pit.supervisor(table)).command(
            f"{path}/snapshots",
            at=pit.instant(),
            kind="CLOSING",
            chipset=chips.chipset(table.felt.tray),
            sign=[sign(pit.dealer(table))],
        )
        _end(table, number=closer["number"])
        pit.acting(pit.supervisor(table)).command(f"{path}/close", at=pit.instant())
    pit.tell(f"{table.code}  closed with {money(session.closing_cents or 0)}")


def _restore(pit: Pit, table: Table, *, final: bool) -> Work:
    """Bring the tray back to its target by denomination: what is missing in, what is beyond out."""
    missing, beyond = off_target(table)
    if any(beyond):
        yield from credit(pit, table, beyond, final=final)
    if any(missing):
        yield from fill(pit, table, missing, final=final)

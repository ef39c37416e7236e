"""Fills and credits as they are carried: request, cage, runner, table, box.

Each takes its time, and a shift may change while a slip is on the way. The chips move when they are
counted at the table, between two rounds; what the session's truth takes is what moved then.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from tablebank.simulator import chips
from tablebank.simulator.boxes import Form
from tablebank.simulator.client import Amiss, Answer
from tablebank.simulator.clock import MINUTE
from tablebank.simulator.people import Person
from tablebank.simulator.pit import Pit, Table, Work, sign


@dataclass(slots=True, kw_only=True)
class Load:
    """Chips asked for on a slip, and where they are meanwhile: nowhere yet, or with the runner."""

    slip_id: str
    pieces: chips.Pieces
    runner: Person
    carried: chips.Pieces = field(default_factory=chips.none)

    @property
    def total_cents(self) -> int:
        """What the slip is for."""
        return chips.value_cents(self.pieces)


def fill(pit: Pit, table: Table, pieces: chips.Pieces, *, final: bool = False) -> Work:
    """Chips from the cage to the table, from request to deposit."""
    yield from _carried(pit, table, pieces, "fills", final=final, minutes=(2, 5), carry=_carry_fill)


def credit(pit: Pit, table: Table, pieces: chips.Pieces, *, final: bool = False) -> Work:
    """Chips from the table to the cage; the slip comes back with the runner for the box."""
    yield from _carried(
        pit, table, pieces, "credits", final=final, minutes=(1, 3), carry=_carry_credit
    )


def _carried(
    pit: Pit,
    table: Table,
    pieces: chips.Pieces,
    kind: str,
    *,
    final: bool,
    minutes: tuple[int, int],
    carry: Callable[[Pit, Table, Load], Work],
) -> Work:
    """Ask for the chips, wait some minutes and then for a runner, and have them carried."""
    table.in_flight += 1
    slip = pit.acting(pit.supervisor(table)).command(
        f"/sessions/{table.live.session_id}/{kind}",
        at=pit.instant(),
        chipset=chips.chipset(pieces),
        total_cents=chips.value_cents(pieces),
        purpose="FINAL_ADJUSTMENT" if final else None,
    )
    yield pit.spend(table.rng, minutes[0] * MINUTE, minutes[1] * MINUTE)
    crew = pit.runner_crew()
    runner: Person = yield crew.get()
    try:
        yield from carry(pit, table, Load(slip_id=slip["id"], pieces=pieces, runner=runner))
    finally:
        crew.put(runner)
        table.in_flight -= 1


def _carry_fill(pit: Pit, table: Table, load: Load) -> Work:
    issued = pit.acting(pit.cashier()).command(
        f"/slips/{load.slip_id}/issue", at=pit.instant(), sign=[sign(load.runner)]
    )
    chips.move(load.pieces, out_of=pit.cage, into=load.carried)
    yield pit.spend(table.rng, 3 * MINUTE, 7 * MINUTE)
    table.world.on_the_way(load.carried, slip_id=load.slip_id)
    if not table.world.is_wanted(load.slip_id):
        yield from _carry_back(pit, table, load, slip=issued, reason="no longer wanted")
        return
    deposits = table.world.deposits(load.slip_id)
    with table.hands.request() as turn:
        yield turn
        yield pit.spend(table.rng, 30, 60)
        verified = _counted_at_table(pit, table, load, deposits=deposits)
        if verified.get("recount_required"):
            yield pit.spend(table.rng, 30, 60)
            verified = _counted_at_table(pit, table, load, deposits=deposits)
        if not verified.get("disputed"):
            chips.move(load.pieces, out_of=load.carried, into=table.felt.tray)
            table.live.fills_cents += load.total_cents
            if deposits:
                _deposit_forms(table, load, form="FILL", slip=issued)
    if verified.get("disputed"):
        yield from _carry_back(pit, table, load, slip=issued, reason="chips are missing")
        return
    pit.tell(f"{table.code}  fill {issued['number']} of {money(load.total_cents)} verified")


def _counted_at_table(pit: Pit, table: Table, load: Load, *, deposits: bool) -> Answer:
    """The fill counted as it lies there; what is all there must go through."""
    verified = pit.acting(pit.supervisor(table)).command(
        f"/slips/{load.slip_id}/verify",
        at=pit.instant(),
        chipset=chips.chipset(load.carried),
        deposit=deposits,
        sign=[sign(pit.dealer(table)), sign(load.runner)],
    )
    if load.carried == load.pieces:
        _undisputed(verified)
    return verified


def _carry_back(pit: Pit, table: Table, load: Load, *, slip: Answer, reason: str) -> Work:
    """The same runner takes the chips back, the cage counts them, and the slip is void (SLIP-3).

    The pit manager signs for the pit: whoever voids a slip is not among those who made it.
    """
    yield pit.spend(table.rng, 3 * MINUTE, 7 * MINUTE)
    pit.acting(pit.cashier()).command(
        f"/slips/{load.slip_id}/void",
        at=pit.instant(),
        reason=reason,
        counted_back=chips.chipset(load.carried),
        sign=[sign(pit.pit_manager())],
    )
    chips.move(list(load.carried), out_of=load.carried, into=pit.cage)
    paper = Form(
        form="FILL",
        number=slip["number"],
        table=table.code,
        amount_cents=load.total_cents,
        slip_id=load.slip_id,
    )
    table.world.voided(paper, box=table.felt.box)
    pit.tell(f"{table.code}  fill {slip['number']} carried back and voided: {reason}")


def _carry_credit(pit: Pit, table: Table, load: Load) -> Work:
    with table.hands.request() as turn:
        yield turn
        yield pit.spend(table.rng, 30, 60)
        supervisor = pit.acting(pit.supervisor(table))
        held = zip(load.pieces, table.felt.tray, strict=True)
        if any(wanted > there for wanted, there in held):
            supervisor.command(
                f"/slips/{load.slip_id}/cancel", at=pit.instant(), reason="the chips are in play"
            )
            pit.tell(f"{table.code}  credit request cancelled, the chips are in play")
            return
        picked = supervisor.command(
            f"/slips/{load.slip_id}/pick-up",
            at=pit.instant(),
            sign=[sign(pit.dealer(table)), sign(load.runner)],
        )
        chips.move(load.pieces, out_of=table.felt.tray, into=load.carried)
        table.live.credits_cents += load.total_cents
    yield pit.spend(table.rng, 3 * MINUTE, 6 * MINUTE)
    verified = pit.acting(pit.cashier()).command(
        f"/slips/{load.slip_id}/verify",
        at=pit.instant(),
        chipset=chips.chipset(load.carried),
        sign=[sign(load.runner)],
    )
    _undisputed(verified)
    chips.move(load.pieces, out_of=load.carried, into=pit.cage)
    if not table.world.deposits(load.slip_id):
        return
    yield pit.spend(table.rng, 2 * MINUTE, 4 * MINUTE)
    with table.hands.request() as turn:
        yield turn
        pit.acting(pit.dealer(table)).command(
            f"/slips/{load.slip_id}/deposit", at=pit.instant(), sign=[sign(load.runner)]
        )
        _deposit_forms(table, load, form="CREDIT", slip=picked)
    pit.tell(f"{table.code}  credit {picked['number']} of {money(load.total_cents)} deposited")


def _deposit_forms(table: Table, load: Load, *, form: str, slip: Answer) -> None:
    for name, number in ((form, slip["number"]), ("REQUEST", slip["request_number"])):
        table.drop_form(
            form=name, number=number, amount_cents=load.total_cents, slip_id=load.slip_id
        )


def _undisputed(slip: Answer) -> None:
    if slip.get("disputed") or slip.get("recount_required"):
        raise Amiss(f"slip {slip.get('number')} was counted right and disputed")


def short_of(table: Table) -> chips.Pieces:
    """What a fill should bring: stacks of every denomination that runs low; nothing if none does.

    When a player could not be served or a round not be covered, everything below target comes.
    """
    starved = table.felt.refused_for_want_of_chips
    wanted = chips.none()
    for place, target in enumerate(table.target):
        held = table.felt.tray[place]
        if target and (held * 10 < target * 3 or (starved and held < target)):
            stack = 20 if chips.FACES[place] <= 10_000 else 5
            wanted[place] = -(-(target - held) // stack) * stack
    if starved and not any(wanted):
        hundreds = chips.FACES.index(10_000)
        wanted[hundreds] = 40
    table.felt.refused_for_want_of_chips = False
    return wanted


def too_much(table: Table) -> chips.Pieces:
    """What a credit should take: whole stacks of every denomination that overflows the tray."""
    excess = chips.none()
    for place, target in enumerate(table.target):
        over = table.felt.tray[place] - target
        if target and over >= 40 and over * 10 >= target * 8:
            excess[place] = over // 20 * 20
    return excess


def off_target(table: Table) -> tuple[chips.Pieces, chips.Pieces]:
    """By denomination, to the chip: what is missing from the target, and what is beyond it."""
    pairs = list(zip(table.target, table.felt.tray, strict=True))
    missing = [max(0, target - held) for target, held in pairs]
    beyond = [max(0, held - target) for target, held in pairs]
    return missing, beyond


def money(cents: int) -> str:
    """An amount for people to read."""
    sign_, whole = ("-", -cents) if cents < 0 else ("", cents)
    return f"{sign_}${whole // 100:,}.{whole % 100:02d}"

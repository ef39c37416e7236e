"""Fills and credits as they are carried: request, cage, runner, table, box.

Each takes its time, and a shift may change while a slip is on the way. The chips move when they are
counted at the table, between two rounds; what the session's truth takes is what moved then.
"""

from tablebank.simulator import chips
from tablebank.simulator.client import Answer
from tablebank.simulator.clock import MINUTE
from tablebank.simulator.people import Person
from tablebank.simulator.pit import Pit, Table, Work, sign


def fill(pit: Pit, table: Table, pieces: chips.Pieces, *, final: bool = False) -> Work:
    """Chips from the cage to the table, from request to deposit."""
    table.in_flight += 1
    total = chips.value_cents(pieces)
    slip = _request(pit, table, "fills", pieces, final=final)
    yield pit.spend(table.rng, 2 * MINUTE, 5 * MINUTE)
    crew = pit.runner_crew()
    runner: Person = yield crew.get()
    issued = pit.acting(pit.cashier()).command(
        f"/slips/{slip['id']}/issue", at=pit.instant(), sign=[sign(runner)]
    )
    chips.move(pieces, out_of=pit.cage, into=(carried := chips.none()))
    yield pit.spend(table.rng, 3 * MINUTE, 7 * MINUTE)
    with table.hands.request() as turn:
        yield turn
        yield pit.spend(table.rng, 30, 60)
        verified = pit.acting(pit.supervisor(table)).command(
            f"/slips/{slip['id']}/verify",
            at=pit.instant(),
            chipset=chips.chipset(carried),
            deposit=True,
            sign=[sign(pit.dealer(table)), sign(runner)],
        )
        _undisputed(verified)
        chips.move(pieces, out_of=carried, into=table.felt.tray)
        table.live.fills_cents += total
        table.drop_form(form="FILL", number=issued["number"], amount_cents=total)
        table.drop_form(form="REQUEST", number=issued["request_number"], amount_cents=total)
    pit.tell(f"{table.code}  fill {issued['number']} of {money(total)} verified")
    table.in_flight -= 1
    yield crew.put(runner)


def credit(pit: Pit, table: Table, pieces: chips.Pieces, *, final: bool = False) -> Work:
    """Chips from the table to the cage; the slip comes back with the runner for the box."""
    table.in_flight += 1
    total = chips.value_cents(pieces)
    slip = _request(pit, table, "credits", pieces, final=final)
    yield pit.spend(table.rng, 1 * MINUTE, 3 * MINUTE)
    crew = pit.runner_crew()
    runner: Person = yield crew.get()
    carried = chips.none()
    with table.hands.request() as turn:
        yield turn
        yield pit.spend(table.rng, 30, 60)
        supervisor = pit.acting(pit.supervisor(table))
        if any(wanted > held for wanted, held in zip(pieces, table.felt.tray, strict=True)):
            supervisor.command(
                f"/slips/{slip['id']}/cancel", at=pit.instant(), reason="the chips are in play"
            )
            pit.tell(f"{table.code}  credit request {slip['request_number']} cancelled")
            table.in_flight -= 1
            yield crew.put(runner)
            return
        picked = supervisor.command(
            f"/slips/{slip['id']}/pick-up",
            at=pit.instant(),
            sign=[sign(pit.dealer(table)), sign(runner)],
        )
        chips.move(pieces, out_of=table.felt.tray, into=carried)
        table.live.credits_cents += total
    yield pit.spend(table.rng, 3 * MINUTE, 6 * MINUTE)
    verified = pit.acting(pit.cashier()).command(
        f"/slips/{slip['id']}/verify",
        at=pit.instant(),
        chipset=chips.chipset(carried),
        sign=[sign(runner)],
    )
    _undisputed(verified)
    chips.move(pieces, out_of=carried, into=pit.cage)
    yield pit.spend(table.rng, 2 * MINUTE, 4 * MINUTE)
    with table.hands.request() as turn:
        yield turn
        pit.acting(pit.dealer(table)).command(
            f"/slips/{slip['id']}/deposit", at=pit.instant(), sign=[sign(runner)]
        )
        table.drop_form(form="CREDIT", number=picked["number"], amount_cents=total)
        table.drop_form(form="REQUEST", number=picked["request_number"], amount_cents=total)
    pit.tell(f"{table.code}  credit {picked['number']} of {money(total)} deposited")
    table.in_flight -= 1
    yield crew.put(runner)


def _request(pit: Pit, table: Table, kind: str, pieces: chips.Pieces, *, final: bool) -> Answer:
    return pit.acting(pit.supervisor(table)).command(
        f"/sessions/{table.live.session_id}/{kind}",
        at=pit.instant(),
        chipset=chips.chipset(pieces),
        total_cents=chips.value_cents(pieces),
        purpose="FINAL_ADJUSTMENT" if final else None,
    )


def _undisputed(slip: Answer) -> None:
    if slip.get("disputed") or slip.get("recount_required"):
        raise RuntimeError(f"slip {slip.get('number')} was counted right and disputed")


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

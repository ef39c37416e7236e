"""Need/par policy: which target bankroll and which Table Bank Mode hold on a gaming day.

Policy rows are only ever added. The most specific level that has a row in force decides whole: a
table's own, its game type's, the casino's (PAR-2). A par is a target somebody approved, never an
accounting fact; nothing here infers one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from tablebank.domain.authority import STEPS, acts_as
from tablebank.domain.dated import in_force
from tablebank.domain.establishment import BankModeRow, ParPolicy
from tablebank.domain.facts import TableRevision
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.domain.terms import BankMode, Chipset, ParSource, Role

TABLE, GAME_TYPE, CASINO = "table", "game_type", "casino"
"""The levels of policy, the most specific first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ParInForce:
    """The target a table works to on a gaming day, and who set it; all None but the mode if none.

    A row in force with `par_total_cents` None says that there is no target: it decides whole.
    """

    policy_id: UUID | None
    level: str | None
    par_total_cents: int | None
    table_bank_mode: BankMode
    effective_from_gaming_day: date | None
    source: ParSource | None
    approved_by: UUID | None
    approved_at: datetime | None
    target_chipset: Chipset | None


def mode_in_force(rows: Sequence[BankModeRow], *, day: date) -> BankMode:
    """The casino's mode on a gaming day; UNKNOWN until one was chosen (PAR-5).

    The row a casino was created with (recorded by nobody) holds for every earlier day (TIME-5).
    """
    row = in_force(rows, day=day, founding=lambda row: row.recorded_by is None)
    return BankMode.UNKNOWN if row is None else row.table_bank_mode


def policy_in_force(
    policies: Sequence[ParPolicy], *, table_id: UUID, game_type: str | None, day: date
) -> tuple[ParPolicy, str] | None:
    """The one row that holds for a table on a gaming day, and its level; or None (PAR-2)."""
    for level in (TABLE, GAME_TYPE, CASINO):
        row = in_force(
            (
                policy
                for policy in policies
                if level_of(policy) == level
                and reaches(policy, table_id=table_id, game_type=game_type)
            ),
            day=day,
        )
        if row is not None:
            return row, level
    return None


def mode_of_its_own(
    policies: Sequence[ParPolicy], *, table_id: UUID, game_type: str | None, day: date
) -> BankMode | None:
    """What the row in force says of the mode, None where it inherits the casino's or there is none.

    A row that is about the amount alone takes it over: deciding whole, it would else change how the
    table closes (PAR-2).
    """
    found = policy_in_force(policies, table_id=table_id, game_type=game_type, day=day)
    return found[0].table_bank_mode if found else None


def level_of(policy: ParPolicy) -> str:
    """Whom a row was written for: one table, the tables of a game type, or all of them (PAR-1)."""
    if policy.table_id is not None:
        return TABLE
    return CASINO if policy.game_type is None else GAME_TYPE


def reaches(policy: ParPolicy, *, table_id: UUID, game_type: str | None) -> bool:
    """Whether a row was written for this table, alone or among others (PAR-2, PAR-3)."""
    if policy.table_id is not None:
        return policy.table_id == table_id
    return policy.game_type is None or policy.game_type == game_type


def game_type_on(revisions: Sequence[TableRevision], *, day: date) -> str | None:
    """What was dealt at a table on a gaming day, from its own revisions (BASE-7).

    The first of them holds for every earlier day: a par looked up for then was this game's too.
    """
    first = min(
        revisions,
        key=lambda row: (row.effective_from_gaming_day, row.recorded_at, row.id),
        default=None,
    )
    row = in_force(revisions, day=day, founding=lambda row: row is first)
    return None if row is None else row.game_type


def par_in_force(
    *,
    policies: Sequence[ParPolicy],
    modes: Sequence[BankModeRow],
    table_id: UUID,
    game_type: str | None,
    day: date,
) -> ParInForce:
    """Par and mode of a table on a gaming day; a policy without a mode has the casino's (PAR-2)."""
    casino_mode = mode_in_force(modes, day=day)
    found = policy_in_force(policies, table_id=table_id, game_type=game_type, day=day)
    if found is None:
        return ParInForce(
            policy_id=None,
            level=None,
            par_total_cents=None,
            table_bank_mode=casino_mode,
            effective_from_gaming_day=None,
            source=None,
            approved_by=None,
            approved_at=None,
            target_chipset=None,
        )
    policy, level = found
    own_mode = policy.table_bank_mode or BankMode.UNKNOWN
    return ParInForce(
        policy_id=policy.id,
        level=level,
        par_total_cents=policy.par_total_cents,
        table_bank_mode=own_mode if own_mode is not BankMode.UNKNOWN else casino_mode,
        effective_from_gaming_day=policy.effective_from_gaming_day,
        source=policy.source,
        approved_by=policy.approved_by,
        approved_at=policy.approved_at,
        target_chipset=policy.target_chipset,
    )


@dataclass(frozen=True, slots=True)
class Pars:
    """Policy and mode put in order once, to be asked table by table (PAR-2).

    A house has as many policy rows as tables and years: looked through for each table again, a page
    of all of them would cost their product.
    """

    of_table: Mapping[UUID | None, Sequence[ParPolicy]]
    """The rows by the table they are for; under None those of a game or of the casino."""
    modes: Sequence[BankModeRow]

    @classmethod
    def of(cls, policies: Iterable[ParPolicy], modes: Sequence[BankModeRow]) -> "Pars":
        """From rows in any order."""
        found: defaultdict[UUID | None, list[ParPolicy]] = defaultdict(list)
        for row in policies:
            found[row.table_id].append(row)
        return cls(found, modes)

    def reaching(self, table_id: UUID | None) -> tuple[ParPolicy, ...]:
        """The table's own rows, and those of games and of the casino; of None these alone."""
        shared = self.of_table.get(None, ())
        return (*self.of_table.get(table_id, ()), *shared) if table_id else tuple(shared)

    def level(self, row: ParPolicy) -> Sequence[ParPolicy]:
        """The rows written for the same table, game or casino as this one, itself among them."""
        same = self.of_table.get(row.table_id, ())
        return [each for each in same if each.game_type == row.game_type]

    def on(self, day: date, *, table_id: UUID, game_type: str | None) -> ParInForce:
        """Par and mode of a table on a gaming day."""
        return par_in_force(
            policies=self.reaching(table_id),
            modes=self.modes,
            table_id=table_id,
            game_type=game_type,
            day=day,
        )


def check_effective_day(
    *, effective: date, today: date, any_reached_table_has_played: bool
) -> None:
    """Refuses EFFECTIVE_DAY_PASSED a row for a gaming day that has begun (PAR-3).

    Before the first session of any table it would reach it may: that is how a house starts.
    """
    if effective > today or not any_reached_table_has_played:
        return
    earliest = today + timedelta(days=1)
    refusal = Refusal.EFFECTIVE_DAY_PASSED
    message = f"The earliest gaming day that has not begun is {earliest}."
    raise Refused(
        refusal,
        {"effective_from_gaming_day": str(effective), "earliest": str(earliest)},
        errors=[FieldError("/effective_from_gaming_day", refusal.name, message)],
    )


def check_mode_change(*, current: BankMode, wanted: BankMode) -> None:
    """Refuses SETTING_INVALID going back to UNKNOWN once a mode was chosen (PAR-5)."""
    if wanted is BankMode.UNKNOWN and current is not BankMode.UNKNOWN:
        refusal = Refusal.SETTING_INVALID
        message = "A Table Bank Mode, once chosen, never returns to UNKNOWN."
        raise Refused(refusal, errors=[FieldError("/table_bank_mode", refusal.name, message)])


def may_approve(roles: Collection[Role]) -> bool:
    """Whether a person with these roles may approve a par; else what they set is a proposal."""
    return bool(acts_as(roles) & set(STEPS["approve_par"].callers))

"""Whether a casino can open its next shift: what is there, what is missing, and what that stops.

Pure, and only from what is on record: each item is something that a step of a table's day asks
for and would refuse without (SESS-3, CLOSE-3, PAR-11, SIGN-3). What merely helps is said too, and
stops nothing: without a par everything runs (PAR-6). Nothing of a set-up is kept beside the casino
itself, so whoever goes on with it, tomorrow or at another desk, finds it where it stands.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tablebank.domain.authority import acts_as
from tablebank.domain.terms import BankMode, Role, TableStatus

COUNT_TEAM_LEAST = 2
"""The fewest who count boxes together (SOFT-7)."""


class Stops(StrEnum):
    """What cannot be done while an item is missing, the first thing of a shift first."""

    OPENING = "OPENING"
    """No table can be opened."""
    THESE_TABLES = "THESE_TABLES"
    """The tables that are named cannot be opened; the others can."""
    CLOSING = "CLOSING"
    SLIPS = "SLIPS"
    DROP = "DROP"
    COUNT = "COUNT"
    RESULT = "RESULT"
    NOTHING = "NOTHING"


class Item(StrEnum):
    """What a casino is set up with, in the order in which one looks it through."""

    BANK_MODE = "BANK_MODE"
    TABLES = "TABLES"
    GAMES = "GAMES"
    BOXES = "BOXES"
    CHIPS = "CHIPS"
    OPENER = "OPENER"
    INITIAL_BANK = "INITIAL_BANK"
    CASHIER = "CASHIER"
    RUNNER = "RUNNER"
    DROP_CREW = "DROP_CREW"
    COUNT_TEAM = "COUNT_TEAM"
    ACCOUNTING = "ACCOUNTING"
    TARGETS = "TARGETS"
    PROPOSALS = "PROPOSALS"
    PINS = "PINS"
    DROP_SCHEDULE = "DROP_SCHEDULE"


class SetUpStep(StrEnum):
    """The steps of setting a casino up, in their order (04-screens)."""

    MODE = "mode"
    TABLES = "tables"
    TARGETS = "targets"
    REVIEW = "review"
    READY = "ready"


@dataclass(frozen=True, kw_only=True, slots=True)
class TableStanding:
    """One table as it is registered, with the par in force for it today; None if there is none."""

    code: str
    pit: str
    status: TableStatus
    game_type: str | None
    box: str | None
    par_total_cents: int | None

    @property
    def is_available(self) -> bool:
        return self.status == TableStatus.ACTIVE


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonStanding:
    """Somebody who works here, and what they can prove themselves with (SIGN-5)."""

    badge: str
    roles: frozenset[Role]
    chose_pin: bool
    can_sign_in: bool
    """With a password at the pages, or with a token through a program."""

    def acts(self, *roles: Role) -> bool:
        return bool(acts_as(self.roles) & set(roles))


@dataclass(frozen=True, kw_only=True, slots=True)
class HouseStanding:
    """Everything the casino has on record that the next shift needs. People are those who work."""

    mode: BankMode
    tables: Sequence[TableStanding]
    people: Sequence[PersonStanding]
    has_chips: bool
    box_required: bool
    pits_with_schedule: Collection[str]
    """The pits that fall under a drop schedule in force, their own or the casino's (BOX-3)."""
    proposals: int = 0
    """Pars that somebody has yet to approve (PAR-4)."""
    has_begun: bool = False
    """Whether any table was ever opened."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """One item: how many there are of how many that are needed, and what it stops if missing.

    `about` names what is missing: tables by code, people by badge, roles, pits.
    """

    item: Item
    stops: Stops
    have: int
    wanted: int
    about: tuple[str, ...] = ()

    @property
    def is_met(self) -> bool:
        return self.have >= self.wanted and not self.about

    @property
    def is_in_the_way(self) -> bool:
        """Whether something cannot be done because of it."""
        return not self.is_met and self.stops is not Stops.NOTHING


@dataclass(frozen=True, kw_only=True, slots=True)
class Readiness:
    """What is ready and what is missing before the next shift can be opened."""

    items: tuple[Checked, ...]
    tables: int
    tables_ready: int
    """Available tables that could be opened if somebody opened them."""
    has_begun: bool
    """Whether any table was ever opened: then the casino is at work."""

    def of(self, item: Item) -> Checked:
        return next(each for each in self.items if each.item is item)

    @property
    def can_open(self) -> bool:
        """Whether the next shift can be opened at one table at least."""
        return all(each.is_met for each in self.items if each.stops is Stops.OPENING)

    @property
    def missing(self) -> tuple[Checked, ...]:
        """By what it stops, the opening of tables first; then what only helps."""
        order = list(Stops)
        lacking = [each for each in self.items if not each.is_met]
        return tuple(sorted(lacking, key=lambda each: order.index(each.stops)))

    @property
    def next_step(self) -> SetUpStep:
        """Where the set-up goes on. Who skips targets is asked for them until a table was opened:
        nothing is kept of having skipped, and nothing waits for it (PAR-6).
        """
        if not self.of(Item.BANK_MODE).is_met:
            return SetUpStep.MODE
        if not self.tables:
            return SetUpStep.TABLES
        has_targets = self.of(Item.TARGETS).have or self.of(Item.PROPOSALS).wanted
        return SetUpStep.READY if has_targets or self.has_begun else SetUpStep.TARGETS

    @property
    def is_finished(self) -> bool:
        """Whether nobody needs to be led to the set-up any more."""
        return self.has_begun and self.of(Item.BANK_MODE).is_met


def readiness(standing: HouseStanding) -> Readiness:
    """Look everything through: what each step of the first shift would ask for."""
    available = [each for each in standing.tables if each.is_available]
    ready = [each for each in available if _can_be_opened(each, standing)]
    return Readiness(
        items=(
            _of_house(Item.BANK_MODE, Stops.CLOSING, standing.mode is not BankMode.UNKNOWN),
            Checked(item=Item.TABLES, stops=Stops.OPENING, have=len(ready), wanted=1),
            _of_tables(Item.GAMES, available, lambda each: bool(each.game_type)),
            _of_tables(
                Item.BOXES,
                available,
                lambda each: each.box is not None or not standing.box_required,
            ),
            _of_house(Item.CHIPS, Stops.OPENING, standing.has_chips),
            *_people(standing.people),
            _of_tables(
                Item.TARGETS,
                available,
                lambda each: each.par_total_cents is not None,
                stops=Stops.NOTHING,
            ),
            Checked(item=Item.PROPOSALS, stops=Stops.NOTHING, have=0, wanted=standing.proposals),
            _pins(standing.people),
            _schedules(standing, available),
        ),
        tables=len(standing.tables),
        tables_ready=len(ready),
        has_begun=standing.has_begun,
    )


def _can_be_opened(table: TableStanding, standing: HouseStanding) -> bool:
    """As opening itself looks at it (SESS-3)."""
    has_box = table.box is not None or not standing.box_required
    return bool(table.game_type) and has_box and standing.has_chips


def _of_house(item: Item, stops: Stops, is_there: bool) -> Checked:
    return Checked(item=item, stops=stops, have=int(is_there), wanted=1)


def _of_tables(
    item: Item,
    tables: Sequence[TableStanding],
    has: Callable[[TableStanding], bool],
    *,
    stops: Stops = Stops.THESE_TABLES,
) -> Checked:
    lacking = tuple(each.code for each in tables if not has(each))
    return Checked(
        item=item, stops=stops, have=len(tables) - len(lacking), wanted=len(tables), about=lacking
    )


# -- people ----------------------------------------------------------------------------------------

_CALLS_A_COUNT = (Role.SUPERVISOR, Role.DEALER)
_INITIAL_BANK = ((Role.PIT_MANAGER,), (Role.SUPERVISOR,), _CALLS_A_COUNT)
"""Three people, one place each: the count's dealer and supervisor, or two supervisors, and beside
them the manager whom a table's first opener asks for (PAR-11)."""
_CREW = (Role.DROP_CREW, Role.COUNT_TEAM)
_SIGNS = frozenset(
    {
        *(Role.DEALER, Role.SUPERVISOR, Role.PIT_MANAGER, Role.CASHIER, Role.CAGE_MANAGER),
        *(Role.RUNNER, Role.DROP_CREW, Role.COUNT_TEAM),
    }
)
"""Whose work is signed beside others, with badge and PIN (SIGN-1)."""


def _people(people: Sequence[PersonStanding]) -> tuple[Checked, ...]:
    """Who is needed for each step, by the step that nobody could take without them (LESSON-20)."""
    openers = [each for each in people if each.can_sign_in and each.acts(Role.SUPERVISOR)]
    unsigned = _unsigned_initial_bank(people)
    team = [each for each in people if Role.COUNT_TEAM in each.roles]
    counting = [each for each in team if each.chose_pin or each.can_sign_in]
    return (
        Checked(item=Item.OPENER, stops=Stops.OPENING, have=len(openers), wanted=1),
        Checked(
            item=Item.INITIAL_BANK,
            stops=Stops.OPENING,
            have=len(_INITIAL_BANK) - len(unsigned),
            wanted=len(_INITIAL_BANK),
            about=tuple(role.value for role in unsigned),
        ),
        _calling(Item.CASHIER, Stops.SLIPS, people, Role.CASHIER),
        Checked(
            item=Item.RUNNER,
            stops=Stops.SLIPS,
            have=sum(each.chose_pin and Role.RUNNER in each.roles for each in people),
            wanted=1,
        ),
        _calling(Item.DROP_CREW, Stops.DROP, people, *_CREW),
        Checked(
            item=Item.COUNT_TEAM,
            stops=Stops.COUNT,
            have=len(counting) if any(each.can_sign_in for each in team) else 0,
            wanted=COUNT_TEAM_LEAST,
        ),
        _calling(Item.ACCOUNTING, Stops.RESULT, people, Role.ACCOUNTING),
    )


def _calling(item: Item, stops: Stops, people: Sequence[PersonStanding], *roles: Role) -> Checked:
    """Somebody who begins the step at a page or through a program of their own."""
    able = sum(each.can_sign_in and each.acts(*roles) for each in people)
    return Checked(item=item, stops=stops, have=able, wanted=1)


def _unsigned_initial_bank(people: Sequence[PersonStanding]) -> tuple[Role, ...]:
    """The places of the initial bank that nobody could sign: the fewest, whoever calls it.

    Whoever calls is signed in and gives no PIN; the others prove themselves with one they chose.
    """
    pinned = [each for each in people if each.chose_pin]
    calling = [each for each in people if each.can_sign_in and each.acts(*_CALLS_A_COUNT)]
    ways = [pinned, *([*pinned, each] for each in calling if not each.chose_pin)]
    return min((_unfilled(_INITIAL_BANK, each) for each in ways), key=len)


def _unfilled(
    places: Sequence[tuple[Role, ...]], people: Sequence[PersonStanding]
) -> tuple[Role, ...]:
    """The places left over when each of these people takes at most one, and as many as can be."""
    if not places:
        return ()
    place, *rest = places
    left = (place[-1], *_unfilled(rest, people))
    for each in [each for each in people if each.acts(*place)][: len(places)]:
        others = [other for other in people if other is not each]
        left = min(left, _unfilled(rest, others), key=len)
    return left


def _pins(people: Sequence[PersonStanding]) -> Checked:
    """Whoever signs at other people's devices and has not chosen a PIN of their own (SIGN-5)."""
    signing = [each for each in people if each.acts(*_SIGNS)]
    without = tuple(each.badge for each in signing if not each.chose_pin)
    return Checked(
        item=Item.PINS,
        stops=Stops.NOTHING,
        have=len(signing) - len(without),
        wanted=len(signing),
        about=without,
    )


def _schedules(standing: HouseStanding, available: Sequence[TableStanding]) -> Checked:
    """Pits whose boxes nobody is reminded of: a drop can be made all the same (BOX-3)."""
    pits = tuple(sorted({each.pit for each in available}))
    without = tuple(pit for pit in pits if pit not in standing.pits_with_schedule)
    return Checked(
        item=Item.DROP_SCHEDULE,
        stops=Stops.NOTHING,
        have=len(pits) - len(without),
        wanted=len(pits),
        about=without,
    )

"""What is asked of a window, what is known to answer it, and the words of the answer (BASE-6)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from tablebank.domain.buy_ins import BuyIn
from tablebank.domain.facts import TableFacts
from tablebank.domain.par import ParInForce
from tablebank.domain.trays import Observation


class Baselines(StrEnum):
    """Which opening baselines are let in (BASE-8)."""

    ALL = "all"
    EXCLUDE_BOOTSTRAPPED = "exclude_bootstrapped"
    """Par never stands for a tray nobody counted; the first count inside the window does."""
    COUNTED = "counted"
    """Nor does a tray attested to be at par (SNAP-2)."""


class CloseOn(StrEnum):
    """What a window may end on (BASE-3)."""

    COUNT = "count"
    OBSERVATION = "observation"
    """A newer reading by eye where there is one: an estimate, and said to be one."""


class OpeningSource(StrEnum):
    """Where the opening baseline comes from, the best first (BASE-1)."""

    VERIFIED_OPEN = "snapshot:verified_open"
    PRIOR_COUNT = "snapshot:prior_count"
    PAR_TARGET = "bootstrap:par_target"
    EARLIEST_IN_WINDOW = "fallback:earliest_in_window"
    NONE = "none"


class Coverage(StrEnum):
    """How much of the window the answer is about."""

    FULL = "full"
    PARTIAL = "partial"
    UNKNOWN = "unknown"


class DropSource(StrEnum):
    """Where a window's drop comes from (BASE-5)."""

    COUNTED = "counted"
    ESTIMATE = "telemetry_estimate"
    """Buy-ins noted, or a reading by eye of what the box holds, in at least one session."""
    NO_PLAY = "no_play"
    """No session was in play between the two counts: no box took anything."""


class Why(StrEnum):
    """Why a better source did not apply, or why there is no answer."""

    NO_COUNT_BEFORE = "NO_COUNT_BEFORE"
    LATEST_COUNT_NO_OPENING = "LATEST_COUNT_NO_OPENING"
    PAR_ATTESTED_LEFT_OUT = "PAR_ATTESTED_LEFT_OUT"
    BOOTSTRAP_LEFT_OUT = "BOOTSTRAP_LEFT_OUT"
    NO_PAR_IN_FORCE = "NO_PAR_IN_FORCE"
    NO_COUNT_IN_WINDOW = "NO_COUNT_IN_WINDOW"
    NO_CLOSING_COUNT = "NO_CLOSING_COUNT"
    OPENER_NOT_COUNTED = "OPENER_NOT_COUNTED"
    """A session of the shift was opened and its tray not counted yet."""
    SESSION_REACHES_OUT = "SESSION_REACHES_OUT"
    DROP_SHARED = "DROP_SHARED"


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """From `start` up to `end` (UTC). With `shift_id` it is that shift's own (BASE-2)."""

    start: datetime
    end: datetime
    shift_id: UUID | None = None
    baselines: Baselines = Baselines.ALL
    close_on: CloseOn = CloseOn.COUNT
    upto: datetime | None = None
    """An instant of the window: how far it had come by then, what happened later left away. None:
    as far as it goes."""

    def reaches(self, at: datetime) -> bool:
        """Whether something that happened then is looked at."""
        return self.upto is None or at <= self.upto


@dataclass(frozen=True, kw_only=True, slots=True)
class TableSeen:
    """One table as the window needs it.

    `facts` hold the latest counts at or before the start, every count inside, the slips and
    sessions between the two and their boxes. `par` is what was in force on the gaming day the
    window starts in (BASE-7).
    """

    facts: TableFacts
    par: ParInForce
    observations: tuple[Observation, ...] = ()
    buy_ins: tuple[BuyIn, ...] = ()
    """As they were noted, corrections among them: beside the facts, like readings (0036)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WinLoss:
    """The answer for one table; None is unknown, never zero (BASE-6, LESSON-2)."""

    win_loss_cents: int | None
    before_drop_cents: int | None
    """The tray's change, which is no result (RUN-2)."""
    opening_bankroll_cents: int | None
    opening_source: OpeningSource
    opening_snapshot_id: UUID | None
    opening_at: datetime | None
    coverage_type: Coverage
    closing_bankroll_cents: int | None
    closing_source: CloseOn | None
    closing_snapshot_id: UUID | None
    closing_at: datetime | None
    fills_total_cents: int | None
    credits_total_cents: int | None
    credits_in_transit_cents: int | None
    """Of the credits, those the cage has not yet counted (BASE-4)."""
    drop_total_cents: int | None
    drop_source: DropSource | None
    measured_from: datetime | None
    measured_to: datetime | None
    since: datetime | None
    """The baseline's instant where play lies between it and the start: such a window begins
    earlier than it says, and is not added up with others (BASE-6)."""
    in_play: bool
    """Whether a session of the table was in play in the window at all."""
    estimated: bool
    par: ParInForce
    """Mode and par in force on the day, with who set it and when."""
    reasons: tuple[str, ...]

    @property
    def adds_up(self) -> bool:
        """Whether this may be summed with other tables' windows: known, whole, begun on time."""
        return self.win_loss_cents is not None and self.is_whole

    @property
    def is_whole(self) -> bool:
        """Whether it is measured from the window's own start on."""
        return self.coverage_type is Coverage.FULL and self.since is None

"""Actions on a session's life: open, count, begin closing, attest, close, roll over, void."""

from collections.abc import Callable, Mapping
from typing import Any

from tablebank.commands import sessions
from tablebank.domain.terms import LIVE, BankMode, Basis, Phase, Role, SnapshotKind
from tablebank.web.actions.kind import (
    Action,
    Field,
    Place,
    Said,
    SignsToo,
    as_uuid,
    nothing_said,
    only,
)

REASON = Field(name="reason", label="Reason", kind="words")
WHY_IF_DIFFERENT = Field(
    name="reason",
    label="Reason",
    kind="words",
    required=False,
    hint="Needed where the count differs or is off par",
)
TRAY = Field(
    name="chipset", label="Chips in the tray", kind="chips", compared=True, may_be_empty=True
)
ATTESTED = Field(
    name="attested",
    label="Take the par as the opening, not counted",
    kind="check",
    required=False,
    hint="Only for a tray that was handed over at par; it is shown as attested for good",
)
MANAGER = (Role.PIT_MANAGER,)


def in_phase(*phases: Phase) -> Callable[[Place], bool]:
    """Offered while the session is in one of these phases."""
    return lambda place: place.view.record.phase in phases


def imprest_with_par(place: Place) -> bool:
    """Whether there is a par to restore the tray to (CLOSE-1)."""
    record = place.view.record
    return record.table_bank_mode == BankMode.IMPREST_TO_PAR and record.need_total_cents is not None


def _initial_bank(place: Place) -> bool:
    return place.view.record.previous_session_id is None


def _off_par(place: Place) -> bool:
    closing, need = place.view.session.closing, place.view.record.need_total_cents
    return (
        imprest_with_par(place)
        and closing is not None
        and need is not None
        and closing.total_cents != need
    )


def _counted(kind: SnapshotKind) -> Callable[[Mapping[str, Any], Place], Said]:
    def said(typed: Mapping[str, Any], place: Place) -> Said:
        if kind == SnapshotKind.OPENING and typed.get("attested"):
            return {"kind": kind.value, "basis": Basis.PAR_ATTESTED.value}
        return {"kind": kind.value, **only("chipset", "reason", "supersedes")(typed, place)}

    return said


def _correcting(kind: SnapshotKind) -> Callable[[Mapping[str, Any], Place], Said]:
    def said(typed: Mapping[str, Any], place: Place) -> Said:
        sheet = place.view.session.opening if kind == SnapshotKind.OPENING else None
        superseded = {"supersedes": str(sheet.id)} if sheet else {}
        return {**_counted(kind)(typed, place), **superseded}

    return said


def _snapshot(said: Said) -> sessions.RecordSnapshot:
    return sessions.RecordSnapshot(
        kind=SnapshotKind(said["kind"]),
        chipset=said.get("chipset"),
        basis=Basis(said.get("basis", Basis.COUNTED)),
        supersedes=as_uuid(said.get("supersedes")),
        reason=said.get("reason"),
    )


def _opening_fields(place: Place) -> tuple[Field, ...]:
    recounted = bool(place.view.trials) and not _initial_bank(place)
    attested = (ATTESTED,) if _initial_bank(place) and imprest_with_par(place) else ()
    return (TRAY, *attested, *((WHY_IF_DIFFERENT,) if recounted else ()))


def _opening_signers(place: Place) -> tuple[SignsToo, ...]:
    if _initial_bank(place):
        return (SignsToo(roles=MANAGER, why="the table's initial bank"),)
    if place.view.trials:
        return (SignsToo(roles=MANAGER, required=False, why="if the second count differs too"),)
    return ()


OPEN = Action(
    slug="open",
    verb="Open table",
    done="The table is open. Record the opening count.",
    about="session",
    command=lambda place: sessions.OPEN,
    step=lambda place: "open_session",
    said=nothing_said,
    body=lambda said: sessions.Plain(),
    offered=in_phase(Phase.READY_TO_OPEN),
)


def _count(
    slug: str,
    verb: str,
    kind: SnapshotKind,
    *,
    offered: Callable[[Place], bool],
    done: str,
    fields: Callable[[Place], tuple[Field, ...]] = lambda place: (TRAY,),
    signs_too: Callable[[Place], tuple[SignsToo, ...]] = lambda place: (),
    correcting: bool = False,
) -> Action:
    return Action(
        slug=slug,
        verb=verb,
        done=done,
        about="session",
        command=lambda place: sessions.RECORD_SNAPSHOT,
        step=lambda place: "record_snapshot",
        said=_correcting(kind) if correcting else _counted(kind),
        body=_snapshot,
        offered=offered,
        fields=fields,
        signs_too=signs_too,
    )


OPENING_COUNT = _count(
    "opening-count",
    "Record opening count",
    SnapshotKind.OPENING,
    offered=in_phase(Phase.OPENING),
    done="The opening count is recorded. The table is in play.",
    fields=_opening_fields,
    signs_too=_opening_signers,
)

CORRECT_OPENING = _count(
    "correct-opening",
    "Correct opening count",
    SnapshotKind.OPENING,
    offered=lambda place: (
        in_phase(Phase.OPEN)(place)
        and not place.view.slips
        and not place.view.drops
        and {each.kind for each in place.view.snapshots} == {"OPENING"}
    ),
    done="The corrected opening count is recorded; the first one stays visible.",
    fields=lambda place: (TRAY, REASON),
    signs_too=_opening_signers,
    correcting=True,
)

INTERIM_COUNT = _count(
    "interim-count",
    "Record interim count",
    SnapshotKind.INTERIM,
    offered=in_phase(Phase.OPEN),
    done="The interim count is recorded.",
)

CLOSING_COUNT = _count(
    "closing-count",
    "Record closing count",
    SnapshotKind.CLOSING,
    offered=lambda place: (
        in_phase(Phase.CLOSING)(place)
        and (place.view.session.closing is None or place.view.closing_is_stale)
    ),
    done="The closing count is recorded.",
)

CORRECT_CLOSING = _count(
    "correct-closing",
    "Correct closing count",
    SnapshotKind.CLOSING,
    offered=lambda place: (
        in_phase(Phase.CLOSING, Phase.CLOSED)(place)
        and place.view.session.closing is not None
        and not place.view.closing_is_stale
    ),
    done="The corrected closing count is recorded; the first one stays visible.",
    fields=lambda place: (TRAY, REASON),
)

BEGIN_CLOSING = Action(
    slug="begin-closing",
    verb="Begin closing",
    done="Closing has begun. Record the closing count.",
    about="session",
    command=lambda place: sessions.BEGIN_CLOSING,
    step=lambda place: "begin_closing",
    said=nothing_said,
    body=lambda said: sessions.Plain(),
    offered=in_phase(Phase.OPEN),
    note="From here on only a final adjustment can be asked for.",
)

ATTEST_PAR = Action(
    slug="attest-par",
    verb="Attest restored to par",
    done="It is attested that the tray was restored to par.",
    about="session",
    command=lambda place: sessions.ATTEST_PAR,
    step=lambda place: "attest_par",
    said=nothing_said,
    body=lambda said: sessions.Plain(),
    offered=lambda place: (
        in_phase(Phase.CLOSING)(place)
        and imprest_with_par(place)
        and place.view.record.attested_at is None
    ),
)

CLOSE = Action(
    slug="close",
    verb="Close session",
    done="The session is closed.",
    about="session",
    command=lambda place: sessions.CLOSE,
    step=lambda place: "close_session",
    said=only("reason"),
    body=lambda said: sessions.Close(reason=said.get("reason")),
    offered=in_phase(Phase.CLOSING),
    fields=lambda place: (WHY_IF_DIFFERENT,) if _off_par(place) else (),
    signs_too=lambda place: (
        (SignsToo(roles=MANAGER, required=False, why="the tray is off par"),)
        if _off_par(place) and Role.PIT_MANAGER not in place.view.caller.roles
        else ()
    ),
)

FORCE_CLOSE = Action(
    slug="force-close",
    verb="Force the close",
    done="The session is closed by force. What was not counted is unknown.",
    about="session",
    command=lambda place: sessions.CLOSE,
    step=lambda place: "force_close",
    said=lambda typed, place: {"force": True, **only("reason")(typed, place)},
    body=lambda said: sessions.Close(force=True, reason=said.get("reason")),
    offered=lambda place: place.view.record.phase in LIVE,
    fields=lambda place: (REASON,),
    note="What was not counted stays unknown, and so does the result. Slips on the way become "
    "exceptions.",
    grave=True,
)

ROLL_OVER = Action(
    slug="roll-over",
    verb="Roll over to the next shift",
    done="The session is closed and the next one is open, with one count.",
    about="session",
    command=lambda place: sessions.ROLL_OVER,
    step=lambda place: "roll_over",
    said=only("chipset", "reason"),
    body=lambda said: sessions.RollOver(chipset=said.get("chipset"), reason=said.get("reason")),
    offered=in_phase(Phase.OPEN, Phase.CLOSING),
    fields=lambda place: (TRAY,),
    note="One count closes this session and opens the next. Slips on the way go along.",
)

VOID = Action(
    slug="void",
    verb="Void session",
    done="The session is voided.",
    about="session",
    command=lambda place: sessions.VOID_SESSION,
    step=lambda place: "void_session",
    said=only("reason"),
    body=lambda said: sessions.WithReason(reason=said["reason"]),
    offered=lambda place: (
        in_phase(Phase.READY_TO_OPEN, Phase.OPENING, Phase.OPEN)(place)
        and not any(each.status != "CANCELLED" for each in place.view.slips)
        and not any(each.kind != "OPENING" for each in place.view.snapshots)
        and not place.view.drops
    ),
    fields=lambda place: (REASON,),
    grave=True,
)

ACTIONS = (
    OPEN,
    OPENING_COUNT,
    CLOSING_COUNT,
    CLOSE,
    ATTEST_PAR,
    INTERIM_COUNT,
    ROLL_OVER,
    BEGIN_CLOSING,
    CORRECT_OPENING,
    CORRECT_CLOSING,
    FORCE_CLOSE,
    VOID,
)

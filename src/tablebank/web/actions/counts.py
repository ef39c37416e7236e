"""Actions that count the tray: opener, interim, closer, and what corrects opener and closer."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from tablebank.commands import sessions, trays
from tablebank.domain.terms import CLOSED_PHASES, Basis, Phase, SnapshotKind
from tablebank.web.actions.kind import Action, Field, Place, Said, SignsToo, as_uuid, only
from tablebank.web.actions.occasions import (
    MANAGER,
    REASON,
    WHY_IF_DIFFERENT,
    imprest_with_par,
    in_phase,
    is_initial_bank,
    managers_leave,
)
from tablebank.web.words import Words

TRAY = Field(
    name="chipset", label=_("Chips in the tray"), kind="chips", compared="last", may_be_empty=True
)
BEGUN = Field(name="count_id", label="", kind="begun", required=False)
"""The count that the form began, once it has (SNAP-5)."""
FIRST_TRAY = replace(TRAY, compared="closer")
ATTESTED = Field(
    name="attested",
    label=_("Take the par as the opening, not counted"),
    kind="check",
    required=False,
    hint=_("Only for a tray that was handed over at par; it is shown as attested for good"),
)


def _counted(kind: SnapshotKind) -> Callable[[Mapping[str, Any], Place], Said]:
    def said(typed: Mapping[str, Any], place: Place) -> Said:
        if kind == SnapshotKind.OPENING and typed.get("attested"):
            return {"kind": kind.value, "basis": Basis.PAR_ATTESTED.value}
        named = only("chipset", "reason", "supersedes", BEGUN.name)
        return {"kind": kind.value, **named(typed, place)}

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
        count_id=as_uuid(said.get(BEGUN.name)),
    )


def _opening_fields(place: Place) -> tuple[Field, ...]:
    recounted = bool(place.view.trials) and not is_initial_bank(place)
    attested = (ATTESTED,) if is_initial_bank(place) and imprest_with_par(place) else ()
    return (FIRST_TRAY, *attested, *((WHY_IF_DIFFERENT,) if recounted else ()))


def _initial_bank_signer(place: Place) -> tuple[SignsToo, ...]:
    if not is_initial_bank(place):
        return ()
    return (SignsToo(roles=MANAGER, why=_("the table's initial bank")),)


def _opening_signers(place: Place) -> tuple[SignsToo, ...]:
    if is_initial_bank(place) or not place.view.trials:
        return _initial_bank_signer(place)
    return managers_leave(place, _("if the second count differs too"))


def _correcting_signers(place: Place) -> tuple[SignsToo, ...]:
    """A corrected opener is a second count already: off the last closing it is a manager's."""
    if is_initial_bank(place):
        return _initial_bank_signer(place)
    return managers_leave(place, _("if it differs from the last closing"))


def _count(
    slug: str,
    verb: Words,
    kind: SnapshotKind,
    *,
    offered: Callable[[Place], bool],
    done: Words,
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


OPENING = _count(
    "opening-count",
    _("Record opening count"),
    SnapshotKind.OPENING,
    offered=in_phase(Phase.OPENING),
    done=_("The opening count is recorded. The table is in play."),
    fields=_opening_fields,
    signs_too=_opening_signers,
)

CORRECT_OPENING = _count(
    "correct-opening",
    _("Correct opening count"),
    SnapshotKind.OPENING,
    offered=lambda place: (
        in_phase(Phase.OPEN)(place)
        and not place.view.slips
        and not place.view.drops
        and {each.kind for each in place.view.snapshots} == {"OPENING"}
    ),
    done=_("The corrected opening count is recorded; the first one stays visible."),
    fields=lambda place: (FIRST_TRAY, REASON),
    signs_too=_correcting_signers,
    correcting=True,
)

INTERIM = _count(
    "interim-count",
    _("Record interim count"),
    SnapshotKind.INTERIM,
    offered=in_phase(Phase.OPEN),
    done=_("The interim count is recorded."),
    fields=lambda place: (BEGUN, TRAY),
)

CLOSING = _count(
    "closing-count",
    _("Record closing count"),
    SnapshotKind.CLOSING,
    offered=lambda place: (
        in_phase(Phase.CLOSING)(place)
        and (place.view.session.closing is None or place.view.closing_is_stale)
    ),
    done=_("The closing count is recorded."),
    fields=lambda place: (BEGUN, TRAY),
)

CORRECT_CLOSING = _count(
    "correct-closing",
    _("Correct closing count"),
    SnapshotKind.CLOSING,
    offered=lambda place: (
        in_phase(Phase.CLOSING, Phase.CLOSED)(place)
        and place.view.session.closing is not None
        and not place.view.closing_is_stale
    ),
    done=_("The corrected closing count is recorded; the first one stays visible."),
    fields=lambda place: (TRAY, REASON),
)

IDLE = Action(
    slug="idle-count",
    verb=_("Count the closed table"),
    done=_("The idle count is recorded. The next opener is compared with it."),
    about="session",
    command=lambda place: trays.COUNT_IDLE,
    step=lambda place: "record_snapshot",
    said=only("chipset", "reason"),
    body=lambda said: trays.CountIdle(chipset=said.get("chipset"), reason=said.get("reason")),
    offered=lambda place: place.view.record.phase in CLOSED_PHASES and place.view.is_last,
    fields=lambda place: (TRAY, WHY_IF_DIFFERENT),
    signs_too=lambda place: managers_leave(place, _("if it differs from the last count")),
    path_id=lambda place: place.view.session.table_id,
)

ACTIONS = (OPENING, CLOSING, INTERIM, CORRECT_OPENING, CORRECT_CLOSING, IDLE)

"""Actions on a session's life: open, begin closing, attest, close, roll over, void."""

from django.utils.translation import gettext_lazy as _

from tablebank.commands import sessions
from tablebank.domain.gaming_day import Shift
from tablebank.domain.restoring import restore_due_at_roll_over
from tablebank.domain.terms import LIVE, BankMode, Phase
from tablebank.web.actions.counts import BEGUN, TRAY
from tablebank.web.actions.kind import (
    Action,
    Choice,
    Field,
    Place,
    as_uuid,
    nothing_said,
    only,
)
from tablebank.web.actions.occasions import (
    REASON,
    WHY_IF_DIFFERENT,
    imprest_with_par,
    in_phase,
    managers_leave,
)
from tablebank.web.figures import shift_in_words

OFF_PAR = _("the tray is off par")


def _off_par(place: Place) -> bool:
    closing, need = place.view.session.closing, place.view.record.need_total_cents
    return (
        imprest_with_par(place)
        and closing is not None
        and need is not None
        and closing.total_cents != need
    )


OPEN = Action(
    slug="open",
    verb=_("Open table"),
    done=_("The table is open. Record the opening count."),
    about="session",
    command=lambda place: sessions.OPEN,
    step=lambda place: "open_session",
    said=nothing_said,
    body=lambda said: sessions.Plain(),
    offered=in_phase(Phase.READY_TO_OPEN),
)


BEGIN_CLOSING = Action(
    slug="begin-closing",
    verb=_("Begin closing"),
    done=_("Closing has begun. Record the closing count."),
    about="session",
    command=lambda place: sessions.BEGIN_CLOSING,
    step=lambda place: "begin_closing",
    said=nothing_said,
    body=lambda said: sessions.Plain(),
    offered=in_phase(Phase.OPEN),
    note=_("From here on only a final adjustment can be asked for."),
)

ATTEST_PAR = Action(
    slug="attest-par",
    verb=_("Attest restored to par"),
    done=_("It is attested that the tray was restored to par."),
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
    verb=_("Close session"),
    done=_("The session is closed."),
    about="session",
    command=lambda place: sessions.CLOSE,
    step=lambda place: "close_session",
    said=only("reason"),
    body=lambda said: sessions.Close(reason=said.get("reason")),
    offered=in_phase(Phase.CLOSING),
    fields=lambda place: (WHY_IF_DIFFERENT,) if _off_par(place) else (),
    signs_too=lambda place: managers_leave(place, OFF_PAR) if _off_par(place) else (),
)

FORCE_CLOSE = Action(
    slug="force-close",
    verb=_("Force the close"),
    done=_("The session is closed by force. What was not counted is unknown."),
    about="session",
    command=lambda place: sessions.CLOSE,
    step=lambda place: "force_close",
    said=lambda typed, place: {"force": True, **only("reason")(typed, place)},
    body=lambda said: sessions.Close(force=True, reason=said.get("reason")),
    offered=lambda place: place.view.record.phase in LIVE,
    fields=lambda place: (REASON,),
    note=_(
        "What was not counted stays unknown, and so does the result. Slips on the way become "
        "exceptions."
    ),
    grave=True,
)


def _restored_first(place: Place) -> bool:
    """Whether a roll-over here asks for a tray at par, or a manager's leave (SESS-8, CLOSE-1)."""
    record = place.view.record
    has_par = record.need_total_cents is not None
    may_be_imprest = record.table_bank_mode != BankMode.INVENTORY_COUNT
    return has_par and may_be_imprest and restore_due_at_roll_over(place.view.house, record)


def _roll_over_fields(place: Place) -> tuple[Field, ...]:
    counted_before = place.view.session.closing is not None
    why = (WHY_IF_DIFFERENT,) if counted_before or _restored_first(place) else ()
    return (BEGUN, TRAY, _next_shift(place), *why)


def _next_shift(place: Place) -> Field:
    """The shift that the next session belongs to; the one after this session's own, if not said."""
    zone = place.view.house.casino.timezone
    following, *others = _shifts_ahead(place)
    choices = [Choice(value="", words=shift_in_words(following, zone=zone))]
    choices += [
        Choice(value=str(each.id), words=shift_in_words(each, zone=zone)) for each in others
    ]
    return Field(
        name="shift_id",
        label=_("Next shift"),
        kind="choice",
        required=False,
        choices=tuple(choices),
    )


def _shifts_ahead(place: Place) -> list[Shift]:
    """The shift after this session's own; the one that runs now and its next, where later."""
    calendar, record = place.view.house.calendar, place.view.record
    now = calendar.shift_at(place.view.now)
    own = calendar.shift(record.gaming_day, record.shift_code)
    following = calendar.shift_after(own) if own else now
    found = {each.starts_at: each for each in (following, now, calendar.shift_after(now))}
    return [found[at] for at in sorted(found) if at >= following.starts_at]


ROLL_OVER = Action(
    slug="roll-over",
    verb=_("Roll over to the next shift"),
    done=_("The session is closed and the next one is open, with one count."),
    about="session",
    command=lambda place: sessions.ROLL_OVER,
    step=lambda place: "roll_over",
    said=only("chipset", "reason", "shift_id", BEGUN.name),
    body=lambda said: sessions.RollOver(
        chipset=said.get("chipset"),
        reason=said.get("reason"),
        shift_id=as_uuid(said.get("shift_id")),
        count_id=as_uuid(said.get(BEGUN.name)),
    ),
    offered=in_phase(Phase.OPEN, Phase.CLOSING),
    fields=_roll_over_fields,
    signs_too=lambda place: managers_leave(place, OFF_PAR) if _restored_first(place) else (),
    note=_("One count closes this session and opens the next. Slips on the way go along."),
)

VOID = Action(
    slug="void",
    verb=_("Void session"),
    done=_("The session is voided."),
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
    CLOSE,
    ATTEST_PAR,
    ROLL_OVER,
    BEGIN_CLOSING,
    FORCE_CLOSE,
    VOID,
)

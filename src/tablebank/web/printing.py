"""A form on its way to the printer: what stands on record, in words, counted, set in type.

What the reader may not see on a page is not on a form either: it is made from the same views. The
count of prints comes after the reading and before the typesetting, so that no form leaves here
without having been counted.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone, translation

from tablebank.commands.printing import PrintForm, count_print
from tablebank.documents.press import pdf_of
from tablebank.documents.wanted import Clock, Wanted
from tablebank.domain.authority import SEES_EXCEPTIONS, SEES_NO_MANIFEST
from tablebank.domain.credentials import Credential
from tablebank.domain.decisions import House
from tablebank.domain.documents import Document, Printed, parts_for
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.terms import Role
from tablebank.domain.windows.asked import Window
from tablebank.queries.count_book import count_sessions_by_id, posting_signatures, reader_of
from tablebank.queries.doors import View, reading
from tablebank.queries.drop_book import count_revisions, drops_by_id
from tablebank.queries.hand_over_book import hand_over_by_id
from tablebank.queries.house_book import staff_by_id
from tablebank.queries.journal import head_of
from tablebank.queries.rundowns import shift_summary
from tablebank.queries.session_sheet import SessionSheet, SnapshotSheet, sessions_by_id
from tablebank.queries.shifts_kept import kept_contents, kept_rundowns
from tablebank.queries.slip_book import slips_by_id
from tablebank.queries.trends import trend
from tablebank.web.paper import paper_of_count, paper_of_slip
from tablebank.web.printed_count import CountedBox, sheet_of_box
from tablebank.web.printed_count_session import PostedCount, sheet_of_count_session
from tablebank.web.printed_form import Drawn, Setting, copies, sheet_of_count, sheet_of_slip
from tablebank.web.printed_hand_over import sheet_of_hand_over
from tablebank.web.printed_rundown import sheet_of_rundown
from tablebank.web.printed_shift import ShiftOnPaper, sheet_of_shift
from tablebank.web.printed_variance import sheet_of_variance, variance_of
from tablebank.web.session_view import session_view
from tablebank.web.trend_view import courses_of
from tablebank.web.written import write_as


def printed(credential: Credential, wanted: Wanted, *, clock: Clock) -> bytes:
    """The form as PDF, all its parts for this reader, each marked if it was printed before.

    Refuses NOT_FOUND a record that is not here, and a count that was not made yet (TEN-1, FIL-07).
    """
    with reading(credential, at=clock()) as view:
        house, at = view.house, view.now
        with in_words_of(house, wanted.language):
            drawn = _DRAW[wanted.document](view, wanted)
        parts = parts_for(drawn.form, view.caller.roles)
    printing = PrintForm(form=drawn.form, parts=parts)
    before = count_print(credential, printing, of=drawn.subject_id, clock=clock)
    with in_words_of(house, wanted.language):
        sheet = replace(drawn.sheet, parts=copies(drawn.form, parts, before))
    return pdf_of(sheet, at=at)


@contextmanager
def in_words_of(house: House, language: str | None) -> Iterator[None]:
    """In the reader's language, or the casino's; its clock and its way of writing amounts."""
    language = language or language_of(house)
    zone = ZoneInfo(house.casino.timezone)
    with translation.override(language), timezone.override(zone), write_as(house):
        yield


def language_of(house: House) -> str:
    """The casino's own language: that of its locale (0042)."""
    return house.settings.locale.value.partition("-")[0]


def _setting(view: View, wanted: Wanted, staff_ids: set[UUID]) -> Setting:
    """What every form says of the house, its printer, and the licences of those who signed."""
    casino, caller = view.house.casino, view.caller.staff
    people = staff_by_id(view.cursor, view.casino_id, staff_ids)
    return Setting(
        property=casino.name,
        simulated=casino.simulated,
        language=wanted.language or language_of(view.house),
        paper=wanted.paper or view.house.settings.paper,
        site=wanted.site,
        printed_at=view.now,
        printed_by=f"{caller.name} {caller.badge}",
        licences={each.id: each.licence or "" for each in people},
    )


def _slip(view: View, wanted: Wanted) -> Drawn:
    found = next(iter(slips_by_id(view.cursor, view.casino_id, [wanted.record_id])), None)
    if found is None:
        raise Refused(Refusal.NOT_FOUND)
    session = _session(view, found.session_id)
    chips = view.house.chips_on(session.gaming_day)
    signed = {each.staff_id for step in found.history for each in step.signatures}
    paper = paper_of_slip(found, session, chips=chips)
    return sheet_of_slip(found, paper, setting=_setting(view, wanted, signed))


def _session(view: View, session_id: UUID) -> SessionSheet:
    found = sessions_by_id(view.cursor, view.casino_id, [session_id], blind=view.blind)
    if not found:
        raise Refused(Refusal.NOT_FOUND)
    return found[0]


def _opener(view: View, wanted: Wanted) -> Drawn:
    session = _session(view, wanted.record_id)
    before = None
    if session.previous_session_id is not None:
        before = _session(view, session.previous_session_id).closing
    return _count(view, wanted, session, form=Printed.OPENER, count=session.opening, closer=before)


def _closer(view: View, wanted: Wanted) -> Drawn:
    session = _session(view, wanted.record_id)
    return _count(view, wanted, session, form=Printed.CLOSER, count=session.closing, closer=None)


def _count(
    view: View,
    wanted: Wanted,
    session: SessionSheet,
    *,
    form: Printed,
    count: SnapshotSheet | None,
    closer: SnapshotSheet | None,
) -> Drawn:
    if count is None:
        raise Refused(Refusal.NOT_FOUND)
    paper = paper_of_count(count, session, chips=view.house.chips_on(session.gaming_day))
    setting = _setting(view, wanted, {each.staff_id for each in count.signatures})
    return sheet_of_count(count, paper, form, setting=setting, closer=closer)


def _rundown(view: View, wanted: Wanted) -> Drawn:
    session = session_view(view, wanted.record_id)
    if session is None:
        raise Refused(Refusal.NOT_FOUND)
    head = head_of(view.cursor, view.casino_id)
    return sheet_of_rundown(session, head, setting=_setting(view, wanted, set()))


def _variance(view: View, wanted: Wanted) -> Drawn:
    """An exception on paper is for who reads exceptions."""
    view.only_for(SEES_EXCEPTIONS)
    session = session_view(view, wanted.record_id)
    variance = variance_of(session) if session else None
    if session is None or variance is None:
        raise Refused(Refusal.NOT_FOUND)
    signed = {each.staff_id for each in variance.opener.signatures}
    return sheet_of_variance(session, variance, setting=_setting(view, wanted, signed))


def _count_of_box(view: View, wanted: Wanted) -> Drawn:
    """Refuses ROLE_NOT_ALLOWED whoever is of the cage, for any box (CNT-18)."""
    _not_for_the_cage(view)
    cursor, casino_id, box = view.cursor, view.casino_id, wanted.record_id
    drops = drops_by_id(cursor, casino_id, [box], manifests=True, blind=view.blind)
    if not drops or drops[0].count is None:
        raise Refused(Refusal.NOT_FOUND)
    revisions, signed = count_revisions(cursor, casino_id, box)
    counted = CountedBox(
        drop=drops[0],
        count=drops[0].count,
        session=_session(view, drops[0].session_id),
        revisions=revisions,
        signed=signed,
    )
    people = {each.staff_id for each in counted.signatures}
    return sheet_of_box(counted, setting=_setting(view, wanted, people))


def _not_for_the_cage(view: View) -> None:
    if not view.sees_manifests:
        needed = sorted(str(role) for role in set(Role) - SEES_NO_MANIFEST)
        raise Refused(Refusal.ROLE_NOT_ALLOWED, {"needed": needed})


def _count_session(view: View, wanted: Wanted) -> Drawn:
    """A count session as a whole, once it is posted (SOFT-7); never for the cage (CNT-18)."""
    _not_for_the_cage(view)
    cursor, casino_id = view.cursor, view.casino_id
    reader = reader_of(view.caller.roles, blind=view.blind)
    found = count_sessions_by_id(cursor, casino_id, [wanted.record_id], reader=reader)
    if not found or found[0].posted_at is None:
        raise Refused(Refusal.NOT_FOUND)
    session = found[0]
    signed = posting_signatures(cursor, casino_id, session.id)
    people = staff_by_id(cursor, casino_id, {UUID(each["staff_id"]) for each in session.team})
    posted = PostedCount(
        session=session, signed=signed, names={each.id: each.name for each in people}
    )
    ids = {each.staff_id for each in signed}
    return sheet_of_count_session(posted, setting=_setting(view, wanted, ids))


def _shift_rundown(view: View, wanted: Wanted) -> Drawn:
    shift = view.house.calendar.shift_by_id(wanted.record_id)
    if shift is None:
        raise Refused(Refusal.NOT_FOUND)
    cursor, casino_id = view.cursor, view.casino_id
    window = Window(start=shift.starts_at, end=shift.ends_at, shift_id=shift.id)
    course = trend(cursor, view.house, window, now=view.now, blind=view.blind)
    on_paper = ShiftOnPaper(
        summary=shift_summary(cursor, casino_id, shift, blind=view.blind),
        kept=kept_rundowns(cursor, casino_id, shift.id),
        contents=kept_contents(cursor, casino_id, shift.id),
        courses=courses_of(course, name=view.house.casino.name, pit=None),
        head=head_of(cursor, casino_id),
    )
    return sheet_of_shift(on_paper, setting=_setting(view, wanted, set()))


def _hand_over(view: View, wanted: Wanted) -> Drawn:
    """A hand-over is for who reads exceptions: they stand on it."""
    view.only_for(SEES_EXCEPTIONS)
    handed = hand_over_by_id(view.cursor, view.casino_id, wanted.record_id)
    if handed is None:
        raise Refused(Refusal.NOT_FOUND)
    signed = {each.staff_id for each in handed.signatures}
    return sheet_of_hand_over(handed, setting=_setting(view, wanted, signed))


_DRAW: Mapping[Document, Callable[[View, Wanted], Drawn]] = {
    Document.SLIP: _slip,
    Document.OPENER: _opener,
    Document.CLOSER: _closer,
    Document.RUNDOWN: _rundown,
    Document.VARIANCE: _variance,
    Document.COUNT: _count_of_box,
    Document.COUNT_SESSION: _count_session,
    Document.SHIFT_RUNDOWN: _shift_rundown,
    Document.HAND_OVER: _hand_over,
}

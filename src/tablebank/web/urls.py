"""The addresses of the pages."""

from datetime import date

from django.urls import path, register_converter

from tablebank.web.pages import (
    cage,
    controls,
    count_sessions,
    day,
    design,
    display,
    documents,
    door,
    drop_trips,
    drops,
    estimates,
    exception_care,
    exceptions,
    floor,
    hand_over,
    papers,
    par_history,
    par_sheet,
    pit_sheet,
    reports,
    session,
    settings,
    setup,
    shift,
    shift_rundown,
    tables,
    windows,
)


class GamingDayInPath:
    """A gaming day in an address: `2026-03-02`."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


register_converter(GamingDayInPath, "day")

urlpatterns = [
    path("", door.home, name="home"),
    path("sign-in", door.sign_in, name="sign-in"),
    path("sign-out", door.sign_out, name="sign-out"),
    path("display", display.choose, name="display"),
    path("floor", floor.page, name="floor"),
    path("floor/prepare", shift.prepare, name="prepare-shift"),
    path("floor/tables", floor.tables, name="floor-tables"),
    path("floor/changed", floor.changed, name="floor-changed"),
    path("pit-sheet", pit_sheet.page, name="pit"),
    path("cage", cage.page, name="cage"),
    path("cage/window", cage.window, name="cage-window"),
    path("cage/do/<slug:slug>/<uuid:session_id>/<uuid:target_id>", cage.act, name="cage-action"),
    path("drops", drops.page, name="drops"),
    path("drops/list", drops.part, name="drops-list"),
    path("drops/trips/start", drop_trips.start, name="drops-trip-start"),
    path("drops/trips/<uuid:trip_id>", drop_trips.page, name="drops-trip"),
    path("drops/trips/<uuid:trip_id>/list", drop_trips.part, name="drops-trip-list"),
    path(
        "drops/do/<slug:slug>/<uuid:session_id>/<uuid:target_id>", drops.act, name="drops-action-on"
    ),
    path("drops/do/<slug:slug>/<uuid:session_id>", drops.act, name="drops-action"),
    path("drops/counts", count_sessions.overview, name="drops-counts"),
    path("drops/counts/<uuid:session_id>", count_sessions.page, name="drops-count"),
    path(
        "drops/counts/<uuid:session_id>/do/<slug:slug>", count_sessions.act, name="drops-count-do"
    ),
    path(
        "drops/counts/<uuid:session_id>/box/<uuid:drop_id>/<slug:slug>",
        count_sessions.act,
        name="drops-count-box",
    ),
    path(
        "drops/counts/<uuid:session_id>/sheet.pdf",
        documents.count_session,
        name="count-session-document",
    ),
    path("exceptions", exceptions.page, name="exceptions"),
    path(
        "exceptions/<uuid:exception_id>/hand-on", exception_care.hand_on, name="exceptions-hand-on"
    ),
    path("exceptions/<uuid:exception_id>/cause", exception_care.hang, name="exceptions-cause"),
    path("controls", controls.page, name="controls"),
    path("notices", exception_care.notices, name="notices"),
    path("notices/<uuid:exception_id>/seen", exception_care.seen, name="notices-seen"),
    path("exceptions/list", exceptions.part, name="exceptions-list"),
    path("exceptions/<uuid:exception_id>", exceptions.resolve, name="exceptions-action"),
    path("shift", windows.page, name="windows"),
    path("shift/list", windows.part, name="windows-list"),
    path("reports", reports.overview, name="reports"),
    path("reports/<slug:slug>", reports.page, name="report"),
    path("reports/<slug:slug>/file", reports.download, name="report-file"),
    path("day", day.page, name="day"),
    path("day/<day:day>", day.page, name="day-of"),
    path("day/<day:day>/close", day.close, name="day-close"),
    path("day/<day:day>/paper", day.paper, name="day-paper"),
    path("shift/rundown", shift_rundown.page, name="windows-rundown"),
    path("shift/rundown/list", shift_rundown.part, name="windows-rundown-list"),
    path("shift/hand-over", hand_over.page, name="handover"),
    path("shift/hand-over/list", hand_over.part, name="handover-list"),
    path("hand-overs/<uuid:hand_over_id>", hand_over.paper, name="handover-paper"),
    path("shift/hours", windows.hours, name="windows-hours"),
    path("shift/hours.svg", windows.picture, name="windows-picture"),
    path("estimates", estimates.page, name="estimates"),
    path(
        "estimates/<uuid:table_id>/<slug:source>.svg",
        estimates.picture,
        name="estimates-picture",
    ),
    path(
        "hand-overs/<uuid:hand_over_id>/document.pdf",
        documents.hand_over,
        name="handover-document",
    ),
    path(
        "shifts/<uuid:shift_id>/documents/rundown.pdf",
        documents.shift_rundown,
        name="shift-document",
    ),
    path("par-sheet", par_sheet.page, name="par-sheet"),
    path("par-sheet/template", par_sheet.template, name="par-sheet-template"),
    path("target-needs", settings.section, {"slug": "targets"}, name="targets"),
    path("target-needs/history", par_history.page, name="targets-history"),
    path("setup", setup.entrance, name="setup"),
    path("setup/<slug:slug>", setup.step, name="setup-step"),
    path("settings", settings.overview, name="settings"),
    path("settings/do/<slug:slug>", settings.act, name="settings-action"),
    path("settings/do/<slug:slug>/<uuid:subject_id>", settings.act, name="settings-action"),
    path("settings/<slug:slug>", settings.section, name="settings-section"),
    path("settings/<slug:slug>/<uuid:subject_id>", settings.section, name="settings-thing"),
    path("me", settings.me, name="me"),
    path("design", design.page, name="design"),
    path("slips/<uuid:slip_id>", papers.slip, name="slip-paper"),
    path("slips/<uuid:slip_id>/document.pdf", documents.slip, name="slip-document"),
    path(
        "sessions/<uuid:session_id>/documents/<slug:name>.pdf",
        documents.of_session,
        name="document",
    ),
    path("drops/<uuid:drop_id>/count.pdf", documents.count, name="count-document"),
    path("counts/<uuid:count_id>", papers.count, name="count-paper"),
    path("sessions/<uuid:session_id>/proof", papers.proof, name="proof"),
    path("tables/<uuid:table_id>", tables.page, name="table"),
    path("sessions/<uuid:session_id>", session.page, name="session"),
    path("sessions/<uuid:session_id>/standing", session.standing, name="session-standing"),
    path("sessions/<uuid:session_id>/do/<slug:slug>", session.act, name="action"),
    path(
        "sessions/<uuid:session_id>/do/<slug:slug>/<uuid:target_id>",
        session.act,
        name="action-on",
    ),
]

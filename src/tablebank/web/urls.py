"""The addresses of the pages."""

from django.urls import path

from tablebank.web.pages import (
    cage,
    design,
    display,
    door,
    drops,
    exceptions,
    floor,
    papers,
    pit_sheet,
    session,
    settings,
    shift,
    tables,
)

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
    path(
        "drops/do/<slug:slug>/<uuid:session_id>/<uuid:target_id>", drops.act, name="drops-action-on"
    ),
    path("drops/do/<slug:slug>/<uuid:session_id>", drops.act, name="drops-action"),
    path("exceptions", exceptions.page, name="exceptions"),
    path("exceptions/list", exceptions.part, name="exceptions-list"),
    path("exceptions/<uuid:exception_id>", exceptions.resolve, name="exceptions-action"),
    path("settings", settings.overview, name="settings"),
    path("settings/do/<slug:slug>", settings.act, name="settings-action"),
    path("settings/do/<slug:slug>/<uuid:subject_id>", settings.act, name="settings-action"),
    path("settings/<slug:slug>", settings.section, name="settings-section"),
    path("settings/<slug:slug>/<uuid:subject_id>", settings.section, name="settings-thing"),
    path("me", settings.me, name="me"),
    path("design", design.page, name="design"),
    path("slips/<uuid:slip_id>", papers.slip, name="slip-paper"),
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

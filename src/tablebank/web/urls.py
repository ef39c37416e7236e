"""The addresses of the pages."""

from django.urls import path
from django.views.generic import RedirectView

from tablebank.web.pages import door, floor, session, tables

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="floor"), name="home"),
    path("sign-in", door.sign_in, name="sign-in"),
    path("sign-out", door.sign_out, name="sign-out"),
    path("floor", floor.page, name="floor"),
    path("floor/tables", floor.tables, name="floor-tables"),
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

"""How a device shows the pages: light or dark, how dense, cards or a list; remembered there.

It belongs to the tablet and not to the person: whoever takes it next stands in the same light.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COOKIE = "tb_display"
A_YEAR_S = 365 * 24 * 60 * 60
DARK_FROM, DARK_UNTIL = time(18), time(6)
"""The pit's evening, on the casino's wall: dark unless somebody chose otherwise."""

THEMES: Mapping[str, str | Promise] = {
    "auto": _("Dark from 18:00 to 6:00"),
    "light": _("Light"),
    "dark": _("Dark"),
}
DENSITIES: Mapping[str, str | Promise] = {
    "comfortable": _("Comfortable"),
    "compact": _("Compact"),
    "touch": _("Touch"),
}
VIEWS: Mapping[str, str | Promise] = {"cards": _("Cards"), "list": _("List")}


@dataclass(frozen=True, kw_only=True, slots=True)
class Display:
    """What was chosen on this device; what was not has the first of its values."""

    theme: str = "auto"
    density: str = "comfortable"
    view: str = "cards"

    def theme_at(self, instant: datetime, *, zone: str) -> str:
        """`dark` or `light`; empty where the device's own setting holds (by day)."""
        if self.theme != "auto":
            return self.theme
        local = instant.astimezone(ZoneInfo(zone)).time()
        return "dark" if local >= DARK_FROM or local < DARK_UNTIL else ""


def display_of(request: HttpRequest) -> Display:
    """What this device chose; a cookie that nobody of us wrote is no choice."""
    return chosen(Display(), dict(_said(request.COOKIES.get(COOKIE, ""))))


def chosen(before: Display, said: Mapping[str, str]) -> Display:
    """The same with what was said anew; words that mean nothing here change nothing."""
    known = {"theme": THEMES, "density": DENSITIES, "view": VIEWS}
    return replace(before, **{name: said[name] for name in known if said.get(name) in known[name]})


def remember_display(response: HttpResponse, display: Display) -> None:
    value = f"theme={display.theme}&density={display.density}&view={display.view}"
    response.set_cookie(COOKIE, value, max_age=A_YEAR_S, httponly=True, samesite="Lax")


def _said(cookie: str) -> list[tuple[str, str]]:
    pairs = (each.partition("=") for each in cookie.split("&"))
    return [(name, value) for name, _equals, value in pairs]

"""Which pages there are, and who gets to each of them: everybody follows every link they are shown.

What is looked for comes from the addresses and the catalogue of actions, not from a list: a page or
a form that is added is walked to, or it is missed.
"""

import html
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.test import Client
from django.urls import NoReverseMatch, Resolver404, URLPattern, resolve, reverse

from tablebank.domain.readiness import SetUpStep
from tablebank.web import urls
from tablebank.web.actions.catalogue import ACTIONS
from tablebank.web.count_boxes import BOX_FORMS
from tablebank.web.count_whole import FORMS_BY_SLUG
from tablebank.web.pages import cage, drops
from tablebank.web.settings.catalogue import SECTIONS, SETTINGS
from tablebank.web.settings.own_pin import OWN_PIN
from tests.cast import Person
from tests.web.browser import browser_of

LINK = re.compile(r'(?:href|hx-get|src)="([^"]+)"')


def _of(slugs: Iterable[str], *, is_of_session: bool) -> list[str]:
    return [each for each in slugs if (ACTIONS[each].about == "session") is is_of_session]


BY_SLUG = {
    "action": _of(ACTIONS, is_of_session=True),
    "action-on": _of(ACTIONS, is_of_session=False),
    "cage-action": list(cage.SLUGS),
    "drops-action": _of(drops.SLUGS, is_of_session=True),
    "drops-action-on": _of(drops.SLUGS, is_of_session=False),
    "drops-count-do": list(FORMS_BY_SLUG),
    "drops-count-box": list(BOX_FORMS),
    "setup-step": [each.value for each in SetUpStep],
    "settings-section": list(SECTIONS),
    "settings-thing": [each.slug for each in SECTIONS.values() if each.things],
    "settings-action": [each.slug for each in SETTINGS.values() if each is not OWN_PIN],
}
"""The forms of each address that has many."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """Who comes to a page, and by which address."""

    person: Person
    path: str


@dataclass(kw_only=True)
class Map:
    """What everybody found: ways to each page, by the name of its address and its variety."""

    pages: dict[tuple[str, str], list[Way]] = field(default_factory=dict)
    parts: set[str] = field(default_factory=set)
    """Addresses that answer, but with no page of their own."""
    met: set[str] = field(default_factory=set)
    """Things of the settings that somebody has been to: one visit is enough for all."""

    def ways(self, name: str, variety: str = "") -> list[Way]:
        return self.pages.get((name, variety), [])

    def all_ways(self, name: str) -> list[Way]:
        """One way to each variety of it."""
        return [ways[0] for (known, _), ways in self.pages.items() if known == name]

    def take_in(self, other: "Map") -> None:
        """What others found, where we found nothing."""
        self.pages = {**other.pages, **self.pages}
        self.parts |= other.parts


def names() -> list[str]:
    """Every address of the pages by its name; what is sent to and shows nothing is among them."""
    named = [each.name or "" for each in urls.urlpatterns if isinstance(each, URLPattern)]
    return list(dict.fromkeys(named))


def walked(people: Iterable[Person]) -> Map:
    """Everybody begins at home and goes wherever a link leads, once to each kind of page."""
    found = Map()
    for person in people:
        _walk(found, person)
    return found


def is_part(name: str, person: Person) -> bool:
    """Whether an address that no link leads to is a part of a page, for its scripts to ask."""
    try:
        answer = _asked(browser_of(person).client, reverse(name))
    except NoReverseMatch:
        return False
    return answer is None or "<html" not in answer


def _walk(found: Map, person: Person) -> None:
    client = browser_of(person).client
    waiting, met = deque(["/"]), {"home "}
    while waiting:
        path = waiting.popleft()
        answer = _asked(client, path)
        name, variety = _what(path)
        if answer is None or "<html" not in answer:
            found.parts.add(name)
            continue
        found.pages.setdefault((name, variety), []).append(Way(person=person, path=path))
        waiting.extend(_new(answer, met, found.met))


def _asked(client: Client, path: str) -> str | None:
    """The page at an address; None where it does not answer with one."""
    answer = client.get(path, follow=True)
    if answer.status_code != 200 or answer.headers["Content-Type"] == "application/pdf":
        return None
    return answer.content.decode()


def _what(path: str) -> tuple[str, str]:
    """The name of an address, and which of its many it is."""
    try:
        match = resolve(urlsplit(path).path)
    except Resolver404:
        return "", ""
    kwargs = match.kwargs
    return match.url_name or "", str(kwargs.get("slug") or "")


def _new(page: str, met: set[str], met_by_any: set[str]) -> Iterator[str]:
    """Links to what this person has not met: each session, and one of every other kind of page."""
    for found in LINK.findall(page):
        link = html.unescape(found).partition("#")[0]
        if not link.startswith("/") or link.startswith(("/static/", "/api/")):
            continue
        name, variety = _what(link)
        kind = f"{name} {variety}{'?' * ('?' in link)}"
        if name in ("session", "settings-thing", "drops-count"):
            kind = link
        known = met_by_any if name == "settings-thing" else met
        if name and kind not in known:
            known.add(kind)
            yield link

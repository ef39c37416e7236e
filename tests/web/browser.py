"""A browser as the tests of the pages hold it: somebody signed in, pages read, forms filled in.

A form is filled in as it was shown: its hidden fields go along, what is typed goes over them. So a
test cannot send what no form asks for, unless it says so with `send`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client

from tests.cast import Person
from tests.say import chips

SKIPPED = frozenset({"script", "style", "svg"})
VOID = frozenset({"input", "meta", "link", "br", "circle"})


@dataclass(slots=True)
class Shown:
    """A form on a page: where it goes, and what stands in its fields."""

    action: str
    values: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)


class _Reader(HTMLParser):
    """The text a person sees, the links, and the forms."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: dict[str, str] = {}
        self.forms: list[Shown] = []
        self._inside: list[str] = []
        self._link: str | None = None
        self._area: str | None = None
        self._select: str | None = None
        self._stands = False
        """Whether the open select stands at an option yet: the first, unless one is selected."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag in SKIPPED:
            self._inside.append(tag)
        if tag == "a":
            self._link = said.get("href")
        if tag == "form":
            self.forms.append(Shown(action=said.get("action", "")))
        if not self.forms or "name" not in said:
            if tag == "option" and self._select and ("selected" in said or not self._stands):
                self.forms[-1].values[self._select] = said.get("value", "")
                self._stands = True
            return
        form = self.forms[-1]
        form.kinds[said["name"]] = said.get("type", tag)
        if tag == "input" and said.get("type") in ("checkbox", "radio"):
            if "checked" in said:
                form.values[said["name"]] = said.get("value", "on")
        elif tag == "input":
            form.values[said["name"]] = said.get("value", "")
        elif tag == "textarea":
            self._area, form.values[said["name"]] = said["name"], ""
        elif tag == "select":
            self._select, form.values[said["name"]] = said["name"], ""
            self._stands = False

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()
        if tag == "a":
            self._link = None
        if tag == "textarea":
            self._area = None
        if tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if self._area is not None:
            self.forms[-1].values[self._area] += data
        elif text and not self._inside:
            self.words.append(text)
            if self._link is not None:
                self.links.setdefault(text, self._link)


@dataclass(frozen=True, slots=True)
class Page:
    """What came back: status, where from, the words on it, its links and forms."""

    status: int
    headers: Mapping[str, str]
    html: str
    words: str
    links: Mapping[str, str]
    forms: tuple[Shown, ...]

    def says(self, *sentences: str) -> "Page":
        for sentence in sentences:
            assert sentence in self.words, f"{sentence!r} is not in: {self.words}"
        return self

    def says_not(self, *sentences: str) -> "Page":
        for sentence in sentences:
            assert sentence not in self.words, f"{sentence!r} is in: {self.words}"
        return self

    @property
    def form(self) -> Shown:
        """The form of the action that is open."""
        return next(each for each in self.forms if "key" in each.values)


def read(response: Any) -> Page:
    reader = _Reader()
    html = response.content.decode()
    reader.feed(html)
    return Page(
        status=response.status_code,
        headers=dict(response.headers),
        html=html,
        words=" ".join(reader.words),
        links=reader.links,
        forms=tuple(reader.forms),
    )


@dataclass(slots=True)
class Browser:
    """One browser, on one device, with whoever is signed in at it."""

    client: Client

    def get(self, path: str, **headers: str) -> Page:
        return read(self.client.get(path, headers=headers))

    def send(self, path: str, values: Mapping[str, str], *, follow: bool = True) -> Page:
        response = self.client.post(path, dict(values))
        if follow and response.status_code in (302, 303):
            return read(self.client.get(response.headers["Location"]))
        return read(response)

    def fill_in(
        self,
        path: str,
        typed: Mapping[str, str] | None = None,
        *,
        tray: str | None = None,
        field: str = "chipset",
        signed: Iterable[Person] = (),
        at: str | None = None,
    ) -> Page:
        """Open the form, fill it in as shown, and send it."""
        page = self.get(path)
        assert page.status == 200, page.words
        values = filled(page.form, typed, tray=tray, field=field, signed=signed, at=at)
        return self.send(path, values)


def filled(
    form: Shown,
    typed: Mapping[str, str] | None = None,
    *,
    tray: str | None = None,
    field: str = "chipset",
    signed: Iterable[Person] = (),
    at: str | None = None,
) -> dict[str, str]:
    """The form's values with what is typed over them; signers in the order of the rows."""
    values = dict(form.values)
    if tray is not None:
        counted = chips(tray)
        for name in form.kinds:
            if name.startswith(f"{field}:"):
                values[name] = str(counted.get(name.partition(":")[2], 0))
    for index, person in enumerate(signed):
        values[f"sign:{index}:badge"] = person.badge
        values[f"sign:{index}:pin"] = person.pin
    if at is not None:
        values["occurred_at"] = at
    values.update(typed or {})
    return values


def browser_of(person: Person, *, checks_csrf: bool = False) -> Browser:
    """A browser at which this person has signed in."""
    client = Client(enforce_csrf_checks=checks_csrf)
    session = client.session
    session["casino_id"], session["staff_id"] = person.casino.id, person.id
    session.save()
    client.cookies["tb_device"] = f"device-of-{person.badge}"
    return Browser(client)

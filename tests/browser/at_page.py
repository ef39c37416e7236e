"""Somebody at a page of their own: what they open, press, type and read, as a person would.

Everything here is found by what is written on it. A page that complains (an error in its scripts, a
breach of the content policy, a request that failed) fails the test that looked at it.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
    expect,
)

from tests.cast import Person
from tests.say import chips

ANSWERED_BESIDE_THE_FORM = re.compile(r"Failed to load resource: .* status of 4(09|22|03|04)\b")
"""Chromium's own line about a form that was refused: the page says so too, in better words."""
TAKEN_BACK = ("htmx:sendAbort", "htmx:afterRequest")
"""A request that the page itself took back because it needs it no more: no error but htmx's."""
AT_REST = "() => !document.querySelector('.htmx-swapping, .htmx-settling')"
"""What was swapped in is put in its place a moment later: its focus, its drafts. No hand is as
quick; the trials wait for it wherever they have read something."""
LEFT_BEHIND = "net::ERR_ABORTED"
"""A request that was on its way when the page was left."""


@dataclass
class Complaints:
    """What a browser had to complain about, unless the line was cut on purpose."""

    said: list[str] = field(default_factory=list)
    are_expected: bool = False

    def listen(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda error: self._add(f"uncaught: {error.error}"))
        context.on("requestfailed", self._failed)
        context.on("response", self._answered)

    def _add(self, what: str) -> None:
        if not self.are_expected:
            self.said.append(what)

    def _console(self, message: ConsoleMessage) -> None:
        is_meant = ANSWERED_BESIDE_THE_FORM.match(message.text)
        if message.type == "error" and not is_meant and not message.text.startswith(TAKEN_BACK):
            self._add(f"console: {message.text}")

    def _failed(self, request: Request) -> None:
        if request.failure != LEFT_BEHIND:
            self._add(f"{request.method} {request.url}: {request.failure}")

    def _answered(self, response: Response) -> None:
        missing = response.status >= 400 and response.request.resource_type not in (
            "document",
            "xhr",
            "fetch",
        )
        if response.status >= 500 or missing:
            self._add(f"{response.request.method} {response.url}: {response.status}")
        if urlsplit(response.url).hostname not in ("127.0.0.1", None):
            self._add(f"another host was asked: {response.url}")


@dataclass(kw_only=True)
class Someone:
    """One of the cast, signed in at a browser of their own."""

    who: Person
    page: Page
    base_url: str
    complaints: Complaints

    # -- where they are ----------------------------------------------------------------------------

    def open(self, path: str) -> "Someone":
        self.page.goto(f"{self.base_url}{path}")
        return self

    def reload(self) -> "Someone":
        self.page.reload()
        return self

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    @property
    def form(self) -> Locator:
        """The form that is open."""
        return self.page.locator("#form")

    # -- what they read ----------------------------------------------------------------------------

    def sees(self, *sentences: str | re.Pattern[str]) -> "Someone":
        """These words come to stand on the page, whichever part of it they are in."""
        for sentence in sentences:
            expect(self.main).to_contain_text(sentence, use_inner_text=True)
        self.page.wait_for_function(AT_REST)
        return self

    def sees_not(self, *sentences: str) -> "Someone":
        for sentence in sentences:
            expect(self.main).not_to_contain_text(sentence, use_inner_text=True)
        return self

    # -- what they do ------------------------------------------------------------------------------

    def presses(self, words: str, *, within: Locator | None = None) -> "Someone":
        """The one button or link of these words."""
        here = within or self.main
        button = here.get_by_role("button", name=words, exact=True)
        link = here.get_by_role("link", name=words, exact=True)
        button.or_(link).first.click()
        return self

    def types(self, label: str, text: str) -> "Someone":
        self.form.get_by_label(label).first.fill(text)
        return self

    def chooses(self, label: str, words: str) -> "Someone":
        self.form.get_by_label(label).select_option(label=words)
        return self

    def counts(self, tray: str, *, field: str = "chipset") -> "Someone":
        """Every chip of the sheet by pieces: none where the tray has none."""
        counted = chips(tray)
        rows = self.form.locator(f'input.pieces[name^="{field}:"]')
        rows.first.wait_for()
        for row in rows.all():
            row.fill(str(counted.get((row.get_attribute("name") or "").partition(":")[2], 0)))
        return self

    def has_sign(self, *signers: Person) -> "Someone":
        """Each in turn types badge and PIN into the first row that is still empty."""
        rows = self.form.locator(".signer:has(.badge-field)")
        if signers:
            rows.first.wait_for()
        for person, row in zip(signers, rows.all(), strict=False):
            if row.locator("select").count():
                row.locator("select").select_option(value=person.roles[0])
            row.get_by_label("Badge").fill(person.badge)
            row.get_by_label("PIN").fill(person.pin)
        return self

    def sends(self) -> "Someone":
        """The form's one primary button."""
        self.form.locator("button.primary").click()
        return self

    def does(
        self, verb: str, *, tray: str | None = None, signed: Iterable[Person] = ()
    ) -> "Someone":
        """Open a form by its verb, count, have it signed, send it."""
        self.presses(verb)
        expect(self.form).to_be_visible()
        if tray is not None:
            self.counts(tray)
        return self.has_sign(*signed).sends()

    @contextmanager
    def without_a_line(self) -> Iterator[None]:
        """While the tablet has no connection; what the browser says about that is no complaint."""
        self.complaints.are_expected = True
        self.page.context.set_offline(True)
        try:
            yield
        finally:
            self.page.context.set_offline(False)

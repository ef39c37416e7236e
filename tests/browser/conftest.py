"""One Chromium and one server per worker; a context of their own for each person at a page.

People sign in once, by the real form; after that their browser remembers them.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, StorageState, expect

from tests.browser import chromium
from tests.browser.at_page import Complaints, Someone
from tests.browser.today import PASSWORD, TableNow, found_today, table_in
from tests.cast import Casino, Person
from tests.line import OverTheWire
from tests.program import Server, serving

PATIENCE_MS = 10_000
WIDE = {"width": 1280, "height": 900}

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium, for as long as this worker is in this folder."""
    path = chromium.found()
    if path is None:
        no = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        no(chromium.MISSING)
    with pytest.MonkeyPatch.context() as patched:
        # Playwright keeps an event loop in this thread; the database is ours alone all the same.
        patched.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with chromium.running(path) as running:
            yield running


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """`tablebank serve` on the worker's own database."""
    with serving(log=tmp_path_factory.mktemp("browser") / "log") as server:
        yield server
    assert "Traceback" not in server.said(), server.said()


@pytest.fixture(scope="package")
def wire(server: Server) -> Iterator[OverTheWire]:
    """The line on which the casino's people do what no page is asked for."""
    line = OverTheWire(server.base_url)
    yield line
    line.close()


@pytest.fixture(scope="package")
def casino(wire: OverTheWire, _database_is_real: None) -> Casino:
    """The casino that the tests of one worker share."""
    return found_today(wire)


@pytest.fixture
def table(casino: Casino) -> TableNow:
    """A table of the test's own, never opened."""
    return table_in(casino)


@pytest.fixture
def live(table: TableNow) -> TableNow:
    """A table in play."""
    table.open_table()
    return table


@dataclass(kw_only=True)
class Doors:
    """Where people come in: each signs in once, and comes back in a browser that knows them."""

    browser: Browser
    remembered: dict[str, StorageState] = field(default_factory=dict)

    def signed_in(self, person: Person, base_url: str) -> StorageState:
        key = f"{base_url} {person.id}"
        if key not in self.remembered:
            self.remembered[key] = self._by_the_form(person, base_url)
        return self.remembered[key]

    def _by_the_form(self, person: Person, base_url: str) -> StorageState:
        context = self.browser.new_context(viewport=WIDE)
        page = context.new_page()
        page.goto(f"{base_url}/")
        page.get_by_label("Casino").fill(person.casino.founded.slug)
        page.get_by_label("Badge").fill(person.badge)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("navigation", name="Pages")).to_be_visible()
        state = context.storage_state()
        context.close()
        return state


@pytest.fixture(scope="package")
def doors(browser: Browser) -> Doors:
    return Doors(browser=browser)


@dataclass(kw_only=True)
class AtWork:
    """Who is at a page in this test."""

    doors: Doors
    server: Server
    casino: Casino
    knows: str = ""
    """A script that each of their pages has, beside its own."""
    speaks: str = ""
    """The language that was chosen on their devices; empty where none was."""
    people: list[Someone] = field(default_factory=list)

    def __call__(self, who: str | Person, **context: Any) -> Someone:
        """Somebody of the cast at a fresh context: `person("sam")`."""
        person = self.casino.person(who) if isinstance(who, str) else who
        base_url = context.pop("base_url", self.server.base_url)
        state = self.doors.signed_in(person, base_url)
        opened = self.doors.browser.new_context(
            **{"viewport": WIDE, "storage_state": state, "reduced_motion": "reduce", **context}
        )
        opened.set_default_timeout(PATIENCE_MS)
        if self.knows:
            opened.add_init_script(self.knows)
        if self.speaks:
            chosen = {"name": settings.LANGUAGE_COOKIE_NAME, "value": self.speaks, "url": base_url}
            opened.add_cookies([chosen])
        complaints = Complaints()
        complaints.listen(opened)
        someone = Someone(
            who=person, page=opened.new_page(), base_url=base_url, complaints=complaints
        )
        self.people.append(someone)
        return someone

    def back(self, person: Person) -> Someone:
        """The same person at the same page as before, or at a first one."""
        here = next((each for each in self.people if each.who is person), None)
        return here or self(person)

    def as_seen(self) -> str:
        """What everybody has before them, for whoever has to find out why a test failed."""
        return "\n\n".join(
            f"{each.who.name} at {each.page.url}\n{each.page.locator('body').inner_text()}"
            for each in self.people
            if not each.page.is_closed()
        )

    def complained(self) -> list[str]:
        """What their pages complained about since somebody asked."""
        said = [f"{each.who.name}: {no}" for each in self.people for no in each.complaints.said]
        for each in self.people:
            each.complaints.said.clear()
        return said

    def leave(self) -> list[str]:
        """Close every page; what they complained about."""
        for each in self.people:
            each.page.context.close()
        return self.complained()


@pytest.fixture
def person(doors: Doors, server: Server, casino: Casino) -> Iterator[AtWork]:
    """Ask it for people at pages; when they leave, nobody's page may have complained."""
    at_work = AtWork(doors=doors, server=server, casino=casino)
    yield at_work
    complaints = at_work.leave()
    assert not complaints, "\n".join(complaints)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Iterator[Callable[..., Any]]:
    """Beside a failure stands what people saw."""
    report = yield
    at_work = getattr(item, "funcargs", {}).get("person")
    if report.when == "call" and report.failed and isinstance(at_work, AtWork):
        report.sections.append(("what people saw", at_work.as_seen()))
    return report

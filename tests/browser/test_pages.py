"""Every page and every form of the catalogue, looked at hard: by axe, by width, by thumb."""

from collections.abc import Iterable, Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import AtWork, Doors
from tests.browser.looking import AXE, by_size, faults
from tests.browser.stage import STATES, Stage, set_imprest_stage, set_stage
from tests.browser.walk import BY_SLUG, Map, Way, is_part, names, walked
from tests.line import OverTheWire
from tests.program import Server

NO_PAGES = {
    *("home", "sign-out", "display"),
    *("exceptions-hand-on", "exceptions-cause", "notices-seen"),
}
"""What only leads on, or is only sent to."""
ON_NO_PAGE = {"design": "/design"}
"""What no link leads to, because it is nobody's work."""
WHOLE = [name for name in names() if name not in (*BY_SLUG, *NO_PAGES)]
FORMS = [(name, slug) for name, slugs in BY_SLUG.items() for slug in slugs]
WALKERS = ("ada", "sam", "pat", "casey", "dora", "tina", "ana", "sol")


@pytest.fixture(scope="package")
def stage(wire: OverTheWire, _database_is_real: None) -> Stage:
    """Everything that can stand on a page."""
    return set_stage(wire)


@pytest.fixture(scope="package")
def paths(stage: Stage, wire: OverTheWire) -> Map:
    """Where everybody gets to."""
    imprest = set_imprest_stage(wire)
    found = walked(stage.casino.person(name) for name in WALKERS)
    found.take_in(walked([imprest.casino.sam]))
    return found


@pytest.fixture(scope="package")
def lookers(doors: Doors, server: Server, stage: Stage) -> Iterator[AtWork]:
    """Whoever looks at a page keeps the tab for the next one."""
    at_work = AtWork(doors=doors, server=server, casino=stage.casino, knows=AXE.axe_script)
    yield at_work
    at_work.leave()


@pytest.fixture(scope="package")
def spanish(doors: Doors, server: Server, stage: Stage) -> Iterator[AtWork]:
    """The same people at devices on which somebody chose Spanish."""
    at_work = AtWork(doors=doors, server=server, casino=stage.casino, speaks="es")
    yield at_work
    at_work.leave()


@pytest.fixture
def looker(lookers: AtWork) -> Iterator[AtWork]:
    """Nobody's page may have complained."""
    yield lookers
    complaints = lookers.complained()
    assert not complaints, "\n".join(complaints)


def _are_sound(lookers: AtWork, ways: Iterable[Way], *, within: str = "html") -> None:
    found = []
    for way in ways:
        someone = lookers.back(way.person).open(way.path)
        found += [f"{way.path} {fault}" for fault in faults(someone.page, within=within)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", [name for name in WHOLE if name != "sign-in"])
def test_a_page_is_sound(looker: AtWork, paths: Map, name: str) -> None:
    """Q6: whoever gets there first; a page that nobody gets to by a link is no page."""
    ways = paths.all_ways(name)
    if name in ON_NO_PAGE:
        ways = [Way(person=looker.casino.ada, path=ON_NO_PAGE[name])]
    is_known = ways or name in paths.parts or is_part(name, looker.casino.pat)
    assert is_known, f"no link leads to {name}: stage what would show one"
    _are_sound(looker, ways)


@pytest.mark.parametrize("state", STATES)
def test_a_session_is_sound_in_every_state(looker: AtWork, stage: Stage, state: str) -> None:
    table = stage.tables[state]
    path = table.path if table.session_id else f"/tables/{table.id}"
    _are_sound(looker, [Way(person=stage.casino.pat, path=path)])


@pytest.mark.parametrize(("name", "slug"), FORMS, ids=map("-".join, FORMS))
def test_a_form_is_sound(looker: AtWork, paths: Map, name: str, slug: str) -> None:
    """Every form of the catalogue, filled in by somebody who may."""
    ways = paths.ways(name, slug)
    assert ways, f"nobody is offered {slug}: stage a table at which it is"
    _are_sound(looker, ways[:1], within="#main" if name.startswith("set") else "#form")


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in?next=/floor", "/nowhere"])
def test_a_page_for_nobody_is_sound(doors: Doors, server: Server, path: str) -> None:
    """The door, and an address nobody has."""
    page = doors.browser.new_page()
    page.goto(f"{server.base_url}{path}")
    found = faults(page)
    page.context.close()
    assert not found, "\n".join(found)


def test_a_refused_sign_in_is_sound(doors: Doors, server: Server) -> None:
    page = doors.browser.new_page()
    page.goto(f"{server.base_url}/sign-in")
    for label in ("Casino", "Badge", "Password"):
        page.get_by_label(label).fill("nobody's")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("is not right")
    found = faults(page)
    page.context.close()
    assert not found, "\n".join(found)


def test_a_page_that_is_not_ones_own_is_sound(looker: AtWork, stage: Stage) -> None:
    _are_sound(looker, [Way(person=stage.casino.sam, path="/cage")])


@pytest.mark.parametrize(
    ("state", "verb", "who"),
    [
        ("opening", "Record opening count", "sam"),
        ("in-play", "Request fill", "sam"),
        ("in-play", "Void slip", "casey"),
        ("arrived", "Enter count", "tina"),
        ("closed", "Record hand-over", "dora"),
    ],
)
def test_a_refused_form_is_sound(
    looker: AtWork, stage: Stage, state: str, verb: str, who: str
) -> None:
    """Sent empty: what is wrong stands beside its field, and is as sound as the rest."""
    someone = looker.back(stage.casino.person(who)).open(stage.tables[state].path)
    someone.presses(verb)
    someone.form.locator("input:not([type=hidden])").first.wait_for()
    someone.sends().sees("▲")
    expect(someone.form.get_by_role("alert").first).to_be_visible()
    found = faults(someone.page)
    assert not found, "\n".join(found)


def test_what_opens_over_the_floor_is_sound(looker: AtWork, stage: Stage) -> None:
    """The panel of this device, and the keys."""
    sam = looker.back(stage.casino.sam).open("/floor")
    sam.page.locator("#mine summary").click()
    expect(sam.page.get_by_role("button", name="Sign out")).to_be_visible()
    found = faults(sam.page)
    sam.open("/floor").page.keyboard.press("?")
    expect(sam.page.get_by_role("dialog", name="Keys")).to_be_visible()
    found += faults(sam.page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("theme", "density"), [("light", "compact"), ("dark", "touch")])
def test_the_floor_is_sound_as_a_device_shows_it(
    person: AtWork, stage: Stage, theme: str, density: str
) -> None:
    """Chosen by the panel, and remembered on the device."""
    sam = person(stage.casino.sam).open("/floor?view=list")
    sam.page.locator("#mine summary").click()
    panel = sam.page.locator("#mine")
    panel.locator("[name=theme]").select_option(value=theme)
    panel.locator("[name=density]").select_option(value=density)
    panel.get_by_role("button", name="Show it so").click()
    root = sam.page.locator("html")
    expect(root).to_have_attribute("data-theme", theme)
    expect(root).to_have_attribute("data-density", density)
    found = faults(sam.page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", [name for name in WHOLE if name != "sign-in"])
def test_a_page_fits_a_phone_in_spanish(spanish: AtWork, paths: Map, name: str) -> None:
    """Longer words are no reason to scroll sideways."""
    for way in paths.all_ways(name)[:1]:
        someone = spanish.back(way.person).open(way.path)
        expect(someone.page.locator("html")).to_have_attribute("lang", "es")
        found = list(by_size(someone.page))
        assert not found, "\n".join(found)

"""Every page and every form of the catalogue, looked at hard: by axe, by width, by thumb."""

from collections.abc import Iterable, Iterator

import pytest

from tests.browser.conftest import AtWork, Doors
from tests.browser.looking import faults
from tests.browser.stage import STATES, Stage, set_imprest_stage, set_stage
from tests.browser.walk import BY_SLUG, Map, Way, is_part, names, walked
from tests.line import OverTheWire
from tests.program import Server

NO_PAGES = {"home", "sign-out", "display"}
"""What only leads on."""
ON_NO_PAGE = {"design": "/design"}
"""What no link leads to, because it is nobody's work."""
WHOLE = [name for name in names() if name not in (*BY_SLUG, *NO_PAGES)]
FORMS = [(name, slug) for name, slugs in BY_SLUG.items() for slug in slugs]
WALKERS = ("ada", "sam", "pat", "casey", "dora", "tina", "ana", "art")


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
    at_work = AtWork(doors=doors, server=server, casino=stage.casino)
    yield at_work
    at_work.leave()


@pytest.fixture
def looker(lookers: AtWork) -> Iterator[AtWork]:
    """Nobody's page may have complained."""
    yield lookers
    complaints = lookers.complained()
    assert not complaints, "\n".join(complaints)


def _are_sound(lookers: AtWork, ways: Iterable[Way]) -> None:
    found = []
    for way in ways:
        someone = lookers.back(way.person).open(way.path)
        found += [f"{way.path} {fault}" for fault in faults(someone.page)]
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
    _are_sound(looker, ways[:1])

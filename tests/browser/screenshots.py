"""The pictures of the guide: every page at two widths, light and dark (`make screenshots`).

Nothing here is a trial: it is run by name, and leaves its pictures in `docs/guide/images`.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tablebank.web.settings.catalogue import SECTIONS
from tests.browser.at_page import Someone
from tests.browser.conftest import AtWork, Doors
from tests.browser.month import set_month
from tests.browser.pictures import take
from tests.browser.scene import BANK, LOW, Scene, set_scene
from tests.house.source import ROOT
from tests.line import OverTheWire
from tests.program import Server

FOLDER = Path(os.environ.get("TABLEBANK_PICTURES", ROOT / "docs" / "guide" / "images"))
Shows = Callable[[Someone, Scene], object]
SHORT = BANK.replace("140 black", "138 black")
ONE_SHORT = LOW.replace("96 black", "95 black")


def _page(path: str) -> Shows:
    return lambda someone, scene: someone.open(path)


def _session(code: str) -> Shows:
    return lambda someone, scene: someone.open(scene[code].path)


def _form(code: str, verb: str, tray: str | None = None, *, then: Shows | None = None) -> Shows:
    def shows(someone: Someone, scene: Scene) -> None:
        someone.open(scene[code].path).presses(verb)
        if tray is not None:
            someone.counts(tray)
        if then is not None:
            then(someone, scene)

    return shows


def _with_all_open(someone: Someone, scene: Scene) -> None:
    someone.page.locator(".terms details").evaluate_all("all => all.forEach((e) => e.open = true)")


def _row(page: str, words: str, verb: str) -> Shows:
    """The form of one row of a list."""

    def shows(someone: Someone, scene: Scene) -> None:
        someone.open(page)
        row = someone.page.locator("#list li", has_text=words)
        someone.presses(verb, within=row)

    return shows


def _recount(someone: Someone, scene: Scene) -> None:
    someone.has_sign(scene.casino.dana).sends().sees("The count differs. Count again.")
    someone.counts(ONE_SHORT)


def _issued(someone: Someone, scene: Scene) -> None:
    _row("/cage", "BA-01", "Issue fill")(someone, scene)
    someone.has_sign(scene.casino.rory).sends().sees("The fill is issued.")


def _sheet(someone: Someone, scene: Scene) -> None:
    rows = "Table;Need\nBJ-01;$55,000\nBJ-02;50k\nRO-02;$20,000\nTotal;125,000"
    someone.open("/par-sheet").page.locator("[name=pasted]").fill(rows)
    someone.page.get_by_role("button", name="Look at it first").click()
    someone.sees("What each row would do")


def _shift_with_a_proof(someone: Someone, scene: Scene) -> None:
    someone.open("/shift").page.locator("details.more").first.evaluate("each => each.open = true")


def _printed(someone: Someone, scene: Scene) -> None:
    someone.open(scene["BJ-01"].path).page.locator("a[id^=paper-]").first.click()
    someone.sees("Fill slip")


def _sheet_of_tables(someone: Someone, scene: Scene) -> None:
    rows = "Table;Pit;Game;Need\nBJ-07;Pit 1;BJ;25k\nRO-03;Pit 2;Roulette;\nBA-03;Pit 2;BAC;$60,000"
    someone.open("/setup/tables?how=sheet").page.locator("[name=pasted]").fill(rows)
    someone.page.get_by_role("button", name="Look at it first").click()
    someone.sees("What each row would do")


PICTURES: dict[str, tuple[str, Shows]] = {
    "floor": ("sam", _page("/floor?view=cards")),
    "floor-list": ("sam", _page("/floor?view=list")),
    "prepare-shift": ("sam", _page("/floor/prepare")),
    "pit-sheet": ("sam", _page("/pit-sheet?pit=Pit+2")),
    "table": ("sam", lambda someone, scene: someone.open(f"/tables/{scene['BJ-04'].id}")),
    "session-opening": ("sam", _session("RO-02")),
    "session": ("sam", _session("BJ-05")),
    "session-closed": ("sam", lambda someone, scene: someone.open(scene.closed)),
    "session-final": (
        "ana",
        lambda someone, scene: _with_all_open(someone.open(scene.final), scene),
    ),
    "proof": ("ana", lambda someone, scene: someone.open(f"{scene.final}/proof")),
    "count-sheet": ("sam", _form("BJ-06", "Record closing count", SHORT)),
    "recount": ("sam", _form("BJ-03", "Record opening count", ONE_SHORT, then=_recount)),
    "verify-fill": ("sam", _form("BJ-01", "Verify fill", "40 black, 40 green")),
    "roll-over": ("sam", _form("BA-02", "Roll over to the next shift", BANK)),
    "cage": ("casey", _page("/cage")),
    "cage-issue": ("casey", _row("/cage", "BA-01", "Issue fill")),
    "drops": ("dora", _page("/drops")),
    "drops-remove": ("dora", _row("/drops", "BJ-06", "Remove box")),
    "drops-count": ("tina", _row("/drops", "BJ-03", "Enter count")),
    "shift": ("pat", _shift_with_a_proof),
    "shift-rundown": ("pat", _page("/shift/rundown")),
    "hand-over": ("sam", _page("/shift/hand-over")),
    "exceptions": ("ana", _page("/exceptions")),
    "exceptions-resolve": ("ana", _row("/exceptions", "BJ-02", "Resolve")),
    "exceptions-why-not": ("pat", _row("/exceptions", "The opening count", "Resolve")),
    "settings": ("ada", _page("/settings")),
    **{f"settings-{slug}": ("ada", _page(f"/settings/{slug}")) for slug in SECTIONS},
    "par-sheet": ("pat", _sheet),
    "setup-tables": ("ada", _sheet_of_tables),
    "setup-review": ("pat", _page("/setup/review")),
    "setup-ready": ("pat", _page("/setup/ready")),
    "slip": ("sam", _printed),
    "me": ("sam", _page("/me")),
    "design": ("sam", _page("/design")),
    "not-yours": ("sam", _page("/cage")),
    "cage-slip": ("casey", _issued),
}
"""Each picture's name, who looks, and how they come there; what changes anything comes last."""


@pytest.fixture(scope="module")
def scene(wire: OverTheWire, _database_is_real: None) -> Scene:
    return set_scene(wire)


def test_pictures_of_a_month(doors: Doors, server: Server, wire: OverTheWire) -> None:
    """What takes weeks to come about: advice with its evidence, and how advice did."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    month = set_month(wire)
    at_work = AtWork(doors=doors, server=server, casino=month.casino)
    desk = doors.browser.new_page()
    for name, path in (("proposal", month.proposal), ("how-advice-did", "/settings/outcomes")):
        someone = at_work("pat").open(path)
        take(someone.page, name, folder=FOLDER, desk=desk)
    at_work.leave()


def test_pictures(doors: Doors, server: Server, scene: Scene) -> None:
    """Take them all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    at_work = AtWork(doors=doors, server=server, casino=scene.casino)
    desk = doors.browser.new_page()
    door = doors.browser.new_page()
    door.goto(f"{server.base_url}/sign-in")
    take(door, "sign-in", folder=FOLDER, desk=desk)
    for name, (who, shows) in PICTURES.items():
        someone = at_work(who)
        shows(someone, scene)
        take(someone.page, name, folder=FOLDER, desk=desk)
        someone.page.context.close()
        at_work.people.clear()

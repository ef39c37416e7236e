"""The settings: who reads what, what is missing, the casino's own, and every form walked."""

from typing import Any

import pytest

from tablebank.web.settings.catalogue import SECTIONS, SETTINGS
from tests.at_table import a_table
from tests.cast import Casino, found
from tests.web.browser import Browser, browser_of, filled

NOBODY = "00000000-0000-7000-8000-000000000000"
FOR_ALL = {
    *("casino", "bank-mode", "tables", "targets", "boxes", "chips", "shifts", "drops"),
    *("tolerances", "advice", "outcomes", "profile"),
}


def _form(slug: str, subject: Any = None) -> str:
    return f"/settings/do/{slug}/{subject}" if subject else f"/settings/do/{slug}"


def _casino(casino: Casino) -> dict[str, Any]:
    return dict(casino.ada.get("/casino").must(200))


# -- who reads what --------------------------------------------------------------------------------


def test_everybody_reads_how_the_house_is_set_up(casino: Casino) -> None:
    """02, who may read: casino, tables, boxes, chips and shifts; people and tokens are ADMIN's."""
    assert FOR_ALL | {"people", "locks", "tokens"} == set(SECTIONS)
    for name in ("dana", "casey", "ana", "art"):
        reader = browser_of(casino.person(name))
        page = reader.get("/settings")
        assert page.status == 200
        page.says_not("People", "Tokens", "Locked badges")
        for slug in FOR_ALL:
            read = reader.get(f"/settings/{slug}")
            assert read.status == 200, slug
            assert not [each for each in read.links.values() if "/do/" in each], (name, slug)
        for slug in ("people", "locks", "tokens"):
            assert reader.get(f"/settings/{slug}").says("Your role may not do this.").status == 403


@pytest.mark.parametrize("slug", sorted(SECTIONS))
def test_an_admin_reads_every_section(own: Casino, ada: Browser, slug: str) -> None:
    """LESSON-21: whatever can be set has a page that says what is set."""
    a_table(own)
    page = ada.get(f"/settings/{slug}")
    assert page.status == 200
    assert page.words.count("Overview")
    ada.get("/settings").says("Settings", str(SECTIONS[slug].name))


def test_no_form_is_anybody_elses(casino: Casino) -> None:
    """SIGN-3: settings are ADMIN's; who may take a step is asked before anything is looked for."""
    others = [casino.person(name) for name in ("dana", "pat", "casey", "ana", "art", "iris")]
    for setting in SETTINGS.values():
        if setting.step != "settings":
            continue
        for person in others:
            browser = browser_of(person)
            subject = NOBODY if setting.about != "casino" else None
            for answer in (
                browser.get(_form(setting.slug, subject)),
                browser.send(_form(setting.slug, subject), {"key": "k"}),
            ):
                assert answer.status == 403, (setting.slug, person.name)


def test_what_is_not_there_is_not_there(own: Casino, ada: Browser, next_door: Casino) -> None:
    """TEN-1: the same answer for nobody's and for next door's."""
    theirs = a_table(next_door).id
    for subject in (NOBODY, theirs, next_door.sam.id):
        for path in (
            f"/settings/tables/{subject}",
            f"/settings/people/{subject}",
            _form("change-table", subject),
            _form("change-person", subject),
            _form("change-chip", subject),
            _form("revoke-token", subject),
        ):
            assert ada.get(path).status == 404, path
    for path in ("/settings/no-such-thing", _form("no-such-thing"), "/settings/chips/" + NOBODY):
        assert ada.get(path).status == 404
    assert ada.get(_form("own-pin")).status == 404
    assert ada.get(_form("rename-casino", NOBODY)).status == 404


# -- the overview ----------------------------------------------------------------------------------


def test_the_overview_says_what_is_missing() -> None:
    """LESSON-20: roles that nobody has, and what else the first table needs."""
    casino = found(mode="UNKNOWN")
    page = browser_of(casino.ada).get("/settings")
    page.says(
        "Choose how tables are closed.",
        "Register the first table.",
        "Register the first box.",
        "No schedule says when boxes are due.",
        "Nobody yet: Dealer, Supervisor, Pit manager, Cashier, Runner, Drop crew, Count team,"
        " Accounting",
    )


def test_the_overview_says_since_when_and_by_whom(own: Casino, ada: Browser) -> None:
    own.ada.patch("/casino", {"settings": {"transit_limit_minutes": 20}}).must(200)
    ada.get("/settings").says("Inventory Count", "Last changed by Ada Ames on")


def test_an_admin_lands_on_the_settings() -> None:
    casino = found()
    page = browser_of(casino.ada).get("/")
    assert (page.status, page.headers["Location"]) == (302, "/settings")
    browser_of(casino.ada).get("/settings").says("Floor Controls Set-up Settings")
    browser_of(casino.sam).get("/floor").says_not("Settings")


# -- the casino ------------------------------------------------------------------------------------


def test_the_casino_is_renamed(own: Casino, ada: Browser) -> None:
    page = ada.fill_in(_form("rename-casino"), {"name": "The Corner", "remark": "new owners"})
    page.says("The casino has its new name.", "The Corner", "“new owners”", "Time zone")
    assert _casino(own)["name"] == "The Corner"


def test_tolerances_are_typed_in_dollars(own: Casino, ada: Browser) -> None:
    """LESSON-6, CHIP-1: dollars on the page, whole cents behind it; minutes are minutes."""
    typed = {
        "par_tolerance_cents": "1,250.50",
        "opening_tolerance_cents": "$25",
        "transit_limit_minutes": "20",
        "reason": "more runners",
    }
    page = ada.fill_in(_form("tolerances"), typed)
    page.says("The tolerances and limits are changed.", "$1,250.50", "20 minutes", "more runners")
    page.says("Par tolerance: $1,250.50 instead of $0.00", "Ada Ames")
    settings = _casino(own)["settings"]
    assert settings["par_tolerance_cents"] == 125_050
    assert settings["opening_tolerance_cents"] == 2_500
    assert settings["transit_limit_minutes"] == 20
    assert settings["count_tolerance_cents"] == 0


def test_amounts_are_typed_as_the_casino_writes_them(own: Casino, ada: Browser) -> None:
    """CHIP-1: the same casino shows and reads them with the separators of its own country."""
    ada.fill_in(_form("how-it-works"), {"locale": "es-ES"}).says("Spain (Spanish): 1.234,50")
    path = _form("tolerances")
    page = ada.fill_in(path, {"par_tolerance_cents": "1.250,50"})
    page.says("1.250,50")
    assert _casino(own)["settings"]["par_tolerance_cents"] == 125_050
    assert ada.get(path).form.values["par_tolerance_cents"] == "1.250,50"
    assert ada.fill_in(path, {"par_tolerance_cents": "1,250.50"}).status == 422


@pytest.mark.parametrize(
    ("slug", "name", "typed", "words"),
    [
        ("tolerances", "par_tolerance_cents", "1.5", "An amount such as 1,234.50."),
        ("tolerances", "transit_limit_minutes", "0", "A whole number from 1 to 1,440."),
        ("tolerances", "transit_limit_minutes", "half an hour", "A whole number."),
        ("tolerances", "transit_limit_minutes", "", "is missing."),
        ("advice", "advice.safety_factor", "2", "A number from 0.5 to 1, in hundredths."),
        ("how-it-works", "evidence", "SMOKE", "Choose one of the list."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    own: Casino, ada: Browser, slug: str, name: str, typed: str, words: str
) -> None:
    """What was typed stays, and the error stands next to it."""
    before = _casino(own)
    page = ada.fill_in(_form(slug), {name: typed})
    assert page.says(words).status == 422
    if name != "evidence":
        assert page.form.values[name] == typed
    assert 'aria-invalid="true"' in page.html or slug == "how-it-works"
    assert _casino(own) == before


def test_how_it_works_is_changed_choice_by_choice(own: Casino, ada: Browser) -> None:
    typed = {
        "evidence": "ELECTRONIC",
        "restore_point": "EACH_SHIFT",
        "custody_steps:STORED": "yes",
        "finalize_pending_count": "yes",
        "stack_size": "25",
    }
    page = ada.fill_in(_form("how-it-works"), typed)
    page.says("Electronic, no paper", "Removed from the table, Arrived at the count room, Stored")
    settings = _casino(own)["settings"]
    assert settings["custody_steps"] == ["REMOVED", "ARRIVED", "STORED"]
    assert (settings["evidence"], settings["stack_size"]) == ("ELECTRONIC", 25)
    assert settings["finalize_pending_count"] is True
    assert settings["drop_box_required"] is True


def test_the_advice_is_changed(own: Casino, ada: Browser) -> None:
    ada.fill_in(_form("advice"), {"advice.safety_factor": "0.5", "advice.target": "2"})
    advice = _casino(own)["settings"]["advice"]
    assert (advice["safety_factor"], advice["target"], advice["lookback_days"]) == (0.5, 2, 28)


def test_two_desks_do_not_undo_each_other(own: Casino, ada: Browser) -> None:
    """Only what was typed anew is said: what somebody else set meanwhile stays."""
    opened = filled(ada.get(_form("tolerances")).form, {"transit_limit_minutes": "20"})
    own.ada.patch("/casino", {"settings": {"session_left_open_minutes": 90}}).must(200)
    ada.send(_form("tolerances"), opened).says("are changed")
    settings = _casino(own)["settings"]
    assert (settings["transit_limit_minutes"], settings["session_left_open_minutes"]) == (20, 90)


def test_a_form_that_changes_nothing_writes_nothing(own: Casino, ada: Browser) -> None:
    """JRN-1: no entry without a change."""
    before = len(own.ana.all_of("/journal"))
    ada.fill_in(_form("tolerances"), {"reason": "for the sake of it"}).says("Nothing was changed.")
    assert len(own.ana.all_of("/journal")) == before


def test_a_form_sent_twice_has_one_effect(own: Casino, ada: Browser) -> None:
    """IDEM-1: also a form of changes, whose second arrival finds what the first one set."""
    values = filled(ada.get(_form("tolerances")).form, {"transit_limit_minutes": "20"})
    before = len(own.ana.all_of("/journal"))
    for _ in range(2):
        ada.send(_form("tolerances"), values).says("The tolerances and limits are changed.")
    assert len(own.ana.all_of("/journal")) == before + 1


# -- Table Bank Mode -------------------------------------------------------------------------------


def test_the_bank_mode_is_said_in_its_fixed_words(own: Casino, ada: Browser) -> None:
    """04-screens: these words and no others."""
    ada.get(_form("bank-mode")).says(
        "Table Bank Mode",
        "How tables are closed at end of shift",
        "Inventory Count Count and record tray as-is at shift close (default)",
        "Imprest to Par Restore tray to par via final fill/credit before close",
    )


def test_the_bank_mode_changes_from_a_coming_gaming_day(own: Casino, ada: Browser) -> None:
    """PAR-5, BASE-7: dated; the day that has begun keeps the mode it began with."""
    path = _form("bank-mode")
    typed = {"table_bank_mode": "IMPREST_TO_PAR", "effective_from_gaming_day": "2026-03-02"}
    page = ada.fill_in(path, typed)
    assert page.says("The earliest gaming day is Tue 3 Mar 2026.").status == 422
    page = ada.fill_in(path, {**typed, "effective_from_gaming_day": "2026-03-03", "reason": "VIP"})
    page.says("The Table Bank Mode is set.", "From gaming day Tue 3 Mar 2026", "“VIP”")
    assert _casino(own)["table_bank_mode"] == "INVENTORY_COUNT"
    own.ada.patch("/casino", {"name": "next day"}, at="2026-03-03T15:00:00Z").must(200)
    assert _casino(own)["table_bank_mode"] == "IMPREST_TO_PAR"


def test_a_casino_without_a_mode_is_offered_the_default() -> None:
    """PAR-5: INVENTORY_COUNT preselected, in force from today on."""
    casino = found(mode="UNKNOWN")
    casino.ada.patch("/casino", {"name": "x"}, at=casino.now).must(200)
    ada = browser_of(casino.ada)
    form = ada.get(_form("bank-mode")).form
    assert form.values["table_bank_mode"] == "INVENTORY_COUNT"
    ada.fill_in(_form("bank-mode")).says("The Table Bank Mode is set.")
    assert _casino(casino)["table_bank_mode"] == "INVENTORY_COUNT"


# -- every form ------------------------------------------------------------------------------------


def _proposal(casino: Casino) -> Any:
    asked = {"par_total_cents": 500, "effective_from_gaming_day": "2027-01-01"}
    return casino.sam.post("/par-policies", asked).must(201)["id"]


@pytest.mark.parametrize("slug", sorted(SETTINGS))
def test_every_form_is_shown_and_refuses_nonsense(own: Casino, ada: Browser, slug: str) -> None:
    """LESSON-21: each form of the catalogue has a page; what it cannot read it does not do."""
    setting = SETTINGS[slug]
    subjects = {
        "casino": None,
        "me": None,
        "table": a_table(own).id,
        "person": own.dana.id,
        "chip": own.ada.get("/chips").must(200)["items"][0]["id"],
        "token": own.ada.all_of("/tokens")[0]["id"],
        "proposal": _proposal(own),
    }
    ada = browser_of(own.pat) if setting.step == "approve_par" else ada
    path = "/me" if setting.about == "me" else _form(slug, subjects[setting.about])
    page = ada.get(path)
    assert page.says(str(setting.verb)).status == 200
    assert page.form.values["key"]
    if any(kind != "hidden" for kind in page.form.kinds.values()) and slug != "unlock-badge":
        junk = dict.fromkeys(page.form.kinds, "\x00" * 3)
        assert ada.send(path, {**junk, "key": "k"}).status == 422
    without = dict(page.form.values) | {"key": ""}
    assert ada.send(path, without).status in (409, 422)

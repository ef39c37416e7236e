"""The printed forms from a browser: in the reader's language, one link from where they belong."""

from tests.at_table import AtTable, differing
from tests.cast import Casino
from tests.printed import pages_of
from tests.web.browser import browser_of


def test_a_slip_is_one_link_from_its_session_and_its_page(live: AtTable) -> None:
    """LESSON-21: what the system can print, a page leads to."""
    slip = live.fill("20 black")
    sam, address = browser_of(live.casino.sam), f"/slips/{slip['id']}/document.pdf"
    assert address in sam.get(live.path).links.values()
    assert address in sam.get(f"/slips/{slip['id']}").links.values()
    answer = sam.client.get(address)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "no-store" in answer.headers["Cache-Control"]
    pages_of(answer.content)[0].says("Fill slip", f"http://testserver/slips/{slip['id']}")


def test_openers_closers_and_reports_are_one_link_away(live: AtTable) -> None:
    """SNAP-8, LESSON-21: a closer is offered when there is one."""
    sam = browser_of(live.casino.sam)
    opener, closer, rundown = (
        f"{live.path}/documents/{name}.pdf" for name in ("opener", "closer", "rundown")
    )
    links = set(sam.get(live.path).links.values())
    assert {opener, rundown} <= links
    assert closer not in links
    assert rundown in sam.get(f"{live.path}/proof").links.values()
    assert opener in sam.get(f"/counts/{live.session()['opening']['id']}").links.values()
    live.close("40 red, 40 green, 22 black")
    assert closer in sam.get(live.path).links.values()
    assert sam.client.get(closer).status_code == 200


def test_a_count_sheet_is_one_link_from_its_box_and_not_for_the_cage(live: AtTable) -> None:
    """LESSON-21, CNT-18: offered once the box is counted, to who may print it."""
    live.close()
    drop = live.drop()["id"]
    address = f"/drops/{drop}/count.pdf"
    ana = browser_of(live.casino.ana)
    assert address not in ana.get(live.path).links.values()
    live.soft_count(10_000)
    assert address in ana.get(live.path).links.values()
    assert address in ana.get("/drops").links.values()
    assert ana.client.get(address).status_code == 200
    casey = browser_of(live.casino.casey)
    assert address not in casey.get(live.path).links.values()
    assert casey.client.get(address).status_code == 403


def test_a_variance_slip_is_one_link_from_its_exception(live: AtTable) -> None:
    """LESSON-21, INV-10: from the session and from the exception; not from one without."""
    address = f"{live.path}/documents/variance.pdf"
    pat = browser_of(live.casino.pat)
    assert address not in pat.get(live.path).links.values()
    differing(live)
    address = f"{live.path}/documents/variance.pdf"
    assert address in pat.get(live.path).links.values()
    assert address in pat.get("/exceptions").links.values()
    page = pages_of(pat.client.get(address).content)[0]
    page.says("Table games variance slip", "http://testserver/exceptions/")


def test_a_shifts_rundown_and_its_hand_over_are_one_link_away(live: AtTable) -> None:
    """LESSON-21, SHIFT-1, SHIFT-3."""
    casino = live.casino
    shift = live.session()["shift_id"]
    address, pat = f"/shifts/{shift}/documents/rundown.pdf", browser_of(casino.pat)
    assert address in pat.get(f"/shift/rundown?shift_id={shift}").links.values()
    pages_of(pat.client.get(address).content)[0].says("Shift rundown summary")
    signed = [casino.sue.signs("SUPERVISOR")]
    path = f"/shifts/{shift}/hand-over"
    handed = casino.sam.post(path, {}, at=casino.tick(), signed=signed).must(201)
    address = f"/hand-overs/{handed['id']}/document.pdf"
    assert address in pat.get(f"/hand-overs/{handed['id']}").links.values()
    pages_of(pat.client.get(address).content)[0].says("Shift hand-over")


def test_a_form_speaks_its_readers_language(live: AtTable) -> None:
    """0042: words are the reader's, figures the casino's."""
    slip = live.fill("20 black")
    answer = browser_of(live.casino.casey).client.get(
        f"/slips/{slip['id']}/document.pdf", headers={"Accept-Language": "es"}
    )
    page = pages_of(answer.content)[0]
    page.says("RELLENO", "Boleta de relleno", "Cajero", "Total $2,000.00", "Parte 1 de 3")
    answer = browser_of(live.casino.casey).client.get(
        f"{live.path}/documents/rundown.pdf", headers={"Accept-Language": "es"}
    )
    report = pages_of(answer.content)[0]
    report.says("CUADRE", "Informe de cuadre de mesa", "Cabeza del diario", "N/D")
    report.says_not("EN CUADRE")


def test_looking_whether_a_form_is_there_is_no_print(live: AtTable) -> None:
    """FIL-07: only what was sent to be printed is counted."""
    slip = live.fill("20 black")
    casey, address = browser_of(live.casino.casey), f"/slips/{slip['id']}/document.pdf"
    assert casey.client.head(address).status_code == 405
    pages_of(casey.client.get(address).content)[0].says_not("REPRINT")


def test_nothing_is_printed_for_strangers(live: AtTable, next_door: Casino) -> None:
    """TEN-1; a name that no form has is no page."""
    stranger, sam = browser_of(next_door.sam), browser_of(live.casino.sam)
    assert stranger.get(f"{live.path}/documents/opener.pdf").status == 404
    assert sam.get(f"{live.path}/documents/slip.pdf").status == 404
    assert sam.get(f"{live.path}/documents/ledger.pdf").status == 404

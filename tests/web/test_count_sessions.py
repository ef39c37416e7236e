"""The count room's pages: begin, enter box by box, a file, the verifier, post, and the match."""

from io import BytesIO
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader

from tests.api.test_count_sessions import begin, enter, played
from tests.at_table import AtTable, Json
from tests.cast import Casino, found
from tests.web.browser import Browser, browser_of, read


@pytest.fixture
def room() -> Casino:
    """A casino whose count room is ours alone."""
    return found()


def tina_of(casino: Casino) -> Browser:
    return browser_of(casino.tina)


def page_of(session: Json) -> str:
    return f"/drops/counts/{session['id']}"


def box_page(session: Json, table: AtTable, slug: str = "enter") -> str:
    return f"{page_of(session)}/box/{table.drop_ids[-1]}/{slug}"


def test_a_count_goes_its_whole_way_from_these_pages(room: Casino) -> None:
    """SOFT-7, LESSON-21: begun, entered box by box, posted with everyone's PIN."""
    first, second = played(room), played(room)
    tina = tina_of(room)
    room.person("tom")
    tina.get("/drops").says("Count sessions")
    begun = tina.fill_in("/drops/counts", {"team": room.tom.badge, "batch_id": "N-1"})
    begun.says("The count session has begun.", "Boxes due 2", first.code, second.code)
    (session,) = room.tina.all_of("/count-sessions")
    for table, slips in ((first, first.manifest(first.drop_ids[-1])), (second, [])):
        typed = {"contents:10000": "12", "first_count_cents": "1200", "second_count_cents": "1200"}
        typed["evidence"] = "\n".join(f"{each['form']} {each['number']}" for each in slips)
        tina.fill_in(box_page(session, table), typed).says("The box is entered.")
    shown = tina.get(page_of(session)).says("$2,400.00", "Every box that was taken is entered.")
    shown.says("1 form found")
    path = f"{page_of(session)}/do/post"
    signed = {"sign:0:badge": room.tom.badge, "sign:0:pin": room.tom.pin}
    posted = tina.fill_in(path, signed).says("The count is posted.", "Slip match")
    posted.says("✔ Agrees", "▲ Missing slip")
    sheet = browser_of(room.ana).client.get(posted.links["Count session as PDF"])
    assert (sheet.status_code, sheet.headers["Content-Type"]) == (200, "application/pdf")
    said = " ".join(page.extract_text() for page in PdfReader(BytesIO(sheet.content)).pages)
    for words in ("N-1", first.code, second.code, "$2,400.00", "Tina Tran", "Tom Todd"):
        assert words in said, said
    assert (
        browser_of(room.casey).client.get(posted.links["Count session as PDF"]).status_code == 403
    )
    assert second.session()["drop_state"] == "COUNTED"
    browser_of(room.sam).get(f"/sessions/{second.session_id}").says("Slip match", "▲ Missing slip")


def test_nothing_is_shown_outside_before_it_posts(room: Casino) -> None:
    """SOFT-7, CNT-18, CNT-19: that it is there, and who counts; the cage never sees the match."""
    table = played(room)
    session = begin(room)
    enter(session, table, 7_654_300).must(200)
    for name in ("dora", "sam", "ana", "casey"):
        page = browser_of(room.person(name)).get(page_of(session))
        page.says("What is counted is seen by the count room alone", "Tina Tran")
        page.says_not("76,543")
    tina_of(room).get(page_of(session)).says("$76,543.00")
    table.casino.tina.post(
        f"/count-sessions/{session['id']}/post", at=room.tick(), signed=[room.tom]
    ).must(200)
    browser_of(room.sam).get(page_of(session)).says("$76,543.00", "Slip match")
    browser_of(room.casey).get(page_of(session)).says("$76,543.00").says_not("Slip match")


def test_the_verifier_types_a_total_and_sees_none(room: Casino) -> None:
    """SOFT-7, CNT-16: from the cage's own page."""
    room.ada.patch("/casino", {"settings": {"count_verifier": True}}, at=room.tick()).must(200)
    table = played(room)
    session = begin(room)
    enter(session, table, 120_000).must(200)
    casey = browser_of(room.casey)
    casey.get("/cage").says("Count sessions")
    verified = casey.fill_in(f"{page_of(session)}/do/verify", {"total_cents": "1,199"})
    verified.says("The total is verified.").says_not("1,200")
    path = f"{page_of(session)}/do/post"
    signed = {"sign:0:badge": room.tom.badge, "sign:0:pin": room.tom.pin}
    tina_of(room).fill_in(path, signed).says("The count is posted.", "$1,199.00")
    browser_of(room.ana).get("/exceptions").says("Transfer variance")


def test_a_file_is_looked_at_and_entered_row_by_row(room: Casino) -> None:
    """SOFT-5: the good boxes, and what is wrong with the bad one."""
    table, other = played(room), played(room)
    session = begin(room)
    rows = f"Box,Denomination,Quantity,Amount\n{table.code},100,12,1200\n{other.code},20,5,99\n"
    tina = tina_of(room)
    before = tina.get(page_of(session))
    key = next(each.values["key"] for each in before.forms if "key" in each.values)

    def send(step: str) -> object:
        file = SimpleUploadedFile("count.csv", rows.encode(), "text/csv")
        data = {"key": key, "step": step, "file": file}
        return tina.client.post(page_of(session), data, follow=True)

    looked = read(send("look")).says(
        "Looked at, nothing entered yet.", "1 entered", "1 not entered"
    )
    looked.says("line 3", "is not 5 times")
    assert room.tina.get(f"/count-sessions/{session['id']}").must(200)["boxes"] == []
    read(send("enter")).says("The file is entered.", "count.csv", "$1,200.00")
    read(send("enter")).says("The file is entered.")
    broken = SimpleUploadedFile("x.csv", b"a,b\n1,2\n", "text/csv")
    data = {"key": key, "step": "enter", "file": broken}
    refused = read(tina.client.post(page_of(session), data, follow=True))
    assert refused.says("Nothing of the file was entered").status == 422


def test_what_was_entered_stands_in_the_form_again(room: Casino) -> None:
    """SOFT-7: entered again it is a further revision; by mistake, it is taken out."""
    table = played(room)
    session = begin(room)
    tina = tina_of(room)
    typed = {"contents:10000": "12", "contents:VOUCHER": "5.50", "evidence": "FILL F-9 1.00"}
    counts = {"first_count_cents": "1205.50", "second_count_cents": "1205.50"}
    tina.fill_in(box_page(session, table), {**typed, **counts}).says("The box is entered.")
    again = tina.get(box_page(session, table)).form.values
    assert again["contents:10000"] == "12"
    assert (again["contents:VOUCHER"], again["evidence"]) == ("5.50", "FILL F-9 1.00")
    tina.fill_in(box_page(session, table, "forms"), {"evidence": ""}).says("The forms are entered.")
    tina.fill_in(box_page(session, table, "withdraw"), {}).says("The box is out of this count.")
    tina.get(page_of(session)).says("No box is entered yet.")


def test_a_refusal_stands_in_the_form_with_what_was_typed(room: Casino) -> None:
    """SIGN-4: everything but the PINs."""
    table = played(room)
    session = begin(room)
    tina = tina_of(room)
    typed = {"contents:10000": "many", "first_count_cents": "1", "second_count_cents": "1"}
    refused = tina.fill_in(box_page(session, table), typed)
    assert refused.status == 422
    assert refused.form.values["contents:10000"] == "many"
    empty = tina.fill_in(f"{page_of(session)}/do/post", {})
    assert empty.status in (409, 422)
    tina.get(f"/drops/counts/{UUID(int=0)}").says("Nothing here")
    assert browser_of(room.sam).get(box_page(session, table)).status == 403


def test_a_team_changes_on_its_page_and_a_loose_box_is_attached(room: Casino) -> None:
    """SOFT-3, SOFT-7: who comes, who leaves and signs; a box that nobody is known to have taken."""
    table = played(room)
    session = begin(room)
    tina, tess = tina_of(room), room.tess
    path = page_of(session)
    tina.fill_in(f"{path}/do/join", {"badge": tess.badge}).says("Tess Tyne")
    leaving = {"badge": room.tom.badge, "sign:0:badge": room.tom.badge, "sign:0:pin": room.tom.pin}
    tina.fill_in(f"{path}/do/leave", leaving).says("The team has one less.")
    counts = {"first_count_cents": "5", "second_count_cents": "5", "contents:500": "1"}
    tina.fill_in(f"{path}/do/loose", {"box": table.spare_box(), **counts}).says(
        "nobody is known to have taken it"
    )
    enter(session, table, 100).must(200)
    signed = {"sign:0:badge": tess.badge, "sign:0:pin": tess.pin}
    tina.fill_in(f"{path}/do/post", signed).says("The count is posted.")
    browser_of(room.ana).get(path).says_not("Attach the box")

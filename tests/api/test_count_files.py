"""Currency counters' files over HTTP: the good boxes entered, the bad named, once (SOFT-5)."""

from uuid import uuid4

from tablebank.store.scope import casino_view
from tests.api.test_count_sessions import begin, enter, played, post
from tests.api.unchanged import nothing_changes
from tests.at_table import Json
from tests.cast import Person, found
from tests.line import Answer

BOUNDARY = "----counter"
FORM = f"multipart/form-data; boundary={BOUNDARY}"


def send(person: Person, session: Json, text: str, *, dry_run: bool = False) -> Answer:
    """The file in a form, with the session it fills."""
    at = person.casino.tick().isoformat().replace("+00:00", "Z")
    fields = {"count_session_id": session["id"], "occurred_at": at}
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="count.csv"'
    body = f"{''.join(parts)}{head}\r\nContent-Type: text/csv\r\n\r\n{text}\r\n--{BOUNDARY}--\r\n"
    headers = {"Idempotency-Key": str(uuid4()), "Content-Type": FORM}
    path = f"/counts/import{'?dry_run=true' if dry_run else ''}"
    return person.send("POST", path, body=body.encode(), headers=headers)


def lines(*rows: str) -> str:
    return "\n".join(("Box,Denomination,Quantity,Amount", *rows, ""))


def test_one_bad_box_leaves_the_good_ones_in_and_is_named() -> None:
    """SOFT-5, CNT-20: row by row, whole by box; sent again it changes
    nothing, also after posting.
    """
    room = found()
    good, bad = played(room), played(room)
    session = begin(room)
    text = lines(
        f"{good.code},100,12,1200",
        f"{bad.code},100,2,200",
        f"{bad.code},20,5,99",
        "NOWHERE,100,1,100",
    )
    told = send(room.tina, session, text).must(200)
    assert (told["entered"], told["refused"], told["layout"]) == (1, 2, "LINE_PER_DENOMINATION")
    by_box = {each["box"]: each for each in told["boxes"]}
    assert by_box[good.code]["outcome"] == "ENTERED"
    assert [each["code"] for each in by_box[bad.code]["wrong"]] == ["AMOUNT_NOT_PIECES"]
    assert [each["code"] for each in by_box["NOWHERE"]["wrong"]] == ["BOX_UNKNOWN"]
    assert [row["place"] for row in told["rows"] if row["wrong"]] == ["line 4"]
    again = send(room.tina, session, text).must(200)
    assert again == {**told, "again": True}
    post(room, session).must(200)
    assert send(room.tina, session, text).must(200) == {**told, "again": True}
    held = room.tina.get(f"/count-sessions/{session['id']}").must(200)
    assert [(each["box"], each["total_cents"], each["revision"]) for each in held["boxes"]] == [
        (good.code, 120_000, 1)
    ]
    with casino_view(room.founded.id) as cursor:
        (kept,) = cursor.execute("select sha256, file_name from count_file").fetchall()
    assert (kept[0], kept[1]) == (told["sha256"], "count.csv")


def test_a_file_keeps_the_forms_that_were_entered_by_hand() -> None:
    """SOFT-4, SOFT-5: a counter counts notes; what else lay in the box people write down."""
    room = found()
    table = played(room)
    session = begin(room)
    enter(session, table, 100).must(200)
    send(room.tina, session, lines(f"{table.code},100,12,1200")).must(200)
    post(room, session).must(200)
    count = room.art.get(f"/drops/{table.drop_ids[-1]}").must(200)["count"]
    assert (count["total_cents"], len(count["evidence"])) == (120_000, 1)
    assert room.pat.all_of("/exceptions") == []


def test_a_file_that_cannot_be_read_leaves_nothing() -> None:
    """SOFT-5: nor does one of which no box can be entered, nor a dry run."""
    room = found()
    table = played(room)
    session = begin(room)
    room.person("sam")
    with nothing_changes(room):
        broken = send(room.tina, session, 'Box,Denomination,Quantity\n"A,100,1\n')
        assert broken.must_refuse(422, "COUNT_FILE_NOT_READ")["errors"][0]["code"] == "QUOTE_OPEN"
        none = send(room.tina, session, lines("NOWHERE,100,1,100"))
        assert none.must_refuse(422, "COUNT_FILE_NOT_READ")["errors"][0]["code"] == "BOX_UNKNOWN"
        told = send(room.tina, session, lines(f"{table.code},100,1,100"), dry_run=True).must(200)
        assert told["entered"] == 1
        send(room.sam, session, lines(f"{table.code},100,1,100")).must_refuse(
            403, "ROLE_NOT_ALLOWED"
        )


def test_a_program_fills_a_session_and_the_team_posts_it() -> None:
    """SIGN-3, SOFT-7: SERVICE enters; posting has the signatures of everyone at the table."""
    room = found()
    table = played(room)
    session = begin(room)
    send(room.iris, session, lines(f"{table.code},100,12,1200")).must(200)
    path = f"/count-sessions/{session['id']}/post"
    room.iris.post(path, at=room.tick(), signed=[room.tina]).must_refuse(422, "SIGNATURE_MISSING")
    room.iris.post(path, at=room.tick(), signed=[room.tina, room.tom]).must(200)
    assert table.session()["drop_state"] == "COUNTED"

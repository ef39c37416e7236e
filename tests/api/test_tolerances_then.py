"""A tolerance that changes moves nothing that was judged before (BASE-7, LESSON-12)."""

import pytest

from tests.at_table import AtTable, Json, a_table
from tests.cast import Casino, found
from tests.say import chips, dollars

SHORT_BY_100 = "40 red, 40 green, 19 black"


@pytest.fixture
def lenient() -> Casino:
    return found(settings={"opening_tolerance_cents": dollars("100")})


def set_tolerance(casino: Casino, said: str) -> None:
    settings = {"opening_tolerance_cents": dollars(said)}
    casino.ada.patch("/casino", {"settings": settings}, at=casino.tick()).must(200)


def opened_short(casino: Casino, *, with_manager: bool = False) -> AtTable:
    """A table whose second opener is a black chip short of the closer before it."""
    table = a_table(casino)
    table.open_table()
    table.close()
    table.open()
    asked = {"kind": "OPENING", "chipset": chips(SHORT_BY_100)}
    if with_manager:
        path = f"{table.path}/snapshots"
        casino.sam.post(path, asked, at=table.when(None), signed=[casino.dana]).must(200)
        asked, hands = {**asked, "reason": "a chip is gone"}, [casino.dana, casino.pat]
        casino.sam.post(path, asked, at=table.when(None), signed=hands).must(201)
    else:
        table.count("OPENING", SHORT_BY_100)
    return table


def raised(casino: Casino) -> list[Json]:
    items = casino.pat.get("/exceptions", kind="OPENING_VARIANCE").must(200)["items"]
    return [each for each in items if each["status"] == "OPEN"]


def second_link(casino: Casino, day: str) -> Json:
    told = casino.ana.get("/reports/opener-closer-chain", gaming_day=day).must(200)
    link: Json = next(each for each in told["items"] if each["sequence"] == 2)
    return link


def test_what_passed_then_is_no_variance_after_the_tolerance_is_lowered(lenient: Casino) -> None:
    """SESS-5, FIND-2, EXC-02: judged again with the table's next fact, by what held at its own."""
    table = opened_short(lenient)
    day = table.session()["gaming_day"]
    assert second_link(lenient, day)["held"] == "within_tolerance"
    set_tolerance(lenient, "0")
    table.fill()
    assert raised(lenient) == []
    assert second_link(lenient, day)["held"] == "within_tolerance"


def test_what_was_a_variance_stays_one_after_the_tolerance_is_raised(own: Casino) -> None:
    """FIND-2: nobody's setting puts a fact right."""
    table = opened_short(own, with_manager=True)
    day = table.session()["gaming_day"]
    set_tolerance(own, "500")
    table.fill()
    assert len(raised(own)) == 1
    assert second_link(own, day)["held"] == "broken"

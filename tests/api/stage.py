"""One of everything in a casino: an id of each kind of thing that a path or a body can name."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.at_table import AtTable, a_table
from tests.cast import Casino
from tests.say import dollars, spoken


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """A casino with a table in play, one that is finalized, and a group that rolled over."""

    casino: Casino
    live: AtTable
    done: AtTable
    rolled: AtTable
    ids: Mapping[str, str]
    """By the kind of thing that a path names: `session`, `slip`, `drop`, `exception` ..."""


def set_stage(casino: Casino) -> Stage:
    """Play a little, so that there is one of everything."""
    done = a_table(casino)
    done.open_table()
    fill = done.fill("10 black")
    done.credit("5 green")
    done.count("INTERIM", "10 black")
    _note_buy_in(done)
    done.close("30 black, 20 green")
    removal = done.drop()
    done.custody()
    done.soft_count(dollars("1,500"), second_count_cents=dollars("1,499"))
    exception = casino.ana.get("/exceptions", session_id=done.session_id).must(200)["items"][0]
    casino.ana.post(
        f"/exceptions/{exception['id']}/resolve",
        {"reason_code": "MISCOUNT", "narrative": "recounted by hand"},
    ).must(200)
    seen = {"text": "Seen on camera 14.", "reference": "report 118"}
    casino.sam.post(f"{done.path}/remarks", seen, at=done.when(None)).must(201)
    done.reconcile()
    done.finalize()
    rolled = a_table(casino)
    rolled.open_table()
    first = rolled.session_id
    rolled.roll_over()
    live = a_table(casino)
    live.open_table()
    live.ask_credit("5 green")
    trip = casino.dora.post(
        "/drop-trips",
        {
            "boxes": [live.code],
            "surveillance": {"notified_at": spoken(casino.now), "operator": "Sol"},
        },
        at=live.when(None),
        signed=[casino.dex],
    ).must(201)
    session = live.session()
    policy = {"table_id": live.id, "par_total_cents": 5, "effective_from_gaming_day": "2026-03-03"}
    casino.pat.post("/par-policies", policy).must(201)
    proposal = casino.sam.post("/par-policies", policy).must(201)
    casino.sam.post(
        f"/shifts/{session['shift_id']}/hand-over", at=live.when(None), signed=[casino.sue]
    ).must(201)
    team = {"gaming_day": session["gaming_day"], "team": [casino.tina.badge, casino.tom.badge]}
    counting = casino.tina.post("/count-sessions", team, at=live.when(None)).must(201)
    said = {"text": "The tour groups come on Fridays."}
    casino.sam.post(f"/par-proposals/{proposal['id']}/comments", said).must(201)
    return Stage(
        casino=casino,
        live=live,
        done=done,
        rolled=rolled,
        ids={
            "session": session["id"],
            "slip": fill["id"],
            "drop": removal["id"],
            "drop-trip": trip["id"],
            "exception": exception["id"],
            "table": live.id,
            "shift": session["shift_id"],
            "staff": casino.sam.id,
            "token": casino.ada.all_of("/tokens")[0]["id"],
            "drop-group": first,
            "par-proposal": proposal["id"],
            "count-session": counting["id"],
        },
    )


def _note_buy_in(table: AtTable) -> None:
    """One buy-in, in a house that takes them just then: what is off stays off for the tests."""
    casino = table.casino
    for telemetry in (True, False):
        patch = {"settings": {"telemetry": telemetry}}
        casino.ada.patch("/casino", patch, at=casino.tick()).must(200)
        if telemetry:
            asked = {"kind": "CASH", "amount_cents": dollars("500")}
            casino.sam.post(f"{table.path}/buy-ins", asked, at=casino.tick()).must(201)

"""A table and what the cast does at it, step by step, through the public interface.

Every step must go well, and answers what the thing is now; steps that must be refused are sent by
the tests themselves. `at` is a wall time such as `14:05` in a simulated casino; without it a thing
happens now.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from tests import say
from tests.cast import Casino, Person

Body = dict[str, Any]
Chips = str | Mapping[str, int]


def chipset(said: Chips) -> Mapping[str, int]:
    """Chips in words or already counted."""
    return say.chips(said) if isinstance(said, str) else said


@dataclass(kw_only=True)
class Spot:
    """One table of a casino, and the session that is live on it, or was last."""

    casino: Casino
    id: str
    code: str
    session: str = ""
    boxes: list[str] = field(default_factory=list)

    # -- opening and closing -----------------------------------------------------------------------

    def open(self, chips: Chips, *, at: str | None = None, shift: str | None = None) -> Body:
        """Prepare and open, then dealer, supervisor and pit manager count the tray."""
        self.begin(at=at, shift=shift)
        return self.count_tray("OPENING", chips, at=at, signed=(self.casino.dana, self.casino.pat))

    def begin(self, *, at: str | None = None, shift: str | None = None) -> Body:
        """Prepare and open, not counted yet."""
        asked = {"table_id": self.id, "open": True, "shift_id": shift}
        said = {name: value for name, value in asked.items() if value is not None}
        opened: Body = self.casino.sam.post("/sessions", said, at=at).must(201)
        self.session = opened["id"]
        return opened

    def count_tray(
        self,
        kind: str,
        chips: Chips,
        *,
        at: str | None = None,
        signed: Iterable[Person] | None = None,
        **more: Any,
    ) -> Body:
        """Dealer and supervisor count what stands in the tray."""
        said = {"kind": kind, "chipset": chipset(chips), **more}
        by = (self.casino.dana,) if signed is None else signed
        path = f"/sessions/{self.session}/snapshots"
        counted: Body = self.casino.sam.post(path, said, at=at, signed=by).must()
        return counted

    def close(self, chips: Chips | None, *, at: str | None = None) -> Body:
        """Begin closing, count unless `chips` is None, close."""
        self.begin_closing(at=at)
        if chips is not None:
            self.count_tray("CLOSING", chips, at=at)
        return self.end(at=at)

    def begin_closing(self, *, at: str | None = None) -> Body:
        path = f"/sessions/{self.session}/closing"
        begun: Body = self.casino.sam.post(path, at=at).must(200)
        return begun

    def end(self, *, at: str | None = None) -> Body:
        path = f"/sessions/{self.session}/close"
        closed: Body = self.casino.sam.post(path, at=at).must(200)
        return closed

    def force(self, *, at: str | None = None, reason: str = "lights out") -> Body:
        """The pit manager's way out."""
        path = f"/sessions/{self.session}/close"
        said = {"force": True, "reason": reason}
        forced: Body = self.casino.pat.post(path, said, at=at).must(200)
        return forced

    def roll_over(
        self, chips: Chips, *, at: str | None = None, signed: Iterable[Person] = (), **more: Any
    ) -> Body:
        """One count closes this session and opens the next, which is the spot's from here on."""
        said = {"chipset": chipset(chips), **more}
        path = f"/sessions/{self.session}/roll-over"
        by = tuple(signed) or (self.casino.dana,)
        rolled: Body = self.casino.sam.post(path, said, at=at, signed=by).must(200)
        self.session = rolled["opened"]["id"]
        return rolled

    # -- slips -------------------------------------------------------------------------------------

    def ask_fill(self, chips: Chips, *, at: str | None = None) -> Body:
        return self._ask("fills", chips, at=at)

    def ask_credit(self, chips: Chips, *, at: str | None = None, **more: Any) -> Body:
        return self._ask("credits", chips, at=at, **more)

    def issue(self, slip: str, *, at: str | None = None) -> Body:
        rory = self.casino.rory
        issued: Body = self.casino.casey.post(f"/slips/{slip}/issue", at=at, signed=[rory]).must()
        return issued

    def send_fill(self, chips: Chips, *, at: str | None = None) -> str:
        """A fill asked for and issued: on its way. Its id."""
        slip: str = self.ask_fill(chips, at=at)["id"]
        self.issue(slip, at=at)
        return slip

    def verify_fill(self, slip: str, chips: Chips, *, at: str | None = None) -> Body:
        """Counted into the tray, the slip into the box."""
        said = {"chipset": chipset(chips), "deposit": True}
        by = (self.casino.dana, self.casino.rory)
        done: Body = self.casino.sam.post(f"/slips/{slip}/verify", said, at=at, signed=by).must()
        return done

    def fill(self, chips: Chips, *, at: str | None = None, arrives: str | None = None) -> Body:
        """A whole fill."""
        return self.verify_fill(self.send_fill(chips, at=at), chips, at=arrives or at)

    def pick_up(self, slip: str, *, at: str | None = None) -> Body:
        by = (self.casino.dana, self.casino.rory)
        taken: Body = self.casino.sam.post(f"/slips/{slip}/pick-up", at=at, signed=by).must()
        return taken

    def send_credit(self, chips: Chips, *, at: str | None = None) -> str:
        """A credit asked for and picked up: on its way. Its id."""
        slip: str = self.ask_credit(chips, at=at)["id"]
        self.pick_up(slip, at=at)
        return slip

    def verify_credit(self, slip: str, chips: Chips, *, at: str | None = None) -> Body:
        """Counted in the cage; then dealer and runner put the slip into the box."""
        rory = self.casino.rory
        said = {"chipset": chipset(chips)}
        self.casino.casey.post(f"/slips/{slip}/verify", said, at=at, signed=[rory]).must()
        done: Body = self.casino.dana.post(f"/slips/{slip}/deposit", at=at, signed=[rory]).must()
        return done

    def credit(self, chips: Chips, *, at: str | None = None, arrives: str | None = None) -> Body:
        """A whole credit."""
        return self.verify_credit(self.send_credit(chips, at=at), chips, at=arrives or at)

    def _ask(self, what: str, chips: Chips, *, at: str | None, **more: Any) -> Body:
        said = {"chipset": chipset(chips), **more}
        path = f"/sessions/{self.session}/{what}"
        asked: Body = self.casino.sam.post(path, said, at=at).must(201)
        return asked

    # -- boxes -------------------------------------------------------------------------------------

    def spare_box(self) -> str:
        """A registered box of this table's: its code."""
        code = self.casino.code("BOX")
        self.casino.ada.post("/boxes", {"code": code, "table_id": self.id}).must(201)
        return code

    def remove(
        self,
        *,
        at: str | None = None,
        session: str | None = None,
        kind: str = "SCHEDULED",
        into: str | None = None,
        reason: str | None = None,
    ) -> str:
        """The crew takes the box and mounts another. The drop's id."""
        told = say.at(at) if at else say.spoken(timezone.now())
        said = {
            "type": kind,
            "surveillance": {"notified_at": told, "operator": "S-12"},
            "replacement_box": into or self.spare_box(),
            "reason": reason,
        }
        asked = {name: value for name, value in said.items() if value is not None}
        path = f"/sessions/{session or self.session}/drop/remove"
        crew = self.casino.dex
        drop: Body = self.casino.dora.post(path, asked, at=at, signed=[crew]).must(201)
        arrived = {"step": "ARRIVED"}
        path = f"/drops/{drop['id']}/custody"
        self.casino.dora.post(path, arrived, at=at, signed=[self.casino.tina]).must(200)
        return str(drop["id"])

    def count_box(self, drop: str, cents: int, *, at: str | None = None) -> Body:
        """Tina and Tom count the box, and list the slips that were dropped in it."""
        said = {**box_content(self.casino, cents), "evidence": self._manifest(drop)}
        counted: Body = self.casino.tina.post(
            f"/drops/{drop}/count", said, at=at, signed=[self.casino.tom]
        ).must()
        return counted

    def _manifest(self, drop: str) -> list[Body]:
        """The slips deposited in a box, as the count room finds them (SOFT-4)."""
        box = self.casino.tina.get(f"/drops/{drop}").must(200)
        return [
            {"form": slip["kind"], "number": slip["number"], "amount_cents": slip["total_cents"]}
            for session in box["serves"]
            for slip in self.casino.tina.all_of("/slips", session_id=session)
            if slip["status"] == "DEPOSITED_IN_DROPBOX" and slip["box"] == box["box"]
        ]

    # -- results -----------------------------------------------------------------------------------

    def rundown(self, session: str | None = None) -> Body:
        found: Body = self.casino.ana.get(f"/sessions/{session or self.session}/rundown").must(200)
        return found

    def now(self, session: str | None = None) -> Body:
        found: Body = self.casino.ana.get(f"/sessions/{session or self.session}").must(200)
        return found

    def exceptions(self, session: str | None = None) -> dict[str, Body]:
        """The exceptions of the session (or its group), by kind."""
        found = self.casino.ana.all_of("/exceptions", session_id=session or self.session)
        return {each["kind"]: each for each in found}


def box_content(casino: Casino, cents: int, *, batch: str = "B-1") -> Body:
    """What the count room says of a box with so much currency in it, and nothing else."""
    return {
        "batch_id": batch,
        "contents": [{"instrument": "CURRENCY", "amount_cents": cents}],
        "total_cents": cents,
        "first_count_cents": cents,
        "second_count_cents": cents,
        "evidence": [],
        "team": [casino.tina.badge, casino.tom.badge],
    }


def spot_in(
    casino: Casino, *, in_play: bool = False, game: str = "BLACKJACK", pit: str = "1"
) -> Spot:
    """A new table with its first box; `in_play`: with cash already in it (PAR-11)."""
    code = casino.code("BJ")
    said: Body = {"code": code, "pit": pit, "game_type": game}
    if in_play:
        said["first_box"] = {"code": f"{code}-OLD", "in_play": True}
    since = casino.now if casino.founded.simulated else None
    table = casino.ada.post("/tables", said, at=since).must(201)
    return Spot(casino=casino, id=table["id"], code=code)


def shift_at(casino: Casino, code: str, *, day: str | None = None) -> str:
    """The id of a shift of the cast's gaming day."""
    found = casino.sam.get("/shifts", gaming_day=day or say.DAY.isoformat()).must(200)["items"]
    ids: dict[str, str] = {each["code"]: each["id"] for each in found}
    return ids[code]

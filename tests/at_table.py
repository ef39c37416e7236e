"""A table at work: the verbs of a session's life, each one an honest step by the right people.

Every verb returns what the system answered, as JSON, after it was seen to be a success; with `at`
it happens at that wall time, without it a moment after the last thing that happened here. Tests
that want a step refused send it themselves.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from tests.cast import Casino, Person
from tests.say import chips, moment, spoken

Json = dict[str, Any]
TRAY = "40 red, 40 green, 20 black"
"""What a tray holds where a test does not care: $3,200.00."""


@dataclass(kw_only=True, slots=True)
class AtTable:
    """One table, and the session that was prepared or opened on it last."""

    casino: Casino
    table: Json
    session_id: str = ""
    drop_ids: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        table_id: str = self.table["id"]
        return table_id

    @property
    def code(self) -> str:
        code: str = self.table["code"]
        return code

    @property
    def path(self) -> str:
        """The session's own address."""
        return f"/sessions/{self.session_id}"

    def when(self, at: str | None) -> datetime:
        """The instant of a wall time; the floor's clock never runs backwards because of it."""
        if at is None:
            return self.casino.tick()
        instant = moment(at)
        self.casino.now = max(self.casino.now, instant)
        return instant

    # -- the session -------------------------------------------------------------------------------

    def prepare(self, *, at: str | None = None, shift_id: str | None = None) -> Json:
        asked = {"table_id": self.id, **({"shift_id": shift_id} if shift_id else {})}
        return self._now(self.casino.sam.post("/sessions", asked, at=self.when(at)).must(201))

    def open(self, *, at: str | None = None, shift_id: str | None = None) -> Json:
        """Prepare and open in one step: the session waits for its opener."""
        asked = {"table_id": self.id, "open": True, **({"shift_id": shift_id} if shift_id else {})}
        return self._now(self.casino.sam.post("/sessions", asked, at=self.when(at)).must(201))

    def count(
        self, kind: str, tray: str | Mapping[str, int], *, at: str | None = None, **more: Any
    ) -> Json:
        """A count by Dana and Sam; the initial bank with Pat (PAR-11)."""
        signed = [self.casino.dana]
        if kind == "OPENING" and self.session()["previous_session_id"] is None:
            signed.append(self.casino.pat)
        asked = {"kind": kind, "chipset": counted(tray), **more}
        given = self.casino.sam.post(
            f"{self.path}/snapshots", asked, at=self.when(at), signed=signed
        )
        answer: Json = given.must(200, 201)
        return answer

    def open_table(
        self,
        tray: str | Mapping[str, int] = TRAY,
        *,
        at: str | None = None,
        shift_id: str | None = None,
    ) -> Json:
        """Open and count the opener: in play."""
        self.open(at=at, shift_id=shift_id)
        self.count("OPENING", tray, at=at)
        return self.session()

    def closing(self, *, at: str | None = None) -> Json:
        answer: Json = self.casino.sam.post(f"{self.path}/closing", at=self.when(at)).must(200)
        return answer

    def close(
        self, tray: str | Mapping[str, int] = TRAY, *, at: str | None = None, **more: Any
    ) -> Json:
        """Begin closing, count the closer, close."""
        if self.session()["phase"] == "OPEN":
            self.closing(at=at)
        self.count("CLOSING", tray, at=at)
        given = self.casino.sam.post(f"{self.path}/close", more, at=self.when(at))
        answer: Json = given.must(200)
        return answer

    def force_close(self, *, at: str | None = None, reason: str = "an alarm") -> Json:
        asked = {"force": True, "reason": reason}
        answer: Json = self.casino.pat.post(f"{self.path}/close", asked, at=self.when(at)).must(200)
        return answer

    def roll_over(
        self, tray: str | Mapping[str, int] = TRAY, *, at: str | None = None, **more: Any
    ) -> Json:
        """Sam hands over to Sue; from here on the session is the next one."""
        given = self.casino.sam.post(
            f"{self.path}/roll-over",
            {"chipset": counted(tray), **more},
            at=self.when(at),
            signed=[self.casino.sue],
        )
        answer: Json = given.must(200)
        self.session_id = answer["opened"]["id"]
        return answer

    def session(self) -> Json:
        answer: Json = self.casino.sam.get(self.path).must(200)
        return answer

    def _now(self, session: Json) -> Json:
        self.session_id = session["id"]
        return session

    # -- fills and credits -------------------------------------------------------------------------

    def ask_fill(self, stack: str, *, at: str | None = None, **more: Any) -> Json:
        return self._ask("fills", stack, at=at, **more)

    def ask_credit(self, stack: str, *, at: str | None = None, **more: Any) -> Json:
        return self._ask("credits", stack, at=at, **more)

    def issue(self, slip: Json, *, at: str | None = None) -> Json:
        return self._step(self.casino.casey, slip, "issue", [self.casino.rory], at=at)

    def pick_up(self, slip: Json, *, at: str | None = None) -> Json:
        hands = [self.casino.dana, self.casino.rory]
        return self._step(self.casino.sam, slip, "pick-up", hands, at=at)

    def verify_fill(
        self, slip: Json, stack: str | None = None, *, at: str | None = None, **more: Any
    ) -> Json:
        """Counted at the table, and deposited at once unless `deposit=False`."""
        asked = {"chipset": _as_on(slip, stack), "deposit": True, **more}
        hands = [self.casino.dana, self.casino.rory]
        return self._step(self.casino.sam, slip, "verify", hands, asked, at=at)

    def verify_credit(self, slip: Json, stack: str | None = None, *, at: str | None = None) -> Json:
        asked = {"chipset": _as_on(slip, stack)}
        return self._step(self.casino.casey, slip, "verify", [self.casino.rory], asked, at=at)

    def deposit(self, slip: Json, *, at: str | None = None, **more: Any) -> Json:
        hands = [self.casino.dana, self.casino.rory]
        return self._step(self.casino.sam, slip, "deposit", hands, more, at=at)

    def fill(self, stack: str = "20 black", *, at: str | None = None) -> Json:
        """From request to the drop box."""
        slip = self.issue(self.ask_fill(stack, at=at), at=at)
        return self.verify_fill(slip, at=at)

    def credit(self, stack: str = "20 green", *, at: str | None = None) -> Json:
        """From request over the cage to the drop box."""
        slip = self.pick_up(self.ask_credit(stack, at=at), at=at)
        return self.deposit(self.verify_credit(slip, at=at), at=at)

    def _ask(self, kind: str, stack: str, *, at: str | None, **more: Any) -> Json:
        asked = {"chipset": chips(stack), **more}
        given = self.casino.sam.post(f"{self.path}/{kind}", asked, at=self.when(at))
        answer: Json = given.must(201)
        return answer

    def _step(
        self,
        who: Person,
        slip: Json,
        step: str,
        hands: Iterable[Person],
        asked: Json | None = None,
        *,
        at: str | None,
    ) -> Json:
        path = f"/slips/{slip['id']}/{step}"
        answer: Json = who.post(path, asked, at=self.when(at), signed=hands).must(200)
        return answer

    # -- boxes and counts --------------------------------------------------------------------------

    def drop(
        self,
        *,
        at: str | None = None,
        kind: str = "SCHEDULED",
        spare: str | None = None,
        **more: Any,
    ) -> Json:
        """Dora and Dex take the box and mount another: a spare of the table's, made for it here."""
        instant = self.when(at)
        asked = {
            "type": kind,
            "surveillance": {"notified_at": spoken(instant), "operator": "Sol"},
            "replacement_box": spare or self.spare_box(),
            **({} if kind == "SCHEDULED" else {"reason": "it was full"}),
            **more,
        }
        given = self.casino.dora.post(
            f"{self.path}/drop/remove", asked, at=instant, signed=[self.casino.dex]
        )
        removal: Json = given.must(201)
        self.drop_ids.append(removal["id"])
        return removal

    def spare_box(self) -> str:
        code = self.casino.code(f"{self.code}-box")
        self.casino.ada.post("/boxes", {"code": code, "table_id": self.id}).must(201)
        return code

    def custody(
        self, step: str = "ARRIVED", *, drop_id: str | None = None, at: str | None = None
    ) -> Json:
        path = f"/drops/{drop_id or self.drop_ids[-1]}/custody"
        given = self.casino.dora.post(
            path, {"step": step}, at=self.when(at), signed=[self.casino.tina]
        )
        answer: Json = given.must(200)
        return answer

    def soft_count(
        self,
        total_cents: int,
        *,
        drop_id: str | None = None,
        at: str | None = None,
        evidence: Iterable[Json] | None = None,
        **more: Any,
    ) -> Json:
        """Tina and Tom count the box that was taken last: so much in currency, and its slips.

        A box that nobody handed over before is handed over first, as an honest crew would.
        """
        counted = drop_id or self.drop_ids[-1]
        self._arrived(counted, at=at)
        found = self.manifest(counted) if evidence is None else evidence
        given = self.casino.tina.post(
            f"/drops/{counted}/count",
            {**self.count_of(total_cents, evidence=found), **more},
            at=self.when(at),
            signed=[self.casino.tom],
        )
        answer: Json = given.must(200, 201)
        return answer

    def _arrived(self, drop_id: str, *, at: str | None) -> None:
        way = self.casino.tina.get(f"/drops/{drop_id}").must(200)["custody"]
        if len(way) == 1:
            self.custody(drop_id=drop_id, at=at)

    def manifest(self, drop_id: str) -> list[Json]:
        """The slips that were deposited in a box, as the count room finds them (SOFT-4)."""
        drop = self.casino.tina.get(f"/drops/{drop_id}").must(200)
        return [
            {
                "form": slip["kind"],
                "number": slip["number"],
                "table": self.code,
                "amount_cents": slip["total_cents"],
            }
            for session_id in drop["serves"]
            for slip in self.casino.tina.all_of("/slips", session_id=session_id)
            if slip["status"] == "DEPOSITED_IN_DROPBOX" and slip["box"] == drop["box"]
        ]

    def count_of(self, total_cents: int, *, evidence: Iterable[Json] = ()) -> Json:
        """The body of such a count."""
        line = {"instrument": "CURRENCY", "amount_cents": total_cents}
        return {
            "batch_id": f"B-{uuid4().hex[:8]}",
            "contents": [line] if total_cents else [],
            "total_cents": total_cents,
            "first_count_cents": total_cents,
            "second_count_cents": total_cents,
            "evidence": list(evidence),
            "team": [self.casino.tina.badge, self.casino.tom.badge],
        }

    # -- the result --------------------------------------------------------------------------------

    def reconcile(self, *, at: str | None = None) -> Json:
        answer: Json = self.casino.ana.post(f"{self.path}/reconcile", at=self.when(at)).must(200)
        return answer

    def finalize(self, *, at: str | None = None, **more: Any) -> Json:
        given = self.casino.ana.post(f"{self.path}/finalize", more, at=self.when(at))
        answer: Json = given.must(200)
        return answer

    def amend(self, reason: str = "counted again", *, at: str | None = None) -> Json:
        given = self.casino.ana.post(f"{self.path}/amend", {"reason": reason}, at=self.when(at))
        answer: Json = given.must(200)
        return answer

    def rundown(self) -> Json:
        answer: Json = self.casino.sam.get(f"{self.path}/rundown").must(200)
        return answer


def counted(tray: str | Mapping[str, int]) -> dict[str, int]:
    return chips(tray) if isinstance(tray, str) else dict(tray)


def _as_on(slip: Json, stack: str | None) -> dict[str, int]:
    return chips(stack) if stack is not None else dict(slip["chipset"])


def a_table(casino: Casino, *, code: str | None = None, **more: Any) -> AtTable:
    """A table of one's own in this casino, with its first, empty box."""
    asked = {
        "code": code or casino.code("BJ"),
        "pit": "PIT 1",
        "game_type": "BLACKJACK",
        "limits": {"min_cents": 2_500, "max_cents": 500_000},
        **more,
    }
    made = casino.ada.post("/tables", asked, at=casino.now).must(201)
    return AtTable(casino=casino, table=made)


def differing(live: AtTable, tray: str = "41 red, 40 green, 18 black") -> AtTable:
    """Closed with TRAY and opened again with another, counted twice: Pat lets it be (SESS-5)."""
    casino = live.casino
    live.close(TRAY)
    live.open()
    path, asked = f"{live.path}/snapshots", {"kind": "OPENING", "chipset": chips(tray)}
    casino.sam.post(path, asked, at=live.when(None), signed=[casino.dana]).must(200)
    hands, why = [casino.dana, casino.pat], "two black chips are gone"
    casino.sam.post(path, {**asked, "reason": why}, at=live.when(None), signed=hands).must(201)
    return live

"""A casino kept on paper: just enough of the HTTP contract to play against without a server.

It holds what it is told in lists and answers as `docs/interface.md` says, strict about who signs,
what is known and what the state allows. It is here to try the simulator; the real rules are tried
against the real server.
"""

import json
import re
from collections.abc import Callable
from threading import Lock
from typing import Any

import httpx

from tests.simulator.paper_books import PaperBooks, Row

SIGNERS: dict[str, list[set[str]]] = {
    "issue": [{"CASHIER", "RUNNER"}],
    "pick-up": [{"DEALER", "SUPERVISOR", "RUNNER"}],
    "FILL verify": [{"DEALER", "SUPERVISOR", "RUNNER"}],
    "CREDIT verify": [{"CASHIER", "RUNNER"}],
    "deposit": [{"DEALER", "RUNNER"}],
    "attest-par": [{"DEALER", "SUPERVISOR"}],
    "snapshots": [{"DEALER", "SUPERVISOR"}, {"DEALER", "SUPERVISOR", "PIT_MANAGER"}],
}


class No(Exception):
    """Turned down."""

    def __init__(self, status: int, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.problem = {"status": status, "code": code, "facts": facts}


class PaperCasino(PaperBooks):
    """All that was written down, and a door to it as an httpx transport."""

    def __init__(self, *, simulated: bool = True) -> None:
        self._turn = Lock()
        super().__init__(simulated=simulated)
        self.keys: dict[str, tuple[bytes, Row]] = {}
        self.numbers: dict[str, int] = {}
        self.lose_answer: Callable[[int], bool] = lambda _: False
        self.asked = 0

    # -- the door ----------------------------------------------------------------------------------

    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self._answer)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        """One request at a time, as on one table of paper: several lanes play side by side."""
        with self._turn:
            return self._answered(request)

    def _answered(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        path = request.url.path.removeprefix("/api/v1")
        who = request.headers["Authorization"].removeprefix("Bearer ")
        try:
            if request.method == "GET":
                return httpx.Response(200, json=self.read(path, dict(request.url.params)))
            key = f"{who}/{request.headers['Idempotency-Key']}"
            if key in self.keys:
                content, kept = self.keys[key]
                assert content == request.content, "the same key with other content"
                return httpx.Response(200, json=kept)
            body = json.loads(request.content)
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", body["occurred_at"])
            answer = json.loads(json.dumps(self._command(path, who, body)))
            self.keys[key] = (request.content, answer)
        except No as no:
            return httpx.Response(no.problem["status"], json=no.problem)
        if self.lose_answer(self.asked):
            raise httpx.ReadError("the line went dead")
        return httpx.Response(200, json=answer)

    def _number(self, form: str) -> str:
        self.numbers[form] = self.numbers.get(form, 0) + 1
        return f"{form}-2026-{self.numbers[form]:06d}"

    def _new(self, kind: str) -> str:
        return self._number(f"id-{kind}")

    # -- commands ----------------------------------------------------------------------------------

    def _command(self, path: str, who: str, body: Row) -> Row:
        first, *rest = path.strip("/").split("/")
        if who == "admin" or first in {"staff", "par-policies"}:
            return self._set_up(first, rest, who, body)
        signers = self._signers(who, body)
        if first == "sessions":
            return self._session_command(rest, signers, body)
        if first == "observations":
            return self._observed(body)
        if first == "slips":
            return self._slip_command(self.slips[rest[0]], rest[1], signers, body)
        if first == "drops":
            return self._drop_command(rest, signers, body)
        raise No(404, "NOT_FOUND", path=path)

    def _observed(self, body: Row) -> Row:
        """Read by eye: of tables in play alone, and it enters nothing (SNAP-6)."""
        for item in body["items"]:
            self._need(self.sessions[item["session_id"]], "OPEN")
        return {"items": body["items"]}

    def _signers(self, who: str, body: Row) -> set[str]:
        """The roles that signed: the caller's and those by badge and PIN, all different people."""
        caller = self.staff[who]
        people = [caller["badge"]]
        roles = {caller["roles"][0]}
        for one in body.get("signatures", []):
            person = self.staff[f"token-{one['badge']}"]
            if person["pin"] != one["pin"] or not person["own_pin"]:
                raise No(422, "SIGNATURE_REFUSED", badge=one["badge"])
            if person["roles"] != [one["role"]]:
                raise No(422, "SIGNER_NOT_ALLOWED", badge=one["badge"])
            people.append(one["badge"])
            roles.add(one["role"])
        if len(set(people)) != len(people):
            raise No(422, "SIGNERS_NOT_DISTINCT")
        return roles

    def _set_up(self, first: str, rest: list[str], who: str, body: Row) -> Row:
        if first == "staff" and rest:
            person = next(one for one in self.staff.values() if one["id"] == rest[0])
            assert who == f"token-{person['badge']}"
            assert person.get("pin") == body.get("current_pin") != body["pin"]
            person.update(pin=body["pin"], own_pin=True)
            return {"id": person["id"]}
        if first == "staff":
            person = {**body, "id": self._new("staff"), "own_pin": False}
            self.staff[f"token-{body['badge']}"] = person
            return {"id": person["id"]}
        if first == "tokens":
            return {"token": f"token-{body['badge']}"}
        if first == "chips":
            self.casino["denominations"].append(body)
            return body
        if first == "boxes":
            assert (body["kind"] == "EMERGENCY") == ("table_id" not in body)
            self.boxes[body["code"]] = "FREE"
            return body
        if first == "tables":
            table = {**body, "id": self._new("table"), "ordinal": 0, "mode": "INVENTORY_COUNT"}
            self.tables[table["id"]] = table
            self.boxes[body["code"]] = "TABLE"
            self.mounts.append({"table": table["id"], "box": body["code"], "from": 1, "to": None})
            return {"id": table["id"], "mounted_box": body["code"]}
        assert first == "par-policies"
        assert self.staff[who]["roles"] == ["PIT_MANAGER"]
        table = self.tables[body["table_id"]]
        table["mode"] = body.get("table_bank_mode") or table["mode"]
        table["par"] = body["par_total_cents"]
        return {"id": self._new("policy")}

    # -- sessions ----------------------------------------------------------------------------------

    def _prepare(self, table_id: str, shift_id: str) -> Row:
        session: Row = {
            "id": self._new("session"),
            "table_id": table_id,
            "shift_id": shift_id,
            "gaming_day": shift_id[:10],
            "status": "READY_TO_OPEN",
            "fills": 0,
            "credits": 0,
            "opening": None,
            "closing": None,
        }
        self.sessions[session["id"]] = session
        return session

    def _of(self, table_id: str, *statuses: str) -> list[Row]:
        return [
            one
            for one in self.sessions.values()
            if one["table_id"] == table_id and one["status"] in statuses
        ]

    def _session_command(self, rest: list[str], signers: set[str], body: Row) -> Row:
        if not rest:
            return self._prepare(body["table_id"], body["shift_id"])
        if rest == ["prepare"]:
            items = [self._prepare(table, body["shift_id"]) for table in body["table_ids"]]
            return {"items": items, "refused": []}
        session = self.sessions[rest[0]]
        table = self.tables[session["table_id"]]
        step = rest[1]
        if step in {"fills", "credits"}:
            return self._request(session, step, body)
        if step == "drop":
            return self._remove(session, rest[2], body)
        if step in SIGNERS and signers not in SIGNERS[step]:
            raise No(422, "SIGNATURE_MISSING", step=step, signed=sorted(signers))
        if step == "snapshots":
            return self._snapshot(session, table, signers, body)
        if step == "roll-over":
            return self._roll_over(session, table, signers, body)
        if step in {"reconcile", "finalize"}:
            return self._settle(session, step, signers)
        if step == "open":
            self._open(session, table)
        elif step == "closing":
            self._need(session, "OPEN")
            session["status"] = "CLOSING"
        elif step == "attest-par":
            self._need(session, "CLOSING")
        else:
            assert step == "close"
            self._close(session, table)
        return session

    def _open(self, session: Row, table: Row) -> None:
        if self._of(table["id"], "OPENING", "OPEN", "CLOSING"):
            raise No(409, "SESSION_ALREADY_LIVE")
        self._bind(session, table)
        session["status"] = "OPENING"

    def _settle(self, session: Row, step: str, signers: set[str]) -> Row:
        if signers != {"ACCOUNTING"}:
            raise No(403, "ROLE_NOT_ALLOWED")
        needed, reached = {
            "reconcile": ("CLOSED", "RECONCILED"),
            "finalize": ("RECONCILED", "FINALIZED"),
        }[step]
        group = self.group(session)
        if self.rundown(group, alone=False)["state"] != "complete":
            raise No(409, "COUNT_PENDING")
        for member in group:
            self._need(member, needed)
            member["status"] = reached
        return session

    @staticmethod
    def _need(row: Row, status: str) -> None:
        if row["status"] != status:
            raise No(409, "STATUS", found=row["status"], needed=status)

    @staticmethod
    def _bind(session: Row, table: Row) -> None:
        table["ordinal"] += 1
        session.update(ordinal=table["ordinal"], table_bank_mode=table["mode"])

    def _count(self, chipset: Row) -> int:
        known = {chip["code"]: chip["cents"] for chip in self.casino["denominations"]}
        return sum(known[code] * quantity for code, quantity in chipset.items())

    def _snapshot(self, session: Row, table: Row, signers: set[str], body: Row) -> Row:
        total = self._count(body["chipset"])
        number = None
        if body["kind"] == "OPENING":
            self._need(session, "OPENING")
            if session["ordinal"] == 1 and "PIT_MANAGER" not in signers:
                raise No(422, "SIGNATURE_MISSING", missing=["PIT_MANAGER"])
            if table.get("left") not in (None, body["chipset"]):
                return {"recount_required": True}
            session.update(status="OPEN", opening={"total_cents": total})
            number = session["opening"]["number"] = self._number("O")
        elif body["kind"] == "CLOSING":
            self._need(session, "CLOSING")
            session["closing"] = {"total_cents": total, "number": self._number("K")}
            number = session["closing"]["number"]
            table["left"] = body["chipset"]
        else:
            self._need(session, "OPEN")
        return {"number": number, "total_cents": total}

    def _roll_over(self, session: Row, table: Row, signers: set[str], body: Row) -> Row:
        if signers not in ({"SUPERVISOR"}, {"SUPERVISOR", "DEALER"}) or not body["signatures"]:
            raise No(422, "SIGNATURE_MISSING")
        self._need(session, "OPEN")
        total = self._count(body["chipset"])
        session.update(status="CLOSED", closing={"total_cents": total, "number": self._number("K")})
        following = next(
            one
            for one in self._of(table["id"], "READY_TO_OPEN")
            if one["shift_id"] == body["shift_id"]
        )
        self._bind(following, table)
        following.update(status="OPEN", opening={"total_cents": total, "number": self._number("O")})
        in_flight = [
            slip
            for slip in self.slips.values()
            if slip["session"] == session["id"]
            and slip["status"] in {"REQUESTED", "ISSUED", "PICKED_UP"}
        ]
        for slip in in_flight:
            if slip["status"] != "PICKED_UP":
                slip["session"] = following["id"]
        return {"closed": session, "opened": following, "carried": [s["id"] for s in in_flight]}

    def _close(self, session: Row, table: Row) -> None:
        self._need(session, "CLOSING")
        mine = [slip for slip in self.slips.values() if slip["session"] == session["id"]]
        if any(slip["status"] in {"REQUESTED", "ISSUED", "PICKED_UP"} for slip in mine):
            raise No(409, "SLIPS_IN_FLIGHT")
        if session["closing"] is None:
            raise No(409, "CLOSING_COUNT_MISSING")
        imprest = table["mode"] == "IMPREST_TO_PAR"
        if imprest and session["closing"]["total_cents"] != table["par"]:
            raise No(409, "RESTORE_REQUIRED")
        session["status"] = "CLOSED"

    # -- slips -------------------------------------------------------------------------------------

    def _request(self, session: Row, step: str, body: Row) -> Row:
        total = self._count(body["chipset"])
        if not total or total != body["total_cents"]:
            raise No(422, "TOTAL_MISMATCH")
        final = body.get("purpose") == "FINAL_ADJUSTMENT"
        self._need(session, "CLOSING" if final else "OPEN")
        slip: Row = {
            "id": self._new("slip"),
            "session": session["id"],
            "asked_in": session["id"],
            "table": session["table_id"],
            "kind": "FILL" if step == "fills" else "CREDIT",
            "status": "REQUESTED",
            "chipset": body["chipset"],
            "total_cents": total,
            "number": None,
            "request_number": self._number("R"),
            "disputed": False,
        }
        self.slips[slip["id"]] = slip
        return slip

    def _slip_command(self, slip: Row, step: str, signers: set[str], body: Row) -> Row:
        wanted = SIGNERS.get(step) or SIGNERS.get(f"{slip['kind']} {step}")
        if wanted and signers not in wanted:
            raise No(422, "SIGNATURE_MISSING", step=step, signed=sorted(signers))
        if "chipset" in body and body["chipset"] != slip["chipset"]:
            return {**slip, "disputed": True}
        before, after = {
            "issue": ("REQUESTED", "ISSUED"),
            "pick-up": ("REQUESTED", "PICKED_UP"),
            "cancel": ("REQUESTED", "CANCELLED"),
            "FILL verify": ("ISSUED", "DEPOSITED_IN_DROPBOX"),
            "CREDIT verify": ("PICKED_UP", "VERIFIED_AT_CAGE"),
            "deposit": ("VERIFIED_AT_CAGE", "DEPOSITED_IN_DROPBOX"),
        }[step if step != "verify" else f"{slip['kind']} verify"]
        self._need(slip, before)
        slip["status"] = after
        if after in {"ISSUED", "PICKED_UP"}:
            slip["number"] = self._number("F" if slip["kind"] == "FILL" else "C")
        at_table = step == "pick-up" or (step == "verify" and slip["kind"] == "FILL")
        if at_table:
            live = self._of(slip["table"], "OPEN", "CLOSING")[0]
            slip["session"] = live["id"]
            live["fills" if slip["kind"] == "FILL" else "credits"] += slip["total_cents"]
        return slip

    # -- boxes -------------------------------------------------------------------------------------

    def _remove(self, session: Row, step: str, body: Row) -> Row:
        if step == "schedule":
            assert body["window_start"] < body["window_end"]
            return session
        table = self.tables[session["table_id"]]
        mount = next(m for m in self.mounts if m["table"] == table["id"] and "drop" not in m)
        if self.boxes[body["replacement_box"]] != "FREE":
            raise No(409, "BOX_NOT_FREE", box=body["replacement_box"])
        scheduled = body["type"] == "SCHEDULED"
        if not scheduled and not body.get("reason"):
            raise No(422, "REASON_REQUIRED")
        mount.update(to=session["ordinal"], drop=self._new("drop"), count=None)
        mount["from"] = min(mount["from"], session["ordinal"])
        self.boxes[mount["box"]] = "REMOVED"
        self.boxes[body["replacement_box"]] = "TABLE"
        start = session["ordinal"] + (1 if scheduled else 0)
        self.mounts.append(
            {"table": table["id"], "box": body["replacement_box"], "from": start, "to": None}
        )
        return {"id": mount["drop"]}

    def _drop_command(self, rest: list[str], signers: set[str], body: Row) -> Row:
        mount = next(m for m in self.mounts if m.get("drop") == rest[0])
        if rest[1] == "custody":
            assert self.boxes[mount["box"]] == "REMOVED"
            assert signers == {"DROP_CREW", "COUNT_TEAM"}
            self.boxes[mount["box"]] = "COUNT_ROOM"
            return {"id": mount["drop"]}
        assert self.boxes[mount["box"]] == "COUNT_ROOM"
        assert len(body["team"]) == len(body["signatures"]) + 1 >= 2
        assert sum(line["amount_cents"] for line in body["contents"]) == body["total_cents"]
        for line in body["contents"]:
            assert line["denomination_cents"] * line["quantity"] == line["amount_cents"]
        mount["count"] = sum(
            line["amount_cents"] for line in body["contents"] if line["instrument"] != "COUPON"
        )
        mount["evidence"] = body["evidence"]
        self.boxes[mount["box"]] = "FREE"
        return {"drop_effect_cents": mount["count"]}

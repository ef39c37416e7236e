"""The books of a casino on paper: what was written down, how it reads (see `paper_casino`)."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Row = dict[str, Any]
ZONE = ZoneInfo("America/Los_Angeles")


class PaperBooks:
    """Sessions, slips and boxes as lists of rows, and the answers that are read off them."""

    def __init__(self, *, simulated: bool = True) -> None:
        self.casino: Row = {
            "timezone": str(ZONE),
            "simulated": simulated,
            "denominations": [
                {"code": str(cents), "cents": cents}
                for cents in (100, 500, 2500, 10000, 50000, 100000, 500000)
            ],
        }
        self.staff: dict[str, Row] = {}
        self.tables: dict[str, Row] = {}
        self.sessions: dict[str, Row] = {}
        self.slips: dict[str, Row] = {}
        self.mounts: list[Row] = []
        self.boxes: dict[str, str] = {}

    def _serves(self, mount: Row, session: Row) -> bool:
        ordinal = session.get("ordinal")
        return (
            ordinal is not None
            and mount["table"] == session["table_id"]
            and mount["from"] <= ordinal
            and (mount["to"] is None or ordinal <= mount["to"])
        )

    def group(self, session: Row) -> list[Row]:
        found = [session]
        for member in found:
            for mount in self.mounts:
                if self._serves(mount, member):
                    found.extend(
                        other
                        for other in self.sessions.values()
                        if other not in found and self._serves(mount, other)
                    )
        return sorted(found, key=lambda one: one["ordinal"])

    def rundown(self, members: list[Row], *, alone: bool = True) -> Row:
        shared = alone and len(self.group(members[0])) > 1
        mounts = [m for m in self.mounts if any(self._serves(m, one) for one in members)]
        counts = [mount.get("count") for mount in mounts]
        drop = None if shared or None in counts else sum(counts)
        opening = sum(one["opening"]["total_cents"] for one in members)
        closing = sum(one["closing"]["total_cents"] for one in members)
        fills = sum(one["fills"] for one in members)
        credited = sum(one["credits"] for one in members)
        before = closing + credited - opening - fills
        state = "shared_drop" if shared else "pending_count" if drop is None else "complete"
        return {
            "state": state,
            "opening_total_cents": opening,
            "closing_total_cents": closing,
            "fills_total_cents": fills,
            "credits_total_cents": credited,
            "drop_total_cents": drop,
            "before_drop_cents": before,
            "table_win_cents": None if drop is None else before + drop,
        }

    def read(self, path: str, params: Row) -> Row:
        first, *rest = path.strip("/").split("/")
        if first == "casino":
            return self.casino
        if first == "shifts" and rest:
            return {"totals": self._totals(rest[0])}
        if first == "shifts":
            return {"items": _shifts(date.fromisoformat(params["gaming_day"])), "next_cursor": None}
        if first == "exceptions":
            return {"items": [], "next_cursor": None}
        if first == "sessions" and not rest:
            return self._page(params)
        if first == "sessions":
            return self.rundown([self.sessions[rest[0]]])
        assert first == "drop-groups"
        return self.rundown(self.group(self.sessions[rest[0]]), alone=False)

    def _page(self, params: Row) -> Row:
        """Twenty at a time, so that the cursor is followed."""
        rows = [one for one in self.sessions.values() if one["gaming_day"] == params["gaming_day"]]
        start = int(params.get("cursor", 0))
        page = []
        for one in rows[start : start + 20]:
            group = self.group(one) if "ordinal" in one else [one]
            page.append({**one, "group_id": group[0]["id"] if len(group) > 1 else None})
        more = str(start + 20) if start + 20 < len(rows) else None
        return {"items": page, "next_cursor": more}

    def _totals(self, shift_id: str) -> Row:
        """Known is what no box shares with another shift; the sum is null unless all is."""
        own = [
            one
            for one in self.sessions.values()
            if one["shift_id"] == shift_id and one["status"] != "READY_TO_OPEN"
        ]
        states = [self.rundown([one])["state"] for one in own]
        groups = {group[0]["id"]: group for group in map(self.group, own)}
        inside = [
            group for group in groups.values() if all(one["shift_id"] == shift_id for one in group)
        ]
        wins = [self.rundown(group, alone=False)["table_win_cents"] for group in inside]
        known = [win for win in wins if win is not None]
        whole = len(inside) == len(groups) and len(known) == len(wins)
        return {
            "known_cents": sum(known),
            "win_cents": sum(known) if whole else None,
            "complete": states.count("complete"),
            "shared": states.count("shared_drop"),
            "pending": states.count("pending_count"),
            "unknown": 0,
        }


def _shifts(day: date) -> list[Row]:
    edges = [
        datetime.combine(day, time(6), tzinfo=ZONE).astimezone(UTC) + timedelta(hours=8 * part)
        for part in range(4)
    ]
    return [
        {
            "id": f"{day}-{code}",
            "code": code,
            "starts_at": begins.isoformat().replace("+00:00", "Z"),
            "ends_at": ends.isoformat().replace("+00:00", "Z"),
        }
        for code, begins, ends in zip(("DAY", "SWING", "GRAVE"), edges, edges[1:], strict=False)
    ]

"""The same figures added up by hand: slowly, from each session's own rundown, slips and boxes.

Nothing of the reports' own code is in it: what it reads are the sessions of a gaming day, one after
the other, and what each of them says of itself.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from tests.cast import Casino

Json = dict[str, Any]
Place = tuple[str, str, str]
"""Pit, table code, game, as the session was opened under."""
GONE = ("READY_TO_OPEN", "VOIDED")


def added(values: Iterable[int | None]) -> int | None:
    """A sum that is unknown as soon as one of its parts is, and where there is none (LESSON-2)."""
    found = list(values)
    return None if not found or None in found else sum(each or 0 for each in found)


def known(values: Iterable[int | None]) -> int | None:
    """What is known of it; None where nothing is."""
    found = [each for each in values if each is not None]
    return sum(found) if found else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What a session, or the sessions that shared a box, came to."""

    place: Place
    win: int | None
    drop: int | None


@dataclass(kw_only=True)
class ByHand:
    """Everything that sessions, slips and boxes of some gaming days say of themselves."""

    casino: Casino
    days: tuple[date, ...]
    sessions: list[Json] = field(default_factory=list)
    rundowns: dict[str, Json] = field(default_factory=dict)
    groups: dict[str, Json] = field(default_factory=dict)
    slips: dict[str, list[Json]] = field(default_factory=dict)
    drops: dict[str, list[Json]] = field(default_factory=dict)
    told: dict[str, Json] = field(default_factory=dict)
    """What was asked for already: the month is over, and is told once."""

    def __post_init__(self) -> None:
        ana = self.casino.ana
        for day in self.days:
            self.sessions += ana.all_of("/sessions", gaming_day=str(day))
        for each in self.sessions:
            session, group = each["id"], each["group_id"]
            self.rundowns[session] = ana.get(f"/sessions/{session}/rundown").must(200)
            self.slips[session] = ana.all_of("/slips", session_id=session)
            self.drops[session] = [
                drop
                for drop in ana.all_of("/drops", session_id=session)
                if drop["session_id"] == session
            ]
            if group and group not in self.groups:
                self.groups[group] = ana.get(f"/drop-groups/{group}/rundown").must(200)

    def asked(self, path: str, **query: Any) -> Json:
        key = f"{path} {query}"
        if key not in self.told:
            self.told[key] = self.casino.ana.get(path, **query).must(200)
        return self.told[key]

    def shifts(self, day: date) -> list[Json]:
        items: list[Json] = self.asked("/shifts", gaming_day=str(day))["items"]
        return items

    def report(self, slug: str, day: date, **query: Any) -> Json:
        return self.asked(f"/reports/{slug}", gaming_day=str(day), **query)

    def all_of(
        self, first: date, last: date, *, shift: str | None = None, pit: str | None = None
    ) -> list[Json]:
        """The sessions of these days, this shift, this pit: voided and never opened ones too."""
        return [
            each
            for each in self.sessions
            if first <= date.fromisoformat(each["gaming_day"]) <= last
            and shift in (None, each["shift_id"])
            and pit in (None, each["pit"])
        ]

    def played(self, first: date, last: date, **which: str | None) -> list[Json]:
        """Those of them that were opened and not voided."""
        found = [each for each in self.all_of(first, last, **which) if each["phase"] not in GONE]
        return sorted(found, key=lambda each: (each["gaming_day"], each["sequence"]))

    def results(self, sessions: Iterable[Json]) -> list[Result]:
        """Each session's result, or its drop group's once, if every member of it is among these at
        one place; else each of its members is one that is not known (BOX-6, SHIFT-1)."""
        found: list[Result] = []
        for place, mine in at_places(sessions).items():
            ids = {each["id"] for each in mine}
            told: set[str] = set()
            for session in ids:
                rundown = self.rundowns[session]
                group = self.groups.get(rundown["group_id"] or "")
                if group is None:
                    found.append(_result(place, rundown))
                elif not {each["session_id"] for each in group["members"]} <= ids:
                    found.append(Result(place=place, win=None, drop=None))
                elif group["group_id"] not in told:
                    told.add(group["group_id"])
                    found.append(_result(place, group))
        return found

    def line(self, sessions: Iterable[Json], results: Iterable[Result]) -> Json:
        """A table's columns, or the sums of some tables' (controls.md, section 4)."""
        ends: dict[str, list[int | None]] = defaultdict(list)
        for mine in at_places(sessions).values():
            told = [self.rundowns[each["id"]] for each in mine]
            ends["opener"].append(told[0]["opening_total_cents"])
            ends["closer"].append(told[-1]["closing_total_cents"])
            ends["fills"] += [each["fills_total_cents"] for each in told]
            ends["credits"] += [each["credits_total_cents"] for each in told]
            for before, after in pairwise(told):
                closed, opened = before["closing_total_cents"], after["opening_total_cents"]
                ends["between"].append(None if None in (closed, opened) else opened - closed)
        line: Json = {
            f"{name}_cents": added(ends[name]) for name in ("opener", "closer", "fills", "credits")
        }
        line["between_cents"] = added([0, *ends["between"]]) if ends["opener"] else None
        return {"sessions": len(list(sessions)), **line, **sums(results)}

    def counted(self, session: Json) -> list[int | None]:
        """What each box that was taken on this session came to."""
        return [
            each["count"]["drop_effect_cents"] if each["count"] else None
            for each in self.drops[session["id"]]
        ]


def _result(place: Place, rundown: Json) -> Result:
    win = rundown["table_win_cents"]
    return Result(place=place, win=win, drop=None if win is None else rundown["drop_total_cents"])


def sums(results: Iterable[Result], prefix: str = "") -> Json:
    """The sums of results under the names the report has for them."""
    every = list(results)
    win, drop = added(each.win for each in every), added(each.drop for each in every)
    counts = {} if prefix else {"results": len(every)}
    return {
        **counts,
        f"{prefix}win_cents": win,
        f"{prefix}drop_cents": drop,
        f"{prefix}hold_pct": hold(win, drop),
        f"{prefix}known_win_cents": known(each.win for each in every),
        f"{prefix}unknown_results": sum(each.win is None for each in every),
    }


def hold(win: int | None, drop: int | None) -> str | None:
    """Sum over sum (RUN-7)."""
    return None if win is None or not drop else f"{round(Decimal(100 * win) / drop, 2)}"


def place_of(session: Json) -> Place:
    return session["pit"], session["table_code"], session["game_type"]


def at_places(sessions: Iterable[Json]) -> Mapping[Place, list[Json]]:
    found: defaultdict[Place, list[Json]] = defaultdict(list)
    for each in sessions:
        found[place_of(each)].append(each)
    return found


def days_from(first: date, last: date) -> tuple[date, ...]:
    return tuple(first + timedelta(days=each) for each in range((last - first).days + 1))


def only(rows: Iterable[Json], **which: Any) -> Json:
    """The one row of these."""
    (row,) = [each for each in rows if all(each[name] == which[name] for name in which)]
    return row


def by(sessions: Iterable[Json], key: Callable[[Json], str]) -> Mapping[str, list[Json]]:
    found: defaultdict[str, list[Json]] = defaultdict(list)
    for each in sessions:
        found[key(each)].append(each)
    return found

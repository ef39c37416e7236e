"""A casino's past, as long as one likes: one honest day, played once and repeated (Q9).

Three days of one table are played through the product's own doors. What they left behind, rows and
journal entries, is then written again for every table and every gaming day through COPY, with ids,
days, ordinals and form numbers of its own, and every entry chained to the one before it: so the
past is consistent, and its journal verifies, because it is what the product wrote.

A table's gaming day is three sessions rolled over, each with a count in between, a fill or credit,
and a box of its own, dropped and counted. The last day stands in the middle of its second shift.
"""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connections, transaction

from tablebank.domain.journal import Entry, entry_hash
from tablebank.store.database import OWNER_ALIAS
from tests.at_table import AtTable, a_table
from tests.cast import Casino, found

PATTERN = date(2026, 3, 2)
"""The first of the three days that are played."""
TABLE, PIT = "PATTERN-TABLE", "PATTERN-PIT"
SESSIONS = 3
TABLES_IN_A_PIT = 20
ORDINALS = ("ordinal", "serves_from", "serves_to", "served_to", "last_ordinal")
ROWS = (
    *("gaming_table", "table_revision", "drop_box", "table_session", "box_mount", "box_removal"),
    *("custody_step", "soft_count", "count_start", "tray_snapshot", "slip", "slip_step"),
    *("slip_hand", "signature", "finding"),
)
"""The tables that a day at a table writes to."""
_ID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_TOKEN = re.compile(
    rf"(?P<id>{_ID})"
    r"|(?P<form>\b[A-Z]{1,2})-(?P<year>\d{4})-(?P<n>\d{6})\b"
    r"|(?P<day>\b\d{4}-\d{2}-\d{2})"
    r'|(?P<ordinal>(?<="ordinal":)\d+|(?<="serves_from":)\d+|(?<="served_to":)\d+'
    r'|(?<="last_ordinal":)\d+)'
    rf"|(?P<table>{TABLE})|(?P<pit>{PIT})|(?P<last>\x00last\x00)"
)


_FORM = re.compile(r"\b([A-Z]{1,2})-(\d{4})-(\d{6})\b")


@dataclass(frozen=True, kw_only=True, slots=True)
class History:
    """A casino with its past: who is in it, and how much was written."""

    casino: Casino
    tables: int
    days: int
    sessions: int
    entries: int


def written(*, tables: int, days: int, last_day: date) -> History:
    """A casino of so many tables with so many gaming days behind it, the last one under way.

    At least three days. Shows how far it is on stderr.
    """
    casino = found(timezone_name="UTC")
    with connections[OWNER_ALIAS].cursor() as owner:
        _forced(owner, is_forced=False)
    played = _played(casino)
    first = last_day - timedelta(days=days - 1)
    block = _Blocks(casino, played, days=Days(first=first, count=days), tables=tables)
    with connections[OWNER_ALIAS].cursor() as owner:
        again = _without_links(owner)
    for number in range(days):
        with transaction.atomic(using=OWNER_ALIAS), connections[OWNER_ALIAS].cursor() as owner:
            block.write_day(owner.cursor, number, is_last=number == days - 1)
        if number % 20 == 0:
            print(f"{number} of {days} gaming days written", file=sys.stderr)
    with connections[OWNER_ALIAS].cursor() as owner:
        block.end(owner.cursor)
        print("indexing it, and holding the links between its rows", file=sys.stderr)
        for made_again in again:
            owner.execute(made_again)
        _forced(owner, is_forced=True)
        owner.execute("vacuum analyze")
    return History(
        casino=casino,
        tables=tables,
        days=days,
        sessions=tables * ((days - 1) * SESSIONS + 2),
        entries=block.number,
    )


# -- the days that are repeated ------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Days:
    """So many gaming days from a first one on."""

    first: date
    count: int


@dataclass(kw_only=True)
class _Played:
    """What was played: the entries of registering a table and of each day, by their numbers."""

    table_id: str
    ends: list[int]
    """The last entry before the table, of its registration, and of each of the three days."""


def _played(casino: Casino) -> _Played:
    for name in ("sam", "sue", "dana", "pat", "casey", "rory", "dora", "dex", "tina", "tom"):
        casino.person(name)
    casino.now = _at(0, hours=-2)
    ends = [_head(casino)]
    table = a_table(casino, code=TABLE, pit=PIT)
    spares = [table.spare_box(), table.spare_box()]
    boxes = [*spares, str(table.table["mounted_box"])]
    ends.append(_head(casino))
    for day in range(3):
        _play_day(casino, table, boxes, day=day, is_cut_short=day == 2)
        ends.append(_head(casino))
    return _Played(table_id=table.id, ends=ends)


def _play_day(
    casino: Casino, table: AtTable, boxes: Sequence[str], *, day: int, is_cut_short: bool
) -> None:
    casino.now = _at(day, hours=0.1)
    table.open_table()
    for session in range(SESSIONS):
        casino.now = _at(day, hours=8 * session + 3)
        (table.credit if session == 1 else table.fill)()
        casino.now = _at(day, hours=8 * session + 4)
        table.count("INTERIM", "42 red, 40 green, 20 black")
        if is_cut_short and session == 1:
            return
        casino.now = _at(day, hours=8 * session + 7.8)
        if session == SESSIONS - 1:
            table.close()
        table.drop(spare=boxes[session])
        table.custody()
        table.soft_count(300_000 + session * 50_000)
        if session < SESSIONS - 1:
            table.roll_over()


def _at(day: int, *, hours: float) -> datetime:
    start = datetime(PATTERN.year, PATTERN.month, PATTERN.day, 6, tzinfo=UTC)
    return start + timedelta(days=day, hours=hours)


def _head(casino: Casino) -> int:
    with connections[OWNER_ALIAS].cursor() as owner:
        owner.execute("select number from journal_head where casino_id = %s", [_id(casino)])
        return int(owner.fetchone()[0])


def _id(casino: Casino) -> str:
    return str(casino.founded.id)


def _forced(owner: Any, *, is_forced: bool) -> None:
    """COPY and the checking of links know no row-level security: the owner steps out of it while
    the past is written."""
    owner.execute("select oid::regclass::text from pg_class where relkind = 'r' and relrowsecurity")
    word = "force" if is_forced else "no force"
    for (name,) in owner.fetchall():
        owner.execute(f"alter table {name} {word} row level security")


def _without_links(owner: Any) -> list[str]:
    """Takes links between rows and indexes off, and says how they are made again: at the end they
    are, and held to all that was written."""
    tables = [*ROWS, "journal_entry"]
    owner.execute(
        "select conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)"
        "  from pg_constraint where contype = 'f' and conrelid::regclass::text = any(%s)",
        [tables],
    )
    links: list[tuple[str, str, str]] = owner.fetchall()
    owner.execute(
        "select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) from pg_index i"
        " where i.indrelid::regclass::text = any(%s)"
        "   and not exists (select from pg_constraint c where c.conindid = i.indexrelid)",
        [tables],
    )
    indexes: list[tuple[str, str]] = owner.fetchall()
    for table, name, _ in links:
        owner.execute(f"alter table {table} drop constraint {name}")
    for name, _ in indexes:
        owner.execute(f"drop index {name}")
    return [
        *(words for _, words in indexes),
        *(f"alter table {table} add constraint {name} {words}" for table, name, words in links),
    ]


# -- what is repeated, and how ------------------------------------------------------------------


Slot = tuple[Any, ...]
"""What stands in a place: an id by its role and day, a day, an ordinal, a number, a name."""


class _Slots:
    """The places of all templates, each with a number of its own."""

    def __init__(self) -> None:
        self.numbers: dict[Slot, int] = {}

    def number_of(self, slot: Slot) -> int:
        return self.numbers.setdefault(slot, len(self.numbers))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Template:
    """A text with places in it: what is around them, and which place comes after each."""

    texts: tuple[str, ...]
    places: tuple[int, ...]

    def render(self, values: Sequence[str]) -> str:
        made = [self.texts[0]]
        for place, text in zip(self.places, self.texts[1:], strict=True):
            made.append(values[place])
            made.append(text)
        return "".join(made)


@dataclass(frozen=True, kw_only=True, slots=True)
class _EntryPattern:
    """An entry of the journal that is written anew for every table and day."""

    entry: Entry
    occurred_day: int
    ids: _Template
    content: _Template


@dataclass(kw_only=True)
class _Day:
    """What one day, or the registration before it, left behind; `slots` are the places in it."""

    slots: _Slots = field(default_factory=_Slots)
    entries: list[_EntryPattern] = field(default_factory=list)
    rows: dict[str, list[_Template]] = field(default_factory=lambda: defaultdict(list))


class _Blocks:
    """Writes day after day, table after table, what the pattern left behind."""

    def __init__(self, casino: Casino, played: _Played, *, days: Days, tables: int) -> None:
        self.casino, self.first_day, self.tables = casino, days.first, tables
        self.count = days.count
        self.salt = (casino.founded.id.int & 0xFFFFFF) << 24
        self.form_days: dict[Slot, int] = {}
        self.roles: dict[str, tuple[str, int, int]] = {}
        self.role_numbers: dict[tuple[str, int], int] = {}
        self.played = played
        self.columns: dict[str, list[str]] = {}
        self.shifts: dict[date, dict[str, str]] = {}
        with connections[OWNER_ALIAS].cursor() as owner:
            entries = self._entries(owner)
            self.days = [_Day() for _ in range(4)]
            self.shift_codes = self._shifts_of_pattern()
            self._give_roles(entries)
            self._read(owner, entries)
            owner.execute(
                "select number, hash from journal_head where casino_id = %s", [_id(casino)]
            )
            self.number, self.hash = owner.fetchone()
            owner.execute(
                "select form, year, last from number_series where casino_id = %s", [_id(casino)]
            )
            self.series = defaultdict(int, {(f, y): last for f, y, last in owner.fetchall()})
        self.buffers: dict[str, list[str]] = defaultdict(list)
        self.clock_at = casino.now

    # reading the pattern

    def _entries(self, owner: Any) -> list[Entry]:
        names = Entry.columns()
        owner.execute(
            f"select {', '.join(names)} from journal_entry"  # noqa: S608 - our own names
            " where casino_id = %s and number > %s order by number",
            [_id(self.casino), self.played.ends[0]],
        )
        return [Entry(**dict(zip(names, row, strict=True))) for row in owner.fetchall()]

    def _day_of(self, entry: Entry) -> int:
        """0 for the registration, then 1 to 3."""
        return next(n for n, end in enumerate(self.played.ends[1:]) if entry.number <= end)

    def _shifts_of_pattern(self) -> dict[str, tuple[int, str]]:
        found: dict[str, tuple[int, str]] = {}
        for offset in range(4):
            for code, id_ in self._shifts_on(PATTERN + timedelta(days=offset)).items():
                found[id_] = (offset, code)
        return found

    def _shifts_on(self, day: date) -> dict[str, str]:
        if day not in self.shifts:
            told = self.casino.sam.get(f"/shifts?gaming_day={day}").must(200)["items"]
            self.shifts[day] = {each["code"]: each["id"] for each in told}
        return self.shifts[day]

    def _give_roles(self, entries: Iterable[Entry]) -> None:
        """An id is the n-th of its kind on its day: so days are told apart and find each other."""
        counts: dict[tuple[str, int], int] = defaultdict(int)
        for entry in entries:
            day = self._day_of(entry)
            content = json.loads(entry.content)
            new = [(each["row"], each["id"]) for each in content["new"]]
            new += [("finding", each["id"]) for each in content["findings"]]
            for kind, id_ in new:
                if id_ in self.roles:
                    continue
                self.roles[id_] = (kind, counts[kind, day], day)
                self.role_numbers.setdefault((kind, counts[kind, day]), len(self.role_numbers))
                counts[kind, day] += 1

    def _read(self, owner: Any, entries: Sequence[Entry]) -> None:
        for entry in entries:
            day = self._day_of(entry)
            ids = [entry.subject_id, entry.session_id, entry.table_id]
            occurred_day = (entry.occurred_at.date() - PATTERN).days - max(day - 1, 0)
            self.days[day].entries.append(
                _EntryPattern(
                    entry=entry,
                    occurred_day=occurred_day,
                    ids=self._template(" ".join(str(each or "-") for each in ids), day),
                    content=self._template(entry.content, day),
                )
            )
            for form, _, n in _FORM.findall(entry.content):
                self.form_days.setdefault(("number", form, n), occurred_day)
        for name in ROWS:
            owner.execute(
                f"select to_jsonb(r) from {name} r where casino_id = %s",  # noqa: S608 - our own
                [_id(self.casino)],
            )
            for (row,) in owner.fetchall():
                told = json.loads(row) if isinstance(row, str) else row
                if told["id"] not in self.roles:
                    continue
                self.columns.setdefault(name, list(told))
                day = self.roles[told["id"]][2]
                self.days[day].rows[name].append(self._row(name, told, day))

    def _row(self, name: str, told: Mapping[str, Any], day: int) -> _Template:
        """A line as COPY reads it."""
        cells = []
        for column, value in told.items():
            if column == "last_ordinal":
                cells.append("\x00last\x00")
            elif value is None:
                cells.append("\\N")
            elif column in ORDINALS:
                cells.append(f'\x01"ordinal":{value}\x01')
            elif isinstance(value, bool):
                cells.append("t" if value else "f")
            elif isinstance(value, dict | list):
                cells.append(_escaped(json.dumps(value)))
            else:
                cells.append(_escaped(str(value)))
        made = self._template("\t".join(cells) + "\n", day)
        texts = tuple(text.replace('\x01"ordinal":', "").replace("\x01", "") for text in made.texts)
        return replace(made, texts=texts)

    def _template(self, text: str, day: int) -> _Template:
        texts, places, at = [], [], 0
        for found_token in _TOKEN.finditer(text):
            slot = self._slot(found_token, max(day, 1))
            if slot is None:
                continue
            texts.append(text[at : found_token.start()])
            places.append(self.days[day].slots.number_of(slot))
            at = found_token.end()
        texts.append(text[at:])
        return _Template(texts=tuple(texts), places=tuple(places))

    def _slot(self, token: re.Match[str], day: int) -> Slot | None:
        """The place a token takes, days counted from the one it stands in; None where it stays."""
        if id_ := token["id"]:
            if id_ in self.shift_codes:
                offset, code = self.shift_codes[id_]
                return ("shift", code, offset - (day - 1))
            if id_ not in self.roles:
                return None
            kind, n, of_day = self.roles[id_]
            if of_day == 0:
                return ("own", self.role_numbers[kind, n])
            return ("id", self.role_numbers[kind, n], of_day - day)
        if token["day"]:
            offset = (date.fromisoformat(token["day"]) - PATTERN).days
            return ("day", offset - (day - 1)) if -2 <= offset <= 4 else None
        if token["ordinal"]:
            return ("ordinal", int(token["ordinal"]) - SESSIONS * (day - 1))
        if token["form"]:
            return ("number", token["form"], token["n"])
        if token["last"]:
            return ("last",)
        return ("table",) if token["table"] else ("pit",)

    # writing

    def write_day(self, cursor: Any, number: int, *, is_last: bool) -> None:
        """One gaming day of every table; `number` counts from 0."""
        for table in range(1, self.tables + 1):
            if number == 0:
                self._write(self.days[0], table, number)
            self._write(self.days[1 if number == 0 else 3 if is_last else 2], table, number)
        for name in (*ROWS, "journal_entry"):
            if not self.buffers[name]:
                continue
            columns = self.columns[name] if name in self.columns else [*Entry.columns(), "hash"]
            with cursor.copy(f"copy {name} ({', '.join(columns)}) from stdin") as copy:
                copy.write("".join(self.buffers[name]))
        self.buffers.clear()

    def _write(self, day: _Day, table: int, number: int) -> None:
        values = [self._value(slot, table, number) for slot in day.slots.numbers]
        for name, templates in day.rows.items():
            self.buffers[name] += [each.render(values) for each in templates]
        for pattern in day.entries:
            self._write_entry(pattern, values, self.first_day + timedelta(days=number))

    def _write_entry(self, pattern: _EntryPattern, values: Sequence[str], day: date) -> None:
        subject, session, table = (
            None if each == "-" else UUID(each) for each in pattern.ids.render(values).split(" ")
        )
        at = pattern.entry.occurred_at
        occurred_at = datetime.combine(day + timedelta(days=pattern.occurred_day), at.timetz())
        self.number += 1
        entry = replace(
            pattern.entry,
            number=self.number,
            occurred_at=occurred_at,
            subject_id=subject,
            session_id=session,
            table_id=table,
            content=pattern.content.render(values),
            previous_hash=self.hash,
        )
        self.hash = entry_hash(entry)
        self.clock_at = max(self.clock_at, occurred_at)
        cells = [getattr(entry, name) for name in Entry.columns()]
        line = "\t".join("\\N" if each is None else _escaped(str(each)) for each in cells)
        self.buffers["journal_entry"].append(f"{line}\t{self.hash}\n")

    def _value(self, slot: Slot, table: int, number: int) -> str:
        """What stands in a place, for one table on one day."""
        what = slot[0]
        if what == "id":
            return _made_id(
                self.first_day + timedelta(days=number + slot[2]), slot[1], self.salt | table
            )
        if what == "own":
            return _made_id(self.first_day - timedelta(days=3), slot[1], self.salt | table)
        if what == "day":
            return str(self.first_day + timedelta(days=number + slot[1]))
        if what == "ordinal":
            return str(slot[1] + SESSIONS * number)
        if what == "shift":
            return self._shifts_on(self.first_day + timedelta(days=number + slot[2]))[slot[1]]
        if what == "table":
            return f"T-{table:04d}"
        if what == "pit":
            return f"PIT {1 + (table - 1) // TABLES_IN_A_PIT}"
        if what == "last":
            return str(SESSIONS * (self.count - 1) + 2)
        year = (self.first_day + timedelta(days=number + self.form_days[slot])).year
        self.series[slot[1], year] += 1
        return f"{slot[1]}-{year}-{self.series[slot[1], year]:06d}"

    def end(self, cursor: Any) -> None:
        """The head of the chain, the casino's clock, the series of forms."""
        casino_id = _id(self.casino)
        cursor.execute(
            "update journal_head set number = %s, hash = %s, clock_at = %s where casino_id = %s",
            [self.number, self.hash, self.clock_at, casino_id],
        )
        for (form, year), last in self.series.items():
            cursor.execute(
                "insert into number_series (casino_id, form, year, last) values (%s, %s, %s, %s)"
                " on conflict (casino_id, form, year) do update set last = excluded.last",
                [casino_id, form, year, last],
            )


def _made_id(day: date, role: int, of: int) -> str:
    """An id of version 7: ordered by day and place in it; `of` tells casino and table (48 bits)."""
    at = (day.toordinal() - _EPOCH) * 86_400_000 + role
    return f"{at >> 16:08x}-{at & 0xFFFF:04x}-7{role & 0xFFF:03x}-8000-{of:012x}"


_EPOCH = date(1970, 1, 1).toordinal()


def _escaped(text: str) -> str:
    """As COPY reads a text."""
    if "\\" not in text and "\t" not in text and "\n" not in text:
        return text
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")

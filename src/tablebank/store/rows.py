"""Records and rows: one frozen record of the domain is one row, field by column.

The mapping is read off the record's own annotations, so there is nothing here to keep in step; that
every record has its table with just these columns is a test.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime, time
from enum import StrEnum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from psycopg.types.json import Jsonb

from tablebank.domain import (
    buy_ins,
    count_sessions,
    day_closes,
    elsewhere,
    establishment,
    facts,
    papers,
    remarks,
    shifts,
    trays,
    trips,
    vouching,
)

R = TypeVar("R")

TABLES: Mapping[type[Any], str] = {
    establishment.Casino: "casino",
    establishment.SettingsRow: "casino_settings",
    establishment.BankModeRow: "bank_mode",
    establishment.ProfileRow: "jurisdiction_profile",
    establishment.ChipType: "chip_type",
    establishment.ShiftScheduleRow: "shift_schedule",
    establishment.DropScheduleRow: "drop_schedule",
    establishment.Staff: "staff",
    vouching.Signature: "signature",
    facts.Table: "gaming_table",
    facts.TableRevision: "table_revision",
    facts.Box: "drop_box",
    facts.Mount: "box_mount",
    trips.DropTrip: "drop_trip",
    facts.Removal: "box_removal",
    facts.Custody: "custody_step",
    facts.Count: "soft_count",
    trips.BoxLeftOut: "box_left_out",
    elsewhere.ManifestLine: "manifest_line",
    count_sessions.CountSession: "count_session",
    count_sessions.CountFile: "count_file",
    count_sessions.CountEntry: "count_entry",
    count_sessions.CountVerification: "count_verification",
    facts.Session: "table_session",
    facts.Snapshot: "tray_snapshot",
    facts.Trial: "count_trial",
    trays.CountStart: "count_start",
    trays.Observation: "tray_observation",
    buy_ins.BuyIn: "buy_in",
    facts.Slip: "slip",
    facts.SlipStep: "slip_step",
    facts.SlipHand: "slip_hand",
    establishment.ParPolicy: "par_policy",
    establishment.ParImport: "par_import",
    establishment.ParProposal: "par_proposal",
    establishment.ParComment: "par_comment",
    facts.Finding: "finding",
    facts.Report: "rundown_report",
    remarks.Remark: "remark",
    papers.PaperEntry: "paper_entry",
    day_closes.DayClose: "gaming_day_close",
    shifts.ShiftRundown: "shift_rundown",
    shifts.HandOver: "hand_over",
}
"""Where each kind of record is kept."""


def from_json(record_type: type[R], row: Mapping[str, Any]) -> R:
    """A record from its row as PostgreSQL's `to_jsonb` gives it."""
    readers = _READERS[record_type]
    return record_type(
        **{name: None if row[name] is None else read(row[name]) for name, read in readers.items()}
    )


def parameters(record: Any) -> dict[str, Any]:
    """A record's values as statement parameters, by column."""
    return {name: parameter(getattr(record, name)) for name in columns(type(record))}


def parameter(value: Any) -> Any:
    """One value as a statement parameter: enums as their text, structures as jsonb."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Mapping):
        return Jsonb(dict(value))
    if isinstance(value, tuple):
        return Jsonb([dict(each) if isinstance(each, Mapping) else each for each in value])
    return value


def columns(record_type: type[Any]) -> tuple[str, ...]:
    """The columns of a record's table, in the order of its fields."""
    return _COLUMNS[record_type]


def _readers(record_type: type[Any]) -> Mapping[str, Callable[[Any], Any]]:
    hints = get_type_hints(record_type)
    return {name: _reader(hints[name]) for name in columns(record_type)}


@lru_cache(maxsize=50_000)
def _id(text: str) -> UUID:
    """An id from its text; the same few stand in every row of a table's facts."""
    return UUID(text)


def _reader(hint: Any) -> Callable[[Any], Any]:
    if get_origin(hint) in (Union, UnionType):
        hint = next(each for each in get_args(hint) if each is not NoneType)
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        element = _reader(inner)
        return lambda value: tuple(element(each) for each in value)
    if isinstance(hint, type):
        if issubclass(hint, StrEnum):
            return hint
        if issubclass(hint, UUID):
            return _id
        if issubclass(hint, datetime):
            return datetime.fromisoformat
        if issubclass(hint, date):
            return date.fromisoformat
        if issubclass(hint, time):
            return time.fromisoformat
    return lambda value: value


_COLUMNS: Mapping[type[Any], tuple[str, ...]] = {
    record_type: tuple(each.name for each in fields(record_type)) for record_type in TABLES
}
_READERS: Mapping[type[Any], Mapping[str, Callable[[Any], Any]]] = {
    record_type: _readers(record_type) for record_type in TABLES
}
"""Read off once, when the program starts."""

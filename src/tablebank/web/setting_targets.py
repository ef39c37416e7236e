"""The target needs of a house as one looks them over, and as one types them in, many at once.

Each amount that was typed is its table's own policy or proposal, through the same command as one
set alone (PAR-1, PAR-4). All are tried before the first is written: what is wrong with any of them
is said for all, and nothing is set.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from tablebank.commands.perform import Asked, outcome_of
from tablebank.commands.policies import SET_PAR, SetPar
from tablebank.domain.credentials import SessionCredential
from tablebank.domain.establishment import ParProposal
from tablebank.domain.par import mode_of_its_own
from tablebank.domain.par_proposals import PROPOSED
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.domain.terms import TableStatus
from tablebank.queries.settings_book import TableLine
from tablebank.web import typed, words
from tablebank.web.actions.kind import Field
from tablebank.web.doing import LONGEST_KEY
from tablebank.web.form import key_for
from tablebank.web.heard import heard
from tablebank.web.settings.bank_mode import mode_said
from tablebank.web.settings.kind import Book
from tablebank.web.settings.reading import READERS
from tablebank.web.settings.telling import in_words
from tablebank.web.typed import Data
from tablebank.web.words import Words

DAY = "effective_from_gaming_day"
AMOUNT = "target:"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reviewed:
    """One table with what holds for it: mode, target, where that is from, and since when."""

    table: TableLine
    mode: Words
    cents: int | None
    source: Words
    since: date | None
    coming: date | None
    """The gaming day from which another target holds, where one is to come."""
    proposed: Sequence[ParProposal]

    @property
    def since_words(self) -> str:
        return in_words(self.since) if self.since else ""

    @property
    def coming_words(self) -> str:
        return in_words(self.coming) if self.coming else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class TypedTarget:
    """One table's line of the form: what holds now, what was typed, what is wrong with it."""

    table: TableLine
    cents: int | None
    name: str
    value: str
    error: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TargetsForm:
    """The form in which many targets are typed."""

    key: str
    lacking: Sequence[tuple[str, Sequence[TypedTarget]]]
    """Pit by pit the tables that have no target yet."""
    has_target: Sequence[tuple[str, Sequence[TypedTarget]]]
    day: str
    day_error: str
    refusal: str = ""
    is_kept: bool = False


def reviewed(book: Book) -> list[tuple[str, list[Reviewed]]]:
    """Every table that is not out of service, pit by pit."""
    waiting: dict[UUID | None, list[ParProposal]] = {}
    for each in book.proposals:
        if each.status == PROPOSED:
            waiting.setdefault(each.table_id, []).append(each)
    lines = [_reviewed(each, book, waiting.get(each.id, ())) for each in in_use(book)]
    return [(pit, [each for each in lines if each.table.pit == pit]) for pit in _pits(book)]


def in_use(book: Book) -> list[TableLine]:
    """The tables that have a target to speak of."""
    return [each for each in book.tables if each.status != TableStatus.CLOSED]


def _pits(book: Book) -> list[str]:
    return list(dict.fromkeys(each.pit for each in in_use(book)))


def _reviewed(table: TableLine, book: Book, waiting: Sequence[ParProposal]) -> Reviewed:
    par = book.par_of(table)
    days = [row.effective_from_gaming_day for row in book.pars.of_table.get(table.id, ())]
    return Reviewed(
        table=table,
        mode=mode_said(par.table_bank_mode),
        cents=par.par_total_cents,
        source=words.said(words.PAR_SOURCE, par.source) if par.source else "",
        since=par.effective_from_gaming_day,
        coming=min((day for day in days if day > book.today), default=None),
        proposed=waiting,
    )


# -- typing them in --------------------------------------------------------------------------------


def targets_form(
    book: Book, *, data: Data | None = None, refused: Refused | None = None
) -> TargetsForm:
    """The form as it stands; after a refusal with everything that was typed."""
    kept = data or {}
    errors = {each.pointer: heard(each.message) for each in refused.errors} if refused else {}
    earliest = book.today if not book.view.has_begun else book.today + timedelta(days=1)
    lines = [_typed_target(each, kept, errors) for _, in_pit in reviewed(book) for each in in_pit]
    return TargetsForm(
        key=key_for(kept),
        lacking=_by_pit([each for each in lines if each.cents is None]),
        has_target=_by_pit([each for each in lines if each.cents is not None]),
        day=kept.get(DAY, str(earliest)),
        day_error=errors.get(f"/{DAY}", ""),
        refusal=heard(refused.detail) if refused else "",
        is_kept=data is not None,
    )


def _by_pit(lines: Sequence[TypedTarget]) -> list[tuple[str, list[TypedTarget]]]:
    pits = dict.fromkeys(each.table.pit for each in lines)
    return [(pit, [each for each in lines if each.table.pit == pit]) for pit in pits]


def _typed_target(line: Reviewed, kept: Data, errors: Mapping[str, str]) -> TypedTarget:
    name = f"{AMOUNT}{line.table.id}"
    return TypedTarget(
        table=line.table,
        cents=line.cents,
        name=name,
        value=kept.get(name, ""),
        error=errors.get(f"/{name}", ""),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Set:
    """How many targets were written, and how many of them are proposals."""

    written: int
    proposed: int


def set_targets(credential: SessionCredential, book: Book, data: Data) -> Set:
    """Set what was typed, or raise the refusal with what is wrong with each of them.

    Each table's row has a key of its own made from the form's, so that the form sent twice writes
    each of them once (IDEM-1).
    """
    asked = _asked(book, data)
    key = data.get("key", "")
    if not 0 < len(key) <= LONGEST_KEY - len(":") - len(asked[0].name):
        raise Refused(Refusal.IDEMPOTENCY_KEY_MISSING)
    errors = [error for each in asked for error in _tried(credential, each, key=key)]
    if errors:
        raise Refused(errors[0].code_of, errors=[each.error for each in errors])
    proposed = [_performed(credential, each, key=key, dry_run=False) for each in asked]
    return Set(written=len(asked), proposed=sum(proposed))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Row:
    """One policy row to be written, and the field it was typed in."""

    name: str
    body: SetPar


@dataclass(frozen=True, slots=True)
class _No:
    code_of: Refusal
    error: FieldError


def _asked(book: Book, data: Data) -> list[_Row]:
    """What was typed, table by table; refuses SHAPE with everything that cannot be read."""
    tables = {f"{AMOUNT}{each.id}": each for each in in_use(book)}
    fields = [
        *(Field(name=name, label="", kind="money", required=False) for name in tables),
        Field(name=DAY, label=_("From gaming day"), kind="day"),
    ]
    chips, zone = book.house.chips_on(book.today), book.house.casino.timezone
    read = typed.read(fields, data, chips=chips, zone=zone, also=READERS)
    if read.misshapen is not None:
        raise read.misshapen
    filled = {name: read.values[name] for name in tables if read.values[name] is not None}
    if not filled:
        raise Refused(Refusal.SHAPE, detail=_("Type at least one target."))
    day = date.fromisoformat(read.values[DAY])
    return [
        _Row(name=name, body=_body(tables[name], cents, book, day=day))
        for name, cents in filled.items()
    ]


def _body(table: TableLine, cents: int, book: Book, *, day: date) -> SetPar:
    """An amount alone was typed: how the table closes stays as it is (PAR-2)."""
    mode = mode_of_its_own(
        book.pars.reaching(table.id), table_id=table.id, game_type=table.game_type, day=day
    )
    return SetPar(
        table_id=table.id,
        table_bank_mode=mode,
        par_total_cents=cents,
        effective_from_gaming_day=day,
    )


def _tried(credential: SessionCredential, row: _Row, *, key: str) -> list[_No]:
    try:
        _performed(credential, row, key=key, dry_run=True)
    except Refused as no:
        if no.refusal is Refusal.ROLE_NOT_ALLOWED:
            raise
        message = no.errors[0].message if no.errors else no.detail
        pointer = f"/{DAY}" if no.refusal is Refusal.EFFECTIVE_DAY_PASSED else f"/{row.name}"
        return [_No(no.refusal, FieldError(pointer, no.code, message))]
    return []


def _performed(credential: SessionCredential, row: _Row, *, key: str, dry_run: bool) -> bool:
    """Write the row, or try it; whether it is a proposal."""
    body = row.body
    asked = Asked(
        body=body,
        raw={
            "table_id": str(body.table_id),
            "par_total_cents": body.par_total_cents,
            DAY: str(body.effective_from_gaming_day),
        },
        key=f"{key}:{row.name}",
        dry_run=dry_run,
    )
    return bool(outcome_of(credential, SET_PAR, asked, clock=timezone.now)["proposal"])

"""The signed papers that facts rest on, by the facts they are of (BACK-1)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tablebank.domain.papers import PaperEntry
from tablebank.store.load import load_many, of
from tablebank.store.scope import Cursor


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperSheet:
    """A paper as it is shown beside its fact: what stands on it, and when and why it was entered.

    `signed_by` are the persons named on the paper; who entered it signed the fact itself.
    """

    form: str
    number: str
    signed_by: tuple[str, ...]
    reason: str
    recorded_at: datetime


def sheets_of(entries: Iterable[PaperEntry]) -> Mapping[UUID, PaperSheet]:
    """Papers as they are shown, by the id of the fact that rests on each."""
    return {
        each.subject_id: PaperSheet(
            form=each.form,
            number=each.form_number,
            signed_by=tuple(each.signed_by),
            reason=each.reason,
            recorded_at=each.recorded_at,
        )
        for each in entries
    }


def papers_by_subject(
    cursor: Cursor, casino_id: UUID, subject_ids: Collection[UUID]
) -> Mapping[UUID, PaperSheet]:
    """The papers that these facts rest on; a fact that was entered as it happened has none."""
    if not subject_ids:
        return {}
    which = of(casino_id, "subject_id = any(%s)", list(subject_ids))
    return sheets_of(load_many(cursor, PaperEntry, which))

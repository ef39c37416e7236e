"""Which form somebody wants on paper, on which sheet, in whose words.

The addresses of a form are the same in both faces; this is what the two of them agree on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from tablebank.domain.credentials import Credential
from tablebank.domain.documents import Document
from tablebank.domain.settings import Paper

Clock = Callable[[], datetime]


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """One form of one record: a slip's id for a slip, a session's for the others.

    `site` is where the reader's pages are, as `https://host`: the code on the form leads there.
    Without a `paper` it is printed on the casino's own, without a `language` in the casino's.
    """

    document: Document
    record_id: UUID
    site: str
    paper: Paper | None = None
    language: str | None = None


class Printer(Protocol):
    """Makes a form as PDF and counts that it was made.

    Refuses NOT_SIGNED_IN, and NOT_FOUND where there is no such record or it has no such form yet.
    """

    def __call__(self, credential: Credential, wanted: Wanted, *, clock: Clock) -> bytes: ...

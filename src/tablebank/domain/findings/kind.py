"""What a kind of finding is: a name, what it stops, whose it is, its words, and how it is detected.

A kind is one small file beside this one and one line in `catalogue` (FIND-1). `detect` is pure: it
reads the facts of one table and says what it finds there now; whether that is new, known or put
right since is settled in one place for all kinds.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tablebank.domain.decisions import House
from tablebank.domain.facts import Finding, Session, TableFacts
from tablebank.domain.terms import Stops


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """One thing that is wrong now. With its kind the subject makes it unique (FIND-2)."""

    subject_type: str
    subject_id: str
    session: Session
    variance_cents: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


def always_in_view(facts: TableFacts, finding: Finding) -> bool:
    """What hangs on a session alone is in view wherever the session is."""
    return True


def never(house: House, facts: TableFacts) -> Iterable[Found]:
    """What is not detected from the facts of one table as they stand."""
    return ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """One kind of finding. `words` is the sentence a pit manager reads.

    A kind that comes with time has `detect_by` besides: what it finds by an instant. Such a finding
    is raised by the sweep alone (FIND-2); any command that touches its facts may clear it.

    Facts of a table are loaded around what a command is about. `in_view` says whether they hold all
    that `detect` would look at for a finding: only then does finding nothing mean that it is right.
    """

    name: str
    stops: Stops
    department: str
    words: str
    detect: Callable[[House, TableFacts], Iterable[Found]] = never
    detect_by: Callable[[House, TableFacts, datetime], Iterable[Found]] | None = None
    in_view: Callable[[TableFacts, Finding], bool] = always_in_view

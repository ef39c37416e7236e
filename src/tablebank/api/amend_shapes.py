"""The shapes of an amendment: why, and the facts that came to light after the close (RUN-6)."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from tablebank.api.body import (
    Cents,
    Chips,
    Code,
    CommandBody,
    Instant,
    PaperIn,
    Reason,
    Shape,
    Told,
)
from tablebank.api.shapes import ContentIn, EvidenceIn
from tablebank.api.slip_shapes import LineIn, ToldIn
from tablebank.domain.terms import Basis, Purpose, SlipKind, SnapshotKind


class FromPaper(Shape):
    """A fact after the close: when it happened, and the paper it is read from (BACK-1)."""

    occurred_at: Instant | None = None
    paper: PaperIn | None = None


class AddedSnapshotIn(FromPaper):
    kind: Literal[SnapshotKind.OPENING, SnapshotKind.INTERIM, SnapshotKind.CLOSING]
    chipset: Chips
    total_cents: Cents | None = None
    basis: Literal[Basis.PAPER] = Basis.PAPER
    supersedes: UUID | None = None
    reason: Reason | None = None


class AddedSlipIn(FromPaper):
    """A whole slip; with `slip_id`, how one went on that was left on its way (CLOSE-5)."""

    slip_id: UUID | None = None
    kind: SlipKind | None = None
    chipset: Chips = None
    lines: Annotated[list[LineIn], Field(max_length=100, default_factory=list)]
    total_cents: Cents | None = None
    purpose: Purpose = Purpose.NORMAL
    steps: Annotated[list[ToldIn], Field(max_length=4, default_factory=list)]
    box: Code | None = None


class AddedCountIn(FromPaper):
    """What a count sheet has of a removed box; without a `team` it was those who signed it."""

    drop_id: UUID
    batch_id: Code
    contents: Annotated[list[ContentIn], Field(max_length=1000)]
    total_cents: Cents
    first_count_cents: Cents
    second_count_cents: Cents
    evidence: Annotated[list[EvidenceIn], Field(max_length=1000)]
    team: Annotated[list[Code], Field(max_length=20, default_factory=list)]
    tester: Told | None = None
    reported_exceptions: Annotated[list[Told], Field(max_length=100, default_factory=list)]
    supersedes: UUID | None = None
    reason: Reason | None = None


class AddedIn(Shape):
    """Facts that came to light after the close, and are entered with the amendment (RUN-6)."""

    snapshots: Annotated[list[AddedSnapshotIn], Field(max_length=20, default_factory=list)]
    slips: Annotated[list[AddedSlipIn], Field(max_length=100, default_factory=list)]
    counts: Annotated[list[AddedCountIn], Field(max_length=20, default_factory=list)]
    adopt_closing_from: UUID | None = None


class AmendIn(CommandBody):
    reason: Reason
    add: AddedIn | None = None
    paper: PaperIn | None = None

"""Bodies of the count room: sessions, boxes entered in them, the verifier (SOFT-7)."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StrictBool

from tablebank.api.body import Cents, Code, CommandBody, Day, Reason, Shape, Text, Told
from tablebank.api.shapes import ContentIn, EvidenceIn, SurveillanceIn


class StartCountSessionIn(CommandBody):
    gaming_day: Day
    team: Annotated[list[Code], Field(min_length=1, max_length=20)]
    batch_id: Code | None = None
    surveillance: SurveillanceIn | None = None
    tester: Told | None = None


class CountTeamIn(CommandBody):
    badge: Code
    leaves: StrictBool = False


class EnterBoxIn(CommandBody):
    contents: Annotated[list[ContentIn], Field(max_length=1000)]
    total_cents: Cents
    first_count_cents: Cents
    second_count_cents: Cents
    evidence: Annotated[list[EvidenceIn], Field(max_length=1000, default_factory=list)]
    reported_exceptions: Annotated[list[Told], Field(max_length=100, default_factory=list)]


class LooseBoxIn(EnterBoxIn):
    box: Code


class VerifierIn(CommandBody):
    total_cents: Cents


class AttachIn(CommandBody):
    drop_id: UUID
    box: Code
    reason: Reason


class FileFaultIn(Shape):
    """What is wrong with a row or a box of a file, and where."""

    place: Text | None = None
    code: Code
    message: Text
    read: Text = ""


class FileBoxIn(Shape):
    box: Code
    place: Text | None = None
    contents: Annotated[list[ContentIn], Field(max_length=1000)]
    first_count_cents: Cents | None = None
    second_count_cents: Cents | None = None
    wrong: Annotated[list[FileFaultIn], Field(max_length=1000, default_factory=list)]


class FileRowIn(Shape):
    place: Text
    box: Text | None = None
    wrong: FileFaultIn | None = None


class ImportCountsIn(CommandBody):
    count_session_id: UUID
    sha256: Code
    layout: Code
    file_name: Text | None = None
    boxes: Annotated[list[FileBoxIn], Field(max_length=5000)]
    rows: Annotated[list[FileRowIn], Field(max_length=5000, default_factory=list)]

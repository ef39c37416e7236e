"""A printed form as the tests read it: the words on each of its pages, as a person meets them."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from pypdf import PdfReader

from tests.cast import Person

ZERO_WIDTH = "\N{ZERO WIDTH SPACE}"


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page: its words, and how large the paper is, in points."""

    text: str
    size: tuple[int, int]

    def says(self, *texts: str) -> "PrintedPage":
        for text in texts:
            assert text in self.text, f"{text!r} is not on:\n{self.text}"
        return self

    def says_not(self, *texts: str) -> "PrintedPage":
        for text in texts:
            assert text not in self.text, f"{text!r} is on:\n{self.text}"
        return self


def pages_of(pdf: bytes) -> Sequence[PrintedPage]:
    """The pages of a PDF, words parted by single spaces."""
    assert pdf.startswith(b"%PDF"), pdf[:200]
    return [
        PrintedPage(
            " ".join((page.extract_text() or "").replace(ZERO_WIDTH, "").split()),
            (round(page.mediabox.width), round(page.mediabox.height)),
        )
        for page in PdfReader(BytesIO(pdf)).pages
    ]


def print_slip(person: Person, slip_id: str, **query: str) -> Sequence[PrintedPage]:
    """The slip as this person prints it."""
    return _printed(person, f"/slips/{slip_id}/document.pdf", **query)


def print_form(person: Person, session: str, form: str, **query: str) -> Sequence[PrintedPage]:
    """A session's opener, closer or rundown; `session` is its address."""
    return _printed(person, f"{session}/documents/{form}.pdf", **query)


def print_count(person: Person, drop_id: str, **query: str) -> Sequence[PrintedPage]:
    """The soft count sheet of a box that was taken."""
    return _printed(person, f"/drops/{drop_id}/count.pdf", **query)


def print_shift(person: Person, shift_id: str, **query: str) -> Sequence[PrintedPage]:
    """The rundown summary of a shift."""
    return _printed(person, f"/shifts/{shift_id}/documents/rundown.pdf", **query)


def print_hand_over(person: Person, hand_over_id: str, **query: str) -> Sequence[PrintedPage]:
    """A hand-over as it was signed."""
    return _printed(person, f"/hand-overs/{hand_over_id}/document.pdf", **query)


def _printed(person: Person, path: str, **query: str) -> Sequence[PrintedPage]:
    answer = person.get(path, **query)
    assert answer.status == 200, answer.text[:2000]
    assert answer.headers["Content-Type"] == "application/pdf"
    return pages_of(answer.content)

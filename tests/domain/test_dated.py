"""Which of several dated rows holds on a day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tablebank.domain.dated import in_force
from tests.domain.founding import FOUNDED_AT, FOUNDING_DAY, number


@dataclass(frozen=True)
class Row:
    id: UUID
    effective_from_gaming_day: date
    recorded_at: datetime


rows = st.lists(
    st.builds(
        lambda row, after, minutes: Row(
            number(row),
            FOUNDING_DAY + timedelta(days=after),
            FOUNDED_AT + timedelta(minutes=minutes),
        ),
        st.integers(1, 99),
        st.integers(0, 3),
        st.integers(0, 3),
    ),
    max_size=6,
    unique_by=lambda row: row.id,
)
days = st.integers(-2, 5).map(lambda after: FOUNDING_DAY + timedelta(days=after))


@given(rows, days)
def test_the_latest_effective_holds_and_of_a_tie_the_later_recorded(
    known: list[Row], day: date
) -> None:
    """BASE-7, PAR-2: by effective day first, then by when it was recorded, then by id."""
    able = [row for row in known if row.effective_from_gaming_day <= day]
    able.sort(key=lambda row: row.id)
    able.sort(key=lambda row: row.recorded_at)
    able.sort(key=lambda row: row.effective_from_gaming_day)
    assert in_force(known, day=day) == (able[-1] if able else None)


@given(rows, days)
def test_a_founding_row_gives_way_to_any_other_from_its_day_on(known: list[Row], day: date) -> None:
    """TIME-5: it holds before everything else, and for as long as nothing else does."""
    founding = Row(number(1_000), FOUNDING_DAY + timedelta(days=2), FOUNDED_AT)
    found = in_force([*known, founding], day=day, founding=lambda row: row is founding)
    assert found == (in_force(known, day=day) or founding)

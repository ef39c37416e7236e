"""What people say to a proposed par: added beside it, whatever became of it (PAR-4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablebank.domain.decisions import Act
from tablebank.domain.establishment import ParComment, ParProposal
from tablebank.domain.par_proposals import LONGEST_COMMENT, STATUSES, comment
from tablebank.domain.refusals import Refusal
from tablebank.domain.terms import ParSource, Role
from tests.domain.cast import SAM
from tests.domain.founding import CASINO, FOUNDED_AT, FOUNDING_DAY, number, refused


def an_act() -> Act:
    return Act(
        actor_id=SAM.id,
        role=Role.SUPERVISOR,
        actor_roles=SAM.roles,
        occurred_at=FOUNDED_AT,
        recorded_at=FOUNDED_AT,
        now=FOUNDED_AT,
        signers=(),
        new_id=lambda: number(7),
        digest=lambda value: "",
    )


def a_proposal(status: str = "PROPOSED") -> ParProposal:
    return ParProposal(
        id=number(3),
        casino_id=CASINO,
        table_id=None,
        game_type=None,
        table_bank_mode=None,
        par_total_cents=5,
        target_chipset=None,
        effective_from_gaming_day=FOUNDING_DAY,
        source=ParSource.MANUAL,
        status=status,
        recorded_by=SAM.id,
        recorded_at=FOUNDED_AT,
    )


@pytest.mark.parametrize("status", STATUSES)
@given(text=st.text(max_size=LONGEST_COMMENT).filter(str.strip))
def test_a_comment_is_added_and_nothing_else_changes(status: str, text: str) -> None:
    """PAR-4: before the decision and after; who, when, and the words without blanks around."""
    decided = comment(act=an_act(), proposal=a_proposal(status), text=f"  {text}\n")
    (kept,) = decided.new
    assert isinstance(kept, ParComment)
    assert (kept.text, kept.proposal_id, kept.recorded_by) == (text.strip(), number(3), SAM.id)
    assert (decided.changed, decided.changed_nothing) == ((), False)


@pytest.mark.parametrize("text", ["", " \n\t ", "x" * (LONGEST_COMMENT + 1)])
def test_nothing_and_too_much_are_refused(text: str) -> None:
    """PAR-4: through whichever door it comes."""
    with refused(Refusal.SHAPE):
        comment(act=an_act(), proposal=a_proposal(), text=text)

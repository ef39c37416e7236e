"""The opening count: whether the tray is what was left, and what may stand for a count."""

import pytest

from tablebank.domain.refusals import Refusal
from tablebank.domain.settings import Settings
from tablebank.domain.terms import (
    BankMode,
    Basis,
    FindingStatus,
    Phase,
    SlipKind,
)
from tests.domain.cast import DANA, PAT, chips
from tests.domain.floor import CLOSING, INTERIM, OPENING, Floor
from tests.domain.founding import refused

TRAY = "20 black, 40 green"
SAME_WORTH = "30 black"
"""As much as TRAY, in other chips."""

NEVER_YET = (Phase.READY_TO_OPEN, Phase.OPENING)


def left_with(tray: str, settings: Settings | None = None) -> Floor:
    """A table whose DAY session closed with this tray, and whose SWING session is being opened."""
    floor = Floor(settings=settings or Settings())
    floor.opened(tray)
    floor.closed(tray)
    floor.prepare("SWING")
    floor.open()
    return floor


# -- the opening count -----------------------------------------------------------------------------


def test_the_opener_opens_the_table() -> None:
    """SESS-4: OPENING to OPEN with the count; before it no slip and no removal."""
    floor = Floor()
    floor.prepare()
    for _ in NEVER_YET:
        for what in SlipKind:
            with refused(Refusal.SESSION_NOT_OPEN):
                floor.ask(what, "5 black")
        with refused(Refusal.SESSION_NOT_OPEN):
            floor.remove(on=floor.session().id)
        if floor.session().phase == Phase.READY_TO_OPEN:
            floor.open()
    floor.count(OPENING, TRAY, DANA, PAT)
    assert floor.session().phase == Phase.OPEN
    assert floor.rundown().opening_total_cents == 300_000
    floor.ask(SlipKind.FILL, "5 black")


def test_the_first_opener_is_the_initial_bank() -> None:
    """PAR-11: one of its signers is a pit manager, beside dealer and supervisor; no variance."""
    floor = Floor()
    floor.prepare()
    floor.open()
    with refused(Refusal.SIGNATURE_MISSING) as caught:
        floor.count(OPENING, TRAY)
    assert caught.facts["missing"] == ["PIT_MANAGER"]
    assert floor.session().phase == Phase.OPENING
    floor.count(OPENING, TRAY, DANA, PAT)
    assert floor.session().previous_session_id is None
    assert floor.findings() == []


def test_the_initial_bank_s_correction_is_the_manager_s_too() -> None:
    """PAR-11, SNAP-1: superseding the first opener takes the same signatures."""
    floor = Floor()
    floor.opened(TRAY)
    (opener,) = floor.snapshots()
    with refused(Refusal.SIGNATURE_MISSING):
        floor.count(OPENING, "21 black", supersedes=opener.id, reason="one more")
    floor.count(OPENING, "21 black", DANA, PAT, supersedes=opener.id, reason="one more")
    assert floor.rundown().opening_total_cents == 210_000


def test_an_opener_as_left_raises_nothing() -> None:
    """SESS-5: the same chips by type: open at once, no trial."""
    floor = left_with(TRAY)
    floor.count(OPENING, TRAY)
    assert floor.session().phase == Phase.OPEN
    assert floor.facts.trials == ()
    assert floor.findings() == []


@pytest.mark.parametrize("differing", [SAME_WORTH, "20 black, 39 green", "nothing"])
def test_a_first_differing_opener_is_a_trial(differing: str) -> None:
    """SESS-5, INV-09: by chip type, though the totals agree; kept,
    unnumbered, and counted again.
    """
    floor = left_with(TRAY)
    decision = floor.count(OPENING, differing)
    assert decision.outcome["recount_required"] is True
    assert decision.outcome["difference_cents"] > 0
    assert decision.forms == ()
    assert floor.snapshots() == []
    assert [trial.chipset for trial in floor.facts.trials] == [chips(differing)]
    assert floor.session().phase == Phase.OPENING
    floor.count(OPENING, TRAY)
    assert floor.session().phase == Phase.OPEN
    assert floor.findings() == []


def test_a_second_differing_opener_needs_a_manager_and_a_reason() -> None:
    """SESS-5: then it is recorded, opens the table, and leaves OPENING_VARIANCE."""
    floor = left_with(TRAY)
    floor.count(OPENING, "19 black, 40 green")
    with refused(Refusal.OPENING_VARIANCE_NEEDS_MANAGER) as caught:
        floor.count(OPENING, "19 black, 40 green")
    assert caught.facts["difference_cents"] == 10_000
    assert caught.facts["difference"] == {"10000": -1}
    with refused(Refusal.OPENING_VARIANCE_NEEDS_MANAGER):
        floor.count(OPENING, "19 black, 40 green", DANA, PAT)
    with refused(Refusal.OPENING_VARIANCE_NEEDS_MANAGER):
        floor.count(OPENING, "19 black, 40 green", reason="a chip fell down")
    assert floor.session().phase == Phase.OPENING
    floor.count(OPENING, "19 black, 40 green", DANA, PAT, reason="a chip fell down")
    assert floor.session().phase == Phase.OPEN
    assert floor.findings() == ["OPENING_VARIANCE"]
    finding = floor.finding("OPENING_VARIANCE")
    assert finding.variance_cents == -10_000
    assert finding.facts["difference"] == {"10000": -1}
    floor.resolve("OPENING_VARIANCE")
    assert floor.findings(FindingStatus.RESOLVED) == ["OPENING_VARIANCE"]


def test_a_manager_who_calls_signs_by_calling() -> None:
    """SESS-5, SIGN-1: Pat counts with Dana: her leave is her signature."""
    floor = left_with(TRAY)
    floor.count(OPENING, "19 black, 40 green")
    floor.count(OPENING, "19 black, 40 green", by=PAT, reason="a chip fell down")
    assert floor.session().phase == Phase.OPEN


def test_a_correction_that_differs_is_a_second_count() -> None:
    """SESS-5, SNAP-1: nobody opens as left and then corrects it away without a manager."""
    floor = left_with(TRAY)
    floor.count(OPENING, TRAY)
    opener = floor.snapshots()[0]
    more = {"supersedes": opener.id, "reason": "miscounted"}
    with refused(Refusal.OPENING_VARIANCE_NEEDS_MANAGER):
        floor.count(OPENING, "19 black, 40 green", **more)
    floor.count(OPENING, "19 black, 40 green", DANA, PAT, **more)
    assert floor.findings() == ["OPENING_VARIANCE"]


def test_within_tolerance_is_no_difference() -> None:
    """SESS-5: Σ |Δ chips × value| up to the casino's opening tolerance passes."""
    floor = left_with(TRAY, Settings(opening_tolerance_cents=10_000))
    floor.count(OPENING, "19 black, 40 green")
    assert floor.session().phase == Phase.OPEN
    assert floor.findings() == []
    wider = left_with(TRAY, Settings(opening_tolerance_cents=10_000))
    wider.count(OPENING, "19 black, 44 green")
    assert wider.session().phase == Phase.OPENING


def test_the_opener_is_held_against_the_closer_that_stands() -> None:
    """SNAP-1, SESS-5: a superseded closing is no longer what was left."""
    floor = Floor()
    floor.opened(TRAY)
    floor.closed(TRAY)
    floor.count(CLOSING, "21 black, 40 green", reason="one more found")
    floor.prepare("SWING")
    floor.open()
    floor.count(OPENING, "21 black, 40 green")
    assert floor.findings() == []


def test_after_a_forced_close_there_is_nothing_to_compare_with() -> None:
    """SESS-5, LESSON-16: a predecessor without a closer leaves its own finding, not a variance."""
    floor = Floor()
    floor.opened(TRAY)
    floor.force()
    floor.opened("3 red", "SWING")
    assert floor.findings() == ["MISSING_CLOSING_COUNT"]


# -- the par attested ------------------------------------------------------------------------------


def test_a_first_opening_may_attest_the_par() -> None:
    """SNAP-2, PAR-11: total of the par, synthetic, never taken for a count."""
    floor = Floor(mode=BankMode.IMPREST_TO_PAR, par_cents=500_000)
    floor.prepare()
    floor.open()
    with refused(Refusal.SIGNATURE_MISSING):
        floor.attest_opening(DANA)
    floor.attest_opening()
    (opener,) = floor.snapshots()
    assert opener.total_cents == 500_000
    assert opener.chipset is None
    assert opener.basis == Basis.PAR_ATTESTED
    assert (opener.is_synthetic, opener.synthetic_reason) == (True, "par_attested")
    assert floor.rundown().opening_source == "PAR_ATTESTED"


def test_an_attested_opener_has_the_target_chips_if_they_are_known() -> None:
    """SNAP-2: else its total only, and the next comparison is by total."""
    floor = Floor(mode=BankMode.IMPREST_TO_PAR, par_cents=300_000, target=TRAY)
    floor.prepare()
    floor.open()
    floor.attest_opening()
    assert floor.snapshots()[0].chipset == chips(TRAY)


@pytest.mark.parametrize(
    "floor",
    [
        Floor(mode=BankMode.INVENTORY_COUNT, par_cents=500_000),
        Floor(mode=BankMode.IMPREST_TO_PAR, par_cents=None),
    ],
)
def test_nothing_is_attested_without_an_imprest_par(floor: Floor) -> None:
    """SNAP-2, PAR-6: a par is never a count; without a par there is nothing to attest."""
    floor.prepare()
    floor.open()
    with refused(Refusal.PAR_ATTESTED_NOT_ALLOWED):
        floor.attest_opening()


def test_only_the_table_s_first_opener_is_attested() -> None:
    """SNAP-2: neither a later one, nor a correction, nor any other kind of count."""
    floor = Floor(mode=BankMode.IMPREST_TO_PAR, par_cents=300_000)
    floor.opened(TRAY)
    (opener,) = floor.snapshots()
    with refused(Refusal.PAR_ATTESTED_NOT_ALLOWED):
        floor.count(
            OPENING,
            None,
            DANA,
            PAT,
            basis=Basis.PAR_ATTESTED,
            supersedes=opener.id,
            reason="easier",
        )
    for what in (INTERIM, CLOSING):
        with refused(Refusal.PAR_ATTESTED_NOT_ALLOWED):
            floor.count(what, TRAY, basis=Basis.PAR_ATTESTED)
    floor.closed(TRAY)
    floor.prepare("SWING")
    floor.open()
    with refused(Refusal.PAR_ATTESTED_NOT_ALLOWED):
        floor.attest_opening()


@pytest.mark.parametrize("basis", [Basis.PAPER, Basis.ADOPTED_NEXT_OPENER])
def test_no_other_basis_comes_by_this_door(basis: Basis) -> None:
    """SNAP-1: paper and adopted counts have ways of their own."""
    floor = Floor()
    floor.prepare()
    floor.open()
    with refused(Refusal.SHAPE):
        floor.count(OPENING, TRAY, DANA, PAT, basis=basis)

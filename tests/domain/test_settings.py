"""What a house may choose for itself."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablebank.domain.money import MAX_CENTS
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.settings import (
    CreditFlow,
    Evidence,
    RestorePoint,
    Settings,
    as_mapping,
    merged,
    settings_from,
)
from tablebank.domain.terms import CustodyStep
from tests.domain.founding import refused

GENERIC = {
    "par_tolerance_cents": 0,
    "opening_tolerance_cents": 0,
    "count_tolerance_cents": 0,
    "transit_limit_minutes": 30,
    "blind_counts": False,
    "drop_box_required": True,
    "restore_point": "TABLE_CLOSE",
    "custody_steps": ["REMOVED", "ARRIVED"],
    "box_forms": ["FILL", "CREDIT"],
    "count_verifier": False,
    "session_left_open_minutes": 60,
    "idle_recount_days": 7,
    "duty_pairs": [],
    "credit_flow": "SLIP_FIRST",
    "evidence": "PAPER",
    "finalize_pending_count": False,
    "hold_limit_points": 0,
    "telemetry": False,
    "stack_size": 20,
    "locale": "en-US",
    "paper": "LETTER",
    "advice": {
        "lookback_days": 28,
        "min_sessions": 10,
        "target": 1,
        "safety_factor": 0.75,
        "increment_cents": 50_000,
    },
}

json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
patches = st.dictionaries(st.sampled_from([*GENERIC, "par", "Telemetry"]), json_like, max_size=4)


def test_a_new_casino_has_the_generic_profile() -> None:
    """CLOSE-1, BOX-4, SLIP-7, SESS-9, SUGG-1: the defaults as the contract writes them."""
    assert as_mapping(Settings()) == GENERIC
    assert settings_from({}) == Settings()
    assert settings_from(GENERIC) == Settings()


def test_a_change_leaves_the_rest_as_it_was() -> None:
    """BASE-7: settings are kept whole; a patch names what changes, advice also in part."""
    current = replace(Settings(), par_tolerance_cents=500)
    changed = merged(
        current,
        {
            "restore_point": "EACH_SHIFT",
            "evidence": "ELECTRONIC",
            "custody_steps": ["REMOVED", "ARRIVED", "STORED"],
            "advice": {"safety_factor": 1},
        },
    )
    assert changed == replace(
        current,
        restore_point=RestorePoint.EACH_SHIFT,
        evidence=Evidence.ELECTRONIC,
        custody_steps=(CustodyStep.REMOVED, CustodyStep.ARRIVED, CustodyStep.STORED),
        advice=replace(current.advice, safety_factor=Decimal(1)),
    )
    assert merged(changed, {}) == changed
    assert merged(changed, {"advice": {}}) == changed


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("par_tolerance_cents", -1),
        ("par_tolerance_cents", 5.0),
        ("par_tolerance_cents", "0"),
        ("par_tolerance_cents", None),
        ("par_tolerance_cents", True),
        ("par_tolerance_cents", MAX_CENTS + 1),
        ("transit_limit_minutes", 0),
        ("session_left_open_minutes", -1),
        ("stack_size", 0),
        ("drop_box_required", 1),
        ("drop_box_required", "true"),
        ("restore_point", "NEVER"),
        ("restore_point", "table_close"),
        ("restore_point", ["TABLE_CLOSE"]),
        ("evidence", None),
        ("box_forms", "FILL"),
        ("box_forms", ["FILL", "FILL"]),
        ("box_forms", ["NAPKIN"]),
        ("count_verifier", "yes"),
        ("custody_steps", []),
        ("custody_steps", "REMOVED"),
        ("custody_steps", ["ARRIVED"]),
        ("custody_steps", ["REMOVED", "STORED", "ARRIVED"]),
        ("custody_steps", ["REMOVED", "REMOVED"]),
        ("custody_steps", ["REMOVED", "LOST"]),
        ("custody_steps", [{}]),
        ("advice", None),
        ("par_tolerance", 0),
        ("a/b~c", 0),
    ],
)
def test_what_a_setting_cannot_be_is_refused(name: str, value: object) -> None:
    """SETTING_INVALID: unknown names and values out of bounds, each pointed at."""
    with refused(Refusal.SETTING_INVALID) as caught:
        merged(Settings(), {name: value})
    assert caught.pointers == ["/settings/" + name.replace("~", "~0").replace("/", "~1")]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("safety_factor", 0.49),
        ("safety_factor", 1.01),
        ("safety_factor", 0.755),
        ("safety_factor", True),
        ("safety_factor", "0.75"),
        ("safety_factor", float("nan")),
        ("safety_factor", float("inf")),
        ("increment_cents", 0),
        ("lookback_days", 0),
        ("horizon", 3),
    ],
)
def test_advice_has_its_bounds(name: str, value: object) -> None:
    """SUGG-2: a safety factor of 0.5 to 1.0, and steps that are steps."""
    with refused(Refusal.SETTING_INVALID) as caught:
        merged(Settings(), {"advice": {name: value}})
    assert caught.pointers == [f"/settings/advice/{name}"]


def test_everything_wrong_is_said_at_once() -> None:
    """SETTING_INVALID: all of it, and nothing is changed."""
    with refused(Refusal.SETTING_INVALID) as caught:
        merged(
            Settings(), {"stack_size": 0, "telemetry": True, "what": 1, "advice": {"target": -1}}
        )
    assert caught.pointers == [
        "/settings/stack_size",
        "/settings/what",
        "/settings/advice/target",
    ]


def test_a_house_chooses_when_a_credits_slip_is_made_out() -> None:
    """SLIP-2: slip first unless it says otherwise."""
    assert Settings().credit_flow == CreditFlow.SLIP_FIRST
    chosen = merged(Settings(), {"credit_flow": "REQUEST_FIRST"})
    assert chosen.credit_flow == CreditFlow.REQUEST_FIRST


@pytest.mark.parametrize("raw", [None, [], "settings", 7])
def test_settings_are_given_by_name(raw: object) -> None:
    """SETTING_INVALID: anything but a map is refused."""
    with refused(Refusal.SETTING_INVALID) as caught:
        merged(Settings(), raw)
    assert caught.pointers == ["/settings"]


@given(patches)
def test_any_patch_is_taken_or_refused(patch: dict[str, object]) -> None:
    """SETTING_INVALID: nothing else can come of it, and what is taken is kept and read alike."""
    try:
        changed = merged(Settings(), patch)
    except Refused as turned_down:
        changed = Settings()
        refusal = turned_down.refusal
    else:
        refusal = Refusal.SETTING_INVALID
    assert refusal is Refusal.SETTING_INVALID
    assert settings_from(as_mapping(changed)) == changed


@given(st.integers(50, 100))
def test_a_safety_factor_comes_back_as_it_was_given(hundredths: int) -> None:
    """SUGG-2: two places, through JSON and back."""
    changed = merged(Settings(), {"advice": {"safety_factor": hundredths / 100}})
    assert changed.advice.safety_factor * 100 == hundredths
    assert settings_from(as_mapping(changed)) == changed

"""All profiles, and which one a casino goes by on a gaming day."""

from collections.abc import Iterable, Mapping
from datetime import date

from tablebank.domain.dated import in_force
from tablebank.domain.establishment import ProfileRow
from tablebank.domain.profiles.generic import GENERIC
from tablebank.domain.profiles.kind import Profile
from tablebank.domain.profiles.ks_oh_style import KS_OH_STYLE
from tablebank.domain.profiles.nj_style import NJ_STYLE
from tablebank.domain.profiles.wa_house_banked import WA_HOUSE_BANKED
from tablebank.domain.terms import ProfileCode

PROFILES: Mapping[ProfileCode, Profile] = {
    each.code: each for each in (GENERIC, WA_HOUSE_BANKED, NJ_STYLE, KS_OH_STYLE)
}


def profile_in_force(rows: Iterable[ProfileRow], *, day: date) -> Profile:
    """The profile chosen for a gaming day; GENERIC before any choice (BASE-7)."""
    row = in_force(rows, day=day)
    return PROFILES[row.profile] if row else GENERIC


def team_minimum(rows: Iterable[ProfileRow], *, day: date) -> int:
    """How many people at least count a box on a gaming day (SIGN-3, SOFT-7)."""
    return profile_in_force(rows, day=day).team_minimum.value

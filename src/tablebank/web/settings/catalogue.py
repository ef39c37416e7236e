"""Every section of the settings in the order they are shown, and every form by its address."""

from collections.abc import Mapping

from tablebank.web.settings import (
    advice_outcomes,
    bank_mode,
    boxes,
    casino,
    chips,
    floor_plan,
    hours,
    own_pin,
    people,
    profiles,
    staffing,
    target_forms,
    target_needs,
    tokens,
)
from tablebank.web.settings.kind import Section, Setting

SECTIONS: Mapping[str, Section] = {
    section.slug: section
    for section in (
        casino.CASINO,
        bank_mode.BANK_MODES,
        profiles.PROFILE,
        floor_plan.TABLES,
        target_needs.TARGETS,
        boxes.BOXES,
        chips.CHIPS,
        hours.SHIFTS,
        hours.DROPS,
        casino.TOLERANCES,
        casino.ADVICE,
        advice_outcomes.OUTCOMES,
        people.PEOPLE,
        people.LOCKS,
        tokens.TOKENS,
    )
}
SETTINGS: Mapping[str, Setting] = {
    setting.slug: setting
    for room in (
        casino,
        bank_mode,
        profiles,
        floor_plan,
        target_forms,
        target_needs,
        boxes,
        chips,
        hours,
        staffing,
        tokens,
        own_pin,
    )
    for setting in room.SETTINGS
}
"""By the word that stands in its address."""

"""The jurisdiction profile over HTTP: which one holds, and choosing another."""

from typing import Any

from tablebank.api.endpoint import R, Read, Write
from tablebank.api.profile_shapes import ProfileIn
from tablebank.commands.perform import Done
from tablebank.commands.profiles import CHOOSE_PROFILE
from tablebank.domain.plain import plain
from tablebank.queries.doors import View
from tablebank.queries.house_book import house_now
from tablebank.queries.profile_book import profile_now


def _profile(view: View, at: Any, query: Any) -> Any:
    return profile_now(view.house, day=view.today)


def _the_profile(cursor: Any, done: Done) -> Any:
    scene = done.scene
    house = house_now(cursor, scene.casino_id)
    return plain(profile_now(house, day=scene.today))


PROFILES: tuple[Read | Write, ...] = (
    Read(
        path="/profile",
        tag="casino",
        summary="The jurisdiction profile, where its rules come from, and its history",
        answer=_profile,
    ),
    Write(
        path="/profile",
        tag="casino",
        summary="Choose a jurisdiction profile from a gaming day on",
        command=CHOOSE_PROFILE,
        shape=ProfileIn,
        render=_the_profile,
        refuses=(R.EFFECTIVE_DAY_PASSED,),
    ),
)

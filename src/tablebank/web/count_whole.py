"""The forms of a count session as a whole: verified, posted, a loose box attached (SOFT-7)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tablebank.commands import count_posting
from tablebank.domain.terms import Role
from tablebank.web.actions.kind import Choice, Field, SignsToo
from tablebank.web.count_boxes import LOOSE
from tablebank.web.count_room import JOIN, LEAVE, RoomForm, Spot, at_the_table, is_open, members

VERIFY = RoomForm(
    slug="verify",
    verb=_("Verify the total"),
    done=_("The total is verified."),
    command=count_posting.VERIFY_COUNT_SESSION,
    fields=lambda spot: (Field(name="total_cents", label=_("What you counted"), kind="money"),),
    body=lambda typed, spot: count_posting.VerifyCountSession(total_cents=typed["total_cents"]),
    offered=lambda spot: (
        is_open(spot) and not spot.is_mine and spot.the_session().verified_at is None
    ),
    note=_("You count it without knowing what the team counted. A difference is an exception."),
)


def _everyone(spot: Spot) -> tuple[SignsToo, ...]:
    others = [each for each in members(spot) if each.value != spot.me]
    return tuple(
        SignsToo(roles=(Role.COUNT_TEAM,), why=_badge_in_words(str(each.value))) for each in others
    )


def _badge_in_words(badge: str) -> str:
    return _now("badge %(badge)s") % {"badge": badge}


POST = RoomForm(
    slug="post",
    verb=_("Post the count"),
    done=_("The count is posted."),
    command=count_posting.POST_COUNT_SESSION,
    fields=lambda spot: (),
    body=lambda typed, spot: count_posting.PostCountSession(),
    offered=at_the_table,
    signs=_everyone,
    note=_("Everything entered becomes the count of its box at once. Everyone present signs."),
    grave=True,
)


def _loose_drops(spot: Spot) -> tuple[Choice, ...]:
    """The drops, recorded since, of boxes that lay in the count room without one."""
    return tuple(
        Choice(value=str(each.drop_id), words=f"{each.box} · {each.table_code}")
        for each in spot.loose
    )


def _attach(typed: Mapping[str, Any], spot: Spot) -> count_posting.AttachBox:
    drop = next(each for each in spot.loose if str(each.drop_id) == typed["drop_id"])
    return count_posting.AttachBox(drop_id=drop.drop_id, box=drop.box, reason=typed["reason"])


ATTACH = RoomForm(
    slug="attach",
    verb=_("Attach the box"),
    done=_("The count belongs to its drop now."),
    command=count_posting.ATTACH_BOX,
    fields=lambda spot: (
        Field(name="drop_id", label=_("Drop"), kind="choice", choices=_loose_drops(spot)),
        Field(name="reason", label=_("Why its removal was not recorded"), kind="words"),
    ),
    body=_attach,
    offered=lambda spot: bool(spot.loose),
    note=_("Record the removal on the table first: then the box is known as taken."),
)

FORMS_BY_SLUG: Mapping[str, RoomForm] = {
    each.slug: each for each in (LOOSE, VERIFY, POST, ATTACH, JOIN, LEAVE)
}
"""What is done to a session as a whole, by the word in its address."""

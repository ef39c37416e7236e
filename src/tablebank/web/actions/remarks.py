"""Actions that write a remark: on the session, on one of its slips (RUN-10)."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from tablebank.commands import remarks
from tablebank.commands.scene import Command
from tablebank.web.actions.kind import Action, Field, Place, Said, only

TEXT = Field(name="text", label=_("Remark"), kind="words")
REFERENCE = Field(
    name="reference",
    label=_("Reference"),
    hint=_("What it points to: an incident report, a recording"),
    required=False,
)


def _body(said: Said) -> remarks.WriteRemark:
    return remarks.WriteRemark(text=said["text"], reference=said.get("reference"))


def _remark(slug: str, about: str, command: Command, *, offered: Callable[[Place], bool]) -> Action:
    return Action(
        slug=slug,
        verb=_("Write remark"),
        done=_("The remark is kept, signed by you."),
        about=about,
        command=lambda place: command,
        step=lambda place: "remark",
        said=only("text", "reference"),
        body=_body,
        offered=offered,
        fields=lambda place: (TEXT, REFERENCE),
        note=_("It changes no figure and stays as it is written."),
        own_remark=True,
    )


ACTIONS = (
    _remark("remark", "session", remarks.REMARK_ON_SESSION, offered=lambda place: True),
    _remark("remark-slip", "slip", remarks.REMARK_ON_SLIP, offered=lambda place: True),
)

"""Controls over HTTP: what regulators ask, what is done about it, and which tests show it."""

from typing import Any

from tablebank.api.endpoint import NoQuery, Read
from tablebank.domain.authority import SEES_CONTROLS
from tablebank.domain.controls import Control
from tablebank.queries.controls.catalogue import groups, shown_by
from tablebank.queries.doors import View


def _listed(view: View, at: Any, query: NoQuery) -> Any:
    view.only_for(SEES_CONTROLS)
    return {
        "items": [_line(each, title=group.title) for group in groups() for each in group.controls],
        "next_cursor": None,
    }


def _line(control: Control, *, title: str) -> dict[str, Any]:
    return {
        "id": control.id,
        "group": title,
        "requires": control.requires,
        "clauses": list(control.clauses),
        "standing": control.standing.value,
        "how": control.how,
        "rest": control.rest or None,
        "rules": list(control.rules),
        "issue": control.issue,
        "tests": list(shown_by().get(control.id, ())),
    }


CONTROLS: tuple[Read, ...] = (
    Read(
        path="/controls",
        tag="controls",
        summary="What regulators ask of a table bank, what is done about it, and the tests",
        answer=_listed,
    ),
)

"""The controls: what regulators ask of a table bank, and what the software does about each.

The list is the same for every casino and is kept in English, as the clauses are; the page round it
speaks the reader's language.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tablebank.domain.authority import SEES_CONTROLS
from tablebank.domain.controls import Control, Standing
from tablebank.domain.credentials import SessionCredential
from tablebank.queries.controls.catalogue import SHORT_FORMS, groups, shown_by
from tablebank.queries.doors import reading
from tablebank.web.pages.entrance import shown, signed_in
from tablebank.web.words import Words

STANDING: Mapping[Standing, Words] = {
    Standing.ENFORCED: _("Enforced"),
    Standing.EVIDENCED: _("Evidenced"),
    Standing.NOT_OURS: _("Not ours"),
    Standing.TO_COME: _("To come"),
}
MEANS: Mapping[Standing, Words] = {
    Standing.ENFORCED: _("It cannot be done otherwise, or what is otherwise is an exception."),
    Standing.EVIDENCED: _("People do it, and a record is kept that proves it."),
    Standing.NOT_OURS: _("It belongs to another system or to the house; it is said to which."),
    Standing.TO_COME: _("Not yet, or not yet whole."),
}
MARK: Mapping[Standing, str] = {
    Standing.ENFORCED: "✔",
    Standing.EVIDENCED: "●",
    Standing.NOT_OURS: "–",
    Standing.TO_COME: "→",
}
TITLE: Mapping[str, Words] = {
    "FIL": _("Fills"),
    "CRD": _("Credits"),
    "INV": _("Table inventory"),
    "SHF": _("Shift change, imprest and count"),
    "XFR": _("Transfers"),
    "DRP": _("Drop box and drop"),
    "CNT": _("Soft count"),
    "WIN": _("Win"),
    "STA": _("Statistics"),
    "EXC": _("Exceptions"),
    "FRM": _("Forms"),
    "KEY": _("Box and tray keys"),
    "SYS": _("System and access"),
    "RET": _("Retention"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Test:
    """A test that shows a control: its name in words, and the file it stands in."""

    words: str
    file: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ControlView:
    """One control as the page has it."""

    control: Control
    standing: Words
    mark: str
    tests: Sequence[Test]


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupView:
    """The controls of one subject that are asked for."""

    code: str
    title: Words
    controls: Sequence[ControlView]


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One way of narrowing the list: `value` is empty for all of it."""

    value: str
    words: Words
    means: Words
    mark: str
    controls: int
    is_chosen: bool


@signed_in
@never_cache
@require_safe
def page(request: HttpRequest, credential: SessionCredential) -> HttpResponse:
    """Every control, or those of one standing; for who audits, keeps the books or the system."""
    with reading(credential, at=timezone.now()) as view:
        view.only_for(SEES_CONTROLS)
        wanted = _wanted(request.GET.get("standing", ""))
        told = [each for each in (_group(code, wanted) for code in TITLE) if each.controls]
        context: dict[str, Any] = {
            "groups": told,
            "choices": _choices(wanted),
            "short_forms": SHORT_FORMS.items(),
        }
        return shown(request, view, "tablebank/controls.html", context)


def _wanted(said: str) -> Standing | None:
    """The standing that is asked for; what is none asks for all."""
    return next((each for each in Standing if each.value == said), None)


def _group(code: str, wanted: Standing | None) -> GroupView:
    kept = next(each for each in groups() if each.code == code)
    controls = [
        _view_of(each) for each in kept.controls if wanted is None or each.standing is wanted
    ]
    return GroupView(code=code, title=TITLE[code], controls=controls)


def _view_of(control: Control) -> ControlView:
    return ControlView(
        control=control,
        standing=STANDING[control.standing],
        mark=MARK[control.standing],
        tests=[_test(each) for each in shown_by().get(control.id, ())],
    )


def _test(name: str) -> Test:
    file, function = name.split("::")
    return Test(words=function.removeprefix("test_").replace("_", " "), file=file)


def _choices(wanted: Standing | None) -> list[Choice]:
    counted = Counter(each.standing for group in groups() for each in group.controls)
    whole = Choice(
        value="",
        words=_("All"),
        means="",
        mark="",
        controls=counted.total(),
        is_chosen=wanted is None,
    )
    return [
        whole,
        *(
            Choice(
                value=standing.value,
                words=words,
                means=MEANS[standing],
                mark=MARK[standing],
                controls=counted[standing],
                is_chosen=standing is wanted,
            )
            for standing, words in STANDING.items()
        ),
    ]

"""What an exception rests on, in words: the facts of a finding as a person reads them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tablebank.web import words
from tablebank.web.figures import DAY_AND_CLOCK, chip_in_words, dated, money, number

Saying = Callable[[Any, str], str]


def facts_in_words(facts: Mapping[str, Any], *, currency: str) -> Sequence[str]:
    """One short sentence for each fact that says something; what is not known is left out.

    Instants are on the wall of the zone that is active.
    """
    said = [
        say(facts[name], currency)
        for name, say in _SAYING.items()
        if facts.get(name) not in (None, "", {}, [])
    ]
    return [each for each in said if each]


def _amount(sentence: words.Words) -> Saying:
    return lambda cents, currency: (
        str(sentence) % {"amount": money(cents, currency=currency, exact=True)}
    )


def _named(sentence: words.Words) -> Saying:
    return lambda text, currency: str(sentence) % {"what": text}


def _when(sentence: words.Words) -> Saying:
    return lambda text, currency: (
        str(sentence)
        % {"when": dated(timezone.localtime(datetime.fromisoformat(text)), DAY_AND_CLOCK)}
    )


def _by_chip(difference: Mapping[str, int], currency: str) -> str:
    rows = [
        f"{chip_in_words(chip, currency=currency)}: {number(pieces, signed=True)}"
        for chip, pieces in difference.items()
    ]
    return _("Chips apart: %(rows)s") % {"rows": ", ".join(rows)}


def _late(ids: Sequence[str], currency: str) -> str:
    said = ngettext("One fact entered late", "%(count)s entered late", len(ids))
    return said % {"count": len(ids)}


def _reported(said: Mapping[str, Any], currency: str) -> str:
    what = ", ".join(str(each) for each in said.values() if each is not None)
    return _("Reported: %(what)s") % {"what": what}


def _steps(codes: Sequence[str], currency: str) -> str:
    steps = ", ".join(words.said(words.CUSTODY, each).lower() for each in codes)
    return _("Hand-over missing: %(steps)s") % {"steps": steps}


def _backward(codes: Sequence[str], currency: str) -> str:
    steps = ", ".join(words.said(words.CUSTODY, each).lower() for each in codes)
    return _("Told after one it comes before: %(steps)s") % {"steps": steps}


def _run(ids: Sequence[str], currency: str) -> str:
    said = ngettext("One box of the trip", "%(count)s boxes of the trip", len(ids))
    return said % {"count": len(ids)}


def _places(found: Sequence[str], currency: str) -> str:
    return _("Found in %(places)s") % {"places": ", ".join(found)}


def _found_amounts(found: Sequence[int | None], currency: str) -> str:
    """What the papers say, each; one that bears no amount says nothing (LESSON-2)."""
    said = [money(each, currency=currency, exact=True) for each in found if each is not None]
    return _("Paper says %(amounts)s") % {"amounts": ", ".join(said)} if said else ""


_SAYING: Mapping[str, Saying] = {
    "box": _named(gettext_lazy("Box %(what)s")),
    "box_on_record": _named(gettext_lazy("On record there: box %(what)s")),
    "replacement": _named(gettext_lazy("Mounted instead: box %(what)s")),
    "replacement_unfit": lambda code, currency: (
        words.said(words.UNFIT, code)[:1].upper() + words.said(words.UNFIT, code)[1:]
    ),
    "missing_steps": _steps,
    "backward_steps": _backward,
    "seals": lambda seals, currency: (
        _("Seals read: %(seals)s") % {"seals": ", ".join(str(each) for each in seals)}
    ),
    "type": lambda code, currency: words.said(words.REMOVAL, code),
    "late_drops": _run,
    "left_by": lambda code, currency: (
        _("Left out by its drop trip") if code == "trip" else _("Still there when the day closed")
    ),
    "reason": _named(gettext_lazy("Reason given: %(what)s")),
    "number": _named(gettext_lazy("Slip %(what)s")),
    "is_twice": lambda said, currency: _("It stands on two forms"),
    "form_number": _named(gettext_lazy("Form %(what)s")),
    "marker": _named(gettext_lazy("Marker %(what)s")),
    "status": lambda code, currency: words.said(words.SLIP_STATUS, code),
    "total_cents": _amount(gettext_lazy("Slip total %(amount)s")),
    "deposited_in": _named(gettext_lazy("Deposited in box %(what)s")),
    "found_in": _places,
    "found_cents": _found_amounts,
    "counted_cents": _amount(gettext_lazy("Count team's total %(amount)s")),
    "verified_cents": _amount(gettext_lazy("Verifier's total %(amount)s")),
    "left_at": _when(gettext_lazy("On the road since %(when)s")),
    "shift": _named(gettext_lazy("Shift %(what)s")),
    "shift_ended_at": _when(gettext_lazy("Its shift was over at %(when)s")),
    "counted_at": _when(gettext_lazy("Last counted %(when)s")),
    "tray_cents": _amount(gettext_lazy("In the tray %(amount)s")),
    "departments": lambda names, currency: " + ".join(
        words.said(words.DEPARTMENT, name) for name in names
    ),
    "gaming_day": _named(gettext_lazy("Gaming day %(what)s")),
    "opener": _named(gettext_lazy("Opener %(what)s")),
    "closer": _named(gettext_lazy("Closer %(what)s")),
    "difference_cents": _amount(gettext_lazy("Apart by %(amount)s")),
    "difference": _by_chip,
    "first_count_cents": _amount(gettext_lazy("First count %(amount)s")),
    "second_count_cents": _amount(gettext_lazy("Second count %(amount)s")),
    "batch_id": _named(gettext_lazy("Batch %(what)s")),
    "need_total_cents": _amount(gettext_lazy("Target need (par) %(amount)s")),
    "close_reason": _named(gettext_lazy("Reason given: %(what)s")),
    "reported": _reported,
    "late": _late,
    "badge": _named(gettext_lazy("Badge %(what)s")),
    "hidden": lambda code, currency: _("How far off is hidden until the tray is counted"),
}

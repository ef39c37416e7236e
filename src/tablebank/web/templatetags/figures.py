"""Figures and words in templates: `{% money cents %}`, `{% age instant %}`, `{{ code|status }}`.

Every amount on a page goes through `money`, so that an unknown one can only ever read `N/A`.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from html import escape
from typing import Any
from uuid import UUID

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tablebank.domain.refusals import Refusal
from tablebank.queries.slip_book import SlipSheet
from tablebank.web import figures, words
from tablebank.web.heard import heard, heard_place

register = template.Library()


@register.simple_tag(takes_context=True)
def money(
    context: Mapping[str, Any], cents: int | None, exact: bool = False, signed: bool = False
) -> SafeString:
    """An amount in the casino's currency; unknown reads `N/A` and is marked as unknown."""
    if cents is None:
        return format_html('<span class="unknown">{}</span>', figures.UNKNOWN)
    text = figures.money(cents, currency=context.get("currency"), exact=exact, signed=signed)
    return SafeString(f'<data class="money" value="{cents:d}">{escape(text)}</data>')


@register.simple_tag(takes_context=True)
def plain_money(context: Mapping[str, Any], cents: int | None) -> str:
    """An amount as text alone, for labels."""
    return figures.money(cents, currency=context.get("currency"))


@register.simple_tag(takes_context=True)
def limits(context: Mapping[str, Any], bounds: Mapping[str, int]) -> str:
    """The least and the most one may bet: `$25–5,000`."""
    return figures.money_between(bounds, currency=context.get("currency"))


@register.simple_tag(takes_context=True)
def chip(context: Mapping[str, Any], key: str) -> str:
    """A chip as it is called: its amount, or its code."""
    return figures.chip_in_words(key, currency=context.get("currency"))


@register.simple_tag
def pieces(value: int | None, signed: bool = False) -> str:
    """A number of chips."""
    return figures.number(value, signed=signed)


@register.simple_tag(takes_context=True)
def age(context: Mapping[str, Any], since: datetime | None) -> SafeString | str:
    """How long ago, by the casino's own clock."""
    if since is None:
        return ""
    told = figures.age(since, now=context["now"])
    return SafeString(f'<time datetime="{since.isoformat()}" class="age">{escape(told)}</time>')


@register.simple_tag(takes_context=True)
def clock(context: Mapping[str, Any], instant: datetime | None) -> SafeString | str:
    """A time of day on the casino's wall; with its date when that is another day."""
    if instant is None:
        return ""
    local, today = timezone.localtime(instant), timezone.localtime(context["now"])
    same_day = local.date() == today.date()
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        instant.isoformat(),
        figures.dated(local, "EEE d MMM y HH:mm:ss ") + f"{local:%z}",
        f"{local:%H:%M}" if same_day else figures.dated(local, "d MMM HH:mm"),
    )


@register.filter
def day(when: date | datetime | None) -> str:
    """A day in the reader's language: `Mon 2 Mar`; an instant by the casino's clock."""
    if when is None:
        return ""
    local = timezone.localtime(when) if isinstance(when, datetime) else when
    return figures.dated(local)


register.filter("heard", heard)
register.filter("heard_place", heard_place)


@register.filter
def stacks(pieces: int, stack_size: int) -> str:
    """Whole stacks or racks in words, in brackets behind the pieces; else nothing."""
    said = figures.stacks(pieces, stack_size=stack_size)
    return f" ({said})" if said else ""


@register.filter
def percent(hundredths: str) -> str:
    """A share: `75.05 %`."""
    return figures.percent(hundredths)


def _filter(name: str, table: Mapping[str, words.Words]) -> None:
    @lru_cache(maxsize=512)
    def spoken(code: str, language: str | None) -> str:
        return words.said(table, code)

    def in_words(code: object) -> str:
        return "" if code is None else spoken(str(code), get_language())

    register.filter(name, in_words)


for _name, _table in {
    "status": words.STATUS,
    "table_status": words.TABLE,
    "drop_state": words.DROP,
    "bank_mode": words.MODE,
    "role": words.ROLE,
    "slip_kind": words.SLIP_KIND,
    "match": words.MATCH,
    "buy_in_kind": words.BUY_IN_KIND,
    "slip_status": words.SLIP_STATUS,
    "count_kind": words.COUNT,
    "basis": words.BASIS,
    "removal": words.REMOVAL,
    "custody": words.CUSTODY,
    "rundown_state": words.RUNDOWN_STATE,
    "reason": words.REASON,
    "stops": words.STOPS,
    "finding": words.FINDING,
    "finding_status": words.FINDING_STATUS,
    "reason_code": words.REASON_CODE,
    "command": words.COMMAND,
    "game": words.GAME,
    "department": words.DEPARTMENT,
}.items():
    _filter(_name, _table)


@register.filter
def refusal(code: str) -> str:
    """The sentence of a refusal, in the reader's language."""
    return heard(Refusal[code].sentence)


@register.filter
def of(table: Mapping[Any, Any], key: Any) -> Any:
    """What a mapping holds for a key; nothing where it holds nothing."""
    return table.get(key, ())


@register.filter
def slip_named(slips: Iterable[SlipSheet], slip_id: UUID) -> str:
    """The slip with this id by its number, where it is among these."""
    named = (words.slip_in_words(each) for each in slips if each.id == slip_id)
    return next(named, _("a slip of another session"))


@register.filter
def signers(signatures: Any) -> str:
    """Who signed, by name and role: `D. Diaz (dealer), S. Sole (supervisor)`."""
    return ", ".join(
        f"{each.name} ({words.said(words.ROLE, each.role).lower()})" for each in signatures
    )

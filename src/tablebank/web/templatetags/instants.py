"""Instants with their year, for pages that look further back than a shift: `{{ at|on_record }}`."""

from datetime import date, datetime

from django import template
from django.utils import timezone

from tablebank.web.figures import dated

register = template.Library()


@register.filter
def on_record(at: datetime) -> str:
    """When something was written down, on the casino's wall: `2 Mar 2026 14:05`."""
    return dated(timezone.localtime(at), "d MMM y HH:mm")


@register.filter
def gaming_day(day: date) -> str:
    """A gaming day with its year: `Mon 2 Mar 2026`."""
    return dated(day, "EEE d MMM y")

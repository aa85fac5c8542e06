"""Small words for the table screen's template."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from sessions.engine.travel import Trip

register = template.Library()
_FULL_BAR_MINUTES = 240


@register.filter
def lookup(values: dict[Any, Any], key: Any) -> Any:
    return values.get(key)


@register.filter
def hours(trip: Trip | None) -> str:
    """A trip as people say it: “1 h 50”."""
    if trip is None:
        return ""
    if trip.minutes is None:
        return _("a day's travel")
    return _("%(hours)d h %(minutes)02d") % {"hours": trip.minutes // 60, "minutes": trip.minutes % 60}


@register.filter
def share(trip: Trip) -> float:
    """How much of the bar a trip fills, from 0 to 1."""
    return 1.0 if trip.minutes is None else min(1.0, trip.minutes / _FULL_BAR_MINUTES)

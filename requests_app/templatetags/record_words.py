"""How copies of records write what they hold."""

from datetime import datetime

from django import template
from django.utils import timezone

register = template.Library()


@register.filter
def record_time(at: datetime | None) -> str:
    """Write an instant in the city's time with its offset, so that nobody has to guess it; nothing for None."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M %Z}" if at else ""


@register.filter
def fact_value(value: object) -> object:
    """Write a fact, whatever it is."""
    return record_time(value) if isinstance(value, datetime) else value


@register.filter
def fact_label(key: str) -> str:
    """Turn the name of a fact in the JSON into a heading."""
    words = key.removesuffix("_at").replace("_", " ")
    return words.capitalize()

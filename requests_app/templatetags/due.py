"""Filters for instants, always in the city's time and the reader's language."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from requests_app.domain.wording import Style, format_date, format_instant, format_time

register = template.Library()


@register.filter
def city_words(at: datetime | None) -> str:
    """Write an instant as "Wed 25 Nov, 5:00 pm"; nothing for None."""
    if at is None:
        return ""
    # Rendering is an edge of the system: here alone a filter reads the clock, to know whether the year can be left out.
    return format_instant(
        at,
        time_zone=ZoneInfo(settings.TIME_ZONE),
        language=get_language() or settings.LANGUAGE_CODE,
        today=timezone.localdate(),
        style=Style.SHORT,
    )


@register.filter
def city_date(at: datetime | None) -> str:
    """Write the city's date of an instant as "Wed 25 Nov"; nothing for None."""
    if at is None:
        return ""
    language = get_language() or settings.LANGUAGE_CODE
    return format_date(timezone.localdate(at), language=language, today=timezone.localdate(), style=Style.SHORT)


@register.filter
def day_words(on: date | None) -> str:
    """Write a local date as "Wed 25 Nov"; nothing for None."""
    if on is None:
        return ""
    language = get_language() or settings.LANGUAGE_CODE
    return format_date(on, language=language, today=timezone.localdate(), style=Style.SHORT)


@register.filter
def city_time(at: datetime | None) -> SafeString:
    """Write an instant as a `<time>` element whose `datetime` is exact; nothing for None."""
    if at is None:
        return SafeString("")
    return format_html('<time datetime="{}">{}</time>', at.isoformat(timespec="minutes"), city_words(at))


@register.filter
def clock_time(at: datetime | None) -> str:
    """Write the city's time of day of an instant as "5:00 pm"; nothing for None."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    return format_time(local.hour * 60 + local.minute, language=get_language() or settings.LANGUAGE_CODE)

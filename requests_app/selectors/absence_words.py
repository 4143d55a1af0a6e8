"""How an absence reads: until when, who stands in. Never why: that is asked apart (DOMAIN 4)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import get_language, gettext

from requests_app.domain.wording import Style, format_date, format_instant
from requests_app.models import Absence


def until_words(absence: Absence, *, today: date) -> str:
    """Write "until Thu 3 Dec, 8:00 am", or that the return is not known and when to ask again."""
    if absence.ends_at is not None:
        return gettext("until %(time)s") % {"time": instant_words(absence.ends_at, today=today)}
    asked = day_words(absence.ask_again_on, today=today) if absence.ask_again_on else "–"
    return gettext("return not known, ask again on %(day)s") % {"day": asked}


def named_stand_in(absence: Absence) -> str:
    """Name who was named to stand in; "" where nobody was."""
    return str(absence.alternate_person or absence.alternate_department or "")


def instant_words(at: datetime, *, today: date) -> str:
    """Write an instant in the city's time and the reader's language."""
    zone = ZoneInfo(settings.TIME_ZONE)
    return format_instant(at, time_zone=zone, language=_language(), today=today, style=Style.SHORT)


def day_words(on: date, *, today: date) -> str:
    """Write a local date in the reader's language."""
    return format_date(on, language=_language(), today=today, style=Style.SHORT)


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE

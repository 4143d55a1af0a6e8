"""How the procedure form writes instants, people and what was filled in, in the language that is active."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import get_language, gettext

from requests_app.domain.procedure_forms import FormLine
from requests_app.domain.wording import Style, format_instant
from requests_app.models.labels import LANGUAGES


def instant_words(at: datetime | None) -> str:
    """Write an instant in the city's time with its year, so that paper can be read years later; nothing for None."""
    if at is None:
        return ""
    return format_instant(
        at,
        time_zone=ZoneInfo(settings.TIME_ZONE),
        language=get_language() or settings.LANGUAGE_CODE,
        today=date.min,
        style=Style.SHORT,
    )


def language_name(code: str) -> str:
    """Name the language somebody speaks."""
    return gettext("English") if code == "en" else str(LANGUAGES.get(code, code))


def by_words(at: datetime | None, who: object) -> str:
    """Write when something was done and by whom; nothing where it was not."""
    if at is None:
        return ""
    return gettext("%(at)s, by %(who)s") % {"at": instant_words(at), "who": who} if who else instant_words(at)


def filled(lines: Iterable[tuple[str, object]]) -> list[FormLine]:
    """Keep the lines that say something."""
    return [FormLine(label, str(text)) for label, text in lines if text]

"""Dates, times and durations in words: the only place that knows how they read in each language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum
from functools import lru_cache

from requests_app.domain.business_time import business_days_between, business_days_late
from requests_app.domain.calendar_errors import CalendarError
from requests_app.domain.calendars import DAY_MINUTES, BusinessCalendar, as_utc


class Style(StrEnum):
    """SHORT fits a table cell, LONG a letter."""

    SHORT = "short"
    LONG = "long"


@dataclass(frozen=True)
class Words:
    """The words and patterns of one language; lists start with Monday and January."""

    habit: Style
    weekdays: tuple[str, ...]
    weekdays_long: tuple[str, ...]
    months: tuple[str, ...]
    months_long: tuple[str, ...]
    date_long: str
    year_short: str
    year_long: str
    at_short: str
    at_long: str
    at_one_long: str
    am: str
    pm: str
    midnight: str
    minutes: str
    hours: str
    days: tuple[str, str]
    business_days: tuple[str, str]
    due_now: str
    due_in: str
    late: str
    alternate_day_off: str
    season_from: str
    season_until: str


_ENGLISH = Words(
    habit=Style.SHORT,
    weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    weekdays_long=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    months_long=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    date_long="{weekday} {day} {month}",
    year_short=" {year}",
    year_long=" {year}",
    at_short="{date}, {time}",
    at_long="{date} at {time}",
    at_one_long="{date} at {time}",
    am="am",
    pm="pm",
    midnight="midnight",
    minutes="{n} min",
    hours="{n} h",
    days=("{n} day", "{n} days"),
    business_days=("{n} business day", "{n} business days"),
    due_now="due now",
    due_in="due in {amount}",
    late="{amount} late",
    alternate_day_off="every other {weekday} off",
    season_from="from {date}",
    season_until="until {date}",
)
_SPANISH = Words(
    habit=Style.LONG,
    weekdays=("lun", "mar", "mié", "jue", "vie", "sáb", "dom"),
    weekdays_long=("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    months=("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"),
    months_long=(
        *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
        *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    ),
    date_long="{weekday} {day} de {month}",
    year_short=" {year}",
    year_long=" de {year}",
    at_short="{date}, {time}",
    at_long="{date} a las {time}",
    at_one_long="{date} a la {time}",
    am="a. m.",
    pm="p. m.",
    midnight="medianoche",
    minutes="{n} min",
    hours="{n} h",
    days=("{n} día", "{n} días"),
    business_days=("{n} día hábil", "{n} días hábiles"),
    due_now="vence ahora",
    due_in="vence en {amount}",
    late="{amount} de retraso",
    alternate_day_off="un {weekday} de cada dos libre",
    season_from="desde {date}",
    season_until="hasta {date}",
)
_WORDS = {"en": _ENGLISH, "es": _SPANISH}


@lru_cache(maxsize=64)
def language_of(language: str) -> str:
    """Return the supported language behind a tag like es-mx; English for any other."""
    base = language.replace("_", "-").split("-")[0].lower()
    return base if base in _WORDS else "en"


@lru_cache(maxsize=64)
def words_in(language: str) -> Words:
    """Return the words of a language; English for one we have no words for."""
    return _WORDS[language_of(language)]


def format_date(on: date, *, language: str = "en", today: date | None = None, style: Style | None = None) -> str:
    """Return "Wed 25 Nov", with the year only if `today` is given and in another one."""
    words = words_in(language)
    long = (style or words.habit) is Style.LONG
    if long:
        text = words.date_long.format(
            weekday=words.weekdays_long[on.weekday()], day=on.day, month=words.months_long[on.month - 1]
        )
    else:
        text = f"{words.weekdays[on.weekday()]} {on.day} {words.months[on.month - 1]}"
    if today is None or today.year == on.year:
        return text
    return text + (words.year_long if long else words.year_short).format(year=on.year)


def format_time(minute: int, *, language: str = "en") -> str:
    """Return "5:00 pm" for a minute of the day; 1440 is midnight at its end."""
    words = words_in(language)
    if minute == DAY_MINUTES:
        return words.midnight
    hour, minute = divmod(minute, 60)
    return f"{hour % 12 or 12}:{minute:02d} {words.am if hour < 12 else words.pm}"


def format_instant(
    at: datetime,
    *,
    time_zone: tzinfo,
    language: str = "en",
    today: date | None = None,
    style: Style | None = None,
) -> str:
    """Return "Wed 25 Nov, 5:00 pm" in local time; Spanish is long by habit, either language takes either style."""
    local = at.astimezone(time_zone)
    words = words_in(language)
    pattern = words.at_short
    if (style or words.habit) is Style.LONG:
        pattern = words.at_one_long if local.hour % 12 == 1 else words.at_long
    return pattern.format(
        date=format_date(local.date(), language=language, today=today, style=style),
        time=format_time(local.hour * 60 + local.minute, language=language),
    )


def format_business_minutes(minutes: int, *, language: str = "en") -> str:
    """Return "40 min" below an hour, "2.4 h" from there on."""
    words = words_in(language)
    if minutes < 60:
        return words.minutes.format(n=minutes)
    return words.hours.format(n=f"{minutes / 60:.1f}".removesuffix(".0"))


def format_relative_due(calendar: BusinessCalendar, *, due_at: datetime, now: datetime, language: str = "en") -> str:
    """Return "due in 3 h", "due in 2 business days", "3 h late" or "2 business days late".

    Business days are counted once there is at least one between; less than that is told in real hours.
    Dates the calendar does not know are told in plain days: a label never fails.
    """
    words = words_in(language)
    due_at, now = as_utc(due_at), as_utc(now)
    late = now > due_at
    days = _business_days_apart(calendar, due_at, now)
    if days:
        amount = _plural(words.business_days, days)
    else:
        gap = abs(now - due_at)
        if not late and gap < timedelta(minutes=1):
            return words.due_now
        amount = _real_time(words, gap)
    return (words.late if late else words.due_in).format(amount=amount)


def _business_days_apart(calendar: BusinessCalendar, due_at: datetime, now: datetime) -> int:
    try:
        if now > due_at:
            return business_days_late(calendar, due_at=due_at, now=now)
        return business_days_between(calendar, calendar.local_date(now), calendar.due_date(due_at))
    except CalendarError:
        return 0


def _real_time(words: Words, gap: timedelta) -> str:
    minutes = gap // timedelta(minutes=1)
    if minutes < 60:
        return words.minutes.format(n=max(1, minutes))
    if gap < timedelta(days=2):
        return words.hours.format(n=minutes // 60)
    return _plural(words.days, gap.days)


def _plural(forms: tuple[str, str], n: int) -> str:
    return forms[n != 1].format(n=n)

"""A moment as somebody reads it off an answering machine: "7:42", "4:50p", "Fri 16:50", "11/20 4 pm"."""

import re
from datetime import date, datetime, time, timedelta

_DAY = timedelta(days=1)
_WEEKDAYS = {
    name: number
    for names in (
        ("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
        ("lun", "mar", "mie", "jue", "vie", "sab", "dom"),
        ("", "", "mié", "", "", "sáb", ""),
    )
    for number, name in enumerate(names)
    if name
}
_DAYS_BACK = {"today": 0, "hoy": 0, "yesterday": 1, "ayer": 1}
_TIME = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))?\s*(?:([ap])\.?\s?(?:m\.?)?)?", re.ASCII | re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_MONTH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?", re.ASCII)


def read_moment(text: str, *, now: datetime) -> datetime | None:
    """Read a typed moment as a naive local one, never after `now`; None for what says no time of day.

    Hours without am or pm are those of the 24-hour clock. Without a day it is the last time the clock showed that;
    a weekday is the last one, in English or Spanish, a day without a year the last such day.
    """
    words = text.strip().lower().replace(",", " ").split()
    day_words = [word for word in words if _is_day(word)]
    at = _read_time(" ".join(word for word in words if not _is_day(word)))
    if at is None or len(day_words) > 1:
        return None
    if not day_words:
        return _last(now, now.date(), at, step=_DAY)
    return _on_day(day_words[0], at, now)


def _is_day(word: str) -> bool:
    named = word in _DAYS_BACK or word[:3] in _WEEKDAYS
    return named or bool(_ISO.fullmatch(word) or _MONTH_DAY.fullmatch(word))


def _read_time(text: str) -> time | None:
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _on_day(word: str, at: time, now: datetime) -> datetime | None:
    if word in _DAYS_BACK:
        found = datetime.combine(now.date() - _DAYS_BACK[word] * _DAY, at)
        return found if found <= now else None
    if word[:3] in _WEEKDAYS:
        back = (now.weekday() - _WEEKDAYS[word[:3]]) % 7
        return _last(now, now.date() - back * _DAY, at, step=7 * _DAY)
    return _on_date(word, at, now)


def _on_date(word: str, at: time, now: datetime) -> datetime | None:
    iso, month_day = _ISO.fullmatch(word), _MONTH_DAY.fullmatch(word)
    try:
        if iso:
            found = datetime.combine(date(int(iso[1]), int(iso[2]), int(iso[3])), at)
        elif month_day:
            year = int(month_day[3] or now.year)
            found = datetime.combine(date(year, int(month_day[1]), int(month_day[2])), at)
            if found > now and not month_day[3]:
                found = found.replace(year=year - 1)
        else:
            return None
    except ValueError:
        return None
    return found if found <= now else None


def _last(now: datetime, on: date, at: time, *, step: timedelta) -> datetime:
    found = datetime.combine(on, at)
    return found if found <= now else found - step

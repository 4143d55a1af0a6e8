"""How a due instant came about: structured steps, and the one formatter that turns them into sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from requests_app.domain.wording import Style, format_business_minutes, format_date, format_time, language_of

_NO_PARAMS: Mapping[str, str | int] = {}
_CLOSED_CODES = frozenset({"weekly_closed", "alternate_day_off", "closed", "partly_closed"})


class TraceStep(NamedTuple):
    """One thing that was looked at: a code, its local date, and JSON values."""

    code: str
    on: date | None
    params: Mapping[str, str | int] = _NO_PARAMS


_SENTENCES: dict[str, dict[str, str]] = {
    "en": {
        "received": "Received {on}, {time}.",
        "received_at_break": "Received {on}, {time}, during a break.",
        "received_before_opening": "Received {on}, {time}, before opening.",
        "received_after_closing": "Received {on}, {time}, after closing.",
        "received_closed_day": "Received {on}, {time}, on a closed day.",
        "day_zero": "Day 0 is {on}.",
        "deemed_received": "Counts as received on {on}, which is day 0.",
        "weekly_closed": "{on}: closed.",
        "alternate_day_off": "{on}: regular day off, closed.",
        "closed": "{on}: {name}, closed.",
        "partly_closed": "{on}: {name}, open for part of the day, does not count.",
        "partly_closed_unnamed": "{on}: open for part of the day, does not count.",
        "business_day": "{on} is business day {number}.",
        "business_day_special": "{on}, with special hours, is business day {number}.",
        "hours_to_count": "{amount} of open time to count.",
        "hours_counted": "{on}: {amount} counted, {left} left.",
        "calendar_days": "{days} calendar days after receipt: {on}.",
        "calendar_days_one": "1 calendar day after receipt: {on}.",
        "moved": "Moved to the next business day, {on}.",
        "promised": "Promised for {on}.",
        "due": "Answer by {on}, {time}.",
        "two_days": "{first} and {last}",
        "more_days": "{first} to {last}",
    },
    "es": {
        "received": "Recibido el {on}, {time}.",
        "received_at_break": "Recibido el {on}, {time}, durante una pausa.",
        "received_before_opening": "Recibido el {on}, {time}, antes de abrir.",
        "received_after_closing": "Recibido el {on}, {time}, después del cierre.",
        "received_closed_day": "Recibido el {on}, {time}, en un día cerrado.",
        "day_zero": "El día 0 es el {on}.",
        "deemed_received": "Se considera recibido el {on}, que es el día 0.",
        "weekly_closed": "{on}: cerrado.",
        "alternate_day_off": "{on}: día libre regular, cerrado.",
        "closed": "{on}: {name}, cerrado.",
        "partly_closed": "{on}: {name}, abierto solo parte del día, no cuenta.",
        "partly_closed_unnamed": "{on}: abierto solo parte del día, no cuenta.",
        "business_day": "El {on} es el día hábil {number}.",
        "business_day_special": "El {on}, con horario especial, es el día hábil {number}.",
        "hours_to_count": "Por contar: {amount} de horario de atención.",
        "hours_counted": "{on}: {amount} contados, quedan {left}.",
        "calendar_days": "{days} días naturales después de la recepción: {on}.",
        "calendar_days_one": "1 día natural después de la recepción: {on}.",
        "moved": "Pasa al siguiente día hábil, el {on}.",
        "promised": "Prometido para el {on}.",
        "due": "Responder a más tardar el {on}, {time}.",
        "two_days": "{first} y {last}",
        "more_days": "{first} a {last}",
    },
}


def to_json(steps: Iterable[TraceStep]) -> list[dict[str, object]]:
    """Return the steps as a list of plain objects to store."""
    return [{"code": code, "on": on.isoformat() if on else None, "params": dict(params)} for code, on, params in steps]


def from_json(data: Iterable[Mapping[str, object]]) -> tuple[TraceStep, ...]:
    """Read back what to_json wrote."""
    steps = []
    for item in data:
        on, params = item.get("on"), item.get("params")
        steps.append(
            TraceStep(
                str(item["code"]),
                date.fromisoformat(on) if isinstance(on, str) else None,
                dict(params) if isinstance(params, Mapping) else {},
            )
        )
    return tuple(steps)


def render_trace(steps: Sequence[TraceStep], language: str = "en") -> list[str]:
    """Return one sentence a step, neighbouring closed days of one kind joined; years show once they change."""
    language = language_of(language)
    year = next((step.on.year for step in steps if step.on), 0)
    sentences: list[str] = []
    for kind, group in groupby(steps, key=_kind):
        if kind is None:
            sentences.extend(_sentence(step, _day(step.on, language, year), language) for step in group)
        else:
            sentences.extend(_closed_days(list(group), language, year))
    return sentences


def _kind(step: TraceStep) -> tuple[str, str | int] | None:
    return (step.code, step.params.get("name", "")) if step.code in _CLOSED_CODES else None


def _closed_days(steps: Sequence[TraceStep], language: str, year: int) -> list[str]:
    """Join runs of dates; a run ends where the dates do not follow each other."""
    runs: list[list[date]] = []
    for step in steps:
        on = step.on or date.min
        if runs and on - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(on)
        else:
            runs.append([on])
    return [_sentence(steps[0], _days(run[0], run[-1], language, year), language) for run in runs]


def _sentence(step: TraceStep, on: str, language: str) -> str:
    params = step.params
    text = _SENTENCES[language][_pattern(step.code, params)].format(
        on=on,
        time=_time(params.get("minute"), language),
        amount=_amount(params.get("minutes"), language),
        left=_amount(params.get("minutes_left"), language),
        name=params.get("name", ""),
        number=params.get("number", ""),
        days=params.get("days", ""),
    )
    # A Spanish time ends in "p. m.", which already closes the sentence.
    return text[0].upper() + text[1:].replace("..", ".")


def _pattern(code: str, params: Mapping[str, str | int]) -> str:
    """Return the key of the sentence: a step may have a variant, and a closure called "closed" needs no name."""
    if code == "received" and params.get("when"):
        return f"received_{params['when']}"
    if code == "calendar_days" and params.get("days") == 1:
        return "calendar_days_one"
    if code in ("closed", "partly_closed") and str(params.get("name", "")).strip().lower() in ("", "closed"):
        return "weekly_closed" if code == "closed" else "partly_closed_unnamed"
    return code


def _time(minute: str | int | None, language: str) -> str:
    return format_time(minute, language=language) if isinstance(minute, int) else ""


def _amount(minutes: str | int | None, language: str) -> str:
    if not isinstance(minutes, int):
        return ""
    hours, rest = divmod(minutes, 60)
    if hours and rest:
        return " ".join(format_business_minutes(part, language=language) for part in (hours * 60, rest))
    return format_business_minutes(minutes, language=language)


@lru_cache(maxsize=8192)
def _day(on: date | None, language: str, year: int) -> str:
    if on is None:
        return ""
    return format_date(on, language=language, today=on.replace(year=year, day=1), style=Style.SHORT)


@lru_cache(maxsize=8192)
def _days(first: date, last: date, language: str, year: int) -> str:
    if first == last:
        return _day(first, language, year)
    start = _day(first, language, year)
    if (first.year, first.month) == (last.year, last.month):
        start = " ".join(start.split(" ")[:2])
    pattern = "two_days" if last - first == timedelta(days=1) else "more_days"
    return _SENTENCES[language][pattern].format(first=start, last=_day(last, language, year))

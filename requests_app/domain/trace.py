"""How a due instant came about: structured steps, and the one formatter that turns them into sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from requests_app.domain.wording import Style, format_business_minutes, format_date, format_time, language_of

Param = str | int
Items = tuple[tuple[str, Param], ...]

_REMEMBERED_STEPS = 50
_ONE_DAY = timedelta(days=1)
_CLOSED_CODES = frozenset({"weekly_closed", "alternate_day_off", "closed", "partly_closed"})


class TraceStep(NamedTuple):
    """One thing that was looked at: a code, its local date, and JSON values as pairs, so that a step can be a key."""

    code: str
    on: date | None
    items: Items = ()

    @property
    def params(self) -> dict[str, Param]:
        """Return the values by name."""
        return dict(self.items)


def trace_step(code: str, on: date | None, **params: Param) -> TraceStep:
    """Return a step with named values."""
    return TraceStep(code, on, tuple(params.items()))


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
        "hours_counted": "{on}: {amount} counted.",
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
        "hours_counted": "{on}: {amount} contados.",
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
    return [{"code": code, "on": on.isoformat() if on else None, "params": dict(items)} for code, on, items in steps]


def from_json(data: Iterable[Mapping[str, object]]) -> tuple[TraceStep, ...]:
    """Read back what to_json wrote."""
    steps = []
    for item in data:
        on, params = item.get("on"), item.get("params")
        items = tuple(params.items()) if isinstance(params, Mapping) else ()
        steps.append(TraceStep(str(item["code"]), date.fromisoformat(on) if isinstance(on, str) else None, items))
    return tuple(steps)


def render_trace(steps: Iterable[TraceStep], language: str = "en") -> list[str]:
    """Return one sentence a step, neighbouring closed days of one kind joined; years show once they change."""
    first, *rest = tuple(steps) or (None,)
    if first is None:
        return []
    year = first.on.year if first.on else 0
    language = language_of(language)
    # The first step holds the minute of receipt; what follows is the same for everything received that day, except
    # under rolling hours. Remembering those, or very long counts, would only push the others out.
    is_common = len(rest) <= _REMEMBERED_STEPS and rest and rest[0].code != "hours_to_count"
    days = _remembered_sentences if is_common else _sentences
    return [_sentence(*first, first.on, language, year), *days(tuple(rest), language, year)]


def _sentences(steps: Iterable[TraceStep], language: str, year: int) -> list[str]:
    """Join closed days of one kind whose dates follow each other, and say the rest one by one."""
    sentences: list[str] = []
    first: TraceStep | None = None  # of a run of closed days, which `last` ends
    last: date | None = None
    for step in steps:
        if first is not None:
            if _continues(first, last, step):
                last = step.on
                continue
            sentences.append(_remembered_sentence(*first, last, language, year))
            first = None
        if step.code in _CLOSED_CODES:
            first, last = step, step.on
        else:
            sentences.append(_remembered_sentence(*step, step.on, language, year))
    if first is not None:
        sentences.append(_remembered_sentence(*first, last, language, year))
    return sentences


def _continues(first: TraceStep, last: date | None, step: TraceStep) -> bool:
    same_kind = step.code == first.code and step.items == first.items
    return same_kind and step.on is not None and last is not None and step.on - last == _ONE_DAY


def _sentence(code: str, first: date | None, items: Items, last: date | None, language: str, year: int) -> str:
    fields = {"on": _days(first, last, language, year) if first and last else ""}
    for name, value in items:
        if name == "minute":
            fields["time"] = _time(value, language)
        elif name == "minutes":
            fields["amount"] = _amount(value, language)
        else:
            fields[name] = str(value)
    text = _SENTENCES[language][_pattern(code, fields)].format_map(fields)
    # A Spanish time ends in "p. m.", which already closes the sentence.
    return text[0].upper() + text[1:].replace("..", ".")


_remembered_sentences = lru_cache(maxsize=8192)(_sentences)
_remembered_sentence = lru_cache(maxsize=16384)(_sentence)


def _pattern(code: str, fields: Mapping[str, str]) -> str:
    """Return the key of the sentence: a step may have a variant, and a closure called "closed" needs no name."""
    if code == "received" and fields["when"]:
        return f"received_{fields['when']}"
    if code == "calendar_days" and fields["days"] == "1":
        return "calendar_days_one"
    if code in ("closed", "partly_closed") and fields["name"].strip().lower() in ("", "closed"):
        return "weekly_closed" if code == "closed" else "partly_closed_unnamed"
    return code


@lru_cache(maxsize=4096)
def _time(minute: Param, language: str) -> str:
    return format_time(minute, language=language) if isinstance(minute, int) else ""


@lru_cache(maxsize=4096)
def _amount(minutes: Param, language: str) -> str:
    if not isinstance(minutes, int):
        return ""
    hours, rest = divmod(minutes, 60)
    if hours and rest:
        return " ".join(format_business_minutes(part, language=language) for part in (hours * 60, rest))
    return format_business_minutes(minutes, language=language)


@lru_cache(maxsize=8192)
def _days(first: date, last: date, language: str, year: int) -> str:
    """Return "Sat 14 and Sun 15 Nov" or "Thu 24 to Mon 28 Dec", with the year where it is not the receipt's."""
    if first == last:
        return _day(first, language, year)
    start = _day(first, language, year)
    if (first.year, first.month) == (last.year, last.month):
        start = " ".join(start.split(" ")[:2])
    pattern = "two_days" if last - first == _ONE_DAY else "more_days"
    return _SENTENCES[language][pattern].format(first=start, last=_day(last, language, year))


def _day(on: date, language: str, year: int) -> str:
    return format_date(on, language=language, today=date(year or on.year, 1, 1), style=Style.SHORT)

"""A calendar file (.ics) as rows of absences: all-day and timed events, zones, and what recurs, within bounds."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from requests_app.domain.roster_files import RosterFile, RosterLine, UnusableRoster, decoded

MOST_ROWS = 1_000
MOST_RECURRING = 50
_WINDOW = timedelta(days=400)
# What a rule may hold: nothing finer than a day, nothing whose next day is far.
_FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
_PARTS = {"FREQ", "INTERVAL", "UNTIL", "COUNT", "BYDAY", "BYMONTHDAY", "BYMONTH", "WKST"}
_DAY_OF_RULE = re.compile(r"(?:[+-]?[1-4])?(?:MO|TU|WE|TH|FR|SA|SU)")
MONTHS, SHORTEST_MONTH = 12, 28
_YEARS = range(1990, 2191)
# A zone of its own making may hold rules that run for ever as well; the names of zones are known without.
_OWN_ZONES = re.compile(r"^BEGIN:VTIMEZONE\b.*?^END:VTIMEZONE\b[^\n]*$", re.DOTALL | re.IGNORECASE | re.MULTILINE)


class _BadEvent(ValueError):
    """An event that cannot be used; its text is the code of the reason."""


def is_calendar(data: bytes) -> bool:
    """Say whether a file calls itself a calendar."""
    return data.lstrip(b"\xef\xbb\xbf \r\n\t")[:15].upper() == b"BEGIN:VCALENDAR"


def read_calendar(data: bytes, *, today: date) -> RosterFile:
    """Read the events of a calendar into rows; what recurs is written out, 400 days back and ahead.

    An event that cannot be used gives a row with the code of the reason in `error`. Raises UnusableRoster for a file
    nothing can be read from.
    """
    from icalendar import Calendar

    text = decoded(data)
    try:
        calendar = Calendar.from_ical(_OWN_ZONES.sub("", text))
        events = list(calendar.walk("VEVENT"))
    except Exception as error:  # a library's parser before hostile input: whatever it stumbles over is one answer
        raise UnusableRoster("not_calendar") from error
    if not events:
        raise UnusableRoster("no_events")
    if len(events) > MOST_ROWS:
        raise UnusableRoster("too_many_rows", limit=MOST_ROWS)
    rows: list[RosterLine] = []
    for row in _rows(events, _lines_of_events(text), today):
        if len(rows) == MOST_ROWS:
            raise UnusableRoster("too_many_rows", limit=MOST_ROWS)
        rows.append(row)
    return RosterFile(sorted(rows, key=lambda row: row.line), [])


def _rows(events: list[Any], lines: list[int], today: date) -> Iterator[RosterLine]:
    groups: dict[str, list[tuple[Any, int]]] = defaultdict(list)
    for number, event in enumerate(events):
        line = lines[number] if number < len(lines) else 0
        groups[str(event.get("UID") or f"without {number}")].append((event, line))
    recurring = 0
    for group in groups.values():
        is_recurring = any(event.get("RRULE") or event.get("RDATE") for event, _line in group)
        recurring += is_recurring
        if not is_recurring:
            yield from (RosterLine(line, _read(event)) for event, line in group)
        elif recurring > MOST_RECURRING:
            yield RosterLine(group[0][1], {"what": _summary(group[0][0]), "error": "too_many_rules"})
        else:
            yield from _recurring(group, today)


def _recurring(group: list[tuple[Any, int]], today: date) -> Iterator[RosterLine]:
    """Write out what recurs, with the single days that were moved."""
    first, line = group[0]
    try:
        found = _expanded([event for event, _line in group], today)
    except _BadEvent as bad:
        yield RosterLine(line, {"what": _summary(first), "error": str(bad)})
    except Exception:  # as above: one event that the library cannot work out does not spoil the file
        yield RosterLine(line, {"what": _summary(first), "error": "bad_event"})
    else:
        yield from (RosterLine(line, _read(event, recurs=True)) for event in found)


def _expanded(events: list[Any], today: date) -> list[Any]:
    import recurring_ical_events
    from icalendar import Calendar

    since, until = today - _WINDOW, today + _WINDOW
    alone = Calendar()
    for event in events:
        _check_rule(event, until=until)
        alone.add_component(event)
    return list(recurring_ical_events.of(alone).between(since, until))


def _check_rule(event: Any, *, until: date) -> None:
    """Refuse rules whose days might never come, and end the others with the window. Raises _BadEvent.

    A day that never comes would be looked for to the end of time.
    """
    rule = event.get("RRULE")
    if rule is None:
        return
    if isinstance(rule, list) or event.get("EXRULE") is not None:
        raise _BadEvent("rule")
    parts = {str(part).upper(): [str(value).upper() for value in values] for part, values in rule.items()}
    if not _is_bounded(parts):
        raise _BadEvent("rule")
    if event["DTSTART"].dt.year not in _YEARS:
        raise _BadEvent("date")
    if "COUNT" not in parts:
        rule["UNTIL"] = [_last_day(event, _earlier(rule.get("UNTIL"), until))]


def _is_bounded(parts: Mapping[str, list[str]]) -> bool:
    """Say whether a rule is one of those whose next day is never far."""
    if set(parts) - _PARTS or len(parts.get("FREQ", [])) != 1 or parts["FREQ"][0] not in _FREQUENCIES:
        return False
    steps = parts.get("INTERVAL", ["1"])
    if {"BYMONTH", "BYMONTHDAY"} & set(parts) and ("COUNT" in parts or steps != ["1"]):
        return False
    if "BYDAY" in parts and parts["FREQ"] == ["DAILY"] and steps != ["1"]:
        return False
    numbers = [*steps, *parts.get("COUNT", []), *parts.get("BYMONTH", [])]
    return (
        all(0 < int(number) <= MOST_ROWS for number in numbers)
        and all(int(month) <= MONTHS for month in parts.get("BYMONTH", []))
        and all(0 < abs(int(day)) <= SHORTEST_MONTH for day in parts.get("BYMONTHDAY", []))
        and all(_DAY_OF_RULE.fullmatch(day) for day in parts.get("BYDAY", []))
    )


def _earlier(given: Any, until: date) -> date:
    found = given[0] if given else until
    return min(found.date() if isinstance(found, datetime) else found, until)


def _last_day(event: Any, until: date) -> date:
    """Give the last day in the kind of value the event begins with, as the standard asks."""
    if not isinstance(event["DTSTART"].dt, datetime):
        return until
    end = datetime(until.year, until.month, until.day, tzinfo=UTC)
    return end if event["DTSTART"].dt.tzinfo else end.replace(tzinfo=None)


def _read(event: Any, *, recurs: bool = False) -> dict[str, str]:
    """Write an event as the cells of a row; `tick` is "no" for what is hardly an absence."""
    try:
        return _cells(event, recurs=recurs)
    except _BadEvent as bad:
        return {"what": _summary(event), "error": str(bad)}
    except Exception:  # as above
        return {"what": _summary(event), "error": "bad_event"}


def _cells(event: Any, *, recurs: bool) -> dict[str, str]:
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        raise _BadEvent("canceled")
    starts, ends = _moment(event, "DTSTART"), _end(event)
    is_whole = not isinstance(starts, datetime)
    if is_whole is isinstance(ends, datetime):
        raise _BadEvent("date")
    if is_whole:
        ends = max(starts, ends - timedelta(days=1))  # a calendar names the day after the last
    uid = _plain(event.get("UID"))
    is_out = str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() == "OOF"
    is_free = str(event.get("TRANSP", "")).upper() == "TRANSPARENT"
    return {
        "e-mail": ";".join(_addresses(event.get("ATTENDEE"))),
        "organizer": ";".join(_addresses(event.get("ORGANIZER"))),
        "from": _written(starts),
        "until": _written(ends),
        "id": f"{uid}#{_written(starts)}" if uid and recurs else uid,
        "what": _summary(event),
        "tick": "" if is_out or (is_whole and not is_free) else "no",
    }


def _moment(event: Any, name: str) -> date:
    value = event.get(name)
    if value is None or isinstance(value, list):
        raise _BadEvent("no_from" if name == "DTSTART" else "no_until")
    found = value.dt
    if not isinstance(found, date) or found.year not in _YEARS:
        raise _BadEvent("date")
    if isinstance(found, datetime) and found.tzinfo is None and value.params.get("TZID"):
        raise _BadEvent("zone")
    return found


def _end(event: Any) -> date:
    if event.get("DTEND") is not None:
        return _moment(event, "DTEND")
    starts, duration = _moment(event, "DTSTART"), event.get("DURATION")
    if duration is not None:
        ends: date = starts + duration.dt
        return ends
    if isinstance(starts, datetime):
        raise _BadEvent("no_until")
    return starts + timedelta(days=1)


def _written(at: date) -> str:
    if isinstance(at, datetime) and at.tzinfo is not None:
        return at.astimezone(UTC).isoformat()
    return at.isoformat()


def _addresses(found: Any) -> list[str]:
    values = found if isinstance(found, list) else [found] if found else []
    written = [str(value) for value in values[:50]]
    return [value[7:].strip() for value in written if value[:7].lower() == "mailto:" and len(value) < 200]


def _summary(event: Any) -> str:
    return _plain(event.get("SUMMARY"))


def _plain(value: Any) -> str:
    """Give a text as a database can keep it, cut where it has no end."""
    text = "" if value is None else str(value)
    return text.replace("\0", "").encode(errors="ignore").decode()[:200]


def _lines_of_events(text: str) -> list[int]:
    """Give the line on which each event begins."""
    lines = text.splitlines()
    return [number for number, line in enumerate(lines, 1) if line.strip().upper() == "BEGIN:VEVENT"]

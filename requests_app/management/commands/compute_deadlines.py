"""Deadlines for other programs: JSON lines in, JSON lines out."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from django.core.management.base import BaseCommand, CommandError

from requests_app.domain.calendar_errors import CalendarError
from requests_app.domain.calendar_schema import parse_calendar
from requests_app.domain.calendars import BusinessCalendar
from requests_app.domain.city_calendar import city_calendar
from requests_app.domain.deadlines import Rule, compute_deadline
from requests_app.domain.trace import render_trace

_CHUNK = 1 << 18
_RULES = {rule.value: rule for rule in Rule}


class BadLineError(ValueError):
    """A line that cannot be answered with a date; the message says why."""


class Command(BaseCommand):
    """Answer each line of standard input with its due instant, in order; exit 1 if any line failed."""

    help = (
        "Read JSON lines with received_at, business_days and rule on standard input and write one JSON line each: "
        "due_at and trace, or error."
    )
    requires_system_checks: list[str] = []
    stealth_options = ("stdin",)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--calendar", metavar="FILE.json", type=Path, help="a calendar, or several by name")

    def handle(self, *args: object, **options: object) -> None:
        path = options["calendar"]
        desk = DeadlineDesk(read_calendars(path) if isinstance(path, Path) else {"city": city_calendar()})
        stream = options.get("stdin") or sys.stdin.buffer
        for answers in desk.answer_stream(stream):  # type: ignore[arg-type]  # call_command hands over anything
            self.stdout.write(answers, ending="")
            self.stdout.flush()
        if desk.failed:
            raise CommandError(f"{desk.failed} of {desk.answered} lines could not be answered.")


class DeadlineDesk:
    """Answers lines with a set of named calendars, counting what failed."""

    def __init__(self, calendars: Mapping[str, BusinessCalendar]) -> None:
        self.calendars = calendars
        self.default = calendars.get("city") or next(iter(calendars.values()))
        self.answered = 0
        self.failed = 0

    def answer_stream(self, stream: BinaryIO) -> Iterator[str]:
        """Yield the answers to whatever has arrived so far, so that a caller on a pipe is never kept waiting."""
        rest = b""
        read = getattr(stream, "read1", stream.read)
        while chunk := read(_CHUNK):
            *lines, rest = (rest + chunk).split(b"\n")
            yield self.answer_lines(lines)
        yield self.answer_lines([rest])

    def answer_lines(self, lines: list[bytes]) -> str:
        """Return one JSON line for each line that is not blank."""
        return "".join(f"{json.dumps(self.answer(line))}\n" for line in lines if line.strip())

    def answer(self, line: bytes) -> dict[str, object]:
        """Return the due instant and its trace, or the error."""
        self.answered += 1
        try:
            return self._deadline(_parse(line))
        except (BadLineError, CalendarError) as error:
            self.failed += 1
            return {"error": str(error)}

    def _deadline(self, fields: Mapping[str, object]) -> dict[str, object]:
        try:
            received_at, business_days, rule = fields["received_at"], fields["business_days"], fields["rule"]
        except KeyError as error:
            raise BadLineError(f"{error.args[0]} is missing.") from None
        deadline = compute_deadline(
            self._calendar(fields.get("calendar")),
            received_at=_received_at(received_at),
            business_days=business_days,  # type: ignore[arg-type]  # whatever it is, it is checked there
            rule=_rule(rule),
        )
        # The due instant is in UTC already, so only the spelling of its offset changes.
        due_at = deadline.due_at.isoformat().replace("+00:00", "Z")
        return {"due_at": due_at, "trace": render_trace(deadline.trace)}

    def _calendar(self, value: object) -> BusinessCalendar:
        if value is None:
            return self.default
        if isinstance(value, str):
            if value in self.calendars:
                return self.calendars[value]
            raise BadLineError(f"There is no calendar called {value!r}.")
        return _inline_calendar(json.dumps(value))


def read_calendars(path: Path) -> dict[str, BusinessCalendar]:
    """Read one calendar, or an object of calendars by name; of several, "city" is the default, else the only one."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        if not isinstance(data, dict) or "weekly_hours" in data or not data:
            return {"city": parse_calendar(data)}
        calendars = {name: parse_calendar(item) for name, item in data.items()}
    except (OSError, ValueError, RecursionError) as error:
        raise CommandError(f"Cannot use {path} as a calendar: {error}") from error
    if len(calendars) > 1 and "city" not in calendars:
        raise CommandError(f'{path} holds several calendars and none is called "city".')
    return calendars


@lru_cache(maxsize=64)
def _inline_calendar(text: str) -> BusinessCalendar:
    return parse_calendar(json.loads(text))


def _parse(line: bytes) -> Mapping[str, object]:
    try:
        fields = json.loads(line.decode("utf-8").removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise BadLineError(f"The line is not valid JSON: {error}") from error
    if not isinstance(fields, dict):
        raise BadLineError("The line is not a JSON object.")
    return fields


def _received_at(value: object) -> datetime:
    try:
        return datetime.fromisoformat(value)  # type: ignore[arg-type]  # anything else raises TypeError
    except (TypeError, ValueError) as error:
        raise BadLineError("received_at must be an ISO date and time with an offset.") from error


def _rule(value: object) -> Rule:
    rule = _RULES.get(value) if isinstance(value, str) else None
    if rule is None:
        raise BadLineError(f"rule must be one of {', '.join(_RULES)}.")
    return rule

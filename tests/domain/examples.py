"""The worked examples and calendars that ship with the tests."""

import csv
import json
from functools import cache
from pathlib import Path

from requests_app.domain.calendar_schema import parse_calendar
from requests_app.domain.calendars import BusinessCalendar

DATA = Path(__file__).resolve().parent.parent / "data"


@cache
def calendar_data() -> dict[str, dict[str, object]]:
    loaded: dict[str, dict[str, object]] = json.loads((DATA / "calendars.json").read_text(encoding="utf-8"))
    return loaded


@cache
def calendar(name: str = "city") -> BusinessCalendar:
    return parse_calendar(calendar_data()[name])


def examples() -> list[dict[str, str]]:
    with (DATA / "deadline_examples.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))

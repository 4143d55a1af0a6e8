"""Dates as people and spreadsheets write them: 2026-11-24, 11/24/2026."""

from datetime import date, datetime

_FORMS = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y")


def parse_day(text: str) -> date | None:
    """Read a local date; None for what is none."""
    for form in _FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    return None

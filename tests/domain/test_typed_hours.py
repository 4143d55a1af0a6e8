"""Hours as people type them."""

import pytest

from requests_app.domain.calendar_errors import InvalidCalendar
from requests_app.domain.typed_hours import format_hours, parse_hours

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("", ""),
        ("  ", ""),
        ("8-17", "8:00–17:00"),
        ("8-12,", "8:00–12:00"),
        ("8:00 - 12:00, 13:00–16:30", "8:00–12:00, 13:00–16:30"),
        ("8:00 am – 12 pm; 1 p.m. - 5:30 PM", "8:00–12:00, 13:00–17:30"),
        ("12 am-12 pm", "0:00–12:00"),
        ("0.30-24", "0:30–24:00"),
    ],
)
def test_hours_are_read_as_people_type_them_and_written_back(typed: str, written: str) -> None:
    assert format_hours(parse_hours(typed)) == written
    assert parse_hours(written) == parse_hours(typed)


@pytest.mark.parametrize(
    "typed",
    ["8", "17-8", "16-8", "8-12, 11-17", "8:75-9", "13 pm-14 pm", "8-25", "22:00-6:00", "٨-١٢", "8-12-17", "mornings"],
)
def test_hours_that_cannot_be_are_refused(typed: str) -> None:
    with pytest.raises(InvalidCalendar):
        parse_hours(typed)

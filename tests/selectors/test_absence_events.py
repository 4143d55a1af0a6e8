"""Calendars as rows of absences: every kind of event, and what is hostile answered quickly and in words."""

from datetime import date
from time import monotonic

import pytest

from requests_app.domain.roster_files import UnusableRoster
from requests_app.selectors.absence_events import MOST_RECURRING, MOST_ROWS, read_calendar

TODAY = date(2026, 11, 23)


def event(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VEVENT", "UID:u", *lines, "END:VEVENT", ""])


def file(*events: str) -> bytes:
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{''.join(events)}END:VCALENDAR\r\n".encode()


def rows(*events: str) -> list[dict[str, str]]:
    return [line.cells for line in read_calendar(file(*events), today=TODAY).lines]


@pytest.mark.parametrize(
    ("lines", "starts", "until"),
    [
        (["DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261205"], "2026-12-01", "2026-12-04"),
        (["DTSTART;VALUE=DATE:20261201"], "2026-12-01", "2026-12-01"),
        (["DTSTART:20261201T130000", "DURATION:PT2H"], "2026-12-01T13:00:00", "2026-12-01T15:00:00"),
        (
            ["DTSTART;TZID=America/New_York:20261201T160000", "DTEND;TZID=Pacific Standard Time:20261201T170000"],
            "2026-12-01T21:00:00+00:00",
            "2026-12-02T01:00:00+00:00",
        ),
    ],
)
def test_whole_days_and_times_in_any_zone_are_read(lines: list[str], starts: str, until: str) -> None:
    [cells] = rows(event(*lines))
    assert (cells["from"], cells["until"]) == (starts, until)


def test_what_recurs_is_written_out_without_the_days_taken_out_and_with_those_moved() -> None:
    series = event(
        "DTSTART;VALUE=DATE:20261204", "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4", "EXDATE;VALUE=DATE:20261218"
    )  # fmt: skip
    moved = event("RECURRENCE-ID;VALUE=DATE:20270101", "DTSTART;VALUE=DATE:20261231")
    assert [cells["from"] for cells in rows(series, moved)] == ["2026-12-04", "2026-12-31", "2027-01-15"]
    assert len({cells["id"] for cells in rows(series, moved)}) == 3


def test_meetings_and_free_time_are_not_ticked_and_out_of_office_is() -> None:
    timed = ["DTSTART:20261201T130000", "DURATION:PT2H"]
    whole = "DTSTART;VALUE=DATE:20261201"
    found = [
        cells["tick"]
        for cells in rows(
            event(*timed), event(*timed, "X-MICROSOFT-CDO-BUSYSTATUS:OOF"), event(whole),
            event(whole, "TRANSP:TRANSPARENT"),
        )
    ]  # fmt: skip
    assert found == ["no", "", "", "no"]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["SUMMARY:Without a start"], "no_from"),
        (["DTSTART:20261201T130000"], "no_until"),
        (["DTSTART;VALUE=DATE:20261201", "DTEND:20261202T000000Z"], "date"),
        (["DTSTART;VALUE=DATE:00010101"], "date"),
        (["DTSTART;TZID=Mars/Base:20261201T130000", "DURATION:PT1H"], "zone"),
        (["DTSTART;VALUE=DATE:20261201", "STATUS:CANCELLED"], "canceled"),
        (["DTSTART;VALUE=DATE:20261201", "RDATE:garbage"], "bad_event"),
        *[
            (["DTSTART;VALUE=DATE:20200106", f"RRULE:{rule}"], "rule")
            for rule in (
                "FREQ=SECONDLY", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;COUNT=99999999", "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
                "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYDAY=6MO", "FREQ=DAILY;BYMONTH=13",
                "FREQ=MONTHLY;INTERVAL=12;BYMONTH=5", "FREQ=DAILY;BYHOUR=1,2,3",
                "FREQ=DAILY;BYMONTHDAY=30;UNTIL=99991231",
            )
        ],
    ],
)  # fmt: skip
def test_an_event_that_cannot_be_used_says_why_and_spoils_no_other(lines: list[str], code: str) -> None:
    began = monotonic()
    bad, good = read_calendar(file(event(*lines), "", event("DTSTART;VALUE=DATE:20261201").replace("UID:u", "UID:v")),
                              today=TODAY).lines  # fmt: skip
    assert (bad.cells["error"], bad.line) == (code, 4)
    assert good.cells["from"] == "2026-12-01"
    assert monotonic() - began < 5


def test_too_many_repeating_events_are_refused_one_by_one() -> None:
    weekly = event("DTSTART;VALUE=DATE:20261201", "RRULE:FREQ=WEEKLY;COUNT=1")
    found = rows(*(weekly.replace("UID:u", f"UID:{number}") for number in range(MOST_RECURRING + 2)))
    assert [cells.get("error") for cells in found].count("too_many_rules") == 2


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (file(), "no_events"),
        (file("BEGIN:VEVENT\r\n"), "not_calendar"),
        (b"BEGIN:VCALENDAR\r\n\x00", "not_text"),
        (b"BEGIN:VCALENDAR", "not_calendar"),
        (file(*[event("DTSTART;VALUE=DATE:20261201")] * (MOST_ROWS + 1)), "too_many_rows"),
        (file(event("DTSTART;VALUE=DATE:20250101", "RRULE:FREQ=DAILY"), event("DTSTART;VALUE=DATE:20250101",
              "RRULE:FREQ=DAILY").replace("UID:u", "UID:v")), "too_many_rows"),
    ],
)  # fmt: skip
def test_a_file_nothing_can_be_read_from_says_why(data: bytes, code: str) -> None:
    with pytest.raises(UnusableRoster) as unusable:
        read_calendar(data, today=TODAY)
    assert unusable.value.code == code

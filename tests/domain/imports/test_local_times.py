"""Dates as other systems write them."""

from zoneinfo import ZoneInfo

import pytest

from requests_app.domain.imports.cases import BadRow
from requests_app.domain.imports.local_times import read_instant, required_instant

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("08/31/2015 12:48:00 AM", "2015-08-31T04:48:00+00:00"),
        ("08/31/2015 12:00:00 PM", "2015-08-31T16:00:00+00:00"),
        ("8/1/2015 1:05 pm", "2015-08-01T17:05:00+00:00"),
        ("01/31/2015 23:10", "2015-02-01T04:10:00+00:00"),
        ("01/31/2015", "2015-01-31T05:00:00+00:00"),
        ("2016-01-01 00:13:00", "2016-01-01T05:13:00+00:00"),
        ("2016-01-01T00:13:00.000", "2016-01-01T05:13:00+00:00"),
        ("2016-07-01T00:13:00Z", "2016-07-01T00:13:00+00:00"),
        ("2016-07-01T00:13:00+05:30", "2016-06-30T18:43:00+00:00"),
        ("2016-07-01 00:13:00.123456-0700", "2016-07-01T07:13:00.123456+00:00"),
        ("2016-01-01", "2016-01-01T05:00:00+00:00"),
        ("11/01/2015 01:30:00 AM", "2015-11-01T05:30:00+00:00"),  # twice on the clock: the first reading
    ],
)
def test_every_spelling_is_one_instant(text: str, utc: str) -> None:
    at = read_instant("opened", f" {text} ", NEW_YORK)
    assert at is not None
    assert at.isoformat() == utc


@pytest.mark.parametrize(
    "text",
    [
        "last Tuesday", "13/01/2015 10:00:00 AM", "02/30/2015 10:00:00 AM", "08/31/2015 13:00:00 PM",
        "08/31/2015 00:10:00 AM", "2016-13-01", "2016-01-01T25:00:00", "20160101", "2016-W01-1", "1451606400",
        "08/31/2015 12:48:00 AM extra", "٠٨/٣١/٢٠١٥",
    ],
)  # fmt: skip
def test_what_is_no_date_is_said_so(text: str) -> None:
    with pytest.raises(BadRow, match="unreadable date in opened"):
        read_instant("opened", text, NEW_YORK)


def test_a_time_that_a_clock_change_leaves_out_is_a_bad_row() -> None:
    with pytest.raises(BadRow, match="left out by a clock change"):
        read_instant("opened", "03/08/2015 02:30:00 AM", NEW_YORK)
    assert read_instant("opened", "03/08/2015 02:30:00 AM", ZoneInfo("America/Phoenix")) is not None


def test_an_instant_beyond_the_calendar_is_a_bad_row() -> None:
    with pytest.raises(BadRow, match="unreadable date"):
        read_instant("opened", "9999-12-31 23:00:00", NEW_YORK)


def test_an_empty_date_is_none_unless_it_has_to_be_there() -> None:
    assert read_instant("closed", "  ", NEW_YORK) is None
    with pytest.raises(BadRow, match="no date in opened"):
        required_instant("opened", "", NEW_YORK)

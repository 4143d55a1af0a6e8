from datetime import date

import pytest

from requests_app.domain.wording import (
    Style,
    format_business_minutes,
    format_date,
    format_instant,
    format_relative_due,
    format_time,
)
from tests.domain.builders import PACIFIC, at, build_calendar
from tests.domain.examples import calendar

DUE = at("2026-11-25 17:00")


@pytest.mark.parametrize(
    ("language", "style", "text"),
    [
        ("en", None, "Wed 25 Nov, 5:00 pm"),
        ("en", Style.LONG, "Wednesday 25 November at 5:00 pm"),
        ("es", None, "miércoles 25 de noviembre a las 5:00 p. m."),
        ("es-mx", Style.SHORT, "mié 25 nov, 5:00 p. m."),
        ("xx", None, "Wed 25 Nov, 5:00 pm"),
    ],
)
def test_an_instant_in_words(language: str, style: Style | None, text: str) -> None:
    assert format_instant(DUE, time_zone=PACIFIC, language=language, style=style) == text


def test_the_year_shows_only_when_it_is_another_one() -> None:
    other = date(2027, 1, 4)
    assert format_instant(DUE, time_zone=PACIFIC, today=date(2026, 1, 1)) == "Wed 25 Nov, 5:00 pm"
    assert format_instant(DUE, time_zone=PACIFIC, today=other) == "Wed 25 Nov 2026, 5:00 pm"
    assert (
        format_instant(DUE, time_zone=PACIFIC, today=other, language="es")
        == "miércoles 25 de noviembre de 2026 a las 5:00 p. m."
    )
    assert format_date(date(2026, 11, 25), today=other) == "Wed 25 Nov 2026"


def test_one_o_clock_takes_the_singular_in_spanish() -> None:
    text = format_instant(at("2026-11-25 13:15"), time_zone=PACIFIC, language="es")
    assert text == "miércoles 25 de noviembre a la 1:15 p. m."


@pytest.mark.parametrize(
    ("minute", "text"),
    [(0, "12:00 am"), (61, "1:01 am"), (720, "12:00 pm"), (1439, "11:59 pm"), (1440, "midnight")],
)
def test_a_minute_of_the_day(minute: int, text: str) -> None:
    assert format_time(minute) == text


def test_dates_in_every_month_have_a_name_in_both_languages() -> None:
    days = [date(2026, month, 1) for month in range(1, 13)]
    for language in ("en", "es"):
        for style in Style:
            assert len({format_date(on, language=language, style=style) for on in days}) == 12


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "0 min"), (40, "40 min"), (59, "59 min"), (60, "1 h"), (144, "2.4 h"), (540, "9 h"), (6000, "100 h")],
)
def test_business_minutes_in_words(minutes: int, text: str) -> None:
    assert format_business_minutes(minutes) == text


@pytest.mark.parametrize(
    ("now", "english", "spanish"),
    [
        ("2026-11-25 14:00", "due in 3 h", "vence en 3 h"),
        ("2026-11-25 16:40", "due in 20 min", "vence en 20 min"),
        ("2026-11-25 16:59:30", "due now", "vence ahora"),
        ("2026-11-25 17:00", "due now", "vence ahora"),
        ("2026-11-24 16:00", "due in 1 business day", "vence en 1 día hábil"),
        ("2026-11-20 16:00", "due in 3 business days", "vence en 3 días hábiles"),
        ("2026-11-25 17:00:10", "1 min late", "1 min de retraso"),
        ("2026-11-25 20:00", "3 h late", "3 h de retraso"),
        ("2026-11-26 12:00", "19 h late", "19 h de retraso"),
        ("2026-11-29 12:00", "3 days late", "3 días de retraso"),
        ("2026-11-30 08:00", "1 business day late", "1 día hábil de retraso"),
        ("2026-12-01 08:00", "2 business days late", "2 días hábiles de retraso"),
    ],
)
def test_how_long_until_due_or_since(now: str, english: str, spanish: str) -> None:
    assert format_relative_due(calendar(), due_at=DUE, now=at(now)) == english
    assert format_relative_due(calendar(), due_at=DUE, now=at(now), language="es") == spanish


def test_a_label_never_fails_for_lack_of_a_calendar() -> None:
    short = build_calendar(known=(date(2026, 11, 1), date(2026, 11, 30)))
    assert format_relative_due(short, due_at=DUE, now=at("2026-12-15 17:00")) == "20 days late"

import copy
from collections.abc import Callable

import pytest

from requests_app.domain.calendar_errors import InvalidCalendar
from requests_app.domain.calendar_schema import dump_calendar, parse_calendar
from tests.domain.examples import calendar_data

Data = dict[str, object]


@pytest.mark.parametrize("name", sorted(calendar_data()))
def test_every_calendar_survives_the_round_trip(name: str) -> None:
    parsed = parse_calendar(calendar_data()[name])
    assert parse_calendar(dump_calendar(parsed)) == parsed


def test_a_calendar_is_written_back_as_it_was_read() -> None:
    assert dump_calendar(parse_calendar(calendar_data()["city"])) == calendar_data()["city"]


WEEK: Data = {day: [] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}


def _put(key: str, value: object) -> Callable[[Data], None]:
    return lambda data: data.__setitem__(key, value)


BAD = {
    "time_zone": [_put("time_zone", "Mars/Olympus"), _put("time_zone", 3), _put("time_zone", "../etc/passwd")],
    "calendar.weekly_hours": [lambda data: data.pop("weekly_hours")],
    "weekly_hours.sun": [_put("weekly_hours", {day: [] for day in WEEK if day != "sun"})],
    "weekly_hours.mon": [
        _put("weekly_hours", {**WEEK, "mon": pairs})
        for pairs in ([["17:00", "08:00"]], [["08:00", "12:00"], ["11:00", "13:00"]], "08:00-17:00")
    ],
    "calendar.closure": [_put("closure", [])],
    "known_from": [_put("known_from", "20250101"), _put("known_from", "2025-W01-1"), _put("known_from", None)],
    "known_through": [_put("known_through", "2024-12-31"), _put("known_through", "2028-02-30")],
    "business_day_hours": [
        _put("business_day_hours", value) for value in (True, "9", float("nan"), float("inf"), 0, 25, None)
    ],
    "partial_days_count": [_put("partial_days_count", 1)],
    "closures": [_put("closures", {})],
    "closures[0].date": [_put("closures", [{"date": "tomorrow"}])],
    "closures[0].open": [_put("closures", [{"date": "2026-01-01", "open": [["12:00", "08:00"]]}])],
    "closures[0].open[0]": [
        _put("closures", [{"date": "2026-01-01", "open": [pair]}])
        for pair in (["8:00", "12:00"], ["08:00", "25:00"], ["08:00"], "08:00-12:00", [8, 12], ["08:00", "24:01"])
    ],
    "alternate_days_off": [_put("alternate_days_off", [{"weekday": "fri", "anchor": "2026-09-17"}])],
    "alternate_days_off[0].weekday": [_put("alternate_days_off", [{"weekday": "friday", "anchor": "2026-09-18"}])],
    "name": [_put("name", 7)],
}


@pytest.mark.parametrize(("field", "spoil"), [(field, spoil) for field, spoils in BAD.items() for spoil in spoils])
def test_a_wrong_field_is_named(field: str, spoil: Callable[[Data], None]) -> None:
    data = copy.deepcopy(calendar_data()["city"])
    spoil(data)
    with pytest.raises(InvalidCalendar) as caught:
        parse_calendar(data)
    assert caught.value.params["field"] == field
    assert str(caught.value).startswith(field)


@pytest.mark.parametrize("data", [None, [], "city", 3])
def test_only_an_object_is_a_calendar(data: object) -> None:
    with pytest.raises(InvalidCalendar, match="must be an object"):
        parse_calendar(data)


def test_what_has_a_natural_default_may_be_left_out() -> None:
    data = {
        key: value
        for key, value in calendar_data()["city"].items()
        if key not in ("name", "alternate_days_off", "partial_days_count", "closures")
    }
    calendar = parse_calendar(data)
    assert calendar.closures == {}
    assert calendar.partial_days_count is False

import json
from datetime import date

import pytest

from requests_app.domain.calendars import AlternateDayOff, Closure
from requests_app.domain.deadlines import Rule, calendar_days_deadline, close_of_business, compute_deadline
from requests_app.domain.trace import TraceStep, from_json, render_trace, to_json, trace_step
from tests.domain.builders import at, build_calendar, hours

NAMED = build_calendar(
    closures=[
        Closure(date(2026, 11, 11), "Veterans Day"),
        *(Closure(date(2026, 12, day), "Winter closure") for day in range(28, 32)),
        Closure(date(2027, 1, 1), "New Year's Day"),
        Closure(date(2026, 12, 23), "Half day", hours("08:00-12:00")),
        Closure(date(2026, 12, 22), "closed"),
    ],
    alternate=[AlternateDayOff(4, date(2026, 11, 20))],
)


def sentences(received: str, days: int, rule: Rule = Rule.END_OF_NTH_BUSINESS_DAY, language: str = "en") -> list[str]:
    deadline = compute_deadline(NAMED, received_at=at(received), business_days=days, rule=rule)
    return render_trace(deadline.trace, language)


def test_a_trace_reads_as_plain_sentences() -> None:
    assert sentences("2026-11-13 17:12", 1) == [
        "Received Fri 13 Nov, 5:12 pm, after closing.",
        "Day 0 is Fri 13 Nov.",
        "Sat 14 and Sun 15 Nov: closed.",
        "Mon 16 Nov is business day 1.",
        "Answer by Mon 16 Nov, 5:00 pm.",
    ]


def test_the_same_trace_in_spanish() -> None:
    assert sentences("2026-11-13 17:12", 1, language="es") == [
        "Recibido el vie 13 nov, 5:12 p. m., después del cierre.",
        "El día 0 es el vie 13 nov.",
        "Sáb 14 y dom 15 nov: cerrado.",
        "El lun 16 nov es el día hábil 1.",
        "Responder a más tardar el lun 16 nov, 5:00 p. m.",
    ]


def test_a_holiday_is_named_and_a_regular_day_off_is_told_apart() -> None:
    told = sentences("2026-11-10 09:00", 1)
    assert told[2:4] == ["Wed 11 Nov: Veterans Day, closed.", "Thu 12 Nov is business day 1."]
    told = sentences("2026-11-19 09:00", 1)
    assert told[2:4] == ["Fri 20 Nov: regular day off, closed.", "Sat 21 and Sun 22 Nov: closed."]


def test_runs_are_joined_by_name_and_the_year_shows_once_it_changes() -> None:
    assert sentences("2026-12-24 10:00", 1) == [
        "Received Thu 24 Dec, 10:00 am.",
        "Day 0 is Thu 24 Dec.",
        "Fri 25 Dec is business day 1.",
        "Answer by Fri 25 Dec, 5:00 pm.",
    ]
    assert sentences("2026-12-26 10:00", 1)[2:] == [
        "Sun 27 Dec: closed.",
        "Mon 28 to Thu 31 Dec: Winter closure, closed.",
        "Fri 1 Jan 2027: New Year's Day, closed.",
        "Sat 2 and Sun 3 Jan 2027: closed.",
        "Mon 4 Jan 2027 is business day 1.",
        "Answer by Mon 4 Jan 2027, 5:00 pm.",
    ]


def test_a_part_day_says_that_it_does_not_count_and_a_nameless_closure_is_just_closed() -> None:
    told = sentences("2026-12-21 10:00", 1)
    assert told[2:4] == [
        "Tue 22 Dec: closed.",
        "Wed 23 Dec: Half day, open for part of the day, does not count.",
    ]


def test_a_day_with_special_hours_says_so() -> None:
    counted = build_calendar(
        closures=[Closure(date(2026, 12, 23), "Half day", hours("08:00-12:00"))], partial_days_count=True
    )
    deadline = compute_deadline(
        counted, received_at=at("2026-12-22 10:00"), business_days=1, rule=Rule.END_OF_NTH_BUSINESS_DAY
    )
    assert render_trace(deadline.trace)[2:] == [
        "Wed 23 Dec, with special hours, is business day 1.",
        "Answer by Wed 23 Dec, 12:00 pm.",
    ]


def test_a_contact_deemed_received_later_says_from_which_day_is_counted() -> None:
    assert sentences("2026-11-13 17:12", 1, Rule.DEEMED_NEXT_BUSINESS_DAY) == [
        "Received Fri 13 Nov, 5:12 pm, after closing.",
        "Sat 14 and Sun 15 Nov: closed.",
        "Counts as received on Mon 16 Nov, which is day 0.",
        "Tue 17 Nov is business day 1.",
        "Answer by Tue 17 Nov, 5:00 pm.",
    ]


def test_rolling_hours_are_told_day_by_day_and_add_up() -> None:
    assert sentences("2026-11-10 12:10:45", 1, Rule.ROLLING_BUSINESS_HOURS) == [
        "Received Tue 10 Nov, 12:10 pm.",
        "9 h of open time to count.",
        "Tue 10 Nov: 4 h 50 min counted.",
        "Wed 11 Nov: Veterans Day, closed.",
        "Thu 12 Nov: 4 h 10 min counted.",
        "Answer by Thu 12 Nov, 12:10 pm.",
    ]


@pytest.mark.parametrize(
    ("received", "when"),
    [
        ("2026-11-10 07:59", ", before opening."),
        ("2026-11-10 08:00", "am."),
        ("2026-11-10 17:00", "5:00 pm."),
        ("2026-11-10 17:01", ", after closing."),
        ("2026-11-11 10:00", ", on a closed day."),
    ],
)
def test_the_first_sentence_says_where_in_the_day_a_contact_fell(received: str, when: str) -> None:
    assert sentences(received, 1)[0].endswith(when)


def test_lunch_is_a_break() -> None:
    lunch = build_calendar(open_hours=hours("08:00-12:00", "13:00-17:00"))
    deadline = compute_deadline(
        lunch, received_at=at("2026-10-13 12:15"), business_days=1, rule=Rule.END_OF_NTH_BUSINESS_DAY
    )
    assert render_trace(deadline.trace)[0] == "Received Tue 13 Oct, 12:15 pm, during a break."
    assert render_trace(deadline.trace, "es")[0] == "Recibido el mar 13 oct, 12:15 p. m., durante una pausa."


def test_calendar_days_and_promises_are_explained_too() -> None:
    records = calendar_days_deadline(NAMED, received_at=at("2026-11-01 10:00"), calendar_days=10)
    assert render_trace(records.trace)[1:] == [
        "10 calendar days after receipt: Wed 11 Nov.",
        "Wed 11 Nov: Veterans Day, closed.",
        "Moved to the next business day, Thu 12 Nov.",
        "Answer by Thu 12 Nov, 5:00 pm.",
    ]
    assert render_trace(close_of_business(NAMED, date(2026, 11, 12)).trace, "es") == [
        "Prometido para el jue 12 nov.",
        "Responder a más tardar el jue 12 nov, 5:00 p. m.",
    ]


def test_a_closing_at_midnight_is_told_on_its_own_day() -> None:
    late = build_calendar(open_hours=hours("16:00-24:00"))
    assert render_trace(close_of_business(late, date(2026, 10, 16)).trace)[-1] == "Answer by Fri 16 Oct, midnight."


def test_closure_names_are_data_whatever_they_contain() -> None:
    odd = build_calendar(closures=[Closure(date(2026, 10, 14), "{on} %s <b>Día</b>")])
    deadline = compute_deadline(
        odd, received_at=at("2026-10-13 10:00"), business_days=1, rule=Rule.END_OF_NTH_BUSINESS_DAY
    )
    assert "Wed 14 Oct: {on} %s <b>Día</b>, closed." in render_trace(deadline.trace)


@pytest.mark.parametrize("rule", Rule)
def test_a_trace_survives_storage_as_json(rule: Rule) -> None:
    deadline = compute_deadline(NAMED, received_at=at("2026-11-10 12:10"), business_days=3, rule=rule)
    stored = json.loads(json.dumps(to_json(deadline.trace)))
    assert from_json(stored) == deadline.trace
    assert stored[0]["params"]["minute"] == 730


def test_steps_with_gaps_between_their_dates_are_not_joined() -> None:
    steps = [trace_step("weekly_closed", date(2026, 10, day), name="") for day in (17, 18, 24)]
    assert render_trace([TraceStep("day_zero", date(2026, 10, 16)), *steps])[1:] == [
        "Sat 17 and Sun 18 Oct: closed.",
        "Sat 24 Oct: closed.",
    ]


def test_no_steps_are_no_sentences_and_an_unknown_language_is_english() -> None:
    assert render_trace([]) == []
    assert sentences("2026-11-13 17:12", 1, language="tl") == sentences("2026-11-13 17:12", 1)

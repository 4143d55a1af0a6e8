"""Twenty receipts under four ways of counting, worked out by hand."""

from datetime import date, timedelta

import pytest

from requests_app.domain.calendars import BusinessCalendar, Closure
from requests_app.domain.deadlines import Rule, compute_deadline
from tests.domain.builders import at, build_calendar, hours

R1, R2, R3 = Rule.END_OF_NTH_BUSINESS_DAY, Rule.DEEMED_NEXT_BUSINESS_DAY, Rule.ROLLING_BUSINESS_HOURS

HOLIDAYS = [
    *(Closure(on, "Holiday") for on in (date(2026, 7, 3), date(2026, 11, 11), date(2026, 11, 26), date(2026, 11, 27))),
    *(Closure(date(2026, 12, 24) + timedelta(days=day), "Winter closure") for day in range(9)),
    *(Closure(on, "Holiday") for on in (date(2027, 1, 18), date(2027, 7, 5))),
]
CALENDARS = {
    "A": build_calendar(closures=HOLIDAYS),
    "B": build_calendar(
        closures=HOLIDAYS, open_on=("mon", "tue", "wed", "thu"), open_hours=hours("08:00-16:30"), day_hours="8.5"
    ),
    "half day": build_calendar(closures=[*HOLIDAYS, Closure(date(2026, 12, 23), "Half day", hours("08:00-12:00"))]),
    "lunch": build_calendar(closures=HOLIDAYS, open_hours=hours("08:00-12:00", "13:00-17:00"), day_hours="8"),
}

# calendar, receipt, then: deemed n=1, deemed n=2, end of day n=1, rolling n=1
CASES = [
    ("A", "2026-10-13 10:00", "2026-10-14 17:00", "2026-10-15 17:00", "2026-10-14 17:00", "2026-10-14 10:00"),
    ("A", "2026-10-16 16:59", "2026-10-19 17:00", "2026-10-20 17:00", "2026-10-19 17:00", "2026-10-19 16:59"),
    ("A", "2026-10-16 17:00", "2026-10-19 17:00", "2026-10-20 17:00", "2026-10-19 17:00", "2026-10-19 17:00"),
    ("A", "2026-10-17 12:00", "2026-10-20 17:00", "2026-10-21 17:00", "2026-10-19 17:00", "2026-10-19 17:00"),
    ("A", "2026-10-19 07:30", "2026-10-20 17:00", "2026-10-21 17:00", "2026-10-20 17:00", "2026-10-19 17:00"),
    ("A", "2026-11-25 16:00", "2026-11-30 17:00", "2026-12-01 17:00", "2026-11-30 17:00", "2026-11-30 16:00"),
    ("A", "2026-11-26 09:00", "2026-12-01 17:00", "2026-12-02 17:00", "2026-11-30 17:00", "2026-11-30 17:00"),
    ("A", "2026-11-10 15:00", "2026-11-12 17:00", "2026-11-13 17:00", "2026-11-12 17:00", "2026-11-12 15:00"),
    ("A", "2026-10-30 16:30", "2026-11-02 17:00", "2026-11-03 17:00", "2026-11-02 17:00", "2026-11-02 16:30"),
    ("A", "2026-11-01 01:30", "2026-11-03 17:00", "2026-11-04 17:00", "2026-11-02 17:00", "2026-11-02 17:00"),
    ("A", "2027-03-12 16:30", "2027-03-15 17:00", "2027-03-16 17:00", "2027-03-15 17:00", "2027-03-15 16:30"),
    ("A", "2026-12-23 16:00", "2027-01-04 17:00", "2027-01-05 17:00", "2027-01-04 17:00", "2027-01-04 16:00"),
    ("A", "2026-12-30 10:00", "2027-01-05 17:00", "2027-01-06 17:00", "2027-01-04 17:00", "2027-01-04 17:00"),
    ("A", "2026-07-02 09:00", "2026-07-06 17:00", "2026-07-07 17:00", "2026-07-06 17:00", "2026-07-06 09:00"),
    ("A", "2027-07-02 09:00", "2027-07-06 17:00", "2027-07-07 17:00", "2027-07-06 17:00", "2027-07-06 09:00"),
    ("B", "2026-10-15 16:00", "2026-10-19 16:30", "2026-10-20 16:30", "2026-10-19 16:30", "2026-10-19 16:00"),
    ("B", "2026-10-16 09:00", "2026-10-20 16:30", "2026-10-21 16:30", "2026-10-19 16:30", "2026-10-19 16:30"),
    ("B", "2027-01-14 16:00", "2027-01-19 16:30", "2027-01-20 16:30", "2027-01-19 16:30", "2027-01-19 16:00"),
    ("half day", "2026-12-23 12:30", "2027-01-05 17:00", "2027-01-06 17:00", "2027-01-04 17:00", "2027-01-04 17:00"),
    ("lunch", "2026-10-13 12:15", "2026-10-14 17:00", "2026-10-15 17:00", "2026-10-14 17:00", "2026-10-14 12:00"),
]


@pytest.mark.parametrize("column", range(4), ids=["deemed-1", "deemed-2", "end-of-day-1", "rolling-1"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]} {case[1]}")
def test_reference_case(case: tuple[str, ...], column: int) -> None:
    rule, business_days = ((R2, 1), (R2, 2), (R1, 1), (R3, 1))[column]
    calendar: BusinessCalendar = CALENDARS[case[0]]
    deadline = compute_deadline(calendar, received_at=at(case[1]), business_days=business_days, rule=rule)
    assert deadline.due_at == at(case[2 + column])


@pytest.mark.parametrize("rule", Rule)
def test_both_readings_of_the_ambiguous_hour_are_due_together(rule: Rule) -> None:
    first, second = (
        compute_deadline(
            CALENDARS["A"], received_at=at("2026-11-01 01:30", fold=fold), business_days=1, rule=rule
        ).due_at
        for fold in (0, 1)
    )
    assert first == second


def test_a_due_instant_after_the_clocks_change_keeps_its_local_closing_time() -> None:
    autumn = compute_deadline(CALENDARS["A"], received_at=at("2026-10-30 16:30"), business_days=1, rule=R1)
    spring = compute_deadline(CALENDARS["A"], received_at=at("2027-03-12 16:30"), business_days=1, rule=R1)
    assert autumn.due_at.isoformat() == "2026-11-03T01:00:00+00:00"
    assert spring.due_at.isoformat() == "2027-03-16T00:00:00+00:00"

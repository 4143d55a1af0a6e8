"""What is told of opinions stays whole under subtraction: no two pages give away a few (III.c.ii)."""

from datetime import date
from itertools import combinations

import pytest
from django.test import Client

from requests_app.domain.periods import Month, Period
from requests_app.models import Department
from requests_app.selectors.feedback_figures import survey_cells, total
from requests_app.selectors.feedback_told import Told, told_feedback, told_groups
from tests.cast import Cast, login_of
from tests.selectors.test_feedback_figures import asked, said

SMALL = 5
MONTHS = [date(2026, number, 1) for number in range(1, 9)]
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def answers(department: Department, *numbers: int) -> None:
    """Have so many answer in each month from January on."""
    for month, number in zip(MONTHS, numbers, strict=False):
        for each in range(number):
            said(department, month, respect=1 + each % 5)


def n_told(period: Period) -> int:
    groups = told_groups(period=period, department_ids=None, small_number=SMALL)
    return total(Told(groups).of(survey_cells(period=period))).answered


@pytest.mark.parametrize("numbers", [(6, 2, 7, 1, 1, 9, 3), (1, 1, 1, 1, 6, 6), (5, 4, 5, 4, 5), (2, 2)])
def test_two_periods_subtracted_never_leave_a_few(cast: Cast, numbers: tuple[int, ...]) -> None:
    answers(cast.streets, *numbers)
    stretches = [
        Period(first, Month.of(last).last_on) for first, last in combinations([*MONTHS, date(2026, 9, 1)], 2)
    ] + [Period.of_month(Month.of(month)) for month in MONTHS]
    found = {period: n_told(period) for period in stretches}
    for wide, narrow in ((a, b) for a in stretches for b in stretches):
        if wide.from_on <= narrow.from_on and narrow.to_on <= wide.to_on:
            left = found[wide] - found[narrow]
            assert left == 0 or left >= SMALL, (wide, narrow)
    assert n_told(YEAR) >= sum(numbers) - (SMALL - 1) or sum(numbers) < SMALL


def test_a_department_that_would_give_away_another_is_not_told_of_by_itself(cast: Cast) -> None:
    answers(cast.streets, 9)
    answers(cast.public_works, 2)
    answers(cast.finance, 7)
    police = Department.objects.get(slug="police")
    answers(police, 3)

    def told(*departments: Department) -> Told:
        asked = frozenset(each.pk for each in departments) or None
        return told_feedback(period=YEAR, reach=None, asked=asked, small_number=SMALL)

    whole = told()
    # Three of the police would be the rest of the city, so the smallest other is hidden with them: finance.
    # The two right in public works would be the rest of it, so its division is hidden with them.
    assert whole.departments == frozenset()
    assert told(police).groups == ()
    assert told(cast.finance).groups == ()
    assert told(cast.streets).groups == ()
    assert told(cast.public_works, cast.streets).groups == whole.groups != ()
    answers(police, 0, 4)
    answers(cast.public_works, 0, 3)
    assert told().departments == {each.pk for each in (cast.streets, cast.public_works, cast.finance, police)}
    assert told(police).groups == ((MONTHS[0], MONTHS[1]),)


def test_the_page_of_one_department_keeps_to_what_the_page_of_all_hides(client: Client, cast: Cast) -> None:
    answers(cast.finance, 7)
    answers(Department.objects.get(slug="police"), 3)
    client.force_login(login_of(cast.hana))
    period = {"from": "2026-01-01", "to": "2026-01-31"}
    whole = client.get("/feedback/", period).context["tables"]
    assert [row.agree for row in whole["departments"]] == ["too few to show"] * 2
    assert whole["questions"][0].n == 10
    assert "%" in whole["questions"][0].agree
    alone = client.get("/feedback/", {**period, "department": cast.finance.slug}).context["tables"]
    assert {row.agree for table in alone.values() for row in table} == {"too few to show", "no data"}
    assert not any(count for table in alone.values() for row in table for count in row.counts)
    client.force_login(login_of(cast.charlie))
    assert client.get("/feedback/", period).status_code == 403


def test_months_of_few_are_told_of_together(client: Client, cast: Cast) -> None:
    answers(cast.finance, 4, 0, 3, 6, 2)
    asked(cast.finance, date(2026, 2, 1))  # of whom nobody answered
    client.force_login(login_of(cast.hana))
    rows = client.get("/feedback/", {"from": "2026-01-01", "to": "2026-05-31"}).context["tables"]["months"]
    assert [(row.label, row.answered, "%" in row.agree) for row in rows] == [
        ("January 2026 – March 2026", 7, True), ("April 2026", 6, True), ("May 2026", 2, False),
    ]  # fmt: skip
    rows = client.get("/feedback/", {"from": "2026-03-01", "to": "2026-04-30"}).context["tables"]["months"]
    assert [(row.label, "%" in row.agree) for row in rows] == [("March 2026", False), ("April 2026", True)]

"""The twelve months of the scorecard: every figure has them, and each month says what that month's own card says."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from requests_app.demo.seeding import Wish, seed_city_year
from requests_app.domain.scorecard import Pair
from requests_app.domain.trainings import Standing
from requests_app.domain.vocabulary import Role
from requests_app.models import (
    Attestation,
    AttestationRound,
    Award,
    ColleagueThanks,
    Employee,
    PolicyVersion,
    RoleAssignment,
)
from requests_app.selectors.policy_reviews import review_countdowns
from requests_app.selectors.trainings import TrainingDesk, on_roster, training_counts_on, training_scope, was_on_roster
from requests_app.views.scorecard_rows import ClauseRow, FigureRow
from tests.cast import Cast, actor, login_of
from tests.factories import NOW, EmployeeFactory, make_login
from tests.selectors.test_feedback_figures import said
from tests.training_cases import make_course, took

PAGE = "/compliance/scorecard/"
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _fixed_clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def _reader(client: Client, employee: Employee) -> Client:
    client.force_login(login_of(employee))
    return client


def _figures(client: Client, query: str = "") -> dict[tuple[str, str], FigureRow]:
    rows: list[ClauseRow] = client.get(f"{PAGE}{query}").context["rows"]
    return {(row.clause.key, figure.code): figure for row in rows for figure in row.figures}


def test_each_month_says_what_the_card_of_that_month_says(client: Client, city: None) -> None:
    seed_city_year(Wish(requests=150, seed=7, until_at=NOW))
    reader = RoleAssignment.objects.filter(role=Role.HR)[0].employee
    client.force_login(reader.user or make_login(reader))
    november = _figures(client, "?from=2026-11-01&to=2026-11-23")
    assert not november.pop(("III.a.iii", "told")).months  # nothing records it
    assert {len(figure.months) for figure in november.values()} == {12}
    compared = 0
    for back, month in ((1, "2026-10-01&to=2026-10-31"), (4, "2026-07-01&to=2026-07-31")):
        figures = _figures(client, f"?from={month}")
        for key in november:
            found, figure = november[key].series.months[-1 - back], figures.get(key)
            if figure is None:  # visitors waiting: without a sample week there is no line
                assert (key, found.whole) == (("III.b.iii.1", "waiting"), 0)
                continue
            assert found == figure.series.now, (key, month)
            assert november[key].months[-1 - back].url == f"{PAGE}{key[0]}/?from={month}"
            compared += found.whole > 0
    assert compared > 40


def test_thanks_and_awards_are_counted_and_listed_as_their_register_does(client: Client, cast: Cast) -> None:
    for on in (TODAY, date(2026, 11, 2), date(2026, 10, 30)):
        known = {"employee": cast.bob, "on": on}
        ColleagueThanks.objects.create(**known, thanked_by=cast.alice, text="Thank you")
        Award.objects.create(**known, name="Star", occasion="The storm", recorded_by=cast.hana, recorded_at=NOW)
    client = _reader(client, cast.hana)
    for query, expected in (("", 2), (f"?department={cast.streets.slug}", 2), (f"?department={cast.finance.slug}", 0)):
        found = _figures(client, query)
        for key in (("III.b.iv.5", "thanks"), ("III.d.iii", "award")):
            assert found[key].whole.count == expected
            assert client.get(found[key].whole.url).context["total"] == expected
    figure = _figures(client)["III.b.iv.5", "thanks"]
    assert [pair.part for pair in figure.series.months[-3:]] == [0, 1, 2]
    assert (figure.target, figure.tag) == ("", None)


def test_training_of_a_past_day_counts_who_was_there_and_what_was_taken_by_then(cast: Cast) -> None:
    course = make_course()
    took(cast.bob, course, date(2026, 3, 2))
    EmployeeFactory.create(is_active=False, hired_on=None, left_on=date(2026, 6, 1), department=cast.streets)
    EmployeeFactory.create(hired_on=date(2026, 5, 1), department=cast.streets)
    days = [date(2026, 3, 1), date(2026, 3, 2), date(2026, 5, 31), date(2026, 6, 1), TODAY]
    scope = training_scope(actor(cast.hana))
    assert scope
    counts = training_counts_on(days, scope, department_ids=frozenset({cast.streets.pk}))
    assert [(counts[on].in_date, counts[on].n, counts[on].pending) for on in days] == [
        (0, 4, 0),  # Alice, Bob, Sam and who left in June
        (1, 4, 0),
        (1, 4, 1),  # one more has begun, and has thirty days
        (1, 4, 0),  # who left is gone, and the thirty days are over
        (1, 4, 0),
    ]
    for on in days:
        assert {row.pk for row in Employee.objects.all() if was_on_roster(row, on)} == {row.pk for row in on_roster(on)}
        assert TrainingDesk(on).row(cast.sam).standing is Standing.OVERDUE


def test_who_signed_the_policy_is_counted_as_of_each_month(client: Client, cast: Cast) -> None:
    version = PolicyVersion.objects.get(number=1)
    held = AttestationRound.objects.create(version=version, opened_on=date(2026, 9, 1), due_on=date(2026, 9, 30))
    for person, on in ((cast.bob, date(2026, 9, 3)), (cast.alice, date(2026, 10, 5))):
        Attestation.objects.create(attestation_round=held, employee=person, attested_on=on, recorded_at=NOW)
    figure = _figures(_reader(client, cast.hana))["II", "policy-signed"]
    n = Employee.objects.count()
    assert list(figure.series.months[-4:]) == [Pair(), Pair(1, n), Pair(2, n), Pair(2, n)]
    listed = [len(client.get(each.url).context["lines"]) for each in (figure.part, figure.whole)]
    assert listed == [2, n]


def test_the_review_was_in_date_until_it_fell_due(client: Client, cast: Cast) -> None:
    approved_on = PolicyVersion.objects.get(number=1).approved_on
    assert approved_on
    due_on = approved_on.replace(year=2026)
    found = review_countdowns([approved_on - DAY, due_on, due_on + DAY])
    assert [each.days_left if each else None for each in found.values()] == [None, 0, -1]
    figure = _figures(_reader(client, cast.hana))["III.e", "review"]
    assert [month.said for month in figure.months] == ["yes"] * 4 + ["no"] * 8
    assert (figure.said, figure.before_said) == ("no", "no")


def test_a_month_of_too_few_opinions_tells_n_alone_and_cannot_be_worked_out(client: Client, cast: Cast) -> None:
    for month, count in ((8, 6), (9, 3), (10, 8), (11, 3)):
        for _ in range(count):
            said(cast.streets, date(2026, month, 1), listened=5)
    client = _reader(client, cast.hana)
    code = ("III.b.i.2", "opinion")
    figure, few = _figures(client)[code], "too few to show"
    assert (figure.said, figure.before_said) == (few, few)
    # September waits for October, so neither is told of by itself; November waits for December.
    assert [(month.part, month.whole) for month in figure.months[-4:]] == [(6, 6), (few, 3), (few, 8), (few, 3)]
    whole = _figures(client, "?from=2026-08-01&to=2026-11-23")[code]
    assert whole.said == "17 of 17"


def test_the_training_of_a_past_month_leads_to_the_roster_as_it_stood(client: Client, cast: Cast) -> None:
    course = make_course()
    took(cast.bob, course, date(2026, 3, 2))
    took(cast.alice, course, date(2026, 11, 2))
    left = EmployeeFactory.create(is_active=False, left_on=date(2026, 11, 5), department=cast.streets)
    client = _reader(client, cast.hana)
    figure = _figures(client, f"?department={cast.streets.slug}&from=2026-10-01&to=2026-10-31")["III.c.i", "trained"]
    assert (figure.part.count, figure.whole.count) == (1, 4)
    listed = [client.get(each.url) for each in (figure.part, figure.whole)]
    assert [response.context["total"] for response in listed] == [1, 4]
    page = listed[1].content.decode()
    assert left.name in page
    assert f'href="/training/people/{left.pk}/"' not in page  # whoever left has no page any more
    assert 'name="person"' not in page

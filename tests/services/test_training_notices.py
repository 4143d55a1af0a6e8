"""Who is told of training that is due: once, one notice for all of it, somebody who can be told (III.c.i)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from requests_app.models import Notice, TrainingReminder
from requests_app.services.sweeps import sweep_clocks
from requests_app.services.training_notices import tell_of_training
from tests.cast import Cast
from tests.factories import NOW, AbsenceFactory, EmployeeFactory
from tests.training_cases import make_course, took

TODAY, DAY = date(2026, 11, 23), timedelta(days=1)
SATURDAY = datetime(2026, 11, 28, 20, tzinfo=UTC)


def told() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for notice in Notice.objects.filter(kind=Notice.Kind.TRAINING).order_by("pk"):
        found.setdefault(notice.recipient.name.split()[0], []).append(notice.text.partition("\nhttp")[0])
    return found


@pytest.fixture
def everybody_but_bob(cast: Cast) -> None:
    """Only Bob owes it: taken in December 2024, so again by 20 December 2026."""
    course = make_course()
    for person in vars(cast).values():
        if hasattr(person, "employment"):
            took(person, course)
    cast.bob.training_records.update(on=date(2024, 12, 20))


@pytest.mark.usefixtures("everybody_but_bob")
def test_each_date_is_told_once_ahead_and_once_when_it_is_over(cast: Cast) -> None:
    assert tell_of_training(now=NOW - 10 * DAY) == 0
    assert [tell_of_training(now=NOW), tell_of_training(now=NOW), tell_of_training(now=NOW + DAY)] == [1, 0, 0]
    late = datetime(2026, 12, 21, 20, tzinfo=UTC)
    assert [tell_of_training(now=late), tell_of_training(now=late + DAY)] == [1, 0]
    assert told() == {
        "Bob": [
            "Customer service: by Sun 20 Dec.",
            "Customer service: was to be taken by Sun 20 Dec.",
        ]
    }


@pytest.mark.usefixtures("everybody_but_bob")
def test_people_without_a_login_are_told_through_who_leads_them_in_one_notice(cast: Cast) -> None:
    EmployeeFactory.create(name="Vera", employment="volunteer", email="", department=cast.streets, hired_on=TODAY)
    EmployeeFactory.create(name="Carl", employment="contractor", email="", department=cast.streets)
    EmployeeFactory.create(name="Lea", is_active=False, department=cast.streets)
    assert tell_of_training(now=NOW) == 2
    assert "\n".join(told()["Sam"]).splitlines() == [
        "Vera: Customer service by Wed 23 Dec. Please pass it on.",
        "Carl: Customer service was to be taken by Thu 1 May 2025.",
    ]
    assert TrainingReminder.objects.count() == 3


@pytest.mark.usefixtures("everybody_but_bob")
def test_of_somebody_away_who_is_late_the_lead_hears_as_well(cast: Cast) -> None:
    AbsenceFactory.create(employee=cast.bob, starts_at=NOW - 90 * DAY, ends_at=None, ask_again_on=TODAY)
    tell_of_training(now=NOW)
    assert list(told()) == ["Bob"]
    tell_of_training(now=datetime(2026, 12, 21, 20, tzinfo=UTC))
    assert told()["Sam"] == ["Bob Teammate: Customer service was to be taken by Sun 20 Dec."]
    assert len(told()["Bob"]) == 2


@pytest.mark.usefixtures("everybody_but_bob")
def test_nobody_is_told_at_the_weekend_and_the_sweep_tells_the_next_time(cast: Cast) -> None:
    assert tell_of_training(now=SATURDAY) == 0
    assert sweep_clocks(now=NOW)["training_told"] == 1
    assert sweep_clocks(now=NOW)["training_told"] == 0
    mail = Notice.objects.get(kind=Notice.Kind.TRAINING).mail
    assert mail
    assert mail.subject == "Training is to be taken"
    assert "/training/mine/" in mail.body


def test_a_course_that_is_in_use_no_longer_is_told_of_no_more(cast: Cast) -> None:
    make_course(is_active=False)
    assert tell_of_training(now=NOW) == 0

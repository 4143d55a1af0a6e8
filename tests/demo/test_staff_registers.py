"""The registers of the demo that are about its staff: everybody is in them, and nothing is told twice."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from requests_app.models import Improvement, Notice, TrainingRecord
from requests_app.selectors.improvements import improvement_counts
from requests_app.selectors.trainings import TrainingDesk, count_training, on_roster
from requests_app.services.training_notices import tell_of_training
from tests.demo.years import seeded_year

UNTIL_AT = datetime(2026, 11, 19, 0, 0, tzinfo=UTC)  # Wed 18 Nov, 4 pm in Pinole


@pytest.fixture(scope="module")
def _year(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with seeded_year(150, django_db_blocker, until_at=UNTIL_AT):
        yield


pytestmark = pytest.mark.usefixtures("_year", "db")


def test_most_are_in_date_with_their_training_and_some_are_not() -> None:
    desk = TrainingDesk(timezone.localdate(UNTIL_AT))
    counts = count_training(desk.row(person) for person in on_roster(desk.on))
    assert counts.n > 100
    assert 0.75 <= counts.in_date / counts.n <= 0.95
    assert not TrainingRecord.objects.filter(on__gt=desk.on).exists()
    assert not TrainingRecord.objects.filter(recorded_at__gt=UNTIL_AT).exists()


def test_what_was_due_by_then_counts_as_told() -> None:
    tell_of_training(now=UNTIL_AT)
    assert not Notice.objects.filter(kind=Notice.Kind.TRAINING).exists()


def test_staff_proposes_and_most_is_decided_in_time() -> None:
    today = timezone.localdate(UNTIL_AT)
    counts = improvement_counts(from_on=None, to_on=None, today=today)
    assert counts.proposed == 14
    assert counts.waiting
    assert counts.in_time > counts.late + counts.overdue
    assert Improvement.objects.filter(proposed_by=None).exists()
    assert not Improvement.objects.filter(decided_on__gt=today).exists()

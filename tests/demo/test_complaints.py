"""The complaints of the demo: each has its record, and ends as the procedure lets it."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from pytest_django.plugin import DjangoDbBlocker

from requests_app.domain.vocabulary import Status
from requests_app.models import Commendation, Complaint, ComplaintDecision, Escalation, FollowUp, ServiceRequest
from tests.demo.years import seeded_year

UNTIL_AT = datetime(2026, 11, 19, 0, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def _year(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with seeded_year(2200, django_db_blocker, until_at=UNTIL_AT):
        yield


pytestmark = pytest.mark.usefixtures("_year", "db")


def test_every_complaint_has_its_record_and_ends_by_a_follow_up_only() -> None:
    complaints = ServiceRequest.objects.filter(kind="complaint")
    assert complaints.count() == Complaint.objects.count() > 20
    ended = complaints.filter(closed_at__isnull=False)
    heard = FollowUp.objects.exclude(outcome="").values("complaint__service_request_id")
    assert ended.exists()
    assert not ended.exclude(pk__in=heard).exists()


def test_complaints_stand_everywhere_and_end_in_every_way() -> None:
    stands = set(ServiceRequest.objects.filter(kind="complaint").values_list("status", flat=True))
    assert Status.CLOSED in stands
    assert stands & {Status.NEW, Status.OPEN, Status.RESOLVED}, "the board of complaints would be empty"
    assert len(set(ComplaintDecision.objects.values_list("outcome", flat=True))) >= 3
    assert len(set(FollowUp.objects.values_list("outcome", flat=True))) >= 4


def test_nobody_unheard_is_given_up_before_three_tries() -> None:
    for ended in FollowUp.objects.filter(outcome="not_reached", complaint__service_request__no_reply=""):
        assert ended.decision.follow_ups.filter(outcome="").count() == 3


def test_most_complaints_that_became_late_were_passed_upwards_and_answered() -> None:
    assert Escalation.objects.exists()
    assert Escalation.objects.filter(answered_at__isnull=False).exists()
    for step in Escalation.objects.all():
        first = step.service_request.clocks.filter(milestone="complaint_answer").earliest("pk")
        assert first.due_at is not None
        assert step.sent_at > first.due_at
        assert step.receivers.get().employee == step.to_employee


def test_compliments_thank_somebody_and_leave_commendations_in_every_state() -> None:
    assert set(Commendation.objects.values_list("state", flat=True)) >= {"draft", "given"}
    assert all(row.decided_by != row.employee for row in Commendation.objects.all())

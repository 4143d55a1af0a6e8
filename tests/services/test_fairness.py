"""Whoever a complaint is about is told, represented, heard and given a copy; what is owed stays open (DOMAIN 4)."""

from datetime import date, datetime, timedelta

import pytest

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Confidentiality, FairnessKind, RequestKind, Status
from requests_app.models import AuditEntry, Complaint, Employee, FairnessStep, ServiceRequest
from requests_app.selectors.fairness import fairness_of, fairness_owed
from requests_app.services.fairness import FairnessEntry, keep_fair
from tests.cast import Cast, actor
from tests.factories import ServiceRequestFactory, concern

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def complaint(cast: Cast) -> ServiceRequest:
    """A complaint about Bob, which Sam decides."""
    found = ServiceRequestFactory.create(
        department=cast.streets, owner=cast.sam, kind=RequestKind.COMPLAINT, status=Status.OPEN,
        confidentiality=Confidentiality.CONFIDENTIAL,
    )  # fmt: skip
    Complaint.objects.create(service_request=found)
    concern(found, cast.bob)
    return found


def step(
    found: ServiceRequest, who: Employee, by: Employee, at: datetime, kind: FairnessKind, **facts: object
) -> FairnessStep:
    entry = FairnessEntry(**{"employee_id": who.pk, "kind": kind, "on": TODAY, **facts})  # type: ignore[arg-type]  # a test's own facts
    return keep_fair(request_id=found.pk, entry=entry, actor=actor(by), at=at)


def test_each_step_is_owed_until_it_is_done(cast: Cast, complaint: ServiceRequest, now: datetime) -> None:
    assert list(fairness_owed(complaint)[0].owed) == [
        FairnessKind.TOLD, FairnessKind.REPRESENTATIVE_OFFERED, FairnessKind.STATEMENT, FairnessKind.COPY_GIVEN,
    ]  # fmt: skip
    step(complaint, cast.bob, cast.sam, now, FairnessKind.TOLD)
    assert not fairness_owed(complaint)[0].is_heard
    step(complaint, cast.bob, cast.sam, now, FairnessKind.STATEMENT, text="I was polite.")
    assert fairness_owed(complaint)[0].is_heard
    step(complaint, cast.bob, cast.sam, now, FairnessKind.REPRESENTATIVE_OFFERED)
    step(complaint, cast.bob, cast.sam, now, FairnessKind.COPY_GIVEN, text="Export 7")
    assert fairness_owed(complaint) == []
    assert [done.kind for done in fairness_of(complaint)[0].steps][-1] == FairnessKind.COPY_GIVEN


def test_a_step_leaves_row_event_and_evidence_once_and_the_statement_in_none_of_them(
    cast: Cast, complaint: ServiceRequest, now: datetime
) -> None:
    for _ in range(2):
        done = step(
            complaint, cast.bob, cast.sam, now, FairnessKind.STATEMENT, text="I was polite.", by_id=cast.hana.pk
        )

    assert (done.by, done.on, done.at) == (cast.hana, TODAY, now)
    event = complaint.events.get(kind="fairness_kept")
    assert event.text == "Bob Teammate: Statement taken, 2026-11-23"
    assert "polite" not in f"{event.text} {event.data}"
    assert AuditEntry.objects.filter(action="fairness_kept", object_id=complaint.pk, actor=cast.sam).count() == 1


@pytest.mark.parametrize(
    ("case", "on", "refusal"),
    [
        ("bob by bob", TODAY, Refusal.ROLE),
        ("bob by fay", TODAY, Refusal.ROLE),
        ("bob by charlie", TODAY, Refusal.ROLE),
        ("alice by sam", TODAY, Refusal.NOT_CONCERNED),
        ("bob by sam", TODAY + timedelta(days=1), Refusal.IN_FUTURE),
        ("bob by sam", TODAY - timedelta(days=1), Refusal.BEFORE_COMPLAINT),
    ],
)
def test_what_is_refused(
    cast: Cast, complaint: ServiceRequest, now: datetime, case: str, on: date, refusal: Refusal
) -> None:
    who, by = (getattr(cast, name) for name in case.split(" by "))
    with pytest.raises(ActionRefused) as refused:
        step(complaint, who, by, now, FairnessKind.TOLD, on=on)
    assert refused.value.refusal is refusal
    assert not FairnessStep.objects.exists()


def test_nobody_concerned_does_it_for_another(cast: Cast, complaint: ServiceRequest, now: datetime) -> None:
    concern(complaint, cast.alice)
    with pytest.raises(ActionRefused) as refused:
        step(complaint, cast.bob, cast.sam, now, FairnessKind.TOLD, by_id=cast.alice.pk)
    assert refused.value.refusal is Refusal.PERSON_CONCERNED


def test_what_is_no_complaint_owes_nothing(cast: Cast, now: datetime) -> None:
    pothole = ServiceRequestFactory.create(department=cast.streets, owner=cast.sam)
    concern(pothole, cast.bob)
    assert fairness_owed(pothole) == []
    with pytest.raises(ActionRefused) as refused:
        step(pothole, cast.bob, cast.sam, now, FairnessKind.TOLD)
    assert refused.value.refusal is Refusal.NOT_A_COMPLAINT

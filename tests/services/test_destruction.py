"""What is destroyed is gone, what old figures stand on stays, and the certificate tells no content."""

from datetime import date, datetime, timedelta

import pytest

from requests_app.domain.periods import Period
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Confidentiality
from requests_app.models import (
    AuditEntry,
    BackgroundJob,
    Complaint,
    ComplaintDecision,
    ContactPoint,
    Customer,
    DisposalItem,
    DisposalList,
    Escalation,
    RedactedText,
    Redaction,
    ServiceRequest,
)
from requests_app.selectors.reports.compliance import compliance_report
from requests_app.selectors.reports.scope import ReportQuery, whole_city
from requests_app.selectors.request_texts import texts_of
from requests_app.services.answers import add_note
from requests_app.services.destruction import GONE, destroy_listed
from requests_app.services.holds import place_hold
from requests_app.services.jobs import run_next_jobs
from tests.cast import Cast, actor
from tests.factories import ServiceRequestFactory
from tests.records_of_old import LATER, WORD, closed_request, resolved_disposal
from tests.services.test_redactions import cells_with

Status = BackgroundJob.Status


@pytest.fixture
def then(now: datetime) -> datetime:
    """Three years on, by when what is closed now may go."""
    return now + LATER


def run(then: datetime) -> dict[str, int]:
    return run_next_jobs(clock=lambda: then)


def test_no_word_of_it_is_left_and_the_shell_keeps_number_and_dates(cast: Cast, now: datetime, then: datetime) -> None:
    old = closed_request(cast, at=now)
    resolved_disposal(cast, at=then)
    assert run(then) == {"done": 1, "failed": 0}

    for word in (WORD.lower(), "landlord", "castellanos", "5550101"):
        assert list(cells_with(word)) == []
    assert not Redaction.objects.exists()
    assert not RedactedText.objects.exists()
    assert not Customer.objects.exists()
    assert not ContactPoint.objects.exists()
    shell = ServiceRequest.objects.get(pk=old.pk)
    kept = ("number", "kind", "channel", "department_id", "received_at", "closed_at", "disposition", "status")
    assert [getattr(shell, name) for name in kept] == [getattr(old, name) for name in kept]
    assert (shell.title, shell.destroyed_at, shell.customer) == (GONE, then, None)
    assert {value for _, _, value in texts_of(old.pk) if isinstance(value, str)} == {GONE}


def test_what_was_complained_and_escalated_goes_too(cast: Cast, now: datetime, then: datetime) -> None:
    """Whatever of it may not be empty says that it is gone."""
    old = closed_request(cast, at=now)
    complaint = Complaint.objects.create(service_request=old, desired_outcome=WORD, review_reason=WORD)
    ComplaintDecision.objects.create(
        complaint=complaint,
        stage=1,
        outcome="upheld",
        **dict.fromkeys(("findings", "reasons", "remedy", "lesson"), WORD),
        root_cause="delay",
        interaction=old.interactions.earliest("pk"),
        decided_by=cast.sam,
        decided_at=now,
    )
    ends = ({"sent_back_at": now, "sent_back_by": cast.sam, "sent_back_reason": WORD, "to_employee": cast.sam},
            {"withdrawn_at": now, "to_outside": WORD})  # fmt: skip
    for end in ends:
        Escalation.objects.create(service_request=old, level=1, reason=WORD, sent_at=now, answer=WORD, **end)
    resolved_disposal(cast, at=then)

    assert run(then) == {"done": 1, "failed": 0}

    assert list(cells_with(WORD.lower())) == []
    assert set(Escalation.objects.values_list("reason", "answer")) == {(GONE, "")}


def test_the_certificate_tells_who_when_and_how_much_and_nothing_else(
    cast: Cast, now: datetime, then: datetime
) -> None:
    old = closed_request(cast, at=now)
    made = resolved_disposal(cast, at=then)
    run(then)
    made.refresh_from_db()
    item = DisposalItem.objects.get()
    assert (made.state, made.destroyed_at, made.resolution) == ("destroyed", then, "2029-14")
    assert (item.number, item.closed_at, item.destroyed_at) == (old.number, old.closed_at, then)
    assert item.counts["interaction"] == 3
    assert len(item.content_hash) == 64
    assert AuditEntry.objects.filter(action="destroyed", object_id=old.pk).exists()


def test_the_figures_of_past_reports_stay_what_they_were(cast: Cast, now: datetime, then: datetime) -> None:
    for number in range(3):
        closed_request(cast, at=now - timedelta(days=number))
    period = Period(date(2026, 11, 1), date(2026, 11, 30))

    def figures() -> object:
        return [
            compliance_report(whole_city(), ReportQuery(period=period, as_of=then, is_past=is_past))
            for is_past in (False, True)
        ]

    before = figures()
    resolved_disposal(cast, at=then)
    run(then)
    assert ServiceRequest.objects.filter(destroyed_at=then).count() == 3
    assert figures() == before


def test_what_is_held_opened_or_young_by_then_is_kept_and_the_certificate_says_why(
    cast: Cast, now: datetime, then: datetime
) -> None:
    held, opened, young, gone = (closed_request(cast, at=now, name=f"Resident {n}") for n in range(4))
    made = resolved_disposal(cast, at=then)
    place_hold(request_ids=[held.pk], reason="Claim", actor=actor(cast.cleo), at=then)
    ServiceRequest.objects.filter(pk=opened.pk).update(status="open", closed_at=None)
    ServiceRequest.objects.filter(pk=young.pk).update(closed_at=then - timedelta(days=30))
    run(then)
    kept = dict(DisposalItem.objects.values_list("service_request", "kept_because"))
    assert kept == {held.pk: "held", opened.pk: "open", young.pk: "young", gone.pk: ""}
    assert WORD in ServiceRequest.objects.get(pk=held.pk).title
    assert list(ServiceRequest.objects.filter(destroyed_at__isnull=False)) == [gone]
    made.refresh_from_db()
    assert made.state == "destroyed"


def test_nothing_is_destroyed_before_the_council_resolved(cast: Cast, now: datetime, then: datetime) -> None:
    closed_request(cast, at=now)
    made = resolved_disposal(cast, at=then)
    DisposalList.objects.filter(pk=made.pk).update(state="consented")
    with pytest.raises(ActionRefused) as refused:
        destroy_listed(disposal_id=made.pk, actor=actor(cast.max), clock=lambda: then, report=lambda done, total: None)
    assert refused.value.refusal is Refusal.DISPOSAL_STATE
    assert not ServiceRequest.objects.filter(destroyed_at__isnull=False).exists()


def test_a_customer_with_another_request_stays(cast: Cast, now: datetime, then: datetime) -> None:
    old = closed_request(cast, at=now)
    other = ServiceRequestFactory.create(department=cast.finance, customer=old.customer)
    resolved_disposal(cast, at=then)
    run(then)
    assert Customer.objects.get() == other.customer


def test_a_destroyed_request_takes_no_more_words(cast: Cast, now: datetime, then: datetime) -> None:
    old = closed_request(cast, at=now)
    resolved_disposal(cast, at=then)
    run(then)
    with pytest.raises(ActionRefused) as refused:
        add_note(request_id=old.pk, text="More", actor=actor(cast.alice), at=then)
    assert refused.value.refusal is Refusal.DESTROYED


def test_a_confidential_shell_stays_confidential(cast: Cast, now: datetime, then: datetime) -> None:
    old = closed_request(cast, at=now)
    resolved_disposal(cast, at=then)
    ServiceRequest.objects.filter(pk=old.pk).update(confidentiality=Confidentiality.CONFIDENTIAL)
    run(then)
    assert ServiceRequest.objects.get(pk=old.pk).confidentiality == Confidentiality.CONFIDENTIAL

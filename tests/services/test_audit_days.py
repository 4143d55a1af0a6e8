"""Each local day the head of the trail leaves the house once, and the trail is verified once."""

from datetime import timedelta

import pytest

from requests_app.domain.seals import FaultKind
from requests_app.models import AuditEntry, AuditHead, BackgroundJob, OutgoingMail, SweepRun
from requests_app.selectors.verification import verify_trail
from requests_app.services.audit_days import keep_audit_day
from requests_app.services.choices import change_choice
from requests_app.services.jobs import run_next_jobs
from requests_app.services.seals import seal_audit_entries
from tests.cast import Cast, actor
from tests.factories import NOW

DAY = timedelta(days=1)
ADDRESSES = ["council@pinole.example", "bank@vault.example"]


@pytest.fixture
def addressed(cast: Cast) -> None:
    change_choice("audit_head_addresses", ADDRESSES, actor=actor(cast.ada), at=NOW)
    seal_audit_entries(now=NOW)


@pytest.mark.usefixtures("addressed")
def test_the_head_is_mailed_once_a_local_day_and_can_be_given_back() -> None:
    midnight = NOW + timedelta(hours=9, minutes=50)
    for at in (NOW, NOW + timedelta(minutes=10), midnight - timedelta(minutes=1)):
        keep_audit_day(now=at)
    assert sorted(mail.to_address for mail in OutgoingMail.objects.all()) == sorted(ADDRESSES)
    assert keep_audit_day(now=midnight)["mailed"] == 2

    body = OutgoingMail.objects.earliest("pk").body
    assert str(AuditHead.objects.get()) in body
    seal_audit_entries(now=midnight)
    assert verify_trail(now=midnight, head=body).fault is None
    found = verify_trail(now=midnight, head=f"1-{'0' * 64}")
    assert found.fault is not None
    assert found.fault.kind is FaultKind.HEAD_GIVEN
    assert AuditEntry.objects.get(action="audit_head_mailed", at=NOW).count == 2


def test_without_an_address_or_a_seal_nothing_is_mailed_and_the_day_is_not_used_up(cast: Cast) -> None:
    assert keep_audit_day(now=NOW)["mailed"] == 0
    change_choice("audit_head_addresses", ADDRESSES, actor=actor(cast.ada), at=NOW)
    assert keep_audit_day(now=NOW)["mailed"] == 0
    seal_audit_entries(now=NOW)
    assert keep_audit_day(now=NOW)["mailed"] == 2


@pytest.mark.usefixtures("addressed")
def test_the_trail_is_verified_once_a_day_by_a_job() -> None:
    assert [keep_audit_day(now=NOW)["verifications"] for _ in range(2)] == [1, 0]
    run_next_jobs(clock=lambda: NOW)
    job = BackgroundJob.objects.get()
    assert (job.kind, job.error, job.result["fault"]) == ("verify_audit", "", "")
    run = SweepRun.objects.get(name="verify_audit")
    assert (run.last_finished_at, run.counts) == (NOW, {"entries": AuditEntry.objects.count()})

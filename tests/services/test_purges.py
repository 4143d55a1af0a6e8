"""Card and social-security numbers are removed for good, by two people, wherever they stand."""

from datetime import datetime

import pytest

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Role
from requests_app.models import AuditEntry, Event, Notice, Purge, ServiceRequest
from requests_app.services.answers import add_note
from requests_app.services.notices import NoticeEntry, queue_notice
from requests_app.services.purges import confirm_purge, request_purge
from requests_app.services.redactions import redact_passage
from tests.cast import Cast, actor
from tests.factories import ServiceRequestFactory, give_role
from tests.services.test_redactions import cells_with

CARD, SSN = "4111 1111 1111 1111", "123-45-6789"


@pytest.fixture
def typed(cast: Cast, now: datetime) -> ServiceRequest:
    found = ServiceRequestFactory.create(department=cast.streets, title=f"Paid with {CARD}")
    add_note(request_id=found.pk, text=f"{CARD} and {SSN}, call back", actor=actor(cast.alice), at=now)
    notice = NoticeEntry(
        kind=Notice.Kind.ASSIGNED,
        recipient=cast.alice,
        dedupe_key="typed",
        text=f"SSN {SSN}",
        service_request=found,
    )
    queue_notice(notice, at=now)
    redact_passage(request_id=found.pk, text=SSN, code="social_security", actor=actor(cast.cleo), at=now)
    return ServiceRequest.objects.get(pk=found.pk)


def everywhere(word: str) -> list[str]:
    """Scan the redacted originals too: a purge leaves none."""
    return list(cells_with(word, kept_by=()))


def test_no_number_is_left_even_in_the_redacted_originals(cast: Cast, typed: ServiceRequest, now: datetime) -> None:
    assert everywhere(SSN)
    assert everywhere(CARD)
    purge = request_purge(request_id=typed.pk, actor=actor(cast.cleo), at=now)
    confirm_purge(purge_id=purge.pk, actor=actor(cast.lena), at=now)
    assert (everywhere(SSN), everywhere(CARD)) == ([], [])
    typed.refresh_from_db()
    assert typed.title == "Paid with [card number removed]"
    purge.refresh_from_db()
    assert (purge.confirmed_by, purge.confirmed_at) == (cast.lena, now)
    assert purge.counts["servicerequest.title"] == 1
    assert purge.counts["redactedtext.original"] >= 2
    event = Event.objects.filter(service_request=typed, kind="purged").get()
    assert event.data == {"numbers": str(sum(purge.counts.values()))}


def test_asking_and_confirming_twice_is_once(cast: Cast, typed: ServiceRequest, now: datetime) -> None:
    first = request_purge(request_id=typed.pk, actor=actor(cast.cleo), at=now)
    assert request_purge(request_id=typed.pk, actor=actor(cast.cleo), at=now) == first
    for _ in range(2):
        confirm_purge(purge_id=first.pk, actor=actor(cast.lena), at=now)
    assert Purge.objects.count() == 1
    assert Event.objects.filter(kind="purged").count() == 1
    assert AuditEntry.objects.filter(action="purge_requested").count() == 1
    with pytest.raises(ActionRefused) as refused:
        request_purge(request_id=typed.pk, actor=actor(cast.cleo), at=now)
    assert refused.value.refusal is Refusal.NOTHING_TO_PURGE


def test_two_people_are_needed(cast: Cast, typed: ServiceRequest, now: datetime) -> None:
    purge = request_purge(request_id=typed.pk, actor=actor(cast.cleo), at=now)
    for who in ("cleo", "alice", "dora", "hana", "max", "ada"):
        with pytest.raises(ActionRefused):
            confirm_purge(purge_id=purge.pk, actor=actor(getattr(cast, who)), at=now)
    give_role(cast.cleo, Role.ATTORNEY)
    with pytest.raises(ActionRefused) as refused:
        confirm_purge(purge_id=purge.pk, actor=actor(cast.cleo), at=now)
    assert refused.value.refusal is Refusal.DISPOSAL_PERSON
    assert everywhere(CARD)

"""One thing is told to one person once."""

from datetime import datetime

import pytest

from requests_app.domain.vocabulary import Confidentiality
from requests_app.models import Notice, OutgoingMail
from requests_app.services.notices import NoticeEntry, queue_notice
from tests.cast import Cast
from tests.factories import ServiceRequestFactory, concern


@pytest.fixture
def entry(cast: Cast) -> NoticeEntry:
    return NoticeEntry(
        kind=Notice.Kind.ASSIGNED,
        recipient=cast.alice,
        dedupe_key="assigned:1:2",
        text="You know this corner.",
        service_request=ServiceRequestFactory.create(
            department=cast.streets, owner=cast.alice, title="Lamp out", number="PN-TEST-0001"
        ),
    )


def test_a_notice_comes_with_the_mail_that_carries_it(entry: NoticeEntry, now: datetime) -> None:
    notice = queue_notice(entry, at=now)
    assert notice is not None
    assert notice.mail is not None
    assert notice.mail.to_address == "alice@pinole.example"
    assert notice.mail.subject == "A request was given to you: PN-TEST-0001"
    assert "Lamp out" in notice.mail.body
    assert "You know this corner." in notice.mail.body
    assert "/requests/PN-TEST-0001/" in notice.mail.body


def test_asking_again_tells_nothing_twice(entry: NoticeEntry, now: datetime) -> None:
    assert queue_notice(entry, at=now) == queue_notice(entry, at=now)
    assert Notice.objects.count() == OutgoingMail.objects.count() == 1


def test_a_person_concerned_is_told_nothing(entry: NoticeEntry, now: datetime) -> None:
    assert entry.service_request is not None
    concern(entry.service_request, entry.recipient)
    assert queue_notice(entry, at=now) is None
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": ""}])
def test_somebody_who_cannot_be_told_is_told_nothing(
    entry: NoticeEntry, now: datetime, change: dict[str, object]
) -> None:
    for name, value in change.items():
        setattr(entry.recipient, name, value)
    assert queue_notice(entry, at=now) is None


def test_a_confidential_request_travels_as_its_number_only(entry: NoticeEntry, now: datetime) -> None:
    assert entry.service_request is not None
    entry.service_request.confidentiality = Confidentiality.CONFIDENTIAL
    notice = queue_notice(entry, at=now)
    assert notice is not None
    assert notice.mail is not None
    assert "PN-TEST-0001" in notice.mail.body
    assert "Lamp out" not in notice.mail.body + notice.mail.subject
    assert "this corner" not in notice.mail.body

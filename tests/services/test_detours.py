"""What reaches somebody who is away goes to whoever stands in, is told to them and stands in the story."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.vocabulary import Channel, Confidentiality, Direction, Disposition
from requests_app.models import AuditEntry, Event, Notice, ServiceRequest
from requests_app.selectors.access import actor_for_employee
from requests_app.services.answers import answer_request
from requests_app.services.closing import close_request, reopen_request
from requests_app.services.entries import AnswerEntry, CloseEntry, ContactEntry, InboundEntry
from requests_app.services.requests import add_contact, log_request
from tests.cast import Cast, actor
from tests.factories import AbsenceFactory, concern
from tests.services.conftest import Log

LATER = timedelta(days=1)


def away_from_tomorrow(cast: Cast, now: datetime) -> datetime:
    """Let Alice be away from tomorrow, with Charlie of another department standing in."""
    starts_at = now + LATER
    AbsenceFactory.create(
        employee=cast.alice, starts_at=starts_at, ends_at=now + timedelta(days=8), alternate_person=cast.charlie
    )
    return starts_at + timedelta(hours=1)


def calls_again(found: ServiceRequest, *, by: Cast, at: datetime) -> None:
    entry = InboundEntry(channel=Channel.PHONE, text="Anything new?", occurred_at=at)
    add_contact(request_id=found.pk, entry=entry, actor=actor(by.fay), at=at)


def story(found: ServiceRequest, kind: EventKind) -> list[Event]:
    return list(found.events.filter(kind=kind))


def test_a_contact_for_somebody_away_is_logged_for_whoever_stands_in(cast: Cast, log: Log, now: datetime) -> None:
    AbsenceFactory.create(employee=cast.alice, alternate_person=cast.bob, reason="illness")
    found = log()
    assert (found.owner, found.for_employee) == (cast.bob, cast.alice)
    (routed,) = story(found, EventKind.ROUTED)
    assert routed.text == "Alice Owner is away until Mon 30 Nov. Bob Teammate stands in."
    assert "illness" not in f"{routed.text} {routed.data}"
    assert (routed.data["away"], routed.data["owner"]) == (str(cast.alice.pk), str(cast.bob.pk))
    assert AuditEntry.objects.filter(action="routed", object_id=found.pk).count() == 1


def test_left_with_the_absent_person_it_says_so(cast: Cast, log: Log) -> None:
    AbsenceFactory.create(employee=cast.alice, alternate_person=cast.bob)
    found = log(leave_with_id=cast.alice.pk)
    assert found.owner == cast.alice
    (routed,) = story(found, EventKind.ROUTED)
    assert routed.text.endswith("It is left with Alice Owner all the same.")


def test_a_restricted_matter_tells_nothing_of_absences(cast: Cast, log: Log) -> None:
    AbsenceFactory.create(employee=cast.alice, alternate_person=cast.bob)
    found = log(confidentiality=Confidentiality.IMPROPER_ACTIVITY)
    assert found.owner is None
    assert not story(found, EventKind.ROUTED)


def test_calling_again_is_told_to_whoever_stands_in(cast: Cast, log: Log, now: datetime) -> None:
    found, at = log(), away_from_tomorrow(cast, now)
    calls_again(found, by=cast, at=at)
    notice = Notice.objects.get(kind=Notice.Kind.COVER)
    assert (notice.recipient, notice.service_request) == (cast.charlie, found)
    assert "Alice Owner is away" in notice.text
    found.refresh_from_db()
    assert found.owner == cast.alice


def test_calling_again_while_the_owner_is_there_tells_nobody_else(cast: Cast, log: Log, now: datetime) -> None:
    found = log()
    away_from_tomorrow(cast, now)
    calls_again(found, by=cast, at=now + timedelta(hours=1))
    assert not Notice.objects.filter(kind=Notice.Kind.COVER).exists()


def test_whoever_the_request_is_about_is_told_nothing_as_a_stand_in(cast: Cast, log: Log, now: datetime) -> None:
    found, at = log(), away_from_tomorrow(cast, now)
    concern(found, cast.charlie)
    calls_again(found, by=cast, at=at)
    assert [notice.recipient for notice in Notice.objects.filter(kind=Notice.Kind.COVER)] == [cast.sam]


@pytest.fixture
def closed(cast: Cast, log: Log, now: datetime) -> ServiceRequest:
    found = log()
    ended = CloseEntry(disposition=Disposition.DONE, note="Filled.", occurred_at=now)
    close_request(request_id=found.pk, entry=ended, actor=actor(cast.alice), at=now)
    return found


def reopens(found: ServiceRequest, *, by: Cast, at: datetime) -> ServiceRequest:
    entry = InboundEntry(channel=Channel.PHONE, text="It is back", occurred_at=at)
    return reopen_request(request_id=found.pk, entry=entry, actor=actor(by.fay), at=at)


def test_a_request_reopened_while_its_owner_is_away_goes_to_whoever_stands_in(
    cast: Cast, closed: ServiceRequest, now: datetime
) -> None:
    reopens(closed, by=cast, at=away_from_tomorrow(cast, now))
    closed.refresh_from_db()
    assert (closed.owner, closed.department) == (cast.charlie, cast.streets)
    assert len(story(closed, EventKind.ROUTED)) == 1
    assert Notice.objects.get(kind=Notice.Kind.ASSIGNED).recipient == cast.charlie


def test_reopened_it_never_goes_to_whoever_it_is_about(cast: Cast, closed: ServiceRequest, now: datetime) -> None:
    concern(closed, cast.charlie)
    reopens(closed, by=cast, at=away_from_tomorrow(cast, now))
    closed.refresh_from_db()
    assert closed.owner == cast.sam


def test_reopened_while_its_owner_is_there_it_stays(cast: Cast, closed: ServiceRequest, now: datetime) -> None:
    reopens(closed, by=cast, at=now + timedelta(minutes=1))
    closed.refresh_from_db()
    assert closed.owner == cast.alice
    assert not story(closed, EventKind.ROUTED)


def test_whoever_stands_in_answers_on_behalf_of_the_absent_owner(cast: Cast, log: Log, now: datetime) -> None:
    found, at = log(), away_from_tomorrow(cast, now)
    answer = AnswerEntry(channel=Channel.PHONE, text="It is filled.", occurred_at=at)
    answer_request(request_id=found.pk, entry=answer, actor=actor_for_employee(cast.charlie, now=at), at=at)
    (answered,) = story(found, EventKind.ANSWERED)
    assert (answered.actor, answered.on_behalf_of) == (cast.charlie, cast.alice)
    assert found.interactions.get(direction=Direction.OUTBOUND).employee == cast.charlie
    found.refresh_from_db()
    assert found.owner == cast.alice


def test_a_contact_the_answering_person_keeps_needs_no_way_around(cast: Cast, now: datetime) -> None:
    AbsenceFactory.create(employee=cast.fay, alternate_person=cast.bob)
    entry = ContactEntry(channel=Channel.PHONE, title="When does the pool open", received_at=now)
    found = log_request(replace(entry), actor=actor(cast.fay), at=now)
    assert not story(found, EventKind.ROUTED)

"""Logging a contact: the request, its clock, its story, once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import (
    Channel,
    Direction,
    Disposition,
    Milestone,
    NoReply,
    RequestKind,
    Status,
    Verdict,
)
from requests_app.models import AuditEntry, CalendarVersion, Category, Customer, ResponseClock, ServiceRequest
from requests_app.services.clocks import date_undated_clocks
from requests_app.services.customers import CustomerEntry
from requests_app.services.entries import ContactEntry, ContactOutcome, DangerEntry, InboundEntry
from requests_app.services.events import birth_hmac
from requests_app.services.requests import add_contact, log_request
from tests.cast import Cast, actor

CALLER = CustomerEntry(name="Rosalía O'Brien-Núñez", phone="(510) 555-0143 ext. 7")


def a_call(now: datetime, **facts: Any) -> ContactEntry:
    entry = ContactEntry(channel=Channel.PHONE, title="Pothole on Pear Street", received_at=now, customer=CALLER)
    return replace(entry, **facts)


def test_a_call_is_due_at_close_of_the_next_business_day(cast: Cast, now: datetime) -> None:
    logged = log_request(a_call(now), actor=actor(cast.fay), at=now)

    clock = logged.clocks.get()
    # Mon 23 Nov 2026, 2:10 pm; Tue 24 Nov, 5:00 pm in Pinole is 1:00 the next day in UTC.
    assert clock.due_at == datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
    assert (clock.clause, clock.verdict, clock.milestone) == ("III.b.ii.3", Verdict.OPEN, Milestone.RESPONSE)
    assert logged.answer_by_at == clock.due_at
    assert clock.next_stage_at is not None
    assert clock.next_stage_at > now
    revision = clock.revisions.get()
    assert (revision.number, revision.due_at, revision.recorded_at) == (1, clock.due_at, now)
    assert [step["code"] for step in revision.trace][-1] == "due"


@pytest.mark.parametrize(
    ("channel", "colleague", "clause", "due"),
    [
        (Channel.VOICEMAIL, False, "III.b.ii.3", datetime(2026, 11, 25, 1, 0, tzinfo=UTC)),
        (Channel.EMAIL, False, "III.b.ii.4", datetime(2026, 11, 26, 1, 0, tzinfo=UTC)),
        (Channel.WEB, False, "III.b.ii.4", datetime(2026, 11, 26, 1, 0, tzinfo=UTC)),
        (Channel.COUNTER, False, "III.b.iii.2", datetime(2026, 11, 25, 1, 0, tzinfo=UTC)),
        (Channel.LETTER, False, "III.a.ii", datetime(2026, 12, 3, 1, 0, tzinfo=UTC)),
        (Channel.PHONE, True, "III.b.iv.3", datetime(2026, 11, 26, 1, 0, tzinfo=UTC)),
    ],
)
def test_the_starting_contact_chooses_the_standard(
    cast: Cast, now: datetime, channel: Channel, colleague: bool, clause: str, due: datetime
) -> None:
    entry = a_call(now, channel=channel, is_from_colleague=colleague)

    clock = log_request(entry, actor=actor(cast.fay), at=now).clocks.get()

    assert (clock.clause, clock.due_at) == (clause, due)


def test_the_story_and_the_evidence_are_written_with_it(cast: Cast, now: datetime) -> None:
    logged = log_request(a_call(now), actor=actor(cast.fay), at=now)

    event = logged.events.get()
    assert (event.kind, event.actor, event.at) == (EventKind.LOGGED, cast.fay, now)
    entry = AuditEntry.objects.get(object_kind="servicerequest", object_id=logged.pk)
    assert entry.birth_hmac == birth_hmac(entry)
    assert "phone" not in str(entry.fields)
    entry.action = "tampered"
    assert entry.birth_hmac != birth_hmac(entry)


def test_the_customer_is_kept_with_every_way_to_reach_them(cast: Cast, now: datetime) -> None:
    logged = log_request(a_call(now), actor=actor(cast.fay), at=now)

    assert logged.customer is not None
    point = logged.customer.contact_points.get()
    assert (point.value, point.extension, point.reversed_digits) == ("+15105550143", "7", "34105550151")
    assert "rosalia o'brien-nunez" in logged.search_text
    assert "+15105550143" in logged.search_text


def test_a_known_phone_links_nobody_by_itself(cast: Cast, now: datetime) -> None:
    first = log_request(a_call(now), actor=actor(cast.fay), at=now)
    second = log_request(a_call(now), actor=actor(cast.fay), at=now)

    assert first.customer != second.customer
    assert Customer.objects.count() == 2


def test_the_same_form_posted_twice_logs_once(cast: Cast, now: datetime) -> None:
    entry = a_call(now, submission_key=uuid4())

    first = log_request(entry, actor=actor(cast.fay), at=now)
    second = log_request(entry, actor=actor(cast.fay), at=now + timedelta(seconds=1))

    assert first == second
    assert ServiceRequest.objects.count() == 1
    assert Customer.objects.count() == 1


def test_answered_on_the_spot_is_met_at_once_and_closed(cast: Cast, now: datetime) -> None:
    entry = a_call(now, outcome=ContactOutcome.ANSWERED, outcome_note="Told the opening hours")

    logged = log_request(entry, actor=actor(cast.fay), at=now)

    clock = logged.clocks.get()
    assert (clock.verdict, clock.met_at, clock.business_minutes) == (Verdict.MET, now, 0)
    assert clock.is_answered_on_the_spot
    assert (logged.status, logged.disposition, logged.owner) == (Status.CLOSED, Disposition.ANSWERED, cast.fay)
    assert logged.answer_by_at is None
    assert [row.direction for row in logged.interactions.all()] == [Direction.INBOUND, Direction.OUTBOUND]
    assert [event.kind for event in logged.events.all()] == [EventKind.LOGGED, EventKind.CLOSED]


def test_put_through_to_voicemail_starts_the_clock_of_the_person_asked_for(cast: Cast, now: datetime) -> None:
    entry = a_call(now, for_employee_id=cast.alice.pk, outcome=ContactOutcome.PUT_THROUGH_VOICEMAIL)

    logged = log_request(entry, actor=actor(cast.fay), at=now)

    assert (logged.owner, logged.department) == (cast.alice, cast.streets)
    assert logged.clocks.get().department == cast.streets


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"customer": CustomerEntry(name="Only a name")}, NoReply.NO_CONTACT_POINT),
        ({"customer": CustomerEntry()}, NoReply.NO_CONTACT_POINT),
        ({"is_reply_wanted": False}, NoReply.NOT_WANTED),
    ],
)
def test_where_nobody_waits_no_clock_runs_and_the_reason_is_kept(
    cast: Cast, now: datetime, facts: dict[str, Any], reason: NoReply
) -> None:
    logged = log_request(a_call(now, **facts), actor=actor(cast.fay), at=now)

    assert not logged.clocks.exists()
    assert logged.no_reply == reason


def test_the_category_gives_kind_department_and_owner_and_passes_over_who_left(cast: Cast, now: datetime) -> None:
    category = Category.objects.create(
        name="Potholes",
        slug="test-potholes",
        kind=RequestKind.SERVICE,
        department=cast.streets,
        default_owner=cast.alice,
        backup_owner=cast.bob,
    )
    owned = log_request(a_call(now, category_id=category.pk), actor=actor(cast.fay), at=now)
    cast.alice.is_active = False
    cast.alice.save()
    backed_up = log_request(a_call(now, category_id=category.pk), actor=actor(cast.fay), at=now)

    assert (owned.kind, owned.department, owned.owner) == (RequestKind.SERVICE, cast.streets, cast.alice)
    assert backed_up.owner == cast.bob
    assert owned.unowned_until_at is None


def test_what_nobody_owns_goes_to_the_supervisor_after_four_business_hours(cast: Cast, now: datetime) -> None:
    logged = log_request(a_call(now), actor=actor(cast.fay), at=now)

    # 2:10 pm + 2 h 50 to closing, then 1 h 10 from 8:00 the next day.
    assert logged.unowned_until_at == datetime(2026, 11, 24, 17, 10, tzinfo=UTC)


def test_a_records_request_runs_the_determination_of_state_law_beside_the_response(cast: Cast, now: datetime) -> None:
    logged = log_request(a_call(now, kind=RequestKind.RECORDS), actor=actor(cast.fay), at=now)

    due = {clock.milestone: clock.due_at for clock in logged.clocks.all()}
    # Ten calendar days after Mon 23 Nov is Thu 3 Dec.
    assert due[Milestone.RECORDS_DETERMINATION] == datetime(2026, 12, 4, 1, 0, tzinfo=UTC)
    assert logged.answer_by_at == due[Milestone.RESPONSE]


def test_logging_never_fails_for_lack_of_a_calendar(cast: Cast, now: datetime) -> None:
    version = CalendarVersion.objects.get(calendar__slug="response")
    short = {**version.definition, "known_through": "2026-11-23"}
    CalendarVersion.objects.filter(pk=version.pk).update(definition=short)

    logged = log_request(a_call(now), actor=actor(cast.fay), at=now)

    clock = logged.clocks.get()
    assert (clock.due_at, clock.undated_reason, logged.answer_by_at) == (None, "outside_known_dates", None)

    CalendarVersion.objects.create(calendar=version.calendar, number=2, definition=version.definition, confirmed_at=now)
    assert date_undated_clocks(now=now + timedelta(hours=1)) == 1
    assert date_undated_clocks(now=now + timedelta(hours=1)) == 0
    clock.refresh_from_db()
    logged.refresh_from_db()
    assert clock.due_at == logged.answer_by_at == datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
    assert [revision.reason for revision in clock.revisions.all()] == ["started", "dated"]


def test_received_in_the_future_is_refused_and_long_ago_is_flagged(cast: Cast, now: datetime) -> None:
    with pytest.raises(ActionRefused) as refused:
        log_request(a_call(now + timedelta(minutes=1)), actor=actor(cast.fay), at=now)
    assert refused.value.refusal is Refusal.IN_FUTURE
    assert not ServiceRequest.objects.exists()

    logged = log_request(a_call(now - timedelta(days=2), channel=Channel.VOICEMAIL), actor=actor(cast.fay), at=now)

    assert EventKind.BACKDATED in [event.kind for event in logged.events.all()]
    assert logged.clocks.get().due_at == datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def test_danger_is_saved_only_with_who_was_told(cast: Cast, now: datetime) -> None:
    with pytest.raises(ActionRefused) as refused:
        log_request(a_call(now, danger=DangerEntry(told="  ", told_at=now)), actor=actor(cast.fay), at=now)
    assert refused.value.refusal is Refusal.DANGER_UNTOLD

    logged = log_request(
        a_call(now, danger=DangerEntry(told="Dispatch, operator 4", told_at=now)), actor=actor(cast.fay), at=now
    )

    assert (logged.is_hazard, logged.hazard_told, logged.hazard_told_at) == (True, "Dispatch, operator 4", now)


def test_calling_again_moves_no_date_but_is_counted(cast: Cast, now: datetime) -> None:
    logged = log_request(a_call(now), actor=actor(cast.fay), at=now)
    later = now + timedelta(hours=20)
    again = InboundEntry(channel=Channel.PHONE, text="Any news?", occurred_at=later)

    add_contact(request_id=logged.pk, entry=again, actor=actor(cast.fay), at=later)

    clock = ResponseClock.objects.get(service_request=logged)
    assert (clock.due_at, clock.calling_again_count) == (datetime(2026, 11, 25, 1, 0, tzinfo=UTC), 1)
    assert logged.interactions.filter(is_calling_again=True).count() == 1


def test_what_logging_costs_does_not_grow_with_what_is_stored(cast: Cast, now: datetime) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            log_request(a_call(now), actor=actor(cast.fay), at=now)
        return len(captured)

    first = queries()
    for _ in range(5):
        log_request(a_call(now), actor=actor(cast.fay), at=now)

    assert queries() == first
    assert first <= 30

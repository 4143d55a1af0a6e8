"""Who owns a request: one owner, clocks that go on, and people who are told."""

from datetime import datetime, timedelta

import pytest

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Disposition, Status, Verdict
from requests_app.models import Notice, OutgoingMail
from requests_app.services.assignments import give_request, send_back_request, take_request
from requests_app.services.closing import close_request
from requests_app.services.entries import CloseEntry
from requests_app.services.reminders import send_reminder
from requests_app.services.waiting import resume_request, wait_for_resident
from tests.cast import Cast, actor
from tests.factories import concern
from tests.services.conftest import Log


def test_taking_makes_it_mine_and_moves_no_date(cast: Cast, log: Log, now: datetime) -> None:
    found = log(for_employee_id=None)
    give_request(
        request_id=found.pk, owner_id=None, department_id=cast.streets.pk, note="", actor=actor(cast.fay), at=now
    )
    before = found.clocks.get().due_at

    take_request(request_id=found.pk, actor=actor(cast.bob), at=now + timedelta(hours=1))

    found.refresh_from_db()
    assert (found.owner, found.status, found.unowned_until_at) == (cast.bob, Status.OPEN, None)
    assert found.clocks.get().due_at == before


def test_taking_twice_is_one_event(cast: Cast, log: Log, now: datetime) -> None:
    found = log()

    for _ in range(2):
        take_request(request_id=found.pk, actor=actor(cast.bob), at=now)

    assert found.events.filter(kind=EventKind.TAKEN).count() == 1


def test_giving_tells_the_receiver_and_takes_the_open_clock_along(cast: Cast, log: Log, now: datetime) -> None:
    found = log()
    due_at = found.clocks.get().due_at

    give_request(
        request_id=found.pk,
        owner_id=cast.charlie.pk,
        department_id=None,
        note="It is about an invoice",
        actor=actor(cast.alice),
        at=now,
    )

    found.refresh_from_db()
    clock = found.clocks.get()
    assert (found.owner, found.department, clock.department) == (cast.charlie, cast.finance, cast.finance)
    assert clock.due_at == due_at
    assert [revision.reason for revision in clock.revisions.all()] == ["started", "transferred"]
    notice = Notice.objects.get(recipient=cast.charlie)
    assert notice.kind == Notice.Kind.ASSIGNED
    assert OutgoingMail.objects.get(notices=notice).to_address == cast.charlie.email
    assert "It is about an invoice" in found.events.get(kind=EventKind.GIVEN).text


def test_a_verdict_stays_with_the_department_that_reached_it(cast: Cast, log: Log, now: datetime) -> None:
    found = log()
    close_request(
        request_id=found.pk,
        entry=CloseEntry(disposition=Disposition.WITHDRAWN, note="x"),
        actor=actor(cast.alice),
        at=now,
    )
    clock = found.clocks.get()
    assert (clock.verdict, clock.department) == (Verdict.CANCELLED, cast.streets)


def test_who_cannot_be_given_a_request(cast: Cast, log: Log, now: datetime) -> None:
    found = log()
    concern(found, cast.charlie)
    cast.bob.is_active = False
    cast.bob.save()

    for owner, refusal in [
        (cast.charlie, Refusal.PERSON_CONCERNED),
        (cast.bob, Refusal.PERSON_INACTIVE),
        (cast.alice, Refusal.ALREADY_OWNER),
    ]:
        with pytest.raises(ActionRefused) as refused:
            give_request(
                request_id=found.pk, owner_id=owner.pk, department_id=None, note="", actor=actor(cast.sam), at=now
            )
        assert refused.value.refusal is refusal
    found.refresh_from_db()
    assert found.owner == cast.alice


def test_not_ours_goes_back_to_the_front_desk_in_one_step_and_is_counted(cast: Cast, log: Log, now: datetime) -> None:
    found = log()

    send_back_request(request_id=found.pk, reason="This is a county road", actor=actor(cast.alice), at=now)

    found.refresh_from_db()
    assert (found.owner, found.department, found.send_back_count) == (None, cast.fay.department, 1)
    assert found.unowned_until_at is not None
    assert found.events.get(kind=EventKind.SENT_BACK).text == "This is a county road"
    assert found.clocks.get().verdict == Verdict.OPEN


def test_waiting_for_the_resident_pauses_no_response(cast: Cast, log: Log, now: datetime) -> None:
    found = log()
    before = found.clocks.get()

    wait_for_resident(request_id=found.pk, note="Photos asked for", actor=actor(cast.alice), at=now)

    found.refresh_from_db()
    after = found.clocks.get()
    assert (found.status, found.waiting_since) == (Status.WAITING, now)
    assert (after.due_at, after.next_stage_at) == (before.due_at, before.next_stage_at)

    resume_request(request_id=found.pk, actor=actor(cast.alice), at=now)
    found.refresh_from_db()
    assert (found.status, found.waiting_since) == (Status.OPEN, None)


def test_a_reminder_by_a_person_tells_the_owner_once_a_minute(cast: Cast, log: Log, now: datetime) -> None:
    found = log()

    for _ in range(2):
        send_reminder(request_id=found.pk, actor=actor(cast.sam), at=now)

    notice = Notice.objects.get(kind=Notice.Kind.NUDGE)
    assert notice.recipient == cast.alice


def test_nobody_can_be_reminded_where_nobody_owns(cast: Cast, log: Log, now: datetime) -> None:
    found = log()
    send_back_request(request_id=found.pk, reason="Not ours", actor=actor(cast.alice), at=now)

    with pytest.raises(ActionRefused) as refused:
        send_reminder(request_id=found.pk, actor=actor(cast.fay), at=now)

    assert refused.value.refusal is Refusal.NO_OWNER

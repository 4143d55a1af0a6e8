"""The owner puts reminders off with a reason; they come once, at the end; lateness is told all the same (III.d.i)."""

from datetime import UTC, datetime, timedelta

import pytest

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Verdict
from requests_app.models import Employee, Notice, ResponseClock, ServiceRequest, Snooze, StageFiring
from requests_app.selectors.access import actor_for_employee
from requests_app.selectors.snoozes import put_off_till
from requests_app.services.assignments import give_request
from requests_app.services.clocks import reschedule_stages
from requests_app.services.snoozes import snooze_reminders
from requests_app.services.sweeps import fire_due_stages
from tests.cast import Cast, actor
from tests.factories import AbsenceFactory, ServiceRequestFactory, start_clock_row

# Due Tue 24 Nov, 5:00 pm; the reminders come at 8:00 am and at 3:00 pm.
OPENS = datetime(2026, 11, 24, 16, tzinfo=UTC)
HOUR = timedelta(hours=1)
THREE_PM, DUE = OPENS + 7 * HOUR, OPENS + 9 * HOUR
BEFORE = OPENS - 2 * HOUR  # 6:00 am, closed
WEDNESDAY_OPENS = OPENS + timedelta(days=1)


@pytest.fixture
def clock(cast: Cast) -> ResponseClock:
    service_request = ServiceRequestFactory.create(
        department=cast.streets, owner=cast.alice, received_at=OPENS - 20 * HOUR
    )
    return start_clock_row(service_request, due_at=DUE)


def snooze(clock: ResponseClock, by: Employee, *, until: datetime, at: datetime = BEFORE) -> Snooze:
    return snooze_reminders(clock_id=clock.pk, until_at=until, reason="At the site until then", actor=actor(by), at=at)


def told() -> list[tuple[str, str]]:
    rows = Notice.objects.order_by("pk").values_list("recipient__name", "firing__stage")
    return [(name.split()[0], stage) for name, stage in rows]


def test_a_reminder_put_off_comes_once_at_the_end(cast: Cast, clock: ResponseClock) -> None:
    snooze(clock, cast.alice, until=OPENS + 3 * HOUR)
    for minutes in (0, 1, 60, 179):
        fire_due_stages(now=OPENS + timedelta(minutes=minutes))
    assert told() == []
    for minutes in (180, 181, 240):
        fire_due_stages(now=OPENS + timedelta(minutes=minutes))
    assert told() == [("Alice", "due_today")]
    fire_due_stages(now=THREE_PM)
    assert told() == [("Alice", "due_today"), ("Alice", "due_soon")]


def test_two_reminders_put_off_are_told_as_one(cast: Cast, clock: ResponseClock) -> None:
    snooze(clock, cast.alice, until=DUE - HOUR)
    fire_due_stages(now=THREE_PM)
    fire_due_stages(now=DUE - HOUR)
    assert told() == [("Alice", "due_soon")]
    assert StageFiring.objects.count() == 2


def test_the_story_says_who_put_off_what_until_when_and_why(cast: Cast, clock: ResponseClock) -> None:
    snooze(clock, cast.alice, until=OPENS + 3 * HOUR)
    event = clock.service_request.events.get(kind=EventKind.SNOOZED)
    assert (event.actor, event.text) == (cast.alice, "until Tue 24 Nov, 11:00 am. At the site until then")


def test_the_same_again_changes_nothing(cast: Cast, clock: ResponseClock) -> None:
    for _ in range(2):
        snooze(clock, cast.alice, until=OPENS + 3 * HOUR)
    assert Snooze.objects.count() == clock.service_request.events.filter(kind=EventKind.SNOOZED).count() == 1


def test_lateness_is_told_whatever_was_put_off(cast: Cast, clock: ResponseClock) -> None:
    snooze(clock, cast.alice, until=DUE - timedelta(minutes=1))
    fire_due_stages(now=OPENS)
    fire_due_stages(now=WEDNESDAY_OPENS)
    assert told() == [("Alice", "became_late"), ("Sam", "late_digest")]


@pytest.mark.parametrize(
    ("until", "refusal"),
    [
        (DUE + timedelta(minutes=1), Refusal.SNOOZE_TOO_LONG),
        (WEDNESDAY_OPENS, Refusal.SNOOZE_TOO_LONG),
        (DUE, Refusal.SNOOZE_TOO_LONG),  # closed by then: the next opening is too late
        (BEFORE, Refusal.SNOOZE_PAST),
    ],
)
def test_not_beyond_the_due_instant_and_not_into_the_past(
    cast: Cast, clock: ResponseClock, until: datetime, refusal: Refusal
) -> None:
    with pytest.raises(ActionRefused) as refused:
        snooze(clock, cast.alice, until=until)
    assert refused.value.refusal is refusal
    assert not Snooze.objects.exists()


def test_a_time_while_the_office_is_closed_means_the_next_opening(cast: Cast, clock: ResponseClock) -> None:
    assert snooze(clock, cast.alice, until=OPENS - HOUR).until_at == OPENS


def test_only_the_owner_may_and_whoever_stands_in(cast: Cast, clock: ResponseClock) -> None:
    for other in (cast.sam, cast.bob):
        with pytest.raises(ActionRefused) as refused:
            snooze(clock, other, until=THREE_PM)
        assert refused.value.refusal is Refusal.ROLE
    AbsenceFactory.create(employee=cast.alice, alternate_person=cast.bob)
    by = snooze_reminders(
        clock_id=clock.pk,
        until_at=OPENS + 3 * HOUR,
        reason="Later",
        actor=actor_for_employee(cast.bob, now=BEFORE),
        at=BEFORE,
    )
    assert (by.employee, by.in_place_of) == (cast.bob, cast.alice)
    fire_due_stages(now=OPENS)
    assert told() == []
    fire_due_stages(now=OPENS + 3 * HOUR)
    assert told() == [("Bob", "due_today")]


def test_what_is_answered_can_not_be_put_off(cast: Cast, clock: ResponseClock) -> None:
    ResponseClock.objects.update(verdict=Verdict.MET, met_at=OPENS, verdict_recorded_at=OPENS, next_stage_at=None)
    with pytest.raises(ActionRefused) as refused:
        snooze(clock, cast.alice, until=THREE_PM)
    assert refused.value.refusal is Refusal.NOT_OPEN


def test_a_new_owner_is_reminded_of_what_the_old_one_put_off(cast: Cast, clock: ResponseClock) -> None:
    snooze(clock, cast.alice, until=OPENS + 6 * HOUR)
    fire_due_stages(now=OPENS)
    give_request(
        request_id=clock.service_request_id,
        owner_id=cast.bob.pk,
        department_id=None,
        note="",
        actor=actor(cast.sam),
        at=OPENS + HOUR,
    )
    fire_due_stages(now=OPENS + HOUR)
    assert ("Bob", "due_today") in told()


def test_changed_hours_do_not_end_a_snooze(cast: Cast, clock: ResponseClock) -> None:
    snooze(clock, cast.alice, until=OPENS + 3 * HOUR)
    fire_due_stages(now=OPENS)
    reschedule_stages(ResponseClock.objects.get())
    fire_due_stages(now=OPENS + HOUR)
    assert told() == []
    fire_due_stages(now=OPENS + 3 * HOUR)
    assert told() == [("Alice", "due_today")]


def test_a_snooze_moves_no_other_request(cast: Cast, clock: ResponseClock) -> None:
    other = ServiceRequestFactory.create(department=cast.streets, owner=cast.alice, received_at=OPENS - 20 * HOUR)
    start_clock_row(other, due_at=DUE)
    snooze(clock, cast.alice, until=OPENS + 3 * HOUR)
    fire_due_stages(now=OPENS)
    assert [notice.service_request for notice in Notice.objects.all()] == [ServiceRequest.objects.get(pk=other.pk)]


@pytest.mark.parametrize("left", [{}, {"clock": "█", "until_at": "█"}, {"clock": "1"}])
def test_a_story_whose_words_were_redacted_or_destroyed_still_reads(clock: ResponseClock, left: dict[str, str]) -> None:
    event = clock.service_request.events.create(kind=EventKind.SNOOZED, at=BEFORE, data=left)
    event.actor_id = clock.service_request.owner_id
    assert put_off_till([event], clock.service_request, now=BEFORE) == {}

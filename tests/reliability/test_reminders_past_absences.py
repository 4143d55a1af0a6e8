"""PEERS cases 42 to 46 with people away, two sweeps at once on PostgreSQL: somebody is told, once, in time."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from requests_app.models import Employee, Notice, OutgoingMail, ResponseClock, StageFiring
from requests_app.services.snoozes import snooze_reminders
from requests_app.services.sweeps import sweep_clocks
from tests.cast import Cast, actor
from tests.concurrency.conftest import at_once, failures
from tests.factories import AbsenceFactory, ServiceRequestFactory, start_clock_row
from tests.reliability.late_requests import DUE_AT, OPENING, crowd

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
# Thanksgiving closes Thu 26 and Fri 27 Nov; the office opens at 8:00 am, which is 16:00 UTC.
WEDNESDAY_OPENS = datetime(2026, 11, 25, 16, tzinfo=UTC)
MONDAY_OPENS = datetime(2026, 11, 30, 16, tzinfo=UTC)


def sweep_twice_at_once(now: datetime) -> None:
    """Let two sweeps meet, and a third do what one left because the other held it."""
    assert failures(at_once(*(partial(sweep_clocks, now=now) for _ in "ab"))) == []
    sweep_clocks(now=now)


def away(*people: Employee, alternate: Employee | None = None) -> None:
    for person in people:
        AbsenceFactory.create(
            employee=person, alternate_person=alternate, starts_at=DUE_AT - DAY, ends_at=MONDAY_OPENS + 9 * DAY
        )


def a_clock(cast: Cast, due_at: datetime, owner: Employee | None = None) -> ResponseClock:
    found = ServiceRequestFactory.create(
        department=cast.streets, owner=owner or cast.alice, received_at=due_at - 8 * DAY
    )
    return start_clock_row(found, due_at=due_at)


def told_of(clock: ResponseClock) -> list[tuple[str, str]]:
    rows = Notice.objects.filter(clock=clock).order_by("pk").values_list("recipient__name", "firing__stage")
    return [(name.split()[0], stage) for name, stage in rows]


@pytest.mark.parametrize("gone", [("alice", "sam"), ("alice", "sam", "dora"), ("alice", "sam", "dora", "max")])
def test_42_with_owner_and_supervisor_away_at_the_breach_somebody_there_is_told(
    cast: Cast, gone: tuple[str, ...]
) -> None:
    away(*(getattr(cast, name) for name in gone))
    clock = a_clock(cast, DUE_AT)
    sweep_twice_at_once(OPENING)
    told = {name for name, _stage in told_of(clock)}
    assert told
    assert not told & {name.title() for name in gone}


def test_42_the_stand_in_is_told_at_the_breach_and_the_lead_above_gets_the_digest(cast: Cast) -> None:
    away(cast.alice, alternate=cast.bob)
    away(cast.sam)
    clock = a_clock(cast, DUE_AT)
    sweep_twice_at_once(OPENING)
    assert sorted(told_of(clock)) == [("Bob", "became_late"), ("Dora", "late_digest")]


def test_43_after_three_days_without_beat_each_person_gets_one_mail_and_the_breach_is_the_due_time(
    cast: Cast,
) -> None:
    away(cast.alice, alternate=cast.bob)
    clocks = [a_clock(cast, DUE_AT) for _ in range(20)] + [a_clock(cast, DUE_AT, cast.bob) for _ in range(5)]
    sweep_twice_at_once(OPENING + 2 * DAY + 2 * HOUR)  # Wednesday, late since Friday evening
    mails = reminder_mails()
    assert {mail.recipient.name for mail in mails if mail.recipient} >= {cast.bob.name}
    assert len(mails) == len({mail.recipient_id for mail in mails})
    assert Notice.objects.filter(recipient=cast.bob).count() == 25
    late_since = set(StageFiring.objects.filter(stage="became_late").values_list("occurs_at", flat=True))
    assert late_since == {OPENING}, "told of late, but late since the first opening after the due time"
    assert set(ResponseClock.objects.values_list("due_at", flat=True)) == {DUE_AT}
    assert "3 business days late" in next(mail.body for mail in mails if mail.recipient == cast.bob)
    assert StageFiring.objects.values("clock", "stage", "occurs_on").distinct().count() == StageFiring.objects.count()
    assert {name for clock in clocks for name, _stage in told_of(clock)} <= {"Bob", "Sam", "Dora"}


def test_44_two_workers_tell_each_stage_of_each_clock_once(cast: Cast) -> None:
    away(cast.alice, alternate=cast.bob)
    for _ in range(60):
        a_clock(cast, DUE_AT)
    for hours in (0, 1, 24, 25, 48):
        sweep_twice_at_once(OPENING + hours * HOUR)
    fired = StageFiring.objects.values_list("clock_id", "stage", "occurs_on")
    assert len(set(fired)) == len(fired) == 60 * 7, "reminders, late, digest, two further days, three days late"
    told = list(Notice.objects.values_list("firing_id", "recipient_id"))
    assert len(set(told)) == len(told)
    assert not Notice.objects.filter(recipient=cast.alice).exists()


def test_44_a_reminder_put_off_is_told_once_at_the_end(cast: Cast) -> None:
    due_at = WEDNESDAY_OPENS + 9 * HOUR
    clocks = [a_clock(cast, due_at) for _ in range(12)]
    for clock in clocks:
        snooze_reminders(
            clock_id=clock.pk,
            until_at=WEDNESDAY_OPENS + 2 * HOUR,
            reason="At the site",
            actor=actor(cast.alice),
            at=WEDNESDAY_OPENS - HOUR,
        )
    for hours in (0, 1):
        sweep_twice_at_once(WEDNESDAY_OPENS + hours * HOUR)
    assert not Notice.objects.exists()
    for hours in (2, 3):
        sweep_twice_at_once(WEDNESDAY_OPENS + hours * HOUR)
    assert [told_of(clock) for clock in clocks] == [[("Alice", "due_today")]] * 12


@pytest.mark.parametrize(
    "due_at",
    [
        datetime(2026, 11, 28, 20, tzinfo=UTC),  # Saturday noon
        datetime(2026, 11, 26, 20, tzinfo=UTC),  # Thanksgiving noon
        datetime(2026, 11, 30, 10, tzinfo=UTC),  # Monday 2:00 am
    ],
    ids=["Saturday", "holiday", "two at night"],
)
def test_45_a_reminder_outside_the_hours_goes_out_before_the_due_instant_and_lateness_at_the_next_opening(
    cast: Cast, due_at: datetime
) -> None:
    away(cast.alice, alternate=cast.bob)
    clock = a_clock(cast, due_at)
    minutes = [WEDNESDAY_OPENS + timedelta(minutes=10 * step) for step in range(-3, 60)]
    closed = [WEDNESDAY_OPENS + DAY + 2 * HOUR, WEDNESDAY_OPENS + 3 * DAY + 2 * HOUR, MONDAY_OPENS - 6 * HOUR]
    for at in [*minutes[::6], *closed, MONDAY_OPENS, MONDAY_OPENS + HOUR]:
        sweep_twice_at_once(at)
    told = {(notice.firing.stage, notice.recipient): notice.created_at for notice in _notices(clock) if notice.firing}
    before = [at for (stage, _who), at in told.items() if stage in ("due_today", "due_soon")]
    assert before
    assert all(at < due_at and at.date() == WEDNESDAY_OPENS.date() for at in before)
    assert told["became_late", cast.bob] == MONDAY_OPENS
    assert {who for _stage, who in told} == {cast.bob, cast.sam}


def test_46_two_hundred_and_fifty_due_at_once_are_all_told_though_half_the_owners_are_away(city: None) -> None:
    people = crowd(late=250, departments=5, owners=20)
    gone, there = people.owners[:10], people.owners[10:]
    stand_ins = {person.pk: there[number % 5] for number, person in enumerate(gone)}
    for person in gone:
        away(person, alternate=stand_ins[person.pk])
    sweep_twice_at_once(OPENING)
    told = list(Notice.objects.filter(clock__isnull=False).values_list("service_request_id", "recipient_id"))
    instead = {pk: person.pk for pk, person in stand_ins.items()}
    assert len(told) == len(set(told)) == 500
    assert set(told) == {(request, instead.get(who, who)) for request, who in people.expected}
    assert len(reminder_mails()) == len({who for _request, who in told}), "one mail a person"
    assert not ResponseClock.objects.filter(next_stage_at__lte=OPENING).exists()


def reminder_mails() -> list[OutgoingMail]:
    """Give the mails of the ladder; the greetings of whoever is away are news of their own."""
    return list(OutgoingMail.objects.filter(notices__clock__isnull=False).distinct())


def _notices(clock: ResponseClock) -> list[Notice]:
    return list(Notice.objects.filter(clock=clock).select_related("firing", "recipient"))

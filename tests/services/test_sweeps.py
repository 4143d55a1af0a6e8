"""The sweep tells what has come due, once, inside business hours, to somebody who is there."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from requests_app.domain.vocabulary import Confidentiality, Milestone, RequestKind, Role
from requests_app.models import (
    AuditEntry,
    CalendarVersion,
    Employee,
    LadderRung,
    Notice,
    OutgoingMail,
    ResponseClock,
    RoleAssignment,
    StageFiring,
    SweepRun,
)
from requests_app.services import sweeps
from requests_app.services.sweeps import fire_due_stages, note_finish, note_start, sweep_clocks
from tests.cast import Cast
from tests.factories import EmployeeFactory, ServiceRequestFactory, concern, give_role, start_clock_row

# Received Thu 19 Nov at 10:00 am, due Fri 20 Nov at 5:00 pm; Thanksgiving closes Thu 26 and Fri 27 Nov.
RECEIVED_AT = datetime(2026, 11, 19, 18, tzinfo=UTC)
DUE_AT = datetime(2026, 11, 21, 1, tzinfo=UTC)
FRIDAY_OPENS = datetime(2026, 11, 20, 16, tzinfo=UTC)
TWO_HOURS_BEFORE = datetime(2026, 11, 20, 23, tzinfo=UTC)
MONDAY_OPENS = datetime(2026, 11, 23, 16, tzinfo=UTC)
DAY = timedelta(days=1)


def a_clock(cast: Cast, **facts: object) -> ResponseClock:
    request_facts = {"department": cast.streets, "owner": cast.alice, "received_at": RECEIVED_AT, **facts}
    return start_clock_row(ServiceRequestFactory.create(**request_facts), due_at=DUE_AT)


def told() -> list[tuple[str, str]]:
    """Who was told of which stage."""
    rows = Notice.objects.order_by("pk").values_list("recipient__name", "firing__stage")
    return [(name.split()[0], stage) for name, stage in rows]


def stages_fired() -> list[str]:
    return list(StageFiring.objects.order_by("occurs_at", "pk").values_list("stage", flat=True))


def test_the_owner_is_reminded_on_the_due_day_and_two_hours_before(cast: Cast) -> None:
    a_clock(cast)
    fire_due_stages(now=FRIDAY_OPENS)
    fire_due_stages(now=TWO_HOURS_BEFORE)
    assert told() == [("Alice", "due_today"), ("Alice", "due_soon")]


def test_nothing_is_told_before_its_time(cast: Cast) -> None:
    a_clock(cast)
    assert fire_due_stages(now=FRIDAY_OPENS - timedelta(seconds=1)).firings == 0


def test_sweeping_twice_tells_once(cast: Cast) -> None:
    a_clock(cast)
    first, second = (fire_due_stages(now=FRIDAY_OPENS) for _ in range(2))
    assert (first.firings, second.firings) == (1, 0)
    assert Notice.objects.count() == OutgoingMail.objects.count() == StageFiring.objects.count() == 1


def test_sweeping_again_after_the_pointer_was_lost_tells_once(cast: Cast) -> None:
    clock = a_clock(cast)
    fire_due_stages(now=FRIDAY_OPENS)
    ResponseClock.objects.filter(pk=clock.pk).update(next_stage_at=FRIDAY_OPENS)
    assert fire_due_stages(now=FRIDAY_OPENS).firings == 0
    assert Notice.objects.count() == 1


def test_a_weekends_lateness_is_told_at_the_next_opening_once(cast: Cast) -> None:
    clock = a_clock(cast)
    ResponseClock.objects.filter(pk=clock.pk).update(next_stage_at=MONDAY_OPENS)
    for hours in range(60):
        fire_due_stages(now=DUE_AT + timedelta(hours=hours))
    assert told() == []
    for minutes in range(3):
        fire_due_stages(now=MONDAY_OPENS + timedelta(minutes=minutes))
    assert told() == [("Alice", "became_late"), ("Sam", "late_digest")]


def test_a_tick_after_closing_waits_for_the_opening(cast: Cast) -> None:
    """Case 45: the worker comes back on Saturday, and nobody gets mail on Saturday."""
    a_clock(cast)
    assert fire_due_stages(now=DUE_AT + timedelta(hours=20)).firings == 0
    fire_due_stages(now=MONDAY_OPENS)
    assert told() == [("Alice", "became_late"), ("Sam", "late_digest")]


def test_a_worker_off_for_days_fires_each_stage_once_and_tells_each_person_once(cast: Cast) -> None:
    """Case 43: the breach is told as of the due instant, whenever it was found."""
    clock = a_clock(cast)
    fire_due_stages(now=MONDAY_OPENS + 2 * DAY + timedelta(hours=2))
    fire_due_stages(now=MONDAY_OPENS + 2 * DAY + timedelta(hours=3))
    assert stages_fired() == [
        "due_today", "due_soon", "became_late", "late_digest", "still_late", "still_late", "late_3_days",
    ]  # fmt: skip
    assert sorted(told()) == [("Alice", "became_late"), ("Dora", "late_3_days"), ("Sam", "still_late")]
    assert "Answer by Fri 20 Nov, 5:00 pm (3 business days late)" in OutgoingMail.objects.get(recipient=cast.sam).body
    clock.refresh_from_db()
    assert clock.next_stage_at == datetime(2026, 11, 30, 16, tzinfo=UTC)  # after Thanksgiving


def test_each_further_business_day_is_in_the_digest(cast: Cast) -> None:
    a_clock(cast)
    for day in range(8):
        fire_due_stages(now=MONDAY_OPENS + day * DAY)
    digests = [stage for name, stage in told() if name == "Sam"]
    assert digests == ["late_digest", "still_late", "still_late", "still_late"]


def test_the_city_manager_hears_weekly_of_the_publics_first_responses_only(cast: Cast) -> None:
    a_clock(cast, title="From the public")
    a_clock(cast, title="From a colleague", is_from_colleague=True)
    start_clock_row(
        ServiceRequestFactory.create(department=cast.streets, owner=cast.alice, received_at=RECEIVED_AT),
        due_at=DUE_AT, milestone=Milestone.PROMISED_ANSWER.value, standard_code="promised_answer",
    )  # fmt: skip
    five_days_late = datetime(2026, 12, 1, 16, tzinfo=UTC)  # Tuesday; two holidays do not count
    for day in range(15):
        fire_due_stages(now=MONDAY_OPENS + day * DAY)
    mail = OutgoingMail.objects.get(recipient=cast.max)
    assert mail.created_at == five_days_late
    assert mail.next_attempt_at == datetime(2026, 12, 7, 16, tzinfo=UTC)  # the first opening of the next week
    assert "From the public" in mail.body
    assert mail.notices.count() == 1


def test_the_city_manager_hears_of_complaints_whatever_the_milestone(cast: Cast) -> None:
    start_clock_row(
        ServiceRequestFactory.create(
            department=cast.streets, owner=cast.alice, received_at=RECEIVED_AT, kind=RequestKind.COMPLAINT.value
        ),
        due_at=DUE_AT, milestone=Milestone.PROMISED_ANSWER.value, standard_code="promised_answer",
    )  # fmt: skip
    fire_due_stages(now=datetime(2026, 12, 1, 16, tzinfo=UTC))
    assert ("Max", "late_5_days") in told()


def test_one_person_gets_one_mail_for_a_hundred_and_twenty_late_clocks(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Case 46: however many are due at once, in however many batches, all are told in one mail a person."""
    monkeypatch.setattr(sweeps, "BATCH", 50)
    for _ in range(120):
        a_clock(cast)
    counts = fire_due_stages(now=MONDAY_OPENS)
    assert counts.clocks == 120
    assert Notice.objects.filter(recipient=cast.sam).count() == 120
    mail = OutgoingMail.objects.get(recipient=cast.sam)
    assert mail.subject == "Waiting for an answer: 120 overdue"
    assert "and 20 more" in mail.body


def test_mail_tells_what_is_mine_and_what_is_not(cast: Cast) -> None:
    a_clock(cast, title="Sam's own", owner=cast.sam)
    a_clock(cast, title="Alice's")
    a_clock(cast, title="Nobody's", owner=None)
    fire_due_stages(now=MONDAY_OPENS)
    body = OutgoingMail.objects.get(recipient=cast.sam).body
    mine, others = body.split("Overdue, and not answered yet")
    assert mine.startswith("Overdue, and yours to answer")
    assert "Sam's own" in mine
    assert "Alice Owner" in others
    assert "nobody yet" in others


def test_one_person_on_two_rungs_gets_one_notice(cast: Cast) -> None:
    clock = a_clock(cast, owner=cast.sam)
    fire_due_stages(now=MONDAY_OPENS)
    assert Notice.objects.filter(clock=clock, recipient=cast.sam).count() == 1
    assert StageFiring.objects.filter(clock=clock).count() == 4


def test_somebody_is_told_though_owner_and_supervisor_are_gone(cast: Cast) -> None:
    """Case 42: the chain goes on until somebody is there."""
    clock = a_clock(cast)
    Employee.objects.filter(pk__in=[cast.alice.pk, cast.sam.pk]).update(is_active=False)
    fire_due_stages(now=MONDAY_OPENS)
    assert set(Notice.objects.filter(clock=clock).values_list("recipient__name", flat=True)) == {"Dora Head"}


def test_a_city_without_anybody_to_tell_is_counted(cast: Cast) -> None:
    a_clock(cast)
    Employee.objects.update(is_active=False)
    counts = fire_due_stages(now=MONDAY_OPENS)
    assert counts.unreached == counts.firings == 4
    assert not OutgoingMail.objects.exists()


def test_the_person_a_request_is_about_is_never_told(cast: Cast) -> None:
    clock = a_clock(cast, confidentiality=Confidentiality.CONFIDENTIAL.value)
    concern(clock.service_request, cast.sam)
    fire_due_stages(now=MONDAY_OPENS)
    assert not Notice.objects.filter(recipient=cast.sam).exists()
    assert Notice.objects.filter(recipient=cast.dora).exists()


def test_shorter_hours_move_the_reminder_and_tell_nothing_twice(cast: Cast) -> None:
    """Case 26: Friday closes at noon after all; what was told stays told, what is left comes earlier."""
    clock = a_clock(cast)
    fire_due_stages(now=FRIDAY_OPENS)
    noon = datetime(2026, 11, 20, 20, tzinfo=UTC)
    _close_friday_at_noon()
    ResponseClock.objects.filter(pk=clock.pk).update(due_at=noon, next_stage_at=FRIDAY_OPENS)
    for minutes in (0, 119, 120, 121):
        fire_due_stages(now=FRIDAY_OPENS + timedelta(minutes=minutes))
    assert told() == [("Alice", "due_today"), ("Alice", "due_soon")]


def _close_friday_at_noon() -> None:
    version = CalendarVersion.objects.get(calendar__slug="response")
    definition = {**version.definition, "partial_days_count": True}
    definition["closures"] = [
        *definition["closures"], {"date": "2026-11-20", "name": "half day", "open": [["08:00", "12:00"]]}
    ]  # fmt: skip
    CalendarVersion.objects.create(
        calendar=version.calendar, number=2, definition=definition, confirmed_at=FRIDAY_OPENS
    )


def test_a_rung_added_as_data_is_told(cast: Cast) -> None:
    LadderRung.objects.filter(code="due_soon").update(
        definition={"anchor": "before_due", "audience": "department_head", "offset": 120}
    )
    a_clock(cast)
    fire_due_stages(now=TWO_HOURS_BEFORE)
    assert ("Dora", "due_soon") in told()


def test_one_bad_row_never_stops_the_sweep(cast: Cast) -> None:
    bad, good = a_clock(cast), a_clock(cast)
    # The key of the bad clock's notice is taken, as if by a mishap.
    Notice.objects.create(
        kind=Notice.Kind.REMINDER, recipient=cast.alice, created_at=FRIDAY_OPENS,
        dedupe_key=f"{bad.pk}:due_today:2026-11-20:{cast.alice.pk}",
    )  # fmt: skip
    counts = fire_due_stages(now=FRIDAY_OPENS)
    assert (counts.errors, counts.clocks) == (1, 1)
    assert StageFiring.objects.get().clock_id == good.pk
    bad.refresh_from_db()
    assert bad.next_stage_at == FRIDAY_OPENS, "it is tried again"


def test_a_batch_leaves_one_entry_in_the_audit_trail(cast: Cast) -> None:
    for _ in range(3):
        a_clock(cast)
    fire_due_stages(now=FRIDAY_OPENS)
    assert AuditEntry.objects.get(action="stages_fired").count == 3


def test_supervisors_of_divisions_are_found_up_the_tree(cast: Cast) -> None:
    RoleAssignment.objects.filter(employee=cast.sam).delete()
    sue, sid = EmployeeFactory.create(name="Sue"), EmployeeFactory.create(name="Sid")
    for supervisor in (sue, sid):
        give_role(supervisor, Role.SUPERVISOR, cast.public_works)
    a_clock(cast)
    fire_due_stages(now=MONDAY_OPENS)
    assert told() == [("Alice", "became_late"), ("Sue", "late_digest"), ("Sid", "late_digest")]


def test_a_stage_is_told_by_the_citys_clock_wherever_the_server_stands(cast: Cast) -> None:
    """Case 47: at 5:30 pm in Pinole it is tomorrow in UTC; the firing is dated by the city."""
    a_clock(cast)
    fire_due_stages(now=datetime(2026, 11, 21, 0, 30, tzinfo=UTC))  # Fri 4:30 pm
    assert set(StageFiring.objects.values_list("occurs_on", flat=True)) == {DUE_AT.date() - DAY}


def test_the_query_count_of_a_sweep_does_not_grow_with_the_clocks(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(30):
        a_clock(cast)
    with django_assert_max_num_queries(40):
        fire_due_stages(now=MONDAY_OPENS)


def test_a_sweep_notes_when_it_ran_and_a_failed_one_that_it_failed(db: None, now: datetime) -> None:
    note_start("sweep_clocks", at=now)
    note_finish("sweep_clocks", at=now, counts=sweep_clocks(now=now))
    note_finish("sweep_clocks", at=now + DAY, counts={}, error="no room left")
    run = SweepRun.objects.get()
    assert (run.last_finished_at, run.last_error) == (now, "no room left")

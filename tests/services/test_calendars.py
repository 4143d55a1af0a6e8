"""Confirming a calendar: immutable versions, and open clocks that follow, later only."""

from datetime import UTC, date, datetime, timedelta

import pytest

from requests_app.domain.calendar_errors import InvalidCalendar
from requests_app.domain.event_kinds import EventKind
from requests_app.domain.vocabulary import AnswerKind, Channel, Milestone, Verdict
from requests_app.models import Calendar, Closure, ResponseClock, StageFiring
from requests_app.selectors.access import SYSTEM
from requests_app.services.answers import answer_request
from requests_app.services.calendars import confirm_calendar, recompute_open_clocks
from requests_app.services.entries import AnswerEntry
from requests_app.services.sweeps import fire_due_stages
from tests.cast import Cast, actor
from tests.services.conftest import Log

DUE = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)  # Tue 24 Nov
A_DAY_LATER = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)


def close_on(day: date) -> Calendar:
    calendar = Calendar.objects.get(slug=Calendar.RESPONSE)
    Closure.objects.create(calendar=calendar, on=day, name="Storm")
    return calendar


def confirm(calendar: Calendar, at: datetime) -> int:
    confirm_calendar(calendar_id=calendar.pk, actor=SYSTEM, at=at)
    return recompute_open_clocks(calendar_id=calendar.pk, actor=SYSTEM, at=at)


def test_a_closure_moves_open_clocks_later_as_a_new_revision(cast: Cast, log: Log, now: datetime) -> None:
    found = log()

    assert confirm(close_on(date(2026, 11, 24)), now) == 1

    clock = found.clocks.get()
    found.refresh_from_db()
    assert clock.due_at == found.answer_by_at == A_DAY_LATER
    assert [(row.due_at, row.reason) for row in clock.revisions.all()] == [
        (DUE, "started"),
        (A_DAY_LATER, "calendar_changed"),
    ]
    assert found.events.filter(kind=EventKind.CLOCK_MOVED).count() == 1


def test_running_it_twice_changes_nothing(cast: Cast, log: Log, now: datetime) -> None:
    found = log()
    calendar = close_on(date(2026, 11, 24))
    confirm(calendar, now)

    assert confirm(calendar, now) == 0

    assert calendar.versions.count() == 2
    assert found.clocks.get().revisions.count() == 2


def test_taking_a_closure_away_never_moves_a_date_earlier(cast: Cast, log: Log, now: datetime) -> None:
    found = log()
    calendar = close_on(date(2026, 11, 24))
    confirm(calendar, now)
    calendar.closures.filter(name="Storm").delete()

    assert confirm(calendar, now) == 0

    assert found.clocks.get().due_at == A_DAY_LATER


def test_overdue_and_judged_clocks_stay(cast: Cast, log: Log, now: datetime) -> None:
    overdue, judged = log(), log()
    told = AnswerEntry(channel=Channel.PHONE, text="Told", occurred_at=now)
    answer_request(request_id=judged.pk, entry=told, actor=actor(cast.alice), at=now)

    assert confirm(close_on(date(2026, 11, 24)), DUE + timedelta(hours=16)) == 0

    assert overdue.clocks.get().due_at == DUE
    assert judged.clocks.get().verdict == Verdict.MET


def test_a_promised_day_that_closes_moves_to_the_next_open_one(cast: Cast, log: Log, now: datetime) -> None:
    found = log()
    holding = AnswerEntry(
        channel=Channel.PHONE,
        text="Alice calls by Tuesday",
        occurred_at=now,
        answer=AnswerKind.HOLDING,
        promised_on=date(2026, 12, 1),
    )
    answer_request(request_id=found.pk, entry=holding, actor=actor(cast.alice), at=now)

    assert confirm(close_on(date(2026, 12, 1)), now) == 1

    promise = found.clocks.get(milestone=Milestone.PROMISED_ANSWER)
    assert promise.due_at == datetime(2026, 12, 3, 1, 0, tzinfo=UTC)


def test_shortened_hours_let_the_reminders_follow(cast: Cast, log: Log, now: datetime) -> None:
    found = log()
    calendar = Calendar.objects.get(slug=Calendar.RESPONSE)
    hours = {**calendar.settings["weekly_hours"], "tue": [["08:00", "17:00"]], "mon": [["08:00", "12:00"]]}
    calendar.settings = {**calendar.settings, "weekly_hours": {**hours, "tue": [["10:00", "17:00"]]}}
    calendar.save()
    before = found.clocks.get().next_stage_at

    confirm(calendar, now)

    clock = ResponseClock.objects.get(service_request=found)
    assert before == datetime(2026, 11, 24, 16, 0, tzinfo=UTC)  # 8:00 am
    assert clock.next_stage_at == datetime(2026, 11, 24, 18, 0, tzinfo=UTC)  # 10:00 am
    assert clock.due_at == DUE


def test_a_reminder_whose_hour_is_past_after_shortened_hours_is_not_lost(cast: Cast, log: Log, now: datetime) -> None:
    found = log()
    calendar = Calendar.objects.get(slug=Calendar.RESPONSE)
    noon_tuesday = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
    fire_due_stages(now=noon_tuesday)  # the reminder of the due day; that of 3:00 pm is still to come
    hours = {**calendar.settings["weekly_hours"], "tue": [["08:00", "13:30"]]}
    calendar.settings = {**calendar.settings, "weekly_hours": hours}
    calendar.save()

    confirm(calendar, noon_tuesday)
    fire_due_stages(now=noon_tuesday + timedelta(minutes=1))

    stages = list(
        StageFiring.objects.filter(clock__service_request=found).order_by("pk").values_list("stage", flat=True)
    )
    # Two open hours before 5:00 pm are now those before 1:30 pm.
    assert stages == ["due_today", "due_soon"]


def test_a_calendar_that_contradicts_itself_is_not_confirmed(cast: Cast, now: datetime) -> None:
    calendar = Calendar.objects.get(slug=Calendar.RESPONSE)
    calendar.settings = {**calendar.settings, "weekly_hours": {"mon": [["17:00", "08:00"]]}}
    calendar.save()

    with pytest.raises(InvalidCalendar):
        confirm_calendar(calendar_id=calendar.pk, actor=SYSTEM, at=now)

    assert calendar.versions.count() == 1

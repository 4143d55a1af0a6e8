"""Editing the draft of a calendar: evidence, marks, clicks that come twice, and a preview that tells the truth."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from requests_app.domain.calendar_errors import InvalidCalendar
from requests_app.domain.calendars import WEEKDAYS, Interval
from requests_app.domain.vocabulary import AnswerKind, Channel, Confidentiality
from requests_app.models import AuditEntry, BackgroundJob, Calendar, Closure, ResponseClock, ServiceRequest
from requests_app.selectors.calendars import draft_of
from requests_app.selectors.recomputation import Recomputation, preview_recomputation
from requests_app.services.answers import answer_request
from requests_app.services.calendar_drafts import (
    ClosureEntry,
    Edit,
    HoursEntry,
    add_closure,
    add_holidays,
    change_closure,
    change_hours,
    confirm_draft,
    discard_draft,
    remove_closure,
)
from requests_app.services.calendars import recompute_open_clocks
from requests_app.services.edits import ChangedMeanwhile
from requests_app.services.entries import AnswerEntry
from requests_app.services.jobs import run_next_jobs
from tests.cast import Cast, actor
from tests.services.conftest import Log

STORM = ClosureEntry(on=date(2026, 11, 24), name="Storm")
NINE_TO_FIVE = (Interval(540, 1020),)


def response() -> Calendar:
    return Calendar.objects.get(slug=Calendar.RESPONSE)


@pytest.fixture
def edit(cast: Cast, now: datetime) -> Edit:
    return Edit(calendar_id=response().pk, seen=draft_of(response()).mark, actor=actor(cast.ada), at=now)


def again(edit: Edit) -> Edit:
    """Give the edit of somebody who looks at the draft as it is now."""
    return Edit(calendar_id=edit.calendar_id, seen=draft_of(response()).mark, actor=edit.actor, at=edit.at)


def preview(now: datetime) -> Recomputation:
    return preview_recomputation(response().pk, draft_of(response()).business_calendar, now=now)


def pattern(**changed: tuple[Interval, ...]) -> HoursEntry:
    weekly = tuple(changed.get(day, NINE_TO_FIVE if number < 5 else ()) for number, day in enumerate(WEEKDAYS))
    return HoursEntry(weekly_hours=weekly, anchors={}, partial_days_count=False, business_day_hours=Decimal(8))


def test_a_closure_is_added_to_the_draft_only_with_evidence(cast: Cast, edit: Edit) -> None:
    add_closure(edit, STORM)

    draft = draft_of(response())
    assert not draft.business_calendar.is_business_day(STORM.on)
    assert draft.newest is not None
    assert draft.newest.business_calendar().is_business_day(STORM.on)
    assert [(change.kind, change.on, change.subject) for change in draft.changes] == [
        ("closure_added", STORM.on, "Storm")
    ]
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.actor, sorted(entry.fields)) == ("closure_added", cast.ada, ["name", "on", "open"])


def test_what_is_so_already_is_done_no_second_time_by_a_double_click(edit: Edit) -> None:
    add_closure(edit, STORM)
    entries = AuditEntry.objects.count()

    add_closure(edit, STORM)

    closure = Closure.objects.get(name="Storm")
    remove_closure(again(edit), closure_id=closure.pk)
    remove_closure(edit, closure_id=closure.pk)
    assert AuditEntry.objects.count() == entries + 1
    assert not Closure.objects.filter(name="Storm").exists()


def test_an_edit_of_a_draft_that_somebody_else_changed_is_refused(edit: Edit) -> None:
    add_closure(edit, STORM)
    flood = ClosureEntry(on=date(2026, 12, 1), name="Flood")
    holiday = Closure.objects.get(calendar=response(), on=date(2026, 12, 25))

    for save in (
        lambda: add_closure(edit, flood),
        lambda: change_closure(edit, closure_id=holiday.pk, entry=flood),
        lambda: remove_closure(edit, closure_id=holiday.pk),
        lambda: change_hours(edit, pattern()),
        lambda: confirm_draft(edit),
        lambda: discard_draft(edit),
    ):
        with pytest.raises(ChangedMeanwhile):
            save()
    assert not Closure.objects.filter(name="Flood").exists()


def test_a_closure_is_renamed_and_moved_and_must_be_confirmed_again(edit: Edit) -> None:
    """Christmas Eve 2027 meets Christmas Day on a Friday; the administrator moves one of the two."""
    eve = Closure.objects.get(calendar=response(), on=date(2027, 12, 24), name="Christmas Eve")

    change_closure(edit, closure_id=eve.pk, entry=ClosureEntry(on=date(2027, 12, 23), name="Christmas Eve (moved)"))

    eve.refresh_from_db()
    assert (eve.on, eve.name, eve.confirmed_at) == (date(2027, 12, 23), "Christmas Eve (moved)", None)
    calendar = draft_of(response()).business_calendar
    assert not calendar.is_business_day(date(2027, 12, 23))
    assert not calendar.is_business_day(date(2027, 12, 24))
    assert AuditEntry.objects.latest("pk").action == "closure_changed"


def test_a_second_entry_of_the_same_name_and_date_is_refused(edit: Edit) -> None:
    with pytest.raises(InvalidCalendar):
        add_closure(edit, ClosureEntry(on=date(2026, 12, 25), name="Christmas Day", open=NINE_TO_FIVE))


def test_a_closure_that_is_gone_is_not_changed(edit: Edit) -> None:
    with pytest.raises(ChangedMeanwhile):
        change_closure(edit, closure_id=0, entry=STORM)


def test_part_days_count_only_where_the_city_chose_so(edit: Edit) -> None:
    morning = ClosureEntry(on=date(2026, 11, 28), name="Open house", open=(Interval(480, 720),))  # a Saturday
    add_closure(edit, morning)
    assert not draft_of(response()).business_calendar.is_business_day(morning.on)

    entry = HoursEntry(
        weekly_hours=pattern().weekly_hours, anchors={4: date(2026, 11, 27)}, partial_days_count=True,
        business_day_hours=Decimal("7.5"),
    )  # fmt: skip
    change_hours(again(edit), entry)

    calendar = draft_of(response()).business_calendar
    assert calendar.is_business_day(morning.on)
    assert not calendar.is_business_day(date(2026, 12, 11))  # every second Friday from 27 November
    assert calendar.is_business_day(date(2026, 12, 4))
    assert calendar.business_day_hours == Decimal("7.5")
    entries = AuditEntry.objects.count()
    change_hours(edit, entry)
    assert AuditEntry.objects.count() == entries


def test_a_years_holidays_are_added_once_and_known_from_then_on(edit: Edit) -> None:
    assert add_holidays(edit, year=2029) == 13

    assert add_holidays(edit, year=2029) == 0
    draft = draft_of(response())
    assert draft.business_calendar.known_through == date(2029, 12, 31)
    assert draft.newest is not None
    assert draft.newest.business_calendar().known_through == date(2028, 12, 31)
    with pytest.raises(InvalidCalendar):
        add_holidays(again(edit), year=2031)


def test_throwing_the_changes_away_brings_back_what_was_confirmed(edit: Edit) -> None:
    before = draft_of(response()).definition
    add_closure(edit, STORM)
    change_hours(again(edit), pattern(fri=()))
    add_holidays(again(edit), year=2029)

    discard_draft(again(edit))

    draft = draft_of(response())
    assert (draft.definition, draft.is_changed, draft.mark) == (before, False, edit.seen)
    assert AuditEntry.objects.latest("pk").action == "calendar_draft_discarded"


def test_confirming_makes_a_version_and_asks_once_for_the_dates_to_follow(
    cast: Cast, log: Log, edit: Edit, now: datetime
) -> None:
    found = log()
    add_closure(edit, STORM)
    shown = again(edit)

    version, job = confirm_draft(shown)
    same, none = confirm_draft(shown)

    assert job is not None
    assert (version.number, version.confirmed_by, same, none) == (2, cast.ada, version, None)
    assert BackgroundJob.objects.count() == 1
    assert run_next_jobs(clock=lambda: now) == {"done": 1, "failed": 0}
    job.refresh_from_db()
    assert (job.result, job.progress, job.total) == ({"moved": 1}, 1, 1)
    assert found.clocks.get().due_at == datetime(2026, 11, 26, 1, tzinfo=UTC)


def test_the_preview_moves_nothing_and_tells_what_stays(cast: Cast, log: Log, edit: Edit, now: datetime) -> None:
    log(received_at=now - timedelta(days=4))  # due last Friday, overdue since
    moved, secret = log(), log()
    ServiceRequest.objects.filter(pk=secret.pk).update(confidentiality=Confidentiality.CONFIDENTIAL)
    add_closure(edit, STORM)
    add_closure(again(edit), ClosureEntry(on=date(2026, 11, 20), name="Flood"))

    found = preview(now)

    assert [move.number for move in found.listed] == [moved.number]
    assert (len(found.moves), found.unlisted, found.stay_overdue, found.stay_later) == (2, 1, 1, 0)
    assert moved.clocks.get().revisions.count() == 1


def test_a_date_that_would_be_earlier_stays_and_is_counted(log: Log, edit: Edit, now: datetime) -> None:
    log()
    add_closure(edit, STORM)
    confirm_draft(again(edit))
    run_next_jobs(clock=lambda: now)
    remove_closure(again(edit), closure_id=Closure.objects.get(name="Storm").pk)

    found = preview(now)

    assert (found.moves, found.stay_later) == ([], 1)


_DAYS = st.dates(date(2026, 11, 18), date(2026, 12, 11))


class Plan(NamedTuple):
    """What an administrator changes, and how many days later it is confirmed."""

    closed: set[date]
    part: date
    closed_weekday: str
    days_later: int


_PLANS = st.builds(Plan, st.sets(_DAYS, max_size=5), _DAYS, st.sampled_from(["", "fri", "mon"]), st.integers(0, 3))


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=_PLANS)
def test_the_preview_lists_exactly_what_the_recomputation_then_moves(
    cast: Cast, log: Log, edit: Edit, now: datetime, plan: Plan
) -> None:
    with transaction.atomic():
        for hour in range(2):
            log(received_at=now - timedelta(hours=20 * hour), channel=Channel.EMAIL if hour % 2 else Channel.PHONE)
        _promise(cast, log(), now, date(2026, 12, 1))
        Closure.objects.bulk_create(Closure(calendar=response(), on=on, name="Closed") for on in sorted(plan.closed))
        add_closure(again(edit), ClosureEntry(on=plan.part, name="Morning", open=(Interval(480, 720),)))
        change_hours(again(edit), pattern(**{plan.closed_weekday: ()}) if plan.closed_weekday else pattern())
        at = now + timedelta(days=plan.days_later)
        before = dict(ResponseClock.objects.values_list("pk", "due_at"))

        expected = {move.clock_id: (move.due_at, move.moves_to) for move in preview(at).moves}
        confirm_draft(again(edit))
        moved = recompute_open_clocks(calendar_id=edit.calendar_id, actor=edit.actor, at=at)

        after = dict(ResponseClock.objects.values_list("pk", "due_at"))
        differing = {pk: (before[pk], due_at) for pk, due_at in after.items() if due_at != before[pk]}
        assert differing == expected
        assert moved == len(expected)
        transaction.set_rollback(True)


def _promise(cast: Cast, found: ServiceRequest, now: datetime, on: date) -> None:
    holding = AnswerEntry(
        channel=Channel.PHONE, text="Alice calls", occurred_at=now, answer=AnswerKind.HOLDING, promised_on=on
    )
    answer_request(request_id=found.pk, entry=holding, actor=actor(cast.alice), at=now)

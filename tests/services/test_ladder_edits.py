"""Changing the reminder ladder: evidence, the duty it keeps, and open clocks that follow."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from requests_app.domain.stages import Anchor, Audience, Digest, LadderStage, check_stage, duty_kept_by
from requests_app.models import AuditEntry, BackgroundJob, LadderRung, Notice, StageFiring
from requests_app.selectors.ladder import reminder_ladder
from requests_app.selectors.ladder_upkeep import example_of, ladder_of, mark_of, rung_rows
from requests_app.selectors.standards import response_calendar_version
from requests_app.services.edits import ChangedMeanwhile
from requests_app.services.jobs import run_next_jobs
from requests_app.services.ladder import DutyUnkept, RungEntry, UnknownRung, add_rung, change_rung, reschedule_reminders
from requests_app.services.sweeps import fire_due_stages
from tests.cast import Cast, actor
from tests.services.conftest import Log

DUE_SOON = RungEntry(anchor=Anchor.BEFORE_DUE, audience=Audience.OWNER, offset=120)
DUE_TODAY = RungEntry(anchor=Anchor.DUE_DAY, audience=Audience.OWNER)
LATE = RungEntry(anchor=Anchor.BECAME_LATE, audience=Audience.SUPERVISOR, digest=Digest.DAILY)
STILL_LATE = RungEntry(anchor=Anchor.EACH_FURTHER_DAY, audience=Audience.SUPERVISOR, digest=Digest.DAILY)


def change(cast: Cast, now: datetime, code: str, entry: RungEntry, *, seen: str = "") -> None:
    change_rung(code, entry, seen=seen or mark_of(rung_rows()), actor=actor(cast.ada), at=now)


def off(entry: RungEntry) -> RungEntry:
    return replace(entry, is_active=False)


def test_a_rung_is_changed_with_evidence_and_a_second_click_changes_nothing(cast: Cast, now: datetime) -> None:
    seen = mark_of(rung_rows())
    for _ in range(2):
        change(cast, now, "due_soon", replace(DUE_SOON, offset=240), seen=seen)

    assert next(stage for stage in reminder_ladder() if stage.code == "due_soon").offset == 240
    entry = AuditEntry.objects.get(action="ladder_rung_changed")
    assert (entry.actor, BackgroundJob.objects.get().kind) == (cast.ada, "reschedule_reminders")
    with pytest.raises(ChangedMeanwhile):
        change(cast, now, "due_today", off(DUE_TODAY), seen=seen)
    with pytest.raises(UnknownRung):
        change(cast, now, "no_such", DUE_TODAY)


def test_the_last_reminder_of_the_owner_and_the_last_news_of_lateness_stay(cast: Cast, now: datetime) -> None:
    change(cast, now, "due_today", off(DUE_TODAY))
    with pytest.raises(DutyUnkept) as unkept:
        change(cast, now, "due_soon", off(DUE_SOON))
    assert unkept.value.audience is Audience.OWNER

    change(cast, now, "late_digest", off(LATE))
    for entry in (off(STILL_LATE), replace(STILL_LATE, public_only=True), replace(STILL_LATE, audience=Audience.OWNER)):
        with pytest.raises(DutyUnkept):
            change(cast, now, "still_late", entry)
    assert Audience.SUPERVISOR in duty_kept_by(reminder_ladder())


@pytest.mark.parametrize(
    ("anchor", "offset"),
    [
        (Anchor.BEFORE_DUE, 0),
        (Anchor.DAYS_LATE, 0),
        (Anchor.DAYS_LATE, 61),
        (Anchor.DUE_DAY, 1),
        (Anchor.BEFORE_DUE, -5),
    ],
)
def test_an_offset_that_does_not_fit_is_refused(anchor: Anchor, offset: int) -> None:
    with pytest.raises(ValueError, match="offset"):
        check_stage(LadderStage("any", anchor, Audience.OWNER, offset))


def test_a_rung_is_added_once_at_the_end(cast: Cast, now: datetime) -> None:
    head = RungEntry(anchor=Anchor.DAYS_LATE, audience=Audience.DEPARTMENT_HEAD, offset=1)
    seen = mark_of(rung_rows())

    first, again = (add_rung(head, seen=seen, actor=actor(cast.ada), at=now) for _ in range(2))

    assert first == again
    assert LadderRung.objects.last() == first
    assert reminder_ladder()[-1].offset == 1
    assert AuditEntry.objects.filter(action="ladder_rung_added").count() == 1


def test_open_clocks_follow_and_what_fired_stays_fired(cast: Cast, log: Log, now: datetime) -> None:
    """Due Tue 24 Nov, 5:00 pm: the reminder of the due day is gone, that of two hours before becomes four."""
    found = log()
    at_nine = datetime(2026, 11, 24, 17, tzinfo=UTC)
    fire_due_stages(now=at_nine)
    told = list(Notice.objects.values_list("pk", flat=True))

    change(cast, at_nine, "due_soon", replace(DUE_SOON, offset=240))
    assert run_next_jobs(clock=lambda: at_nine) == {"done": 1, "failed": 0}

    assert BackgroundJob.objects.get().result == {"moved": 1}
    assert found.clocks.get().next_stage_at == datetime(2026, 11, 24, 21, tzinfo=UTC)  # 1:00 pm
    assert reschedule_reminders() == 0
    fire_due_stages(now=at_nine + timedelta(hours=4))
    assert list(StageFiring.objects.order_by("pk").values_list("stage", flat=True)) == ["due_today", "due_soon"]
    assert set(told) < set(Notice.objects.values_list("pk", flat=True))


def test_the_example_tells_when_each_rung_would_come(city: None, now: datetime) -> None:
    version = response_calendar_version()
    assert version is not None

    example = example_of(ladder_of(rung_rows()), version.business_calendar(), now=now)

    assert example is not None
    assert example.due_at == datetime(2026, 11, 25, 1, tzinfo=UTC)
    first = [(stage.stage.code, stage.at.isoformat()) for stage in example.stages[:4]]
    assert first == [
        ("due_today", "2026-11-24T16:00:00+00:00"),
        ("due_soon", "2026-11-24T23:00:00+00:00"),
        ("became_late", "2026-11-25T16:00:00+00:00"),
        ("late_digest", "2026-11-25T16:00:00+00:00"),
    ]
    # Thanksgiving and the day after are no business days: three days late is the Tuesday after.
    head = next(stage.at for stage in example.stages if stage.stage.code == "late_3_days")
    assert head == datetime(2026, 12, 1, 16, tzinfo=UTC)

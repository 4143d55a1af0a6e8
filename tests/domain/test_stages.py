from datetime import date, datetime, timedelta

import pytest

from requests_app.domain.calendars import BusinessCalendar, Closure
from requests_app.domain.stages import (
    DEFAULT_LADDER,
    Anchor,
    Audience,
    Digest,
    StageTime,
    next_stage,
    stages_between,
)
from tests.domain.builders import PACIFIC, at, build_calendar
from tests.domain.examples import calendar

STARTED, DUE = at("2026-11-16 10:00"), at("2026-11-18 17:00")


def told(stages: list[StageTime]) -> list[str]:
    return [f"{stage.code} {stage.at.astimezone(PACIFIC):%a %d %H:%M}" for stage in stages]


def stages(
    *,
    started_at: datetime = STARTED,
    due_at: datetime = DUE,
    after: datetime | None = None,
    until: str = "2026-11-30 23:59",
    on: BusinessCalendar | None = None,
) -> list[StageTime]:
    return stages_between(
        DEFAULT_LADDER, on or calendar(), started_at=started_at, due_at=due_at, after=after, until=at(until)
    )


def test_the_whole_ladder_of_one_clock() -> None:
    assert told(stages()) == [
        "due_today Wed 18 08:00",
        "due_soon Wed 18 15:00",
        "became_late Thu 19 08:00",
        "late_digest Thu 19 08:00",
        "still_late Fri 20 08:00",
        "still_late Mon 23 08:00",
        "late_3_days Mon 23 08:00",
        "still_late Tue 24 08:00",
        "still_late Wed 25 08:00",
        "late_5_days Wed 25 08:00",
        "still_late Mon 30 08:00",
    ]


def test_a_window_takes_its_end_and_leaves_its_start() -> None:
    first = stages(until="2026-11-18 15:00")
    assert told(first) == ["due_today Wed 18 08:00", "due_soon Wed 18 15:00"]
    assert told(stages(after=first[-1].at, until="2026-11-19 08:00")) == [
        "became_late Thu 19 08:00",
        "late_digest Thu 19 08:00",
    ]


def test_windows_side_by_side_fire_each_stage_once() -> None:
    whole, pieces, reached = stages(), [], None
    for step in range(1, 15 * 24 + 1):
        until = at("2026-11-16 00:00") + timedelta(hours=step)
        pieces += stages_between(DEFAULT_LADDER, calendar(), started_at=STARTED, due_at=DUE, after=reached, until=until)
        reached = until
    assert pieces == whole


def test_next_stage_walks_the_same_instants() -> None:
    seen: list[datetime] = []
    after: datetime | None = None
    while (stage := next_stage(DEFAULT_LADDER, calendar(), started_at=STARTED, due_at=DUE, after=after)) and (
        stage.at <= at("2026-11-30 23:59")
    ):
        seen.append(stage.at)
        after = stage.at
    assert seen == sorted({stage.at for stage in stages()})


def test_reminders_from_before_the_clock_are_left_out_and_lateness_is_not() -> None:
    assert told(stages(started_at=at("2026-11-18 15:30"), until="2026-11-19 12:00")) == [
        "became_late Thu 19 08:00",
        "late_digest Thu 19 08:00",
    ]
    entered_late = stages(started_at=at("2026-11-19 10:00"), until="2026-11-19 12:00")
    assert told(entered_late) == ["became_late Thu 19 08:00", "late_digest Thu 19 08:00"]


def test_two_business_hours_may_lie_on_the_day_before() -> None:
    codes = told(stages(due_at=at("2026-11-18 09:00"), until="2026-11-18 08:59"))
    assert codes == ["due_soon Tue 17 16:00", "due_today Wed 18 08:00"]


def test_a_clock_due_inside_hours_becomes_late_at_once() -> None:
    late = stages(due_at=at("2026-11-18 09:30"), until="2026-11-19 23:00", after=at("2026-11-18 09:30"))
    assert told(late) == [
        "became_late Wed 18 09:30",
        "late_digest Wed 18 09:30",
        "still_late Thu 19 08:00",
    ]
    assert late[0].at > at("2026-11-18 09:30")


def test_a_weekend_of_lateness_is_told_at_the_next_opening_once() -> None:
    assert told(stages(due_at=at("2026-11-20 17:00"), until="2026-11-23 23:00", after=at("2026-11-20 17:00"))) == [
        "became_late Mon 23 08:00",
        "late_digest Mon 23 08:00",
    ]


def test_a_reminder_that_would_fall_after_the_due_instant_goes_out_at_the_last_opening_before() -> None:
    # Closed by a late closure on its due day: the next opening would be too late to remind of anything.
    storm = build_calendar(closures=[Closure(date(2026, 11, 18), "Storm")])
    assert told(stages(on=storm, until="2026-11-18 17:00")) == ["due_soon Tue 17 15:00", "due_today Tue 17 08:00"][::-1]


def test_stages_end_where_the_calendar_ends() -> None:
    short = build_calendar(known=(date(2026, 11, 2), date(2026, 11, 20)))
    assert told(stages(on=short))[-1] == "still_late Fri 20 08:00"
    assert next_stage(DEFAULT_LADDER, short, started_at=STARTED, due_at=DUE, after=at("2026-11-20 08:00")) is None
    unknown = build_calendar(known=(date(2020, 1, 1), date(2020, 12, 31)))
    assert stages(on=unknown) == []


def test_a_clock_years_late_is_told_daily_without_walking_the_years() -> None:
    old = build_calendar(known=(date(2000, 1, 1), date(2035, 12, 31)))
    touched = len(old._days)
    recent = stages(on=old, due_at=at("2006-11-17 17:00"), after=at("2026-11-18 12:00"), until="2026-11-20 12:00")
    assert told(recent) == ["still_late Thu 19 08:00", "still_late Fri 20 08:00"]
    assert len(old._days) - touched < 40


def test_occurs_on_is_the_local_date() -> None:
    assert {stage.occurs_on for stage in stages(until="2026-11-18 23:00")} == {date(2026, 11, 18)}


@pytest.mark.parametrize(
    ("code", "audience", "digest", "public_only"),
    [
        ("due_today", Audience.OWNER, Digest.NONE, False),
        ("due_soon", Audience.OWNER, Digest.NONE, False),
        ("became_late", Audience.OWNER, Digest.NONE, False),
        ("late_digest", Audience.SUPERVISOR, Digest.DAILY, False),
        ("still_late", Audience.SUPERVISOR, Digest.DAILY, False),
        ("late_3_days", Audience.DEPARTMENT_HEAD, Digest.NONE, False),
        ("late_5_days", Audience.CITY_MANAGER, Digest.WEEKLY, True),
    ],
)
def test_the_default_ladder(code: str, audience: Audience, digest: Digest, public_only: bool) -> None:
    (stage,) = (stage for stage in DEFAULT_LADDER if stage.code == code)
    assert (stage.audience, stage.digest, stage.public_only) == (audience, digest, public_only)
    assert stage.is_lateness is (stage.anchor not in (Anchor.DUE_DAY, Anchor.BEFORE_DUE))

"""When the next reminder of a clock comes."""

from datetime import UTC, datetime, timedelta

import pytest

from requests_app.domain.stages import DEFAULT_LADDER, LadderStage
from requests_app.models import LadderRung
from requests_app.selectors.ladder import definition_of, delivery_at, next_stage_at, reminder_ladder, stage_of
from requests_app.selectors.standards import response_calendar_version

STARTED_AT = datetime(2026, 11, 23, 18, tzinfo=UTC)  # Mon 10:00 am
DUE_AT = datetime(2026, 11, 25, 1, tzinfo=UTC)  # Tue 24 Nov, 5:00 pm
DUE_DAY_OPENS = datetime(2026, 11, 24, 16, tzinfo=UTC)


def following(after: datetime | None, due_at: datetime | None = DUE_AT) -> datetime | None:
    return next_stage_at(
        started_at=STARTED_AT, due_at=due_at, calendar_version=response_calendar_version(), after=after
    )


@pytest.mark.parametrize("stage", DEFAULT_LADDER, ids=lambda stage: stage.code)
def test_a_stage_survives_being_written_as_a_rung(stage: LadderStage) -> None:
    rung = LadderRung(code=stage.code, position=1, definition=definition_of(stage))
    assert stage_of(rung) == stage


@pytest.mark.usefixtures("city")
def test_the_set_up_ladder_is_the_default_one() -> None:
    assert reminder_ladder() == list(DEFAULT_LADDER)


@pytest.mark.usefixtures("city")
def test_a_clock_is_first_reminded_of_on_its_due_day() -> None:
    assert following(None) == DUE_DAY_OPENS


@pytest.mark.usefixtures("city")
def test_the_stage_after_one_that_fired_is_the_next_of_the_ladder() -> None:
    two_hours_before = DUE_AT - timedelta(hours=2)
    next_opening = datetime(2026, 11, 25, 16, tzinfo=UTC)
    assert following(DUE_DAY_OPENS) == two_hours_before
    assert following(two_hours_before) == next_opening


@pytest.mark.usefixtures("city")
def test_an_undated_clock_has_no_stage() -> None:
    assert following(None, due_at=None) is None


@pytest.mark.usefixtures("city")
def test_a_rung_switched_off_is_passed_over() -> None:
    LadderRung.objects.filter(code="due_today").update(is_active=False)
    assert following(None) == DUE_AT - timedelta(hours=2)


def test_without_a_calendar_there_is_no_stage(db: None) -> None:
    assert following(None) is None


@pytest.mark.usefixtures("city")
@pytest.mark.parametrize(
    ("occurs_at", "told_at"),
    [
        # The week's first opening tells at once; Monday 18 January 2027 is a holiday, so that week opens on Tuesday.
        (datetime(2026, 11, 23, 16, tzinfo=UTC), datetime(2026, 11, 23, 16, tzinfo=UTC)),
        (datetime(2026, 11, 24, 16, tzinfo=UTC), datetime(2026, 11, 30, 16, tzinfo=UTC)),
        (datetime(2027, 1, 13, 16, tzinfo=UTC), datetime(2027, 1, 19, 16, tzinfo=UTC)),
    ],
)
def test_the_weekly_digest_goes_out_at_a_weeks_first_opening(occurs_at: datetime, told_at: datetime) -> None:
    weekly = next(stage for stage in DEFAULT_LADDER if stage.code == "late_5_days")
    version = response_calendar_version()
    assert version is not None
    assert delivery_at(weekly, version.business_calendar(), occurs_at=occurs_at) == told_at

"""Reminders put off: the owner's before lateness, to the end of the newest snooze, never past the due instant."""

from datetime import UTC, datetime, timedelta

import pytest

from requests_app.domain.snoozes import Quiet, may_be_put_off, put_off_until, quiets_of
from requests_app.domain.stages import DEFAULT_LADDER

EIGHT = datetime(2026, 11, 24, 16, tzinfo=UTC)
HOUR = timedelta(hours=1)
DUE = EIGHT + 9 * HOUR


def test_only_the_owners_reminders_before_lateness_may_be_put_off() -> None:
    assert {stage.code for stage in DEFAULT_LADDER if may_be_put_off(stage)} == {"due_today", "due_soon"}


@pytest.mark.parametrize(
    ("at", "goes_out"),
    [
        (EIGHT - timedelta.resolution, EIGHT - timedelta.resolution),
        (EIGHT, EIGHT + 3 * HOUR),
        (EIGHT + 2 * HOUR, EIGHT + 3 * HOUR),
        (EIGHT + 3 * HOUR, EIGHT + 3 * HOUR),
    ],
)
def test_what_falls_inside_goes_out_at_the_end(at: datetime, goes_out: datetime) -> None:
    assert put_off_until(at, quiets_of([(EIGHT, EIGHT + 3 * HOUR)], due_at=DUE)) == goes_out


@pytest.mark.parametrize("second_until", [2, 6])
def test_a_later_snooze_takes_the_place_of_the_one_before_shorter_or_longer(second_until: int) -> None:
    quiets = quiets_of([(EIGHT, EIGHT + 4 * HOUR), (EIGHT + HOUR, EIGHT + second_until * HOUR)], due_at=DUE)
    assert put_off_until(EIGHT, quiets) == EIGHT + second_until * HOUR


def test_nothing_is_put_off_past_the_due_instant_even_if_that_came_nearer() -> None:
    assert quiets_of([(EIGHT, DUE)], due_at=EIGHT + HOUR) == [Quiet(EIGHT, EIGHT + HOUR)]
    assert quiets_of([(EIGHT, DUE)], due_at=EIGHT) == []

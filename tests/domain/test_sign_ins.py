"""When a sign-in ends by itself."""

from datetime import UTC, datetime, timedelta

import pytest

from requests_app.domain.sign_ins import SignInEnd, SignInLimits, end_of

BEGAN = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
LIMITS = SignInLimits(idle=timedelta(minutes=60), whole=timedelta(hours=12))


@pytest.mark.parametrize(
    ("seen_after", "asked_after", "end"),
    [
        (timedelta(0), timedelta(minutes=59), None),
        (timedelta(0), timedelta(minutes=60), SignInEnd.IDLE),
        (timedelta(hours=11), timedelta(hours=11, minutes=59), None),
        (timedelta(hours=11, minutes=59), timedelta(hours=12), SignInEnd.TOO_LONG),
        (timedelta(0), timedelta(days=3), SignInEnd.TOO_LONG),
    ],
)
def test_unused_or_old_it_ends(seen_after: timedelta, asked_after: timedelta, end: SignInEnd | None) -> None:
    assert end_of(began_at=BEGAN, seen_at=BEGAN + seen_after, now=BEGAN + asked_after, limits=LIMITS) == end

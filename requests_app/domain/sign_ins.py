"""When a sign-in ends by itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class SignInEnd(StrEnum):
    """Why a sign-in is over."""

    IDLE = "idle"
    TOO_LONG = "too_long"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class SignInLimits:
    """How long a sign-in may lie unused, and how long it may last at all."""

    idle: timedelta
    whole: timedelta


def end_of(*, began_at: datetime, seen_at: datetime, now: datetime, limits: SignInLimits) -> SignInEnd | None:
    """Say whether, and why, a sign-in is over."""
    if now - began_at >= limits.whole:
        return SignInEnd.TOO_LONG
    if now - seen_at >= limits.idle:
        return SignInEnd.IDLE
    return None

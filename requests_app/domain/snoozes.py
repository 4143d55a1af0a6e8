"""Reminders an owner put off: theirs before the due instant, never lateness, never anybody else's (III.d.i)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from requests_app.domain.business_time import next_opening
from requests_app.domain.calendars import BusinessCalendar, as_utc
from requests_app.domain.stages import Audience, LadderStage


class Quiet(NamedTuple):
    """From when until when no reminder goes out; half open."""

    since_at: datetime
    until_at: datetime


def may_be_put_off(stage: LadderStage) -> bool:
    """Say whether a stage is the owner's to put off: one that reminds them before it is late."""
    return stage.audience is Audience.OWNER and not stage.is_lateness


def ends_at(wanted_at: datetime, calendar: BusinessCalendar) -> datetime:
    """Say when reminders put off until an instant go out: then, or at the next opening."""
    return next_opening(calendar, wanted_at)


def quiets_of(snoozes: Iterable[tuple[datetime, datetime]], *, due_at: datetime) -> list[Quiet]:
    """Turn snoozes (made at, until) into quiet times: a later one ends those before it, and none outlasts `due_at`."""
    found: list[Quiet] = []
    for made_at, until_at in sorted((as_utc(made), as_utc(until)) for made, until in snoozes):
        if found and found[-1].until_at > made_at:
            found[-1] = found[-1]._replace(until_at=made_at)
        found.append(Quiet(made_at, min(until_at, as_utc(due_at))))
    return [quiet for quiet in found if quiet.since_at < quiet.until_at]


def put_off_until(at: datetime, quiets: Sequence[Quiet]) -> datetime:
    """Say when a reminder of an instant goes out: at that instant, or at the end of the quiet it falls in."""
    at = as_utc(at)
    for quiet in quiets:
        if quiet.since_at <= at < quiet.until_at:
            at = quiet.until_at
    return at

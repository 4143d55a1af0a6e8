"""The reminder ladder: its rungs as data, and when the next one of a clock comes."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from requests_app.domain.business_time import next_opening
from requests_app.domain.calendar_errors import CalendarError
from requests_app.domain.calendars import BusinessCalendar
from requests_app.domain.stages import Anchor, Audience, Digest, LadderStage, next_stage
from requests_app.domain.vocabulary import Milestone, RequestKind
from requests_app.models import CalendarVersion, LadderRung, ResponseClock
from requests_app.selectors.standards import ladder_rungs, response_calendar_version

Ladder = Sequence[LadderStage]


def stage_of(rung: LadderRung) -> LadderStage:
    """Read a rung; ValueError or KeyError if its definition is not one."""
    definition = rung.definition
    return LadderStage(
        code=rung.code,
        anchor=Anchor(definition["anchor"]),
        audience=Audience(definition["audience"]),
        offset=int(definition.get("offset", 0)),
        digest=Digest(definition.get("digest", Digest.NONE)),
        public_only=bool(definition.get("public_only", False)),
    )


def definition_of(stage: LadderStage) -> dict[str, str | int | bool]:
    """Write a stage as the definition of a rung, all but its code."""
    return {
        "anchor": stage.anchor.value,
        "audience": stage.audience.value,
        "offset": stage.offset,
        "digest": stage.digest.value,
        "public_only": stage.public_only,
    }


def reminder_ladder() -> list[LadderStage]:
    """Give the ladder in use, lowest rung first; a rung that cannot be read is passed over (the watchdog tells)."""
    return [stage for rung in ladder_rungs() if (stage := read_rung(rung))]


def unreadable_rungs() -> list[LadderRung]:
    """Give the rungs in use that say nothing a program can act on."""
    return [rung for rung in ladder_rungs() if read_rung(rung) is None]


def read_rung(rung: LadderRung) -> LadderStage | None:
    """Read a rung; None for one that says nothing a program can act on."""
    with suppress(LookupError, TypeError, ValueError):
        return stage_of(rung)
    return None


def stages_for(ladder: Ladder, clock: ResponseClock) -> list[LadderStage]:
    """Leave out the stages that are not for this clock: some tell only of the public's waiting, and of complaints."""
    is_public = clock.milestone == Milestone.RESPONSE and not clock.is_from_colleague
    is_complaint = clock.service_request.kind == RequestKind.COMPLAINT
    return [stage for stage in ladder if is_public or is_complaint or not stage.public_only]


def next_stage_at(
    *, started_at: datetime, due_at: datetime | None, calendar_version: CalendarVersion | None, after: datetime | None
) -> datetime | None:
    """Give the instant of the first stage after another one; None for an undated clock or at the calendar's end.

    `after=None` counts from the clock's start. Reminders keep to the hours of the response calendar, whatever
    calendar the due instant was counted on; `calendar_version` is used only while that one is unconfirmed.
    """
    version = response_calendar_version() or calendar_version
    if due_at is None or version is None:
        return None
    stage = next_stage(
        reminder_ladder(), version.business_calendar(), started_at=started_at, due_at=due_at, after=after
    )
    return stage.at if stage else None


def delivery_at(stage: LadderStage, calendar: BusinessCalendar, *, occurs_at: datetime) -> datetime:
    """Give when a notice of a stage may go out: at once, or with the weekly digest at a week's first opening."""
    if stage.digest is not Digest.WEEKLY:
        return occurs_at
    on = calendar.local_date(occurs_at)
    monday = on - timedelta(days=on.weekday())
    with suppress(CalendarError):
        for week in (monday, monday + timedelta(days=7)):
            opening = next_opening(calendar, calendar.instant(week, 0))
            if opening >= occurs_at:
                return opening
    return occurs_at

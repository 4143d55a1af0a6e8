"""The reminder ladder as an administrator keeps it, and when each rung of an example would come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from requests_app.domain.calendar_errors import CalendarError
from requests_app.domain.calendars import BusinessCalendar
from requests_app.domain.deadlines import Rule, compute_deadline
from requests_app.domain.fingerprints import fingerprint
from requests_app.domain.stages import LadderStage, stages_between
from requests_app.models import LadderRung
from requests_app.selectors.ladder import read_rung

_EXAMPLE_DAYS = 12


@dataclass(frozen=True, slots=True)
class RungRow:
    """A rung with its meaning; None for one that says nothing a program can act on."""

    rung: LadderRung
    stage: LadderStage | None


@dataclass(frozen=True, slots=True)
class ExampleStage:
    """A rung that would come, and when."""

    stage: LadderStage
    at: datetime


@dataclass(frozen=True, slots=True)
class LadderExample:
    """A contact that comes now and is never answered."""

    started_at: datetime
    due_at: datetime
    stages: list[ExampleStage]


def rung_rows() -> list[RungRow]:
    """Give every rung in order, those switched off among them (one query)."""
    return [RungRow(rung, read_rung(rung)) for rung in LadderRung.objects.order_by("position", "code")]


def mark_of(rows: Sequence[RungRow]) -> str:
    """Give the mark a form sends back: of the whole ladder, since the duty it keeps is one of all its rungs."""
    return fingerprint([[row.rung.code, row.rung.is_active, row.rung.definition] for row in rows])


def ladder_of(rows: Sequence[RungRow]) -> list[LadderStage]:
    """Give the stages in use."""
    return [row.stage for row in rows if row.rung.is_active and row.stage]


def example_of(ladder: Sequence[LadderStage], calendar: BusinessCalendar, *, now: datetime) -> LadderExample | None:
    """Work out when each rung comes for a contact of now that is due in one business day and never answered."""
    try:
        due_at = compute_deadline(calendar, received_at=now, business_days=1, rule=Rule.END_OF_NTH_BUSINESS_DAY).due_at
    except CalendarError:
        return None
    times = stages_between(
        ladder, calendar, started_at=now, due_at=due_at, after=None, until=due_at + timedelta(days=_EXAMPLE_DAYS)
    )
    stages = {stage.code: stage for stage in ladder}
    return LadderExample(now, due_at, [ExampleStage(stages[time.code], time.at) for time in times])

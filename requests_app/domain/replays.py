"""What if: clocks replayed under another number of days, rule or calendar; what was recorded stays as it is.

A verdict is replayed only where the recorded rules still give the recorded one: every difference comes from the
question. What stands beside the rate (excused, merged, cancelled) stays there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from requests_app.domain.calendar_errors import CalendarError
from requests_app.domain.calendars import BusinessCalendar, Closure
from requests_app.domain.deadlines import Allowance, Rule, deadline_within, given_deadline
from requests_app.domain.metrics import ClockClass, classify
from requests_app.domain.verdicts import judge
from requests_app.domain.vocabulary import Unit, Verdict

_OBSERVED = " (observed)"
_REPLAYED = frozenset({ClockClass.MET, ClockClass.LATE, ClockClass.OVERDUE, ClockClass.OPEN})
_NO_LOAD = frozenset({ClockClass.MERGED, ClockClass.CANCELLED})
# Every change there can be: an answer stays an answer, and what is open stays open.
MOVES: Mapping[str, tuple[ClockClass, ClockClass]] = {
    "became_late": (ClockClass.MET, ClockClass.LATE),
    "became_kept": (ClockClass.LATE, ClockClass.MET),
    "became_overdue": (ClockClass.OPEN, ClockClass.OVERDUE),
    "became_open": (ClockClass.OVERDUE, ClockClass.OPEN),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked; whatever is empty stays as it was. `calendar` is the slug of another one."""

    number: int | None = None
    rule: Rule | None = None
    calendar: str = ""
    closed_weekdays: frozenset[int] = frozenset()
    left_out: frozenset[str] = frozenset()
    closed_on: frozenset[date] = frozenset()
    target: Decimal | None = None

    @property
    def is_empty(self) -> bool:
        """Say whether nothing would be otherwise."""
        return self == Question()

    def allowance(self, recorded: Allowance) -> Allowance:
        """Give what would be allowed instead; calendar days are always counted to close of business."""
        rule = recorded.rule if self.rule is None or recorded.unit is Unit.CALENDAR_DAYS else self.rule
        return Allowance(self.number or recorded.number, recorded.unit, rule)

    def calendar_from(self, calendar: BusinessCalendar) -> BusinessCalendar:
        """Give a calendar with more weekdays and dates closed, and without some of its holidays."""
        hours = tuple(
            () if weekday in self.closed_weekdays else spans for weekday, spans in enumerate(calendar.weekly_hours)
        )
        kept = {
            on: closure if on.weekday() not in self.closed_weekdays else closure._replace(open=())
            for on, closure in calendar.closures.items()
            if not holidays_in(closure.name) <= self.left_out
        }
        return replace(
            calendar, weekly_hours=hours, closures={**kept, **{on: Closure(on, "") for on in self.closed_on}}
        )

    def to_json(self) -> dict[str, Any]:
        """Give the question as JSON values, in a fixed order."""
        return {
            "number": self.number,
            "rule": self.rule,
            "calendar": self.calendar,
            "closed_weekdays": sorted(self.closed_weekdays),
            "left_out": sorted(self.left_out),
            "closed_on": [on.isoformat() for on in sorted(self.closed_on)],
            "target": str(self.target) if self.target is not None else None,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Question:
        """Read what `to_json` gave."""
        return cls(
            number=stored["number"],
            rule=Rule(stored["rule"]) if stored["rule"] else None,
            calendar=stored["calendar"],
            closed_weekdays=frozenset(stored["closed_weekdays"]),
            left_out=frozenset(stored["left_out"]),
            closed_on=frozenset(map(date.fromisoformat, stored["closed_on"])),
            target=Decimal(stored["target"]) if stored["target"] else None,
        )


def holidays_in(name: str) -> frozenset[str]:
    """Give the holidays a closure stands for, without the note that one is observed on another day."""
    return frozenset(each.removesuffix(_OBSERVED) for each in name.split(", "))


def has_load(kind: ClockClass) -> bool:
    """Say whether somebody has or had to answer: what was merged or cancelled is owed by nobody."""
    return kind not in _NO_LOAD


class Recorded(NamedTuple):
    """The facts of one clock at an instant; `given_on` is a date a person gave, which no number of days moves."""

    kind: ClockClass
    started_at: datetime
    due_at: datetime | None
    met_at: datetime | None
    given_on: date | None


class Outcome(NamedTuple):
    """What became of one clock; `is_left` where it had to stay as recorded although its date may have moved."""

    after: ClockClass
    due_at: datetime | None
    is_left: bool = False


@dataclass(frozen=True, slots=True)
class DueDates:
    """The due instants of one allowance on one calendar; contacts of one day share theirs, worked out once."""

    calendar: BusinessCalendar
    allowance: Allowance
    _known: dict[tuple[date, bool], datetime | None] = field(default_factory=dict)
    _given: dict[date, datetime | None] = field(default_factory=dict)

    def due_at(self, *, started_at: datetime, given_on: date | None) -> datetime | None:
        """Give when an answer is due; None where the calendar does not reach."""
        if given_on is not None:
            if given_on not in self._given:
                self._given[given_on] = self._date_given(given_on)
            return self._given[given_on]
        if self.allowance.rule is Rule.ROLLING_BUSINESS_HOURS and self.allowance.unit is Unit.BUSINESS_DAYS:
            return self._within(started_at)  # by the minute: no two share theirs
        local_on = started_at.astimezone(self.calendar.time_zone).date()
        if not self.calendar.knows(local_on):
            return None
        closing_at = self.calendar.day_status(local_on).closing_at
        key = (local_on, closing_at is not None and started_at > closing_at)
        if key not in self._known:
            self._known[key] = self._within(started_at)
        return self._known[key]

    def _within(self, started_at: datetime) -> datetime | None:
        try:
            return deadline_within(self.calendar, self.allowance, received_at=started_at).due_at
        except CalendarError:
            return None

    def _date_given(self, given_on: date) -> datetime | None:
        try:
            return given_deadline(self.calendar, given_on).due_at
        except CalendarError:
            return None


def replay(recorded: Recorded, *, by: DueDates, instead: DueDates, as_of: datetime) -> Outcome:
    """Replay one clock: `by` is how it was counted, `instead` how it would have been."""
    if recorded.due_at is None or not has_load(recorded.kind):
        return Outcome(recorded.kind, recorded.due_at)
    was_at = by.due_at(started_at=recorded.started_at, given_on=recorded.given_on)
    would_be_at = instead.due_at(started_at=recorded.started_at, given_on=recorded.given_on)
    if was_at == would_be_at:
        return Outcome(recorded.kind, recorded.due_at)
    if was_at is None or would_be_at is None or _class(recorded, was_at, as_of) is not recorded.kind:
        return Outcome(recorded.kind, recorded.due_at, is_left=True)
    return Outcome(_class(recorded, would_be_at, as_of), would_be_at)


def _class(recorded: Recorded, due_at: datetime, as_of: datetime) -> ClockClass:
    if recorded.kind not in _REPLAYED:
        return recorded.kind
    return class_under(due_at=due_at, met_at=recorded.met_at, as_of=as_of)


def class_under(*, due_at: datetime, met_at: datetime | None, as_of: datetime) -> ClockClass:
    """Put a clock into the class it has, or would have had, under a due instant."""
    verdict = Verdict.OPEN if met_at is None else judge(due_at=due_at, met_at=met_at)
    return classify(verdict=verdict, due_at=due_at, as_of=as_of, is_excused=False)

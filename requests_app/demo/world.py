"""What a story of the demo is told with: the calendar, the standards, the people, and one source of chance."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import TypeVar

from requests_app.demo import profile
from requests_app.demo.names import PLACES, STREETS
from requests_app.demo.roster import Roster
from requests_app.domain.business_time import add_business_minutes
from requests_app.domain.calendars import BusinessCalendar
from requests_app.domain.deadlines import Deadline, Rule, calendar_days_deadline, close_of_business, compute_deadline
from requests_app.domain.stages import LadderStage
from requests_app.domain.vocabulary import Channel, Milestone, Unit
from requests_app.models import CalendarVersion, Category, Employee, ResponseClock, ServiceStandard
from requests_app.selectors.ladder import reminder_ladder
from requests_app.selectors.standards import response_calendar_version, standards_in_force

T = TypeVar("T")


@dataclass(slots=True)
class World:
    """Everything is read from the database once; `until_at` is the instant at which the story stops."""

    rng: Random
    until_at: datetime
    version: CalendarVersion
    calendar: BusinessCalendar
    roster: Roster
    categories: dict[str, Category]
    standards: dict[Milestone, list[ServiceStandard]]
    ladder: list[LadderStage]
    numbers: set[str] = field(default_factory=set)
    restricted_count: int = 0

    def one_of(self, items: Sequence[T]) -> T:
        """Choose one item."""
        return self.rng.choice(items)

    def happens(self, share: float) -> bool:
        """Say whether something happens that happens so often."""
        return self.rng.random() < share

    def lognormal(self, median: float, sigma: float) -> float:
        """Draw from a lognormal distribution."""
        return self.rng.lognormvariate(math.log(median), sigma)

    def after_open_minutes(self, at: datetime, minutes: float) -> datetime:
        """Give the instant by which so much open time has passed, within the hours, seconds at random."""
        reached = add_business_minutes(self.calendar, at, max(1, round(minutes)))
        return reached - timedelta(seconds=self.rng.randrange(1, 50))

    def after_days(self, at: datetime, days: float) -> datetime:
        """Give an instant within the hours about so many calendar days later."""
        return self.after_open_minutes(at + timedelta(days=days), self.rng.randrange(2, 40))

    def at_front_desk(self) -> Employee:
        """Choose who is at the front desk: the demo login every other time."""
        own = self.roster.by_login["frontdesk"]
        return own if self.happens(0.5) else self.one_of(self.roster.front_desk)

    def is_left_lying(self, clock: ResponseClock, owner: Employee | None) -> bool:
        """Say whether nobody gets round to it before the story ends, so that its end has something to do in it."""
        if clock.due_at is None:
            return False
        due_on, today = self.calendar.due_date(clock.due_at), self.calendar.local_date(self.until_at)
        is_own = owner is not None and owner == self.roster.by_login["staff"]
        if due_on == today and clock.due_at > self.until_at:
            return self.happens(profile.DUE_TODAY_OWN_SHARE if is_own else profile.DUE_TODAY_SHARE)
        if clock.due_at < self.until_at and (today - due_on).days <= profile.LEFT_LYING_DAYS:
            return self.happens(profile.LEFT_LYING_OWN_SHARE if is_own else profile.LEFT_LYING_SHARE)
        return False

    def standard(self, milestone: Milestone, channel: Channel, *, is_from_colleague: bool = False) -> ServiceStandard:
        """Find the standard a contact is judged by (III.b.ii, III.b.iv.3)."""
        for_colleague = is_from_colleague and milestone is Milestone.RESPONSE
        return next(
            standard
            for standard in self.standards[milestone]
            if standard.is_for_colleagues == for_colleague and (not standard.channels or channel in standard.channels)
        )

    def deadline(self, standard: ServiceStandard, started_at: datetime, promised_on: date | None = None) -> Deadline:
        """Work out when an answer is due."""
        if promised_on is not None:
            return close_of_business(self.calendar, promised_on)
        if standard.unit == Unit.CALENDAR_DAYS:
            return calendar_days_deadline(self.calendar, received_at=started_at, calendar_days=standard.number)
        rule = Rule(standard.rule)
        return compute_deadline(self.calendar, received_at=started_at, business_days=standard.number, rule=rule)

    def place(self) -> str:
        """Invent a place: an address, a corner or a known spot."""
        street = self.one_of(STREETS)
        kind = self.rng.random()
        if kind < 0.6:
            return f"{self.rng.randrange(100, 3900)} {street}"
        return f"{street} at {self.one_of(STREETS)}" if kind < 0.85 else self.one_of(PLACES)

    def pace(self, at: datetime) -> float:
        """Give how slow the city was at a time of the year: it improves."""
        share = 1 - (self.until_at - at) / timedelta(days=profile.DAYS)
        return profile.SLOWER_AT_FIRST + (profile.FASTER_AT_LAST - profile.SLOWER_AT_FIRST) * share

    def worker(self, category: Category) -> Employee:
        """Choose who deals with a category: mostly its owner."""
        owners = [person for person in (category.default_owner, category.backup_owner) if person]
        return owners[0] if self.happens(0.7) else owners[-1]

    def supervisor_of(self, department_id: int, *, other_than: Employee | None = None) -> Employee:
        """Choose who decides in a department, never about themselves."""
        people = [person for person in self.roster.supervisors[department_id] if person != other_than]
        return people[0] if people else self.roster.by_login["manager"]


def open_world(rng: Random, *, roster: Roster, until_at: datetime) -> World:
    """Read what the story stands on; the city has to be set up."""
    version = response_calendar_version()
    if version is None:
        raise ValueError("The city is not set up; run setup_city.")
    calendar = version.business_calendar()
    categories = Category.objects.select_related("department", "default_owner", "backup_owner")
    return World(
        rng=rng,
        until_at=until_at,
        version=version,
        calendar=calendar,
        roster=roster,
        categories={category.slug: category for category in categories},
        standards={milestone: standards_in_force(milestone, calendar.local_date(until_at)) for milestone in Milestone},
        ladder=reminder_ladder(),
    )

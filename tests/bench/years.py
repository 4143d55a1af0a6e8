"""Tell several years of the demo's city, with the share of unfinished work that load is measured at (DOMAIN.md 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from random import Random

from django.db import transaction

from requests_app.demo import profile
from requests_app.demo.arrivals import Arrival, make_arrivals
from requests_app.demo.courses import tell_matter
from requests_app.demo.customers import deal_visitors, invent_customers, save_visitors
from requests_app.demo.matters import Matter
from requests_app.demo.queue import arrange_queue, give_own_work
from requests_app.demo.reminders import send_past_reminders
from requests_app.demo.roster import hire_staff
from requests_app.demo.seeding import hours_of, seed_registers, tell_matters
from requests_app.demo.storing import store_matters
from requests_app.demo.world import World, open_world
from requests_app.domain.holidays import closures_for_year
from requests_app.domain.vocabulary import Confidentiality, Disposition, Milestone, RequestKind
from requests_app.domain.workflow import is_finished
from requests_app.models import Calendar, Closure, ResponseClock, ServiceStandard
from requests_app.selectors.access import SYSTEM
from requests_app.services.calendars import confirm_calendar

OPEN_SHARE, OVERDUE_SHARE = 0.10, 0.01
# The sweep fires a stage on every business day that an answer is overdue: of older clocks they count as fired.
REMINDED_DAYS = 60
_CHUNK = 2000
_JUST_BEFORE = timedelta(seconds=1)
_YEAR = timedelta(days=profile.DAYS)

Progress = Callable[[str], None]


@dataclass(slots=True)
class YearsWorld(World):
    """A world of several years, each of which begins slower than it ends; `rests_at` is where one matter stops."""

    year_ends_at: datetime = field(kw_only=True)
    rests_at: datetime | None = None

    def pace(self, at: datetime) -> float:
        """Give how slow the city was at a time of the year it is told of."""
        share = 1 - (self.year_ends_at - at) / _YEAR
        return profile.SLOWER_AT_FIRST + (profile.FASTER_AT_LAST - profile.SLOWER_AT_FIRST) * share

    def is_left_lying(self, clock: ResponseClock, owner: object) -> bool:
        """Leave nothing lying by chance where the instant of rest is already chosen."""
        return self.rests_at is None and World.is_left_lying(self, clock, owner)  # type: ignore[arg-type]


@dataclass(slots=True)
class Backlog:
    """Leave as much unfinished as the load profile asks for, evenly over the years.

    A matter is told to its end, and where one more has to stay open it is told again, with the same chances, up to
    just before its end or just before its answer.
    """

    told: int = 0
    unfinished: int = 0
    overdue: int = 0

    def tell(self, world: World, arrival: Arrival) -> Matter:
        """Tell one matter."""
        if not isinstance(world, YearsWorld):
            raise TypeError(world)
        chances = world.rng.getstate()
        matter = tell_matter(world, arrival)
        rests_at = self._rests_at(matter)
        if rests_at is not None:
            matter = _told_until(rests_at, matter, arrival, chances, world)
        self.told += 1
        self.unfinished += not is_finished(matter.request.status)
        self.overdue += is_overdue(matter)
        return matter

    def _rests_at(self, matter: Matter) -> datetime | None:
        if not _may_rest(matter):
            return None
        answer = matter.clocks[0].stopped_by
        if answer is None or matter.request.closed_at is None or matter.clocks[0].due_at is None:
            return None
        if self.overdue < OVERDUE_SHARE * self.told and matter.clocks[0].due_at < matter.world.until_at:
            return max(answer.recorded_at - _JUST_BEFORE, matter.request.recorded_at)
        if self.unfinished < OPEN_SHARE * self.told and matter.request.closed_at > answer.recorded_at:
            return matter.request.closed_at - _JUST_BEFORE
        return None


def is_overdue(matter: Matter) -> bool:
    """Say whether an answer is owed at the end of the story and was due before it."""
    clock = matter.open_clock(Milestone.RESPONSE)
    return clock is not None and clock.due_at is not None and clock.due_at < matter.world.until_at


def _may_rest(matter: Matter) -> bool:
    request = matter.request
    is_plain = request.kind in (RequestKind.QUESTION, RequestKind.SERVICE) and not request.reopened_count
    is_ordinary = request.confidentiality == Confidentiality.ORDINARY
    was_answered = len(matter.clocks) == 1 and not matter.clocks[0].is_answered_on_the_spot
    return is_plain and is_ordinary and was_answered and request.disposition != Disposition.WITHDRAWN


def _told_until(
    rests_at: datetime, first: Matter, arrival: Arrival, chances: tuple[object, ...], world: YearsWorld
) -> Matter:
    ends_at = world.until_at
    world.numbers.discard(first.request.number)
    world.rng.setstate(chances)
    world.until_at = world.rests_at = rests_at
    matter = tell_matter(world, arrival)
    world.until_at, world.rests_at = ends_at, None
    matter.finish()  # once more: its next reminder comes after the end of the whole story
    return matter


@transaction.atomic
def tell_years(*, requests: int, years: int, seed: int, until_at: datetime, progress: Progress) -> None:
    """Add staff, customers and so many requests over some years to a city that is set up and otherwise empty."""
    rng = Random(f"{seed}")
    _reach_back(first_year=(until_at - years * _YEAR).year - 1, at=until_at - years * _YEAR)
    roster = hire_staff(rng, at=until_at)
    plain = open_world(rng, roster=roster, until_at=until_at)
    world = YearsWorld(**{each.name: getattr(plain, each.name) for each in fields(World)}, year_ends_at=until_at)
    kinds = {slug: RequestKind(category.kind) for slug, category in world.categories.items()}
    ends = [until_at - back * _YEAR for back in reversed(range(years))]
    counts = [requests * (number + 1) // years - requests * number // years for number in range(years)]
    arrivals = [
        make_arrivals(rng, count=count, hours=hours_of(world), kinds=kinds, until_at=ends_at)
        for count, ends_at in zip(counts, ends, strict=True)
    ]
    visitors = invent_customers(rng, requests=requests, at=until_at)
    deal_visitors(rng, visitors, [arrival for year in arrivals for arrival in year])
    save_visitors(visitors)
    backlog = Backlog()
    for year, ends_at in zip(arrivals, ends, strict=True):
        world.year_ends_at = ends_at
        _tell_year(world, year, backlog, is_last=ends_at == until_at)
        progress(f"told the year to {ends_at:%Y-%m-%d}: {len(year):,} of {requests:,} requests")
    seed_registers(world, seed=seed)
    send_past_reminders(until_at=until_at, since_at=until_at - timedelta(days=REMINDED_DAYS))
    progress("added absences, trainings, feedback and reminders")


def _tell_year(world: YearsWorld, arrivals: Sequence[Arrival], backlog: Backlog, *, is_last: bool) -> None:
    done = 0
    for chunk in _chunks(arrivals):
        matters = tell_matters(world, chunk, tell=backlog.tell)
        done += len(chunk)
        at_end = is_last and done == len(arrivals)
        if at_end:
            give_own_work(matters)
        arrange_queue(matters, requests=len(arrivals) if at_end else 0)
        store_matters(matters)


def _chunks(arrivals: Sequence[Arrival]) -> Iterator[Sequence[Arrival]]:
    parts = -(-len(arrivals) // _CHUNK)
    for part in range(parts):
        yield arrivals[part * len(arrivals) // parts : (part + 1) * len(arrivals) // parts]


def _reach_back(*, first_year: int, at: datetime) -> None:
    """Let the calendars know every year from the first, and the standards hold as long: the city is that old here."""
    first_on = date(first_year, 1, 1)
    for calendar in Calendar.objects.order_by("pk"):
        known_from = date.fromisoformat(calendar.settings["known_from"])
        if known_from <= first_on:
            continue
        Closure.objects.bulk_create(
            Closure(calendar=calendar, on=closure.on, name=closure.name)
            for year in range(first_year, known_from.year)
            for closure in closures_for_year(year)
        )
        calendar.settings["known_from"] = first_on.isoformat()
        calendar.save(update_fields=["settings"])
        confirm_calendar(calendar_id=calendar.pk, actor=SYSTEM, at=at)
    ServiceStandard.objects.filter(effective_from__gt=first_on).update(effective_from=first_on)

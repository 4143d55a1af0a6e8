"""What is wrong with the greetings and the cover of those who are away, asked of everybody at once (III.b.ii.5)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import Q
from django.utils import timezone

from requests_app.domain.absences import goes_in_circles
from requests_app.domain.business_time import business_day_on_or_after, next_business_day
from requests_app.domain.calendar_errors import CalendarError
from requests_app.domain.calendars import BusinessCalendar
from requests_app.domain.greeting_tracks import GreetingTrack, Stage, stage_of
from requests_app.domain.greeting_warnings import GreetingWarning, uncovered, warnings_of
from requests_app.models import Absence, Department, Employee
from requests_app.selectors.greetings import GreetingDesk, absences_of_interest
from requests_app.selectors.whereabouts import Whereabouts, read_pattern

# How far ahead an absence is looked at, and how many business days a department's cover.
AHEAD = timedelta(days=14)
_DAYS_COVERED = 5


@dataclass(frozen=True, slots=True)
class Tracked:
    """An absence, where its greetings stand, and what is wrong with them."""

    absence: Absence
    track: GreetingTrack
    stage: Stage
    warnings: tuple[GreetingWarning, ...]


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A department of which everybody is away on a business day."""

    department: Department
    on: date


class GreetingWatch:
    """The absences that run or begin soon with their warnings, as seen at `now`; few queries, whatever their number."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.desk = GreetingDesk()

    @cached_property
    def tracked(self) -> list[Tracked]:
        """Every absence that runs, begins soon, or is over with its greeting still up."""
        return [self.look_at(absence) for absence in absences_of_interest(self.now, ahead=AHEAD)]

    def look_at(self, absence: Absence) -> Tracked:
        """Say where the greetings of one absence stand, and what is wrong."""
        track = self.desk.track(absence)
        warnings = warnings_of(
            track,
            now=self.now,
            today=timezone.localdate(self.now),
            is_alternate_away=self._is_alternate_away(absence),
            goes_in_circle=self._goes_in_circle(absence),
        )
        return Tracked(absence, track, stage_of(track, now=self.now), warnings)

    def departments_uncovered(self) -> list[Uncovered]:
        """Give the departments of which everybody is away, today and on the business days to come."""
        found = [(pk, on) for on in self._days() for pk in uncovered(self._people_of, self._away_on(on))]
        departments = Department.objects.filter(is_active=True).in_bulk({pk for pk, _on in found})
        return [Uncovered(departments[pk], on) for pk, on in found if pk in departments]

    @cached_property
    def _standing(self) -> list[Absence]:
        """What is not over yet, whoever it is of; only what says who is away when, and who stands in."""
        is_on = Q(ends_at__isnull=True) | Q(ends_at__gt=self.now)
        columns = ("employee_id", "kind", "starts_at", "ends_at", "alternate_person_id")
        return list(Absence.objects.filter(is_on, removed_at__isnull=True).only(*columns))

    @cached_property
    def _whereabouts(self) -> Whereabouts:
        return Whereabouts(self.now)

    def _on(self, at: datetime) -> list[Absence]:
        return [absence for absence in self._standing if absence.period.is_on(at)]

    def _is_alternate_away(self, absence: Absence) -> bool:
        """Say whether whoever is named is away as well, now or when the absence begins."""
        person_id, at = absence.alternate_person_id, max(self.now, absence.starts_at)
        if person_id is None:
            return False
        is_off_now = at == self.now and self._whereabouts.is_away(person_id)
        return is_off_now or any(other.employee_id == person_id for other in self._on(at))

    def _goes_in_circle(self, absence: Absence) -> bool:
        """Say whether those named for absences at the same time lead back to the person: then nobody is there."""
        at = max(self.now, absence.starts_at)
        running = [(other.employee_id, other.alternate_person_id) for other in self._on(at)]
        named = {employee_id: [person_id] for employee_id, person_id in running if person_id}
        return goes_in_circles(absence.employee_id, named)

    @cached_property
    def _people_of(self) -> dict[int, set[int]]:
        found: dict[int, set[int]] = {}
        for person in self._people:
            found.setdefault(person.department_id, set()).add(person.pk)
        return found

    @cached_property
    def _people(self) -> list[Employee]:
        return list(Employee.objects.filter(is_active=True).only("pk", "department_id", "work_pattern"))

    def _away_on(self, on: date) -> set[int]:
        calendar = self.desk.calendar
        if calendar is None:
            return set()
        patterns = ((person.pk, read_pattern(person.work_pattern)) for person in self._people if person.work_pattern)
        off = {pk for pk, pattern in patterns if pattern is not None and not pattern.works_on(on)}
        return off | {each.employee_id for each in self._standing if each.period.covers_day(on, calendar)}

    def _days(self) -> Iterable[date]:
        return list(_business_days(self.desk.calendar, timezone.localdate(self.now)))


def absences_without_greeting(now: datetime) -> list[Absence]:
    """Give the absences that run with no greeting set though it was due (III.b.ii.5)."""
    return [each.absence for each in GreetingWatch(now).tracked if each.stage is Stage.MISSING]


def _business_days(calendar: BusinessCalendar | None, today: date) -> Iterator[date]:
    """Yield today, where it is one, and the next; none the calendar does not know."""
    if calendar is None:
        return
    try:
        on = business_day_on_or_after(calendar, today)
        for _day in range(_DAYS_COVERED):
            yield on
            on = next_business_day(calendar, on)
    except CalendarError:
        return

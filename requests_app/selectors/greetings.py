"""Greetings of those who are away: what they should say, where they stand, and who may do what (III.b.ii.5)."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import Q, QuerySet

from requests_app.domain.absences import AbsenceKind, greeting_due_at, returns_on
from requests_app.domain.business_time import business_day_on_or_after
from requests_app.domain.calendar_errors import CalendarError
from requests_app.domain.calendars import BusinessCalendar
from requests_app.domain.greeting_texts import compose
from requests_app.domain.greeting_tracks import GreetingTrack
from requests_app.domain.greetings import (
    Alternative,
    Element,
    ElementState,
    GreetingFacts,
    GreetingKind,
    TextKey,
    element_states,
    usual_keys,
)
from requests_app.domain.vocabulary import Role
from requests_app.models import Absence, Department, Employee, Greeting
from requests_app.selectors.absences import leads
from requests_app.selectors.access import Actor
from requests_app.selectors.standards import response_calendar_version
from requests_app.selectors.whereabouts import read_pattern

# An absence that ended longer ago than that, and whose greeting nobody took down, is history.
_STILL_NEWS = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class GreetingRights:
    """What an actor may do with the greetings of an absence.

    The person, who leads them and Human Resources write and set; an administrator sets, as it is they who have the
    telephone and the mail; who leads them and Human Resources look whether it is right, nobody at their own.
    """

    writes: bool
    sets: bool
    checks: bool


def greeting_rights(actor: Actor, employee: Employee, *, is_led: bool | None = None) -> GreetingRights:
    """Say what an actor may do with the greetings of somebody; `is_led` saves the question where it is known."""
    is_own = actor.employee_id == employee.pk
    is_above = not is_own and (actor.holds(Role.HR) or (leads(actor, employee) if is_led is None else is_led))
    writes = is_own or is_above
    return GreetingRights(writes, sets=writes or actor.holds(Role.ADMINISTRATOR), checks=is_above)


def absences_with_greetings() -> QuerySet[Absence]:
    """Give the absences with all that their greetings are written from (three queries)."""
    return Absence.objects.select_related(
        "employee__department", "alternate_person__department", "alternate_department"
    ).prefetch_related(
        "greetings__set_by",
        "greetings__checked_by",
        "greetings__cleared_by",
        "employee__alternates__person__department",
        "employee__alternates__department",
    )


def absences_of_interest(now: datetime, *, ahead: timedelta) -> QuerySet[Absence]:
    """Narrow them to those that run or begin soon, and those over whose greeting may still be up."""
    is_on = Q(ends_at__isnull=True) | Q(ends_at__gt=now)
    runs = Q(removed_at__isnull=True) & is_on & Q(starts_at__lte=now + ahead)
    is_up = Q(greetings__first_set_at__isnull=False, greetings__cleared_at__isnull=True)
    is_over = Q(removed_at__gt=now - _STILL_NEWS) | Q(ends_at__lte=now, ends_at__gt=now - _STILL_NEWS)
    return absences_with_greetings().filter(runs | is_over & is_up).distinct().order_by("starts_at", "pk")


class GreetingDesk:
    """What the greetings of absences should say and where they stand; the calendar is read once."""

    @cached_property
    def calendar(self) -> BusinessCalendar | None:
        """The newest confirmed response calendar; one query."""
        version = response_calendar_version()
        return version.business_calendar() if version else None

    def facts(self, absence: Absence) -> GreetingFacts:
        """Give what the texts of an absence say; why somebody is away is not among it (III.b.ii.5)."""
        employee, back_on = absence.employee, None
        if self.calendar is not None:
            back_on = returns_on(absence.period, self.calendar, read_pattern(employee.work_pattern))
        return GreetingFacts(
            name=employee.name,
            department=employee.department.name,
            returns_on=back_on,
            alternative=_alternative(absence),
            no_alternative_reason=absence.no_alternate_reason,
            one_text_reason=absence.one_text_reason,
        )

    def texts(self, absence: Absence) -> dict[TextKey, str]:
        """Give the texts as they stand; those every absence needs, and nobody wrote yet, as they would be written."""
        facts = self.facts(absence)
        stored = {key_of(row): row.text for row in absence.greetings.all()}
        usual = usual_keys(is_one_text=bool(absence.one_text_reason))
        proposed = {key: compose(key[0], facts, language=key[1]) for key in usual if key not in stored}
        order = [*usual, *(key for key in stored if key not in usual)]
        return {key: (stored | proposed)[key] for key in order}

    def elements(self, absence: Absence) -> dict[Element, ElementState]:
        """Say of each of the four elements whether the texts have it."""
        return element_states(self.texts(absence), self.facts(absence))

    def track(self, absence: Absence) -> GreetingTrack:
        """Say where the greetings of an absence stand."""
        rows = list(absence.greetings.all())
        in_effect = [row.set_at for row in rows if row.set_at and not row.cleared_at]
        firsts = [row.first_set_at for row in rows if row.first_set_at]
        cleared = [row.cleared_at for row in rows if row.cleared_at]
        looked = [row for row in rows if row.checked_at]
        back_on = self.facts(absence).returns_on
        return GreetingTrack(
            is_planned=absence.kind == AbsenceKind.PLANNED,
            starts_at=absence.starts_at,
            ends_at=absence.ends_at,
            due_at=greeting_due_at(absence.period, self.calendar) if self.calendar else None,
            returns_on=back_on,
            clear_due_at=self._clear_due_at(absence, back_on),
            ask_again_on=absence.ask_again_on,
            first_set_at=min(firsts, default=None),
            set_at=max(in_effect) if in_effect and len(in_effect) == len(rows) else None,
            said_back_on=next((row.said_back_on for row in rows if row.set_at), None),
            cleared_at=max(cleared, default=None),
            checked_at=max((row.checked_at for row in looked if row.checked_at), default=None),
            is_right=all(row.is_right for row in looked) if looked else None,
            is_removed=absence.removed_at is not None,
        )

    def _clear_due_at(self, absence: Absence, back_on: date | None) -> datetime | None:
        """Give the close of business of the day of return; of an absence that was removed, of the next one."""
        if self.calendar is None:
            return None
        on = self.calendar.local_date(absence.removed_at) if absence.removed_at else back_on
        with suppress(CalendarError):
            return self.calendar.closing_at(business_day_on_or_after(self.calendar, on)) if on else None
        return None


def key_of(row: Greeting) -> TextKey:
    """Give what a stored text is for, and its language."""
    return GreetingKind(row.kind), row.language


def _alternative(absence: Absence) -> Alternative | None:
    """Give who stands in: whom the absence names, else the first of the directory who is still there."""
    if absence.alternate_person:
        return _person(absence.alternate_person)
    if absence.alternate_department:
        return _department(absence.alternate_department)
    if absence.no_alternate_reason.strip():
        return None
    return next(_of_directory(absence.employee), None)


def _of_directory(employee: Employee) -> Iterator[Alternative]:
    for row in employee.alternates.all():
        if row.person and row.person.is_active:
            yield _person(row.person)
        elif row.department and row.department.is_active:
            yield _department(row.department)


def _person(person: Employee) -> Alternative:
    phone = person.department.phone
    if phone and person.extension:
        phone = f"{phone} ext. {person.extension}"
    return Alternative(person.name, phone, person.email)


def _department(department: Department) -> Alternative:
    return Alternative(department.name, department.phone)

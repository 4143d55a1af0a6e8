"""The measure of III.b.ii.5 and its four elements: absences counted by the day their greeting was due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from requests_app.domain.greeting_figures import PARTS, GreetingCase
from requests_app.domain.greetings import Element
from requests_app.domain.periods import Period
from requests_app.domain.vocabulary import Role
from requests_app.models import Absence
from requests_app.selectors.absences import led_by
from requests_app.selectors.access import Actor
from requests_app.selectors.greetings import GreetingDesk, absences_with_greetings
from requests_app.selectors.reports.scope import ReportScope

# An unforeseen absence is due on its first whole business day, which may come this much after it began.
_FIRST_DAY_WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class CountedAbsence:
    """An absence with what is counted of it."""

    absence: Absence
    case: GreetingCase


@dataclass(frozen=True, slots=True)
class GreetingFigures:
    """The absences of a period and department that obliged to a greeting, as seen at `now`."""

    counted: list[CountedAbsence]
    now: datetime

    def of(self, part: str) -> list[CountedAbsence]:
        """Give the absences of a part; KeyError for a name that is none."""
        rule = PARTS[part]
        return [each for each in self.counted if rule(each.case, self.now)]

    def count(self, part: str) -> int:
        """Count a part."""
        return len(self.of(part))

    def people(self, part: str) -> int:
        """Count whose absences they are: a share of one person is none (no rate is about a person)."""
        return len({each.absence.employee_id for each in self.of(part)})


def greeting_figures(
    scope: ReportScope, *, period: Period, department_ids: frozenset[int] | None, now: datetime
) -> GreetingFigures:
    """Count recorded absences whose greeting was due in a period; a removed one is none (six queries)."""
    starts_at, ends_at = period.bounds(timezone.get_default_timezone())
    absences = absences_with_greetings().filter(
        removed_at__isnull=True, starts_at__gte=starts_at - _FIRST_DAY_WITHIN, starts_at__lt=ends_at
    )
    for narrowed in (scope.department_ids, department_ids):
        if narrowed is not None:
            absences = absences.filter(employee__department__in=narrowed)
    desk = GreetingDesk()
    counted = [CountedAbsence(absence, _case(absence, desk)) for absence in absences.order_by("starts_at", "pk")]
    return GreetingFigures([each for each in counted if _is_due_in(each, starts_at, ends_at)], now)


def _case(absence: Absence, desk: GreetingDesk) -> GreetingCase:
    has_alternate = absence.alternate_person_id or absence.alternate_department_id
    declined = {
        Element.ALTERNATIVE: not has_alternate and bool(absence.no_alternate_reason.strip()),
        Element.INSIDE_AND_OUTSIDE: bool(absence.one_text_reason.strip()),
    }
    return GreetingCase(desk.track(absence), frozenset(element for element, is_so in declined.items() if is_so))


def _is_due_in(each: CountedAbsence, starts_at: datetime, ends_at: datetime) -> bool:
    due_at = each.case.track.due_at
    return due_at is not None and starts_at <= due_at < ends_at


def may_be_named(actor: Actor, counted: Iterable[CountedAbsence]) -> frozenset[int]:
    """Give the ids of those whom a reader of a list may be told by name: those they lead; Human Resources everybody."""
    people = {each.absence.employee_id: each.absence.employee for each in counted}
    if actor.holds(Role.HR):
        return frozenset(people)
    return led_by(actor, people.values())

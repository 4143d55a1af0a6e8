"""Which departments sought feedback of residents and staff in a half year, and which still owe it (III.c.ii)."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count

from requests_app.domain.periods import Half, Period
from requests_app.domain.surveys import Owed, owed
from requests_app.models import Department, PulseSeat
from requests_app.selectors.access import divisions_of, parents_of_departments
from requests_app.selectors.feedback_figures import (
    Departments,
    Feedback,
    departments_with_a_duty,
    grouped,
    survey_cells,
    top_departments,
)


@dataclass(frozen=True, slots=True)
class DutyRow:
    """What a department did in half a year to seek feedback, divisions included, and what it owes."""

    department: Department
    residents_asked: int
    residents_answered: int
    staff_asked: int
    rounds: int
    owed: frozenset[Owed]


def feedback_duty(half: Half, *, department_ids: Departments = None) -> list[DutyRow]:
    """Say what each department did in a half year to seek feedback, and what it owes (five queries).

    Asking counts when it is done, not when it is answered: a round counts in the half in which it opens.
    """
    return feedback_duties([half], department_ids=department_ids)[half]


def feedback_duties(halves: Collection[Half], *, department_ids: Departments = None) -> dict[Half, list[DutyRow]]:
    """Say the same of each of some half years, in as many queries as of one."""
    period = Period(min(halves).period.from_on, max(halves).period.to_on)
    parents, wanted = parents_of_departments(), top_departments(department_ids)
    asked = grouped(survey_cells(period=period), lambda cell: (Half.of(cell.on), cell.department_id))
    staff = _staff_asked(period)
    found: dict[Half, list[DutyRow]] = {half: [] for half in halves}
    for department in departments_with_a_duty():
        if wanted is None or department.pk in wanted:
            own = divisions_of([department.pk], parents)
            for half, rows in found.items():
                residents = sum((asked.get((half, pk), Feedback()) for pk in own), Feedback())
                rows.append(_duty(department, residents, staff.get((half, department.pk), (0, 0))))
    return found


def _staff_asked(period: Period) -> dict[tuple[Half, int], tuple[int, int]]:
    """Count who was asked, and in how many rounds, by half year and department; one query."""
    seats = PulseSeat.objects.filter(round__opens_on__gte=period.from_on, round__opens_on__lte=period.to_on)
    counted = seats.order_by().values_list("round__opens_on", "department_id")
    found: dict[tuple[Half, int], tuple[int, int]] = {}
    for opens_on, department_id, asked, rounds in counted.annotate(Count("pk"), Count("round", distinct=True)):
        key = (Half.of(opens_on), department_id)
        before = found.get(key, (0, 0))
        found[key] = (before[0] + asked, before[1] + rounds)
    return found


def _duty(department: Department, residents: Feedback, staff: tuple[int, int]) -> DutyRow:
    staff_asked, rounds = staff
    lacking = owed(residents_asked=residents.asked, staff_asked=staff_asked)
    return DutyRow(department, residents.asked, residents.answered, staff_asked, rounds, lacking)

"""Who was recognised, for what, and how often in each department; never a number beside a name (III.d.iii)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from requests_app.domain.periods import midnight
from requests_app.domain.recognition import RecognitionKind
from requests_app.domain.vocabulary import CommendationState, Confidentiality, Role
from requests_app.models import Award, ColleagueThanks, Commendation, Employee
from requests_app.models.withdrawals import Withdrawable
from requests_app.selectors.access import Actor, divisions_of, parents_of_departments
from requests_app.selectors.commendations import commendations_led_by
from requests_app.selectors.departments import department_rows
from requests_app.selectors.directory import active_employees
from requests_app.selectors.reports.scope import ReportScope

KEEPERS = (Role.HR, Role.CITY_MANAGER)
_MOST = 100
_BY: Mapping[RecognitionKind, str] = {
    RecognitionKind.COMMENDATION: "decided_by",
    RecognitionKind.THANKS: "thanked_by",
    RecognitionKind.AWARD: "recorded_by",
}

_MODELS: Mapping[RecognitionKind, type[Withdrawable]] = {
    RecognitionKind.COMMENDATION: Commendation,
    RecognitionKind.THANKS: ColleagueThanks,
    RecognitionKind.AWARD: Award,
}


@dataclass(frozen=True, slots=True)
class RecognitionFilters:
    """Which time is asked about, and which department, which takes in its divisions.

    `as_of` is the instant at which the register is read, None for now; what was taken back by then is left out, or
    with `is_withdrawn` the only thing shown.
    """

    from_on: date | None = None
    to_on: date | None = None
    department_id: int | None = None
    as_of: datetime | None = None
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Recognised:
    """One line of the register: when, who, for what, by whom; `row` is what it is made of."""

    on: date
    employee: Employee
    what: str
    by: str
    row: Withdrawable


@dataclass(frozen=True, slots=True)
class DepartmentCounts:
    """How often the people of a department, its divisions included, were recognised, by kind."""

    pk: int
    name: str
    depth: int
    counts: Mapping[RecognitionKind, int]


def recognised(kind: RecognitionKind, scope: ReportScope, filters: RecognitionFilters) -> QuerySet[Any]:
    """Give the rows of a kind that a reader counts, the newest first; of restricted matters none."""
    rows = _rows(kind, scope).select_related("employee__department", _BY[kind], "withdrawn_by")
    if scope.department_ids is not None:
        rows = rows.filter(employee__department__in=scope.department_ids)
    if filters.department_id:
        below = divisions_of([filters.department_id], parents_of_departments())
        rows = rows.filter(employee__department__in=below)
    return rows.filter(_within(kind, filters) & _standing(kind, filters))


def day_field(kind: RecognitionKind) -> str:
    """Name the field by which a row counts: an instant of commendations, a local day of the others."""
    return "decided_at" if _is_timed(kind) else "on"


def counts_by_department(scope: ReportScope, filters: RecognitionFilters) -> list[DepartmentCounts]:
    """Count each kind by department, in the order of the tree; departments without any are left out."""
    own = {
        kind: Counter(recognised(kind, scope, filters).order_by().values_list("employee__department", flat=True))
        for kind in RecognitionKind
    }
    parents, found = parents_of_departments(), []
    for each in department_rows(with_retired=True):
        below = divisions_of([each.department.pk], parents)
        counts = {kind: sum(own[kind][department_id] for department_id in below) for kind in RecognitionKind}
        if each.depth and any(counts.values()):
            found.append(DepartmentCounts(each.department.pk, each.department.name, each.depth, counts))
    return found


def as_lines(kind: RecognitionKind, rows: Iterable[Any]) -> list[Recognised]:
    """Put rows of a kind into the lines of the register."""
    by = _BY[kind]
    return [
        Recognised(_day(kind, row), row.employee, _what(kind, row), str(getattr(row, by) or ""), row) for row in rows
    ]


def thanks_for(actor: Actor) -> tuple[list[ColleagueThanks], list[ColleagueThanks]]:
    """Give what colleagues thanked the actor for, and what the actor thanked colleagues for (two queries).

    What was taken back is left to whoever had thanked.
    """
    rows = ColleagueThanks.objects.select_related("employee__department", "thanked_by")
    got = rows.filter(employee=actor.employee_id, withdrawn_at__isnull=True)
    gave = rows.filter(thanked_by=actor.employee_id)
    return list(got[:_MOST]), list(gave[:_MOST])


def newest_awards() -> list[Award]:
    """Give the newest awards: for all staff to read."""
    return list(Award.objects.filter(withdrawn_at__isnull=True).select_related("employee__department")[:_MOST])


def people_to_thank(actor: Actor) -> QuerySet[Employee]:
    """Give the colleagues at work, oneself left out."""
    return active_employees().exclude(pk=actor.employee_id or 0)


def commendations_to_award() -> QuerySet[Commendation]:
    """Give the commendations an award may come out of: given, of an ordinary compliment, the newest first."""
    return _given().filter(withdrawn_at__isnull=True)


def may_withdraw(actor: Actor, kind: RecognitionKind) -> QuerySet[Any]:
    """Give what of a kind an actor may take back: who thanked, who leads the commended, who keeps the register."""
    if kind is RecognitionKind.COMMENDATION:
        return commendations_led_by(actor).filter(state=CommendationState.GIVEN)
    rows = _all(kind).select_related("employee__department")
    if actor.holds(*KEEPERS):
        return rows
    is_own_thanks = kind is RecognitionKind.THANKS and actor.employee_id is not None
    return rows.filter(thanked_by=actor.employee_id) if is_own_thanks else rows.none()


def _day(kind: RecognitionKind, row: Any) -> date:
    on: date = timezone.localdate(row.decided_at) if _is_timed(kind) else row.on
    return on


def _what(kind: RecognitionKind, row: Any) -> str:
    return f"{row.name}: {row.occasion}" if kind is RecognitionKind.AWARD else str(row.text)


def _rows(kind: RecognitionKind, scope: ReportScope) -> QuerySet[Any]:
    if kind is RecognitionKind.COMMENDATION:
        return _given().filter(service_request__in=scope.requests.order_by().values("pk"))
    return _all(kind)


def _all(kind: RecognitionKind) -> QuerySet[Any]:
    rows: QuerySet[Any] = _MODELS[kind]._default_manager.all()
    return rows


def _given() -> QuerySet[Commendation]:
    rows = Commendation.objects.filter(
        state=CommendationState.GIVEN, service_request__confidentiality=Confidentiality.ORDINARY
    )
    return rows.select_related("employee").order_by("-decided_at", "-pk")


def _standing(kind: RecognitionKind, filters: RecognitionFilters) -> Q:
    """Narrow to what stood, or was taken back, at the instant that is asked about."""
    if filters.as_of is None:
        return Q(withdrawn_at__isnull=not filters.is_withdrawn)
    if filters.is_withdrawn:
        return Q(withdrawn_at__lte=filters.as_of)
    known = {RecognitionKind.COMMENDATION: "decided_at", RecognitionKind.AWARD: "recorded_at"}.get(kind)
    was_there = Q(**{f"{known}__lte": filters.as_of}) if known else Q(on__lte=timezone.localdate(filters.as_of))
    return was_there & (Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=filters.as_of))


def _within(kind: RecognitionKind, filters: RecognitionFilters) -> Q:
    found = Q()
    if filters.from_on:
        found &= Q(decided_at__gte=_start(filters.from_on)) if _is_timed(kind) else Q(on__gte=filters.from_on)
    if filters.to_on:
        until = _start(filters.to_on + timedelta(days=1))
        found &= Q(decided_at__lt=until) if _is_timed(kind) else Q(on__lte=filters.to_on)
    return found


def _is_timed(kind: RecognitionKind) -> bool:
    return kind is RecognitionKind.COMMENDATION


def _start(on: date) -> datetime:
    return midnight(on, timezone.get_default_timezone())

"""Suggestions of staff: which there are, who decides one, and how many were decided in time (III.a.v, III.c.iii)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q, QuerySet

from requests_app.domain.improvements import ImprovementState
from requests_app.domain.vocabulary import Role
from requests_app.models import Employee, Improvement, ServiceRequest
from requests_app.selectors.access import Actor, divisions_of, parents_of_departments
from requests_app.selectors.directory import chain_of, holders_of, root_department
from requests_app.selectors.recipients import present
from requests_app.selectors.visibility import requests_visible_to
from requests_app.selectors.whereabouts import Whereabouts

_WEEK = timedelta(days=7)
_CITY_WIDE = (Role.HR, Role.CITY_MANAGER)
# Who is told, in this order.
_DECIDING = (Role.DEPARTMENT_HEAD, Role.CITY_MANAGER, Role.HR)
DECIDERS = (*_CITY_WIDE, Role.DEPARTMENT_HEAD)


@dataclass(frozen=True, slots=True)
class ImprovementFilters:
    """What narrows the list; a department takes in its divisions, the days are those of the proposal."""

    part: str = ""
    department_id: int | None = None
    from_on: date | None = None
    to_on: date | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class ImprovementCounts:
    """Suggestions by what came of them; what still has time stands beside the share, never in it."""

    proposed: int
    waiting: int
    overdue: int
    in_time: int
    late: int
    adopted: int
    done: int

    @property
    def n(self) -> int:
        """Give of how many the share decided in time is."""
        return self.in_time + self.late + self.overdue


def parts(today: date) -> Mapping[str, Q]:
    """Give each part that is counted, as its list asks for it."""
    is_open = Q(state=ImprovementState.OPEN.value)
    in_time, late = ~is_open & Q(decided_on__lte=F("due_on")), ~is_open & Q(decided_on__gt=F("due_on"))
    overdue = is_open & Q(due_on__lt=today)
    return {
        "": Q(),
        "waiting": is_open & ~overdue,
        "overdue": overdue,
        "this_week": is_open & ~overdue & Q(due_on__lt=today + _WEEK),
        "in_time": in_time,
        "late": late,
        "due": in_time | late | overdue,
        "adopted": Q(state__in=[ImprovementState.ADOPTED.value, ImprovementState.DONE.value]),
        "done": Q(state=ImprovementState.DONE.value),
        "declined": Q(state=ImprovementState.DECLINED.value),
    }


def improvements(filters: ImprovementFilters, *, actor: Actor, today: date) -> QuerySet[Improvement]:
    """Give the suggestions that fit, the newest first, with how many comments each has."""
    rows = Improvement.objects.select_related("department", "proposed_by", "decided_by")
    if filters.department_id:
        rows = rows.filter(department__in=divisions_of([filters.department_id], parents_of_departments()))
    if filters.from_on:
        rows = rows.filter(proposed_on__gte=filters.from_on)
    if filters.to_on:
        rows = rows.filter(proposed_on__lte=filters.to_on)
    if filters.own:
        rows = rows.filter(proposed_by=actor.employee_id, proposed_by__isnull=False)
    found = rows.filter(parts(today)[filters.part]).annotate(comment_count=Count("comments"))
    return found.order_by("-proposed_on", "-pk")


def improvement_counts(
    *, from_on: date | None, to_on: date | None, department_ids: frozenset[int] | None = None, today: date
) -> ImprovementCounts:
    """Count what came of the suggestions proposed in a period (III.c.iii), in one query."""
    rows = Improvement.objects.order_by()
    if department_ids is not None:
        rows = rows.filter(department__in=department_ids)
    if from_on:
        rows = rows.filter(proposed_on__gte=from_on)
    if to_on:
        rows = rows.filter(proposed_on__lte=to_on)
    asked = parts(today)
    names = ("waiting", "overdue", "in_time", "late", "adopted", "done")
    counted = rows.aggregate(proposed=Count("pk"), **{name: Count("pk", filter=asked[name]) for name in names})
    return ImprovementCounts(**counted)


def may_decide(actor: Actor, improvement: Improvement) -> bool:
    """Say whether an actor decides a suggestion: the head of its department, HR, the city manager; nobody their own."""
    if actor.employee_id is None or actor.employee_id == improvement.proposed_by_id:
        return False
    return actor.holds(*_CITY_WIDE) or improvement.department_id in actor.departments_as(Role.DEPARTMENT_HEAD)


def decider_of(
    department_id: int, *, besides: int | None, whereabouts: Whereabouts | None = None, start: Role = _DECIDING[0]
) -> Employee | None:
    """Name who is told of a suggestion: the nearest head, else the city manager, else Human Resources.

    `start` leaves out who comes before; with `whereabouts` who is away is passed over, unless all of them are.
    """
    able = [each for each in _deciders(department_id, start) if each.pk != besides and present(each)]
    there = [each for each in able if not (whereabouts and whereabouts.is_away(each.pk))]
    return next(iter([*there, *able]), None)


def undecided() -> QuerySet[Improvement]:
    """Give the suggestions that wait for a decision, the one due first coming first."""
    rows = Improvement.objects.filter(state=ImprovementState.OPEN.value).select_related("service_request")
    return rows.order_by("due_on", "pk")


def linked_request(improvement: Improvement, actor: Actor) -> ServiceRequest | None:
    """Give the request a suggestion came from, to whoever may see that request."""
    return requests_visible_to(actor).filter(pk=improvement.service_request_id or 0).first()


def request_to_link(number: str, actor: Actor) -> ServiceRequest | None:
    """Give the request of a number, if the actor may see it; None for one they may not, and for none."""
    return requests_visible_to(actor).filter(number=number).first() if number else None


def _deciders(department_id: int, start: Role) -> Iterator[Employee]:
    for role in _DECIDING[_DECIDING.index(start) :]:
        yield from holders_of(role, chain_of(department_id) if role is _DECIDING[0] else [root_department().pk])

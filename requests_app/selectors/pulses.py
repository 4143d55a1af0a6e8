"""Rounds of the staff pulse: which somebody sits in, and which somebody may read of (III.c.ii)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from requests_app.domain.pulses import is_running, may_be_read
from requests_app.models import PulseRound, PulseSeat
from requests_app.selectors.access import Actor
from requests_app.selectors.feedback_figures import Departments, top_departments
from requests_app.selectors.reports.scope import may_read_reports, report_scope


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round with how many of those a reader may know of were asked and answered."""

    round: PulseRound
    asked: int
    answered: int
    is_running: bool
    may_be_read: bool


def pulse_departments_of(actor: Actor) -> Departments:
    """Give the departments whose pulse an actor reads: those right below the city that hold theirs; None for all."""
    return top_departments(report_scope(actor).department_ids)


def rounds_read_by(actor: Actor, *, today: date) -> list[RoundLine]:
    """Give the rounds an actor may know of, newest first (two queries)."""
    if not may_read_reports(actor):
        return []
    departments = pulse_departments_of(actor)
    own = Q() if departments is None else Q(seats__department__in=departments)
    found = PulseRound.objects.annotate(
        asked=Count("seats", filter=own), answered=Count("seats", filter=own & Q(seats__is_used=True))
    ).filter(asked__gt=0)
    return [
        RoundLine(
            one,
            one.asked,
            one.answered,
            is_running(opens_on=one.opens_on, closes_on=one.closes_on, today=today),
            may_be_read(closes_on=one.closes_on, today=today),
        )
        for one in found.order_by("-opens_on", "-pk")
    ]


def departments_still_asked(department_ids: Collection[int], *, today: date) -> list[tuple[str, date]]:
    """Give those of some departments, right below the city, in which a round still takes answers, with its last day."""
    seats = PulseSeat.objects.filter(round__opens_on__lte=today, round__closes_on__gte=today)
    asked = seats.filter(department__in=department_ids).order_by("department__name", "round__closes_on")
    return list(asked.values_list("department__name", "round__closes_on").distinct())


def seats_of(actor: Actor) -> QuerySet[PulseSeat]:
    """Give the seats of the person acting."""
    return PulseSeat.objects.filter(employee=actor.employee_id).select_related("round")


def open_seats_of(actor: Actor, *, today: date) -> QuerySet[PulseSeat]:
    """Give the rounds somebody may still answer."""
    return seats_of(actor).filter(is_used=False, round__opens_on__lte=today, round__closes_on__gte=today)

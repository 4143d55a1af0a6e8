"""What somebody may propose to excuse on a request of their own, and out of which absence (III.b.ii.3, III.b.ii.4)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime

from requests_app.domain.workflow import Action, actions_for
from requests_app.models import Absence, ExcusalProposal, ResponseClock, ServiceRequest
from requests_app.models.labels import Choices
from requests_app.selectors.absences import standing_absences
from requests_app.selectors.access import Actor
from requests_app.selectors.clocks import clocks_of, excused
from requests_app.selectors.excusal_words import ExcusalWords
from requests_app.selectors.excusals import CoverRule, excusable


@dataclass(frozen=True, slots=True)
class OwnExcuses:
    """The answers that may be excused and the absences around them, each absence with what it covers, in words."""

    clocks: list[ResponseClock]
    absences: list[Absence]
    words: ExcusalWords

    @property
    def clock_choices(self) -> Choices:
        """Name the answers by what they are and when they were due."""
        return [(str(clock.pk), _named(clock)) for clock in self.clocks]

    @property
    def absence_choices(self) -> Choices:
        """Name the absences by when they are, and say of each what it covers."""
        return [(str(absence.pk), self._line(absence)) for absence in self.absences]

    def _line(self, absence: Absence) -> str:
        covers = dict.fromkeys(self.words.cover(absence, clock) for clock in self.clocks)
        away = self.words.away(absence)
        return f"{away[:1].upper()}{away[1:]}. {' '.join(covers)}"


def own_excuses(service_request: ServiceRequest, actor: Actor, *, now: datetime) -> OwnExcuses | None:
    """Give what the owner of a request may propose; None for anybody else, who is told of no absence."""
    if not may_propose(service_request, actor):
        return None
    clocks = list(proposable(service_request))
    dates = [clock.due_at for clock in clocks if clock.due_at]
    absences: list[Absence] = []
    if dates:
        near = Q(ends_at__isnull=True) | Q(ends_at__gt=min(dates).replace(hour=0))
        mine = standing_absences().filter(near, employee=actor.employee_id, starts_at__lte=max(dates))
        absences = list(mine.order_by("starts_at", "pk"))
    return OwnExcuses(clocks, absences, ExcusalWords(CoverRule(now=now)))


def may_propose(service_request: ServiceRequest, actor: Actor) -> bool:
    """Say whether an actor may propose anything on a request: as its owner, not as whoever stands in for them."""
    is_owner = actor.employee_id is not None and service_request.owner_id == actor.employee_id
    allowed = actions_for(service_request.status, actor.roles_for(service_request))
    return is_owner and service_request.destroyed_at is None and Action.PROPOSE_EXCUSAL in allowed


def proposable(service_request: ServiceRequest) -> QuerySet[ResponseClock]:
    """Give the answers of a request that may still be proposed: dated, not excused, and not decided on before."""
    decided = ExcusalProposal.objects.filter(clock=OuterRef("pk"), decided_at__isnull=False)
    clocks = excusable(clocks_of(service_request)).filter(due_at__isnull=False)
    return clocks.exclude(pk__in=excused(clocks)).exclude(Exists(decided)).order_by("due_at", "pk")


def _named(clock: ResponseClock) -> str:
    due = date_format(localtime(clock.due_at), "D j M Y") if clock.due_at else ""
    return f"{clock.get_milestone_display()}, {due}"

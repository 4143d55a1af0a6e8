"""Questions of the log form about itself: who may use it, what one has logged today, what was just saved."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from requests_app.domain.vocabulary import Direction, Milestone, Role
from requests_app.models import Interaction, ResponseClock, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.visibility import requests_not_about, requests_visible_to

LOGGERS = (
    Role.FRONT_DESK,
    Role.STAFF,
    Role.SUPERVISOR,
    Role.DEPARTMENT_HEAD,
    Role.HR,
    Role.RECORDS_CLERK,
    Role.CITY_MANAGER,
)
_CONFIRMED_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DaySoFar:
    """What one person has logged since midnight."""

    logged: int
    answered_on_the_spot: int


def may_log(actor: Actor) -> bool:
    """Say whether somebody may log contacts: every role that serves the public or a colleague."""
    return actor.holds(*LOGGERS)


def day_so_far(actor: Actor, *, now: datetime) -> DaySoFar:
    """Count what this person has logged since the city's midnight (two queries)."""
    today = timezone.localdate(now)
    midnight = timezone.make_aware(datetime.combine(today, time.min))
    mine = Interaction.objects.filter(
        employee=actor.employee, direction=Direction.INBOUND, is_automatic=False, recorded_at__gte=midnight
    )
    on_the_spot = ResponseClock.objects.filter(is_answered_on_the_spot=True, started_by__in=mine)
    return DaySoFar(mine.count(), on_the_spot.count())


def confirmable_requests(actor: Actor, *, now: datetime) -> QuerySet[ServiceRequest]:
    """Give the requests whose number and date may be confirmed to this person: visible ones, and what they just logged.

    Whoever logs for another department, or a matter that is not theirs to read, still has to tell the customer the
    number; no more than that is shown. Of a matter about themselves they hear nothing.
    """
    just_logged = Q(recorded_by=actor.employee, recorded_at__gte=now - _CONFIRMED_FOR)
    return requests_not_about(actor).filter(Q(pk__in=requests_visible_to(actor).values("pk")) | just_logged)


def response_clock_of(service_request: ServiceRequest) -> ResponseClock | None:
    """Give the newest response clock of a request with its standard, or None when nobody waits for an answer.

    A complaint whose writer cannot be reached is answered in writing all the same, and has that date (III.b.v.1).
    """
    clocks = ResponseClock.objects.filter(service_request=service_request).select_related("standard").order_by("-pk")
    newest = {clock.milestone: clock for clock in reversed(clocks)}
    return newest.get(Milestone.RESPONSE) or newest.get(Milestone.COMPLAINT_ANSWER)

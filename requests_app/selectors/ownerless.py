"""Open clocks nobody answers for: the watchdog reports them (III.a.iv, III.b.ii.5)."""

from datetime import datetime

from django.db.models import Q, QuerySet

from requests_app.domain.vocabulary import Verdict
from requests_app.models import ResponseClock, ServiceRequest
from requests_app.selectors.whereabouts import Whereabouts


def requests_nobody_answers(now: datetime) -> QuerySet[ServiceRequest]:
    """Give the requests with an open clock whose owner has left, or is away with nobody standing in.

    And those without an owner past the instant at which the supervisor should have had them.
    """
    whereabouts = Whereabouts(now)
    uncovered = [
        away.employee_id for away in whereabouts.everybody_away if whereabouts.stand_in(away.employee_id) is None
    ]
    waiting = ResponseClock.objects.filter(verdict=Verdict.OPEN, stopped_by__isnull=True)
    nobody = Q(owner__isnull=True, unowned_until_at__lt=now) | Q(owner__is_active=False) | Q(owner__in=uncovered)
    return ServiceRequest.objects.filter(nobody, clocks__in=waiting, closed_at__isnull=True)

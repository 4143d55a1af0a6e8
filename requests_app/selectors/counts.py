"""The numbers beside the lists in the navigation."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import Count, DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from requests_app.models import EscalationReceiver, Notice
from requests_app.selectors.access import Actor, running_receipts
from requests_app.selectors.statements import Statement, blank
from requests_app.selectors.visibility import requests_visible_to
from requests_app.selectors.worklists import overdue, owned_by, queue_of


@dataclass(frozen=True, slots=True)
class NavCounts:
    """How much waits: what is the actor's own, what nobody has yet, what is overdue among all they see.

    `escalations_waiting` is what waits for the actor to accept it, `inbox` what they were told and have not seen.
    """

    my_work: int = 0
    queue: int = 0
    overdue: int = 0
    escalations_waiting: int = 0
    inbox: int = 0


def nav_counts(actor: Actor, *, now: datetime) -> NavCounts:
    """Count the lists of the navigation in one query; whoever is nobody here has none and asks nothing."""
    if actor.employee is None:
        return NavCounts()
    [counts] = _counting(actor).rows(now=now)
    return NavCounts(*counts)


# Who somebody is says all of the question but the instant; everybody of a city's who works has room here.
@lru_cache(maxsize=512)
def _counting(actor: Actor) -> Statement:
    mine, queue, late = owned_by(actor), queue_of(actor), overdue(blank("now", DateTimeField()))
    # Known by number already, so that whoever is asked about nothing looks for nothing.
    asked = Q(pk__in=actor.consulted_on)
    counted = {
        "my_work": Count("pk", filter=mine),
        "queue": Count("pk", filter=queue),
        "overdue": Count("pk", filter=late),
        "escalations_waiting": Count("pk", filter=asked & Q(Exists(_unaccepted(actor)))),
        # Not of these requests at all: it rides along, because every page asks and a query more is one too many.
        "inbox": Count("pk") * 0 + _unread(actor),
    }
    rows = requests_visible_to(actor).filter(mine | queue | late | asked).order_by()
    rows = rows.values(together=Value(1)).annotate(**counted).values_list(*counted)
    rows.query.group_by = None  # one row of all there is, also where there is nothing
    return Statement.asking(rows)


def _unaccepted(actor: Actor) -> QuerySet[EscalationReceiver]:
    return running_receipts().filter(
        employee=actor.employee_id, escalation__service_request=OuterRef("pk"), escalation__accepted_at__isnull=True
    )


def _unread(actor: Actor) -> Any:
    unread = Notice.objects.filter(recipient=actor.employee_id, read_at__isnull=True).order_by()
    return Coalesce(Subquery(unread.values("recipient").annotate(n=Count("pk")).values("n")), Value(0))

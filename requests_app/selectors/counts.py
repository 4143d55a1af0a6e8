"""The numbers beside the lists in the navigation."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from requests_app.selectors.access import Actor
from requests_app.selectors.visibility import requests_visible_to
from requests_app.selectors.worklists import overdue, owned_by, queue_of


@dataclass(frozen=True, slots=True)
class NavCounts:
    """How much waits: what is the actor's own, what nobody has yet, what is overdue among all they see."""

    my_work: int = 0
    queue: int = 0
    overdue: int = 0


def nav_counts(actor: Actor, *, now: datetime) -> NavCounts:
    """Count the lists of the navigation in one query; whoever is nobody here has none and asks nothing."""
    if actor.employee is None:
        return NavCounts()
    mine, queue, late = owned_by(actor), queue_of(actor), overdue(now)
    counts = (
        requests_visible_to(actor)
        .filter(mine | queue | late)
        .aggregate(
            my_work=Count("pk", filter=mine),
            queue=Count("pk", filter=queue),
            overdue=Count("pk", filter=late),
        )
    )
    return NavCounts(**counts)

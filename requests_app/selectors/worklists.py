"""Which requests are whose work now; lists, counts and the rail ask the same questions."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from requests_app.domain.vocabulary import Confidentiality, Role, Status
from requests_app.selectors.access import Actor

# Written as the partial indexes are, so that they serve it.
UNFINISHED = ~Q(status=Status.CLOSED.value)
# DOMAIN 2: danger stands on top of every list, until it is over.
DANGER = Q(is_hazard=True) & UNFINISHED
WAITING_FOR_RESIDENT = Q(status=Status.WAITING.value)

_WORKING = (
    Role.STAFF, Role.SUPERVISOR, Role.DEPARTMENT_HEAD, Role.CITY_MANAGER, Role.HR, Role.RECORDS_CLERK,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Day:
    """A local civil date as two instants, the second one outside."""

    start_at: datetime
    end_at: datetime

    @classmethod
    def of(cls, at: datetime) -> "Day":
        """Give the city's day an instant falls on."""
        on = timezone.localdate(at)
        midnight = datetime.combine(on, time.min)
        return cls(timezone.make_aware(midnight), timezone.make_aware(midnight + timedelta(days=1)))


def overdue(now: datetime) -> Q:
    """Say which requests are overdue: strictly past their answer-by date; a date stands only while it is owed."""
    return Q(answer_by_at__lt=now)


def due_today(now: datetime) -> Q:
    """Say which requests are due before this local day ends, and are not overdue yet."""
    return Q(answer_by_at__gte=now, answer_by_at__lt=Day.of(now).end_at)


def owned_by(actor: Actor) -> Q:
    """Say which unfinished requests are a person's own."""
    return UNFINISHED & Q(owner=actor.employee_id)


def covered_by(actor: Actor) -> Q:
    """Say which unfinished requests a person looks after while their owner is away: ordinary ones (III.b.ii.5)."""
    return UNFINISHED & Q(owner__in=actor.covers, confidentiality=Confidentiality.ORDINARY)


def without_owner() -> Q:
    """Say which requests nobody has yet; imported ones are another city's and wait for nobody here."""
    return UNFINISHED & Q(owner__isnull=True, is_imported=False)


def in_departments_of(actor: Actor) -> Q:
    """Say which requests lie in the departments a person works in."""
    return Q(department__in=actor.departments_as(*_WORKING))


def queue_of(actor: Actor) -> Q:
    """Say which requests without an owner a person may pick up: the front desk all of them, others their own."""
    return without_owner() if actor.holds(Role.FRONT_DESK) else without_owner() & in_departments_of(actor)


def reads_requests(actor: Actor) -> bool:
    """Say whether an actor's roles show any content; configuration alone does not."""
    return any(ids for role, ids in actor.reach.items() if role is not Role.ADMINISTRATOR)

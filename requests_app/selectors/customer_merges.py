"""What merging two customers would bring, what merges stand, and what taking one back would do (I purpose)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from requests_app.domain.customer_merges import CHOSEN_FACTS, FactsBack, facts_back, may_be_undone
from requests_app.domain.vocabulary import Confidentiality, Role
from requests_app.models import ContactPoint, Customer, CustomerMerge, Redaction, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.visibility import requests_read_by

MERGERS = (Role.FRONT_DESK, Role.SUPERVISOR, Role.DEPARTMENT_HEAD, Role.HR, Role.CITY_MANAGER)


@dataclass(frozen=True, slots=True)
class Side:
    """One of two customers as the preview shows them; requests are those its reader reads."""

    customer: Customer
    points: list[ContactPoint]
    requests: int
    heard_at: datetime | None
    is_restricted_only: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """Two customers side by side."""

    staying: Side
    other: Side

    @property
    def points(self) -> list[ContactPoint]:
        """Give the ways to reach them once they are one."""
        united = {point_key(point): point for point in (*self.other.points, *self.staying.points)}
        return sorted(united.values(), key=lambda point: point.pk)

    @property
    def tells_more(self) -> bool:
        """Say whether merging makes somebody known who came with a restricted matter only."""
        return self.staying.is_restricted_only != self.other.is_restricted_only


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoPlan:
    """What taking a merge back does: which rows go back, which facts, and what cannot."""

    merge: CustomerMerge
    request_ids: Sequence[int]
    point_ids: Sequence[int]
    facts: FactsBack
    is_empty_handed: bool

    @property
    def points_gone(self) -> int:
        """Count the ways to reach the other that are no longer there to go back."""
        return len(self.merge.point_ids) - len(self.point_ids)


def may_merge(actor: Actor) -> bool:
    """Say whether somebody may say that two customers are one."""
    return actor.holds(*MERGERS)


def survivor_of(customer_id: int) -> int:
    """Give who a customer is now: themselves, or whom they went into."""
    into = Customer.objects.filter(pk=customer_id).values_list("merged_into", flat=True).first()
    return survivor_of(into) if into else customer_id


def point_key(point: ContactPoint) -> tuple[str, str, str]:
    """Give what makes two ways to reach a customer the same one."""
    return point.kind, point.value, point.extension


def merge_preview(staying: Customer, other: Customer, *, actor: Actor) -> Preview:
    """Show two customers side by side."""
    return Preview(_side(staying, actor), _side(other, actor))


def standing_merges(customer: Customer) -> QuerySet[CustomerMerge]:
    """Give who went into a customer and is still there, the latest first."""
    found = CustomerMerge.objects.filter(survivor=customer, undone_at__isnull=True)
    return found.select_related("survivor", "merged", "merged_by").order_by("-pk")


def undoable_merge(customer: Customer, *, now: datetime) -> CustomerMerge | None:
    """Give the merge that can be taken back now: the last one, within thirty days."""
    last = standing_merges(customer).first()
    return last if last and may_be_undone(last.merged_at, now=now) else None


def undo_plan(merge: CustomerMerge) -> UndoPlan:
    """Work out what taking a merge back does, with rows as they are now."""
    ours = ServiceRequest.objects.filter(customer=merge.survivor_id)
    back = Q(pk__in=merge.request_ids) | Q(pk__in=_joined_again(merge))
    request_ids = list(ours.filter(back).order_by("pk").values_list("pk", flat=True))
    held = {point_key(point) for point in ContactPoint.objects.filter(customer=merge.merged_id)}
    moved = ContactPoint.objects.filter(pk__in=merge.point_ids, customer=merge.survivor_id)
    is_bare = bool(merge.request_ids) and not request_ids
    leaves_bare = merge.own_requests > 0 and not ours.exclude(pk__in=request_ids).exists()
    return UndoPlan(
        merge=merge,
        request_ids=request_ids,
        # One that was corrected since into what the other kept all along is there already.
        point_ids=[point.pk for point in moved if point_key(point) not in held],
        facts=facts_back(before=merge.before, after=merge.after, now=facts_of(merge.survivor)),
        is_empty_handed=is_bare or leaves_bare,
    )


def facts_of(customer: Customer) -> dict[str, str]:
    """Give the facts a merge chooses or works out, as text."""
    heard = customer.last_contact_at
    return {
        **{name: str(getattr(customer, name)) for name in CHOSEN_FACTS},
        "created_at": customer.created_at.isoformat(),
        "last_contact_at": heard.isoformat() if heard else "",
    }


def _joined_again(merge: CustomerMerge) -> QuerySet[Redaction, Any]:
    """Give the requests whose customer was redacted as the other, and is shown again since."""
    lifted = Redaction.objects.filter(
        kind=Redaction.Kind.IDENTITY, customer_id=merge.merged_id, lifted_at__isnull=False
    )
    return lifted.values("service_request")


def _side(customer: Customer, actor: Actor) -> Side:
    seen = requests_read_by(actor).filter(customer=customer)
    ordinary = Q(confidentiality=Confidentiality.ORDINARY)
    facts = seen.aggregate(total=Count("pk"), ordinary=Count("pk", filter=ordinary), heard_at=Max("last_touch_at"))
    return Side(
        customer=customer,
        points=list(customer.contact_points.all()),
        requests=facts["total"],
        heard_at=facts["heard_at"],
        is_restricted_only=facts["total"] > 0 and not facts["ordinary"],
    )

"""Say that two customers are one, and take it back (I purpose): nothing is deleted, rows are pointed elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext

from requests_app.domain.customer_merges import CHOSEN_FACTS, Facts, joined_facts, may_be_undone
from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.text import normalise_text
from requests_app.models import ContactPoint, Customer, CustomerMerge, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.customer_merges import UndoPlan, facts_of, may_merge, point_key, undo_plan
from requests_app.services.customers import lock_customers, touch_customer
from requests_app.services.events import record_audit, record_event
from requests_app.services.search_texts import refresh_search_texts

_BOTH = 2
_INSTANTS = ("created_at", "last_contact_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeEntry:
    """Who goes into whom, as read in which versions; `taken` are the facts chosen from the one who goes."""

    survivor_id: int
    survivor_version: int
    merged_id: int
    merged_version: int
    taken: frozenset[str] = frozenset()


@transaction.atomic
def merge_customers(entry: MergeEntry, *, actor: Actor, at: datetime) -> CustomerMerge:
    """Let one customer go into another: requests go over, ways to reach them are united, chosen facts are taken.

    Raises ActionRefused where either was changed or merged since they were looked at: of two opposite merges at once
    the second finds its survivor gone.
    """
    survivor, merged = _pair(entry.survivor_id, entry.merged_id, actor=actor)
    if (survivor.version, merged.version) != (entry.survivor_version, entry.merged_version):
        raise ActionRefused(Refusal.CUSTOMER_CHANGED)
    before = facts_of(survivor)
    after = _united(before, facts_of(merged), taken=entry.taken)
    merge = CustomerMerge.objects.create(
        survivor=survivor,
        merged=merged,
        merged_at=at,
        merged_by=actor.employee,
        request_ids=list(ServiceRequest.objects.filter(customer=merged).order_by("pk").values_list("pk", flat=True)),
        own_requests=ServiceRequest.objects.filter(customer=survivor).count(),
        point_ids=_points_to_move(survivor, merged),
        before=before,
        after=after,
    )
    _set_facts(survivor, after)
    ContactPoint.objects.filter(pk__in=merge.point_ids).update(customer=survivor)
    _move_requests(merge, merge.request_ids, text="", actor=actor, at=at)
    merged.merged_into = survivor
    touch_customer(merged, "merged_into")
    refresh_search_texts(survivor)
    fields = {"merged": merged.pk, "requests": len(merge.request_ids), "points": len(merge.point_ids), **after}
    record_audit("customers_merged", survivor, actor=actor, at=at, fields=fields)
    return merge


@transaction.atomic
def undo_merge(*, merge_id: int, actor: Actor, at: datetime) -> UndoPlan:
    """Part two customers again, and give what was done and what could not be.

    What was logged since stays with the survivor, as does every fact that was changed since. Raises ActionRefused after
    thirty days, while a later merge stands upon this one, and where nothing is left of what the other came with.
    """
    found = CustomerMerge.objects.get(pk=merge_id)
    customers = lock_customers(found.survivor_id, found.merged_id)
    merge = CustomerMerge.objects.select_for_update(of=("self",)).get(pk=merge_id)
    merge.survivor, merge.merged = customers[merge.survivor_id], customers[merge.merged_id]
    _check_undo(merge, actor=actor, at=at)
    plan = undo_plan(merge)
    if plan.is_empty_handed:
        raise ActionRefused(Refusal.MERGE_NOTHING_LEFT)
    merge.merged.merged_into = None
    touch_customer(merge.merged, "merged_into")
    _set_facts(merge.survivor, plan.facts.restored)
    ContactPoint.objects.filter(pk__in=plan.point_ids).update(customer=merge.merged)
    _move_requests(merge, plan.request_ids, text=gettext("taken back"), actor=actor, at=at)
    refresh_search_texts(merge.survivor)
    refresh_search_texts(merge.merged)
    merge.undone_at, merge.undone_by = at, actor.employee
    merge.save(update_fields=["undone_at", "undone_by"])
    fields = {"merged": merge.merged_id, "requests": len(plan.request_ids), "points": len(plan.point_ids)}
    record_audit("customer_merge_undone", merge.survivor, actor=actor, at=at, fields=fields)
    return plan


def _pair(survivor_id: int, merged_id: int, *, actor: Actor) -> tuple[Customer, Customer]:
    if not may_merge(actor):
        raise ActionRefused(Refusal.ROLE)
    customers = lock_customers(survivor_id, merged_id)
    if len(customers) < _BOTH or any(each.merged_into_id for each in customers.values()):
        raise ActionRefused(Refusal.CUSTOMER_GONE)
    return customers[survivor_id], customers[merged_id]


def _check_undo(merge: CustomerMerge, *, actor: Actor, at: datetime) -> None:
    if not may_merge(actor):
        raise ActionRefused(Refusal.ROLE)
    if merge.undone_at is not None:
        raise ActionRefused(Refusal.MERGE_NOTHING_LEFT)
    if not may_be_undone(merge.merged_at, now=at):
        raise ActionRefused(Refusal.MERGE_TOO_OLD)
    later = CustomerMerge.objects.filter(survivor=merge.survivor, undone_at__isnull=True, pk__gt=merge.pk)
    if merge.survivor.merged_into_id or later.exists():
        raise ActionRefused(Refusal.MERGE_LATER_FIRST)


def _united(staying: Facts, other: Facts, *, taken: frozenset[str]) -> dict[str, str]:
    """Choose each fact; whoever was known first and heard from last was so all along."""
    heard = max(staying["last_contact_at"], other["last_contact_at"])
    known = min(staying["created_at"], other["created_at"])
    return {**joined_facts(staying, other, taken=taken), "created_at": known, "last_contact_at": heard}


def _set_facts(customer: Customer, facts: Facts) -> None:
    for name, value in facts.items():
        as_instant = datetime.fromisoformat(value) if name in _INSTANTS and value else None
        setattr(customer, name, as_instant if name in _INSTANTS else value)
    customer.name_normalised = normalise_text(customer.name)[:120]
    touch_customer(customer, *CHOSEN_FACTS, *_INSTANTS, "name_normalised")


def _points_to_move(survivor: Customer, merged: Customer) -> list[int]:
    """Give the ways to reach the other that are new; what both had stays where it is and is found again by an undo."""
    held = {point_key(point) for point in survivor.contact_points.all()}
    return [point.pk for point in merged.contact_points.all() if point_key(point) not in held]


def _move_requests(merge: CustomerMerge, request_ids: Sequence[int], *, text: str, actor: Actor, at: datetime) -> None:
    """Point requests at the other of the two; `text` says where that takes a merge back."""
    to = merge.merged if text else merge.survivor
    requests = ServiceRequest.objects.filter(pk__in=request_ids)
    for service_request in requests:
        fields = {"customer": to.pk, "merge": merge.pk}
        record_event(service_request, EventKind.CUSTOMER_MERGED, actor=actor, at=at, text=text, fields=fields)
    requests.update(customer=to, version=F("version") + 1)

"""Change what is known of a customer, and keep what it was before (I purpose)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.text import normalise_text
from requests_app.models import ContactPoint, Customer, CustomerChange
from requests_app.selectors.access import Actor
from requests_app.services.customers import add_contact_point, contact_columns, lock_customers, touch_customer
from requests_app.services.events import record_audit
from requests_app.services.search_texts import refresh_search_texts

_FACTS = ("name", "kind", "language")


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerFacts:
    """What is known of a customer as typed; `points` are the known ways to reach them, an empty one is taken away.

    What is not among `points` stays as it is.
    """

    name: str
    kind: str
    language: str
    points: Mapping[int, str] = field(default_factory=dict)
    phone: str = ""
    email: str = ""


@transaction.atomic
def change_customer(
    *, customer_id: int, version: int, facts: CustomerFacts, actor: Actor, at: datetime
) -> list[CustomerChange]:
    """Replace what is known of a customer and give what changed; saving what is so already leaves no trace.

    Raises ActionRefused when somebody else changed the customer since that version was read, and when nothing would
    be left to find them by.
    """
    customer = lock_customers(customer_id).get(customer_id)
    if customer is None or customer.merged_into_id:
        raise ActionRefused(Refusal.CUSTOMER_GONE)
    if customer.version != version:
        raise ActionRefused(Refusal.CUSTOMER_CHANGED)
    changes = [*_changed_facts(customer, facts), *_changed_points(customer, facts), *_new_points(customer, facts)]
    if not changes:
        return changes
    if not customer.name and not customer.contact_points.exists():
        raise ActionRefused(Refusal.CUSTOMER_UNKNOWN)
    for change in changes:
        change.changed_at, change.changed_by = at, actor.employee
    CustomerChange.objects.bulk_create(changes)
    touch_customer(customer, *_FACTS, "name_normalised")
    refresh_search_texts(customer)
    fields = {f"{number}_{change.fact}": change.after for number, change in enumerate(changes, start=1)}
    record_audit("customer_changed", customer, actor=actor, at=at, fields=fields)
    return changes


def _changed_facts(customer: Customer, facts: CustomerFacts) -> Iterator[CustomerChange]:
    for name in _FACTS:
        before, after = getattr(customer, name), getattr(facts, name)
        if before != after:
            setattr(customer, name, after)
            yield CustomerChange(customer=customer, fact=name, before=before, after=after)
    customer.name_normalised = normalise_text(customer.name)[:120]


def _changed_points(customer: Customer, facts: CustomerFacts) -> Iterator[CustomerChange]:
    """Correct a way to reach them in its place: the first phone and the first address stay the first."""
    for point in customer.contact_points.all():
        typed = facts.points.get(point.pk, point.as_typed)
        if typed == point.as_typed:
            continue
        yield CustomerChange(customer=customer, fact=point.kind, before=point.as_typed, after=typed)
        columns = contact_columns(point.kind, typed)
        if columns is None or _is_known(point, columns):
            point.delete()
            continue
        for name, value in columns.items():
            setattr(point, name, value)
        point.save(update_fields=list(columns))


def _is_known(point: ContactPoint, columns: Mapping[str, str]) -> bool:
    same = {name: columns[name] for name in ("value", "extension")}
    others = ContactPoint.objects.filter(customer=point.customer_id, kind=point.kind, **same)
    return others.exclude(pk=point.pk).exists()


def _new_points(customer: Customer, facts: CustomerFacts) -> Iterator[CustomerChange]:
    for kind, typed in ((ContactPoint.Kind.PHONE, facts.phone), (ContactPoint.Kind.EMAIL, facts.email)):
        known = set(customer.contact_points.values_list("pk", flat=True))
        point = add_contact_point(customer, kind=kind, as_typed=typed)
        if point is not None and point.pk not in known:
            yield CustomerChange(customer=customer, fact=kind, before="", after=typed)

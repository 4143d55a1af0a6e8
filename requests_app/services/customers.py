"""Keep who contacts the city and how to reach them (I purpose)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from requests_app.domain.text import normalise_text
from requests_app.models import ContactPoint, Customer, ServiceRequest
from requests_app.selectors.customer_merges import survivor_of
from requests_app.selectors.phones import read_phone


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerEntry:
    """What was typed of a customer: a known one, or a name and ways to reach them, each possibly missing."""

    customer_id: int | None = None
    name: str = ""
    phone: str = ""
    email: str = ""
    is_business: bool = False
    language: str = "en"


@transaction.atomic
def keep_customer(entry: CustomerEntry, *, at: datetime) -> Customer | None:
    """Find the customer that was picked, or create one; nothing typed makes no customer.

    Records are never linked by themselves: a phone that is known already does not pick its customer.
    """
    if entry.customer_id is not None:
        customer = _lock_survivor(entry.customer_id)
    elif entry.name or entry.phone or entry.email:
        customer = Customer.objects.create(
            kind=Customer.Kind.BUSINESS if entry.is_business else Customer.Kind.PERSON,
            name=entry.name,
            name_normalised=normalise_text(entry.name)[:120],
            language=entry.language,
            created_at=at,
        )
    else:
        return None
    if entry.phone:
        add_phone(customer, as_typed=entry.phone)
    if entry.email:
        add_email(customer, as_typed=entry.email)
    Customer.objects.filter(pk=customer.pk).update(last_contact_at=at)
    return customer


def _lock_survivor(customer_id: int) -> Customer:
    """Read a customer, or whom they went into, locked: no merge may pass over a request that is being logged.

    One that went meanwhile is let go before the other is locked. Whoever holds one and waits for a second could wait
    for a merge, which locks both in the order of their keys and waits for the first.
    """
    wanted = customer_id
    while True:
        with transaction.atomic():
            customer = Customer.objects.select_for_update(of=("self",)).get(pk=wanted)
            if customer.merged_into_id is None:
                return customer
            transaction.set_rollback(True)
        wanted = survivor_of(customer_id)


def lock_customers(*customer_ids: int) -> dict[int, Customer]:
    """Read customers for change, locked with their requests to the end of the transaction; one that is gone is missing.

    Requests first, as everybody does who locks a request and then its customer; each in the order of their keys.
    """
    requests = ServiceRequest.objects.filter(customer__in=customer_ids).order_by("pk")
    list(requests.select_for_update(of=("self",)).values_list("pk", flat=True))
    found = Customer.objects.filter(pk__in=customer_ids).order_by("pk").select_for_update(of=("self",))
    return {customer.pk: customer for customer in found}


def touch_customer(customer: Customer, *changed: str) -> None:
    """Save the changed columns and a new version, so that a second editor sees that something changed."""
    customer.version += 1
    customer.save(update_fields=[*changed, "version"])


def add_phone(customer: Customer, *, as_typed: str) -> ContactPoint | None:
    """Keep a phone in E.164 beside what was typed; text without a digit is no phone and keeps nothing."""
    return add_contact_point(customer, kind=ContactPoint.Kind.PHONE, as_typed=as_typed)


def add_email(customer: Customer, *, as_typed: str) -> ContactPoint | None:
    """Keep an e-mail address in lower case beside what was typed."""
    return add_contact_point(customer, kind=ContactPoint.Kind.EMAIL, as_typed=as_typed)


def add_contact_point(customer: Customer, *, kind: str, as_typed: str) -> ContactPoint | None:
    """Keep a way to reach a customer; one that is known already is not kept twice."""
    columns = contact_columns(kind, as_typed)
    if columns is None:
        return None
    key = {name: columns.pop(name) for name in ("value", "extension")}
    point, _ = ContactPoint.objects.get_or_create(customer=customer, kind=kind, **key, defaults=columns)
    return point


def contact_columns(kind: str, as_typed: str) -> dict[str, str] | None:
    """Give what is kept of a phone or an address as typed; None for what is neither."""
    as_typed = as_typed.strip()
    if kind == ContactPoint.Kind.EMAIL:
        return {"value": as_typed.lower(), "extension": "", "as_typed": as_typed} if as_typed else None
    reading = read_phone(as_typed)
    if reading is None:
        return None
    return {
        "value": reading.value,
        "extension": reading.extension,
        "as_typed": as_typed,
        "reversed_digits": reading.reversed_digits,
    }

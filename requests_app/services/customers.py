"""Keep who contacts the city and how to reach them (I purpose)."""

from dataclasses import dataclass
from datetime import datetime

from requests_app.domain.text import normalise_text
from requests_app.models import ContactPoint, Customer
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


def keep_customer(entry: CustomerEntry, *, at: datetime) -> Customer | None:
    """Find the customer that was picked, or create one; nothing typed makes no customer.

    Records are never linked by themselves: a phone that is known already does not pick its customer.
    """
    if entry.customer_id is not None:
        customer = Customer.objects.get(pk=entry.customer_id)
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


def add_phone(customer: Customer, *, as_typed: str) -> ContactPoint | None:
    """Keep a phone in E.164 beside what was typed; text without a digit is no phone and keeps nothing."""
    reading = read_phone(as_typed)
    if reading is None:
        return None
    point, _ = ContactPoint.objects.get_or_create(
        customer=customer,
        kind=ContactPoint.Kind.PHONE,
        value=reading.value,
        extension=reading.extension,
        defaults={"as_typed": as_typed, "reversed_digits": reading.reversed_digits},
    )
    return point


def add_email(customer: Customer, *, as_typed: str) -> ContactPoint:
    """Keep an e-mail address in lower case beside what was typed."""
    point, _ = ContactPoint.objects.get_or_create(
        customer=customer,
        kind=ContactPoint.Kind.EMAIL,
        value=as_typed.strip().lower(),
        extension="",
        defaults={"as_typed": as_typed.strip()},
    )
    return point

"""Find known customers by what was typed; a match is a suggestion, never a link (I purpose)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from requests_app.domain.text import digits_of, normalise_text
from requests_app.domain.vocabulary import Status
from requests_app.models import ContactPoint, Customer
from requests_app.selectors.access import Actor
from requests_app.selectors.phones import MAX_DIGITS, read_phone
from requests_app.selectors.visibility import requests_read_by, requests_visible_to, visible_customers

SUGGESTIONS = 8
_WORDS = 5
_REQUESTS_EACH = 10  # enough of the latest requests to name so many customers
_LEAST_DIGITS = 4
_EMAIL = re.compile(r"[^\s,;<>\"()]+@[^\s,;<>\"()]+")
_EXTENSION = re.compile(r"\s*(?<![a-z])(?:ext\.?|x|#)\s*\d{0,7}\s*$", re.IGNORECASE)
# Seven digits are the least that is a telephone number; an extension may follow.
_PHONE = re.compile(r"\+?\(?\d(?:[\s().\-/]*\d){6,14}(?:\s*(?:ext\.?|x|#)\s*\d{1,7})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Who:
    """What a line of text says about a customer, each part possibly empty."""

    name: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class KnownCustomer:
    """A customer as suggested: the text that names them, and what tells them from a namesake."""

    pk: int
    label: str
    phone: str
    email: str
    last_contact_at: datetime | None
    open_requests: int
    language: str

    @property
    def contact(self) -> str:
        """Give the first way to reach them, or nothing."""
        return self.phone or self.email


def read_who(text: str) -> Who:
    """Split a line into name, phone and e-mail: "Ana Ruiz, 510-555-0143" gives a name and a phone."""
    email = _EMAIL.search(text)
    rest = _EMAIL.sub(" ", text, count=1) if email else text
    phone = _PHONE.search(rest)
    name = _PHONE.sub(" ", rest, count=1) if phone else rest
    return Who(
        name=" ".join(name.split()).strip(" ,;<>()-"),
        phone=phone.group().strip() if phone else "",
        email=email.group().strip(".") if email else "",
    )


def suggest_customers(text: str, *, actor: Actor, limit: int = SUGGESTIONS) -> list[KnownCustomer]:
    """Suggest known customers for what was typed, those heard from last first (three queries)."""
    condition = _matching(text)
    if condition is None:
        return []
    fitting = Customer.objects.filter(condition).values("pk")
    found = _as_heard_of(visible_customers(actor).filter(pk__in=fitting), actor)
    return _known(found.order_by(F("heard_at").desc(nulls_last=True), "-pk")[:limit], actor=actor)


def recent_customers(*, actor: Actor, limit: int) -> list[KnownCustomer]:
    """Give those heard from lately, of what this actor reads: of each the latest request counts."""
    latest = requests_read_by(actor).filter(customer__isnull=False).order_by("-received_at", "-pk")
    ids = list(dict.fromkeys(latest.values_list("customer", flat=True)[: limit * _REQUESTS_EACH]))[:limit]
    found = {row.pk: row for row in _as_heard_of(visible_customers(actor).filter(pk__in=ids), actor)}
    return _known([found[pk] for pk in ids if pk in found], actor=actor)


def known_customer(customer_id: int, *, actor: Actor) -> KnownCustomer | None:
    """Give a picked customer as suggested, or None when there is no such one."""
    found = _as_heard_of(visible_customers(actor).filter(pk=customer_id), actor)
    return next(iter(_known(found, actor=actor)), None)


def names_reached_by(values: Sequence[str], *, actor: Actor, limit: int = 2) -> list[str]:
    """Name those who are known by a phone or e-mail, as kept, to this person (one query)."""
    if not values:
        return []
    found = visible_customers(actor).filter(contact_points__value__in=values).exclude(name="").distinct()
    return list(found.order_by("-pk").values_list("name", flat=True)[:limit])


def contact_values(*, phone: str, email: str) -> list[str]:
    """Normalise what was typed into the values contact points are kept under."""
    reading = read_phone(phone) if phone else None
    return [value for value in (reading.value if reading else "", email.strip().lower()) if value]


def _matching(text: str) -> Q | None:
    """Say whom a text fits: by e-mail, by the digits of a phone, by name, or by name and digits together."""
    if "@" in text:
        email = read_who(text).email or text.strip()
        return Q(contact_points__kind=ContactPoint.Kind.EMAIL, contact_points__value__startswith=email.lower())
    bare = _EXTENSION.sub("", text)
    digits = digits_of(bare)
    if len(digits) >= _LEAST_DIGITS and len(digits) * 2 >= len(bare.replace(" ", "")):
        return _reached_by(digits)
    words = normalise_text(text).split()[:_WORDS]
    if not words:
        return None
    names = [word for word in words if not digits_of(word)]
    if len(digits) < _LEAST_DIGITS or not names:
        return _named(words)
    return _named(words) | (_named(names) & _reached_by(digits))


def _reached_by(digits: str) -> Q:
    by_last = Q(contact_points__reversed_digits__startswith=digits[::-1][:MAX_DIGITS])
    return by_last | Q(contact_points__value__startswith=f"+1{digits[: MAX_DIGITS - 2]}")


def _named(words: Sequence[str]) -> Q:
    condition = Q()
    for word in words:
        begins = Q(name_normalised__startswith=word)
        # Of two surnames either is enough, a hyphen between them or not.
        condition &= begins | Q(name_normalised__contains=f" {word}") | Q(name_normalised__contains=f"-{word}")
    return condition


def _as_heard_of(customers: QuerySet[Customer], actor: Actor) -> QuerySet[Customer]:
    """Annotate `heard_at`: the last touch on a request this actor may see; of others they know nothing."""
    touched = requests_visible_to(actor).filter(customer=OuterRef("pk")).order_by("-last_touch_at")
    return customers.annotate(heard_at=Subquery(touched.values("last_touch_at")[:1]))


def _known(customers: Iterable[Customer], *, actor: Actor) -> list[KnownCustomer]:
    rows = list(customers)
    points = ContactPoint.objects.filter(customer__in=rows)
    of_customer: dict[int, list[ContactPoint]] = {row.pk: [] for row in rows}
    for point in points:
        of_customer[point.customer_id].append(point)
    open_requests = _open_requests([row.pk for row in rows], actor=actor)
    return [_as_known(row, of_customer[row.pk], open_requests.get(row.pk, 0)) for row in rows]


def _as_known(customer: Customer, points: Sequence[ContactPoint], open_requests: int) -> KnownCustomer:
    phone = next((str(point) for point in points if point.kind == ContactPoint.Kind.PHONE), "")
    email = next((point.value for point in points if point.kind == ContactPoint.Kind.EMAIL), "")
    return KnownCustomer(
        pk=customer.pk,
        label=customer.name or phone or email or str(customer),
        phone=phone,
        email=email,
        last_contact_at=getattr(customer, "heard_at", None),
        open_requests=open_requests,
        language=customer.language,
    )


def _open_requests(customer_ids: list[int], *, actor: Actor) -> dict[int, int]:
    """Count the unfinished requests of each customer, of those this actor may see."""
    rows = (
        requests_visible_to(actor)
        .filter(customer__in=customer_ids)
        .exclude(status=Status.CLOSED)
        .order_by()
        .values_list("customer")
        .annotate(n=Count("pk"))
    )
    return {customer_id: count for customer_id, count in rows if customer_id is not None}

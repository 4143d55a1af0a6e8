"""Invent the customers of the demo and the ways to reach them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from requests_app.demo.arrivals import Arrival
from requests_app.demo.names import (
    AREA_CODES,
    BUSINESS_NAMES,
    FAMILY_NAMES,
    GIVEN_NAMES,
    MAIL_DOMAINS,
    UNUSUAL_NAMES,
)
from requests_app.demo.profile import LANGUAGE_SHARES
from requests_app.demo.roster import address_part
from requests_app.domain.text import normalise_text
from requests_app.models import ContactPoint, Customer

_SPELLINGS = ("({a}) 555-{n}", "{a}-555-{n}", "{a}.555.{n}", "{a} 555 {n}", "+1 {a} 555 {n}", "1-{a}-555-{n}")
_CONTACTS_PER_CUSTOMER = 1.7
_BUSINESS_SHARE = 0.11
_NAME_ONLY_SHARE = 0.02
_EXTENSION_SHARE = 0.3  # of businesses
_CHUNK = 1000


@dataclass(slots=True)
class Visitor:
    """A customer who is saved once it is known when they were first and last in touch."""

    customer: Customer
    points: list[ContactPoint]


def invent_customers(rng: Random, *, requests: int, at: datetime) -> dict[str, list[Visitor]]:
    """Make up enough customers for so many requests and give them, unsaved, by language."""
    count = max(len(UNUSUAL_NAMES) + len(LANGUAGE_SHARES), round(requests / _CONTACTS_PER_CUSTOMER))
    unusual = iter(UNUSUAL_NAMES)
    by_language: dict[str, list[Visitor]] = {language: [] for language in LANGUAGE_SHARES}
    for language in _languages(rng, count):
        customer = _customer(rng, language, next(unusual, ""), at=at)
        by_language[language].append(Visitor(customer, _contact_points(rng, customer)))
    return by_language


def deal_visitors(rng: Random, by_language: Mapping[str, Sequence[Visitor]], arrivals: Iterable[Arrival]) -> None:
    """Say who made which contact; a few come often, most once or twice."""
    for arrival in arrivals:
        if arrival.is_anonymous or arrival.is_from_colleague:
            continue
        visitors = by_language[arrival.language]
        visitor = visitors[int(len(visitors) * rng.random() ** 1.3)]
        arrival.visitor = visitor
        if visitor.customer.last_contact_at is None:
            visitor.customer.created_at = arrival.received_at
        visitor.customer.last_contact_at = arrival.received_at


def save_visitors(by_language: Mapping[str, Sequence[Visitor]]) -> None:
    """Add everybody who made contact, with the ways to reach them."""
    visitors = [
        visitor
        for visitors in by_language.values()
        for visitor in visitors
        if visitor.customer.last_contact_at is not None
    ]
    Customer.objects.bulk_create([visitor.customer for visitor in visitors], batch_size=_CHUNK)
    points = [point for visitor in visitors for point in visitor.points]
    ContactPoint.objects.bulk_create(points, batch_size=_CHUNK)


def _languages(rng: Random, count: int) -> list[str]:
    """Give every language at least one customer."""
    languages = rng.choices(list(LANGUAGE_SHARES), list(LANGUAGE_SHARES.values()), k=count)
    languages[-len(LANGUAGE_SHARES) :] = list(LANGUAGE_SHARES)
    return languages


def _customer(rng: Random, language: str, unusual: str, *, at: datetime) -> Customer:
    is_business = not unusual and rng.random() < _BUSINESS_SHARE
    name = unusual or (rng.choice(BUSINESS_NAMES) if is_business else _person(rng))
    return Customer(
        kind=Customer.Kind.BUSINESS if is_business else Customer.Kind.PERSON,
        name=name,
        name_normalised=normalise_text(name)[:120],
        language=language,
        created_at=at,
    )


def _person(rng: Random) -> str:
    family = rng.choice(FAMILY_NAMES)
    if rng.random() < 0.04:
        family = f"{family}-{rng.choice(FAMILY_NAMES)}"
    return f"{rng.choice(GIVEN_NAMES)} {family}"


def _contact_points(rng: Random, customer: Customer) -> list[ContactPoint]:
    """Give a phone, an e-mail or both, now and then two phones; a few people leave a name only."""
    if rng.random() < _NAME_ONLY_SHARE:
        return []
    has_phone, has_email = rng.choice([(True, True), (True, True), (True, False), (True, False), (False, True)])
    points = [_phone(rng, customer)] if has_phone else []
    if has_phone and rng.random() < 0.08:
        second = _phone(rng, customer)
        if (second.value, second.extension) != (points[0].value, points[0].extension):
            points.append(second)
    if has_email:
        points.append(_email(rng, customer))
    return points


def _phone(rng: Random, customer: Customer) -> ContactPoint:
    # 555-0100 to 555-0199 are kept free for invented people, in every area code.
    area, number = rng.choice(AREA_CODES), f"01{rng.randrange(100):02d}"
    is_business = customer.kind == Customer.Kind.BUSINESS
    extension = str(rng.randrange(2, 400)) if is_business and rng.random() < _EXTENSION_SHARE else ""
    as_typed = rng.choice(_SPELLINGS).format(a=area, n=number)
    value = f"+1{area}555{number}"
    return ContactPoint(
        customer=customer,
        kind=ContactPoint.Kind.PHONE,
        value=value,
        extension=extension,
        as_typed=f"{as_typed} x{extension}" if extension else as_typed,
        reversed_digits=value.lstrip("+")[::-1],
    )


def _email(rng: Random, customer: Customer) -> ContactPoint:
    local = address_part(customer.name.replace("&", "and")) or "resident"
    value = f"{local}{rng.randrange(100)}@{rng.choice(MAIL_DOMAINS)}"
    typed = value.title() if rng.random() < 0.05 else value
    return ContactPoint(customer=customer, kind=ContactPoint.Kind.EMAIL, value=value, as_typed=typed)

"""Words that stand nowhere but in one field of one restricted request: whoever reads one has read the request."""

from collections.abc import Iterable
from datetime import datetime
from zlib import crc32

from requests_app.domain.corrective_actions import CorrectiveEntry
from requests_app.domain.search_text import build_search_text
from requests_app.models import (
    Commendation,
    Complaint,
    ContactPoint,
    Customer,
    Event,
    FairnessStep,
    Interaction,
    ServiceRequest,
)
from requests_app.services.corrective_actions import record_corrective_action, switch_register
from tests.cast import Cast, actor
from tests.factories import ContactPointFactory, CustomerFactory

FIELDS = (
    "title", "place", "best_time_to_reach", "external_reference", "outcome_note", "hazard_told", "inbound", "outbound",
    "note", "event", "customer", "email", "desired_outcome", "statement", "commendation", "reason",
)  # fmt: skip


def canary(kind: str, field: str) -> str:
    """Give the word of a field, of letters only so that a search finds it whole."""
    return "".join(letter for letter in f"canary{kind}{field}".lower() if letter.isalpha())


def phone_of(kind: str) -> str:
    """Give a phone number nobody else has."""
    return f"707{crc32(kind.encode()) % 10_000_000:07}"


def plant(found: ServiceRequest, kind: str, *, at: datetime) -> ServiceRequest:
    """Put a word of its own into every field of a request that takes text."""
    customer = _customer(kind)
    for name in FIELDS[:6]:
        setattr(found, name, canary(kind, name))
    found.customer = customer
    found.search_text = build_search_text(
        number=found.number,
        title=found.title,
        customer_name=customer.name,
        place=found.place,
        contact_values=[point.value for point in customer.contact_points.all()],
    )
    found.save()
    for direction in ("inbound", "outbound", "note"):
        Interaction.objects.create(
            service_request=found,
            direction=direction,
            channel="phone",
            occurred_at=at,
            recorded_at=at,
            text=canary(kind, direction),
            department=found.department,
        )
    Event.objects.create(service_request=found, kind="waiting", at=at, text=canary(kind, "event"))
    if found.is_complaint:
        _plant_complaint(found, kind, at=at)
    return found


def _plant_complaint(found: ServiceRequest, kind: str, *, at: datetime) -> None:
    """Put words into what the procedure adds, and into thanks that came out of it before it was a complaint."""
    complaint = Complaint.objects.create(service_request=found, desired_outcome=canary(kind, "desired_outcome"))
    for subject in found.subjects.filter(involvement="concerned"):
        words = {"employee": subject.employee, "by": subject.employee, "at": at, "on": at.date()}
        FairnessStep.objects.create(complaint=complaint, kind="statement", text=canary(kind, "statement"), **words)
        Commendation.objects.create(
            service_request=found, employee=subject.employee, text=canary(kind, "commendation"),
            drafted_by=subject.employee, drafted_at=at,
        )  # fmt: skip


def words_of(kinds: Iterable[str]) -> list[bytes]:
    """Give every word planted in requests of these kinds, as bytes of an answer."""
    return [canary(kind, field).encode() for kind in kinds for field in FIELDS] + [
        phone_of(kind).encode() for kind in kinds
    ]


def found_in(text: bytes, words: Iterable[bytes]) -> list[str]:
    """Give the words a text gives away, in whatever spelling."""
    plain = text.lower().replace(b"-", b"").replace(b" ", b"")
    return [word.decode() for word in words if word in plain]


def plant_corrective_action(cast: Cast, *, at: datetime) -> list[str]:
    """Switch the register on and put a line about Bob into it, in words of its own; give the words."""
    keeper = actor(cast.hana)
    rule, reference, note = (canary("corrective", field) for field in ("rule", "reference", "note"))
    switch_register(is_on=True, includes_sworn=False, noted_on=at.date(), note=note, actor=keeper, at=at)
    entry = CorrectiveEntry(
        employee_id=cast.bob.pk, acted_on=at.date(), rule=f"Rule 7 {rule}", file_reference=reference
    )
    record_corrective_action(entry, actor=keeper, at=at)
    return [rule, reference, note]


def _customer(kind: str) -> Customer:
    customer = CustomerFactory.create(name=canary(kind, "customer"))
    ContactPointFactory.create(
        customer=customer,
        value=f"{canary(kind, 'email')}@mail.example",
        as_typed=f"{canary(kind, 'email')}@mail.example",
    )
    digits = phone_of(kind)
    ContactPointFactory.create(
        customer=customer,
        kind=ContactPoint.Kind.PHONE,
        value=f"+1{digits}",
        as_typed=digits,
        reversed_digits=digits[::-1],
    )
    return customer

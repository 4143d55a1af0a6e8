"""What is known of a customer is corrected, and what it was before is kept."""

from datetime import datetime, timedelta

import pytest

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Channel
from requests_app.models import AuditEntry, ContactPoint, Customer, CustomerChange, Interaction, ServiceRequest
from requests_app.selectors.search import matching
from requests_app.services.customer_edits import CustomerFacts, change_customer
from requests_app.services.customers import CustomerEntry
from requests_app.services.entries import ContactEntry
from requests_app.services.identity_redactions import redact_identity
from requests_app.services.lifted_redactions import lift_redaction
from requests_app.services.requests import log_request
from tests.cast import Cast, actor


@pytest.fixture
def called(cast: Cast, now: datetime) -> ServiceRequest:
    """A call of Rosalía Muñoz, misheard."""
    entry = ContactEntry(
        channel=Channel.PHONE,
        title="Tree down",
        text="Rosalia Nunez calls from 510 555 0143",
        place="Pear Street",
        received_at=now,
        customer=CustomerEntry(name="Rosalia Nunez", phone="510 555 0143", email="rosalia@mail.example"),
        for_employee_id=cast.alice.pk,
    )
    return log_request(entry, actor=actor(cast.fay), at=now)


def facts(customer: Customer, **typed: object) -> CustomerFacts:
    known = {"name": customer.name, "kind": customer.kind, "language": customer.language}
    return CustomerFacts(**{**known, **typed})  # type: ignore[arg-type]  # a test's own facts


def edited(cast: Cast, customer: Customer, *, at: datetime, **typed: object) -> list[CustomerChange]:
    return change_customer(
        customer_id=customer.pk,
        version=customer.version,
        facts=facts(customer, **typed),
        actor=actor(cast.bob),
        at=at,
    )


def customer_of(request: ServiceRequest) -> Customer:
    return Customer.objects.get(requests=request)


def points_of(customer: Customer) -> list[str]:
    return [point.as_typed for point in ContactPoint.objects.filter(customer=customer)]


def test_an_edit_keeps_who_when_from_what_to_what(cast: Cast, called: ServiceRequest, now: datetime) -> None:
    later = now + timedelta(hours=1)
    edited(cast, customer_of(called), at=later, name="Rosalía Muñoz", language="es")

    rows = CustomerChange.objects.values_list("fact", "before", "after", "changed_by", "changed_at")
    assert list(rows) == [
        ("name", "Rosalia Nunez", "Rosalía Muñoz", cast.bob.pk, later),
        ("language", "en", "es", cast.bob.pk, later),
    ]
    entry = AuditEntry.objects.get(action="customer_changed")
    assert sorted(entry.fields) == ["1_name", "2_language"]
    for text in ("munoz pear", "tree Muñoz"):  # found by the new name beside a word of the request
        assert ServiceRequest.objects.filter(matching(text, actor=actor(cast.hana))).get() == called
    assert not ServiceRequest.objects.filter(matching("nunez tree", actor=actor(cast.hana))).exists()


def test_saving_what_is_so_already_leaves_no_trace(cast: Cast, called: ServiceRequest, now: datetime) -> None:
    customer = customer_of(called)
    phone = customer.contact_points.earliest("pk")

    assert edited(cast, customer, at=now, points={phone.pk: phone.as_typed}, email="Rosalia@Mail.example") == []
    assert not CustomerChange.objects.exists()
    assert customer_of(called).version == customer.version


def test_a_phone_is_corrected_in_its_place_and_taken_away_when_emptied(
    cast: Cast, called: ServiceRequest, now: datetime
) -> None:
    customer = customer_of(called)
    phone, email = customer.contact_points.order_by("pk")
    edited(cast, customer, at=now, points={phone.pk: "(510) 555-0144 x7", email.pk: ""}, phone="510 555 0199")

    kept = ContactPoint.objects.filter(customer=customer).values_list("pk", "value", "extension", "reversed_digits")
    assert kept.get(pk=phone.pk) == (phone.pk, "+15105550144", "7", "44105550151")
    assert points_of(customer) == ["(510) 555-0144 x7", "510 555 0199"]
    assert list(CustomerChange.objects.values_list("before", "after")) == [
        ("510 555 0143", "(510) 555-0144 x7"),
        ("rosalia@mail.example", ""),
        ("", "510 555 0199"),
    ]


def test_a_phone_corrected_into_another_one_is_kept_once(cast: Cast, called: ServiceRequest, now: datetime) -> None:
    customer = customer_of(called)
    edited(cast, customer, at=now, phone="510 555 0199")
    customer = customer_of(called)
    second = customer.contact_points.get(value="+15105550199")
    edited(cast, customer, at=now, points={second.pk: "510-555-0143"})
    assert points_of(customer) == ["510 555 0143", "rosalia@mail.example"]


def test_the_second_of_two_editors_is_refused(cast: Cast, called: ServiceRequest, now: datetime) -> None:
    opened = customer_of(called)
    edited(cast, opened, at=now, name="Rosalía Muñoz")
    with pytest.raises(ActionRefused) as refused:
        edited(cast, opened, at=now, language="es")
    assert refused.value.refusal is Refusal.CUSTOMER_CHANGED
    assert (customer_of(called).name, customer_of(called).language) == ("Rosalía Muñoz", "en")


def test_something_is_left_to_find_them_by(cast: Cast, called: ServiceRequest, now: datetime) -> None:
    customer = customer_of(called)
    emptied = dict.fromkeys(customer.contact_points.values_list("pk", flat=True), "")
    with pytest.raises(ActionRefused) as refused:
        edited(cast, customer, at=now, name="", points=emptied)
    assert refused.value.refusal is Refusal.CUSTOMER_UNKNOWN


def test_redacting_who_they_are_takes_the_former_name_out_too_and_lifting_brings_the_history_back(
    cast: Cast, called: ServiceRequest, now: datetime
) -> None:
    edited(cast, customer_of(called), at=now, name="Rosalía Muñoz")
    history = list(CustomerChange.objects.values())

    redaction = redact_identity(request_id=called.pk, code="personal_privacy", actor=actor(cast.cleo), at=now)
    said = Interaction.objects.get(service_request=called).text
    assert "Nunez" not in said
    assert "0143" not in said
    assert not Customer.objects.exists()
    assert not CustomerChange.objects.exists()

    lift_redaction(redaction_id=redaction.pk, actor=actor(cast.cleo), at=now)
    assert customer_of(called).name == "Rosalía Muñoz"
    assert list(CustomerChange.objects.values()) == history

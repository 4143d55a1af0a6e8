"""Two customers who are one: nothing is lost, and taking it back leaves everything as it was."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Channel
from requests_app.models import AuditEntry, ContactPoint, Customer, CustomerMerge, ServiceRequest
from requests_app.services.customer_edits import CustomerFacts, change_customer
from requests_app.services.customer_merges import MergeEntry, merge_customers, undo_merge
from requests_app.services.customers import CustomerEntry, keep_customer
from requests_app.services.entries import ContactEntry
from requests_app.services.identity_redactions import redact_identity
from requests_app.services.lifted_redactions import lift_redaction
from requests_app.services.requests import log_request
from tests.cast import Cast, actor
from tests.factories import ServiceRequestFactory


def known(now: datetime, name: str, phone: str = "", email: str = "", **facts: Any) -> Customer:
    customer = keep_customer(CustomerEntry(name=name, phone=phone, email=email, **facts), at=now)
    assert customer
    return Customer.objects.get(pk=customer.pk)


@pytest.fixture
def ana(cast: Cast, now: datetime) -> Customer:
    customer = known(now - timedelta(days=9), "Ana Munoz", "510 555 0143", "ana@mail.example")
    ServiceRequestFactory.create(department=cast.streets, customer=customer, title="Lamp out")
    return customer


@pytest.fixture
def twin(cast: Cast, now: datetime) -> Customer:
    customer = known(
        now - timedelta(days=20), "Ana Muñoz García", "(510) 555-0143", "garcia@mail.example", language="es"
    )
    ServiceRequestFactory.create(department=cast.streets, customer=customer, title="Kerb broken")
    return customer


def merge(cast: Cast, survivor: Customer, merged: Customer, *taken: str, at: datetime) -> CustomerMerge:
    survivor, merged = (Customer.objects.get(pk=each.pk) for each in (survivor, merged))
    entry = MergeEntry(
        survivor_id=survivor.pk,
        survivor_version=survivor.version,
        merged_id=merged.pk,
        merged_version=merged.version,
        taken=frozenset(taken),
    )
    return merge_customers(entry, actor=actor(cast.fay), at=at)


def undo(cast: Cast, done: CustomerMerge, *, at: datetime) -> None:
    undo_merge(merge_id=done.pk, actor=actor(cast.fay), at=at)


def refusal_of(cast: Cast, done: CustomerMerge, *, at: datetime) -> Refusal:
    with pytest.raises(ActionRefused) as refused:
        undo(cast, done, at=at)
    return refused.value.refusal


def world() -> dict[str, list[Any]]:
    """Give all that merging touches, but counters of versions."""
    return {
        "customers": list(
            Customer.objects.order_by("pk").values_list(
                "pk", "name", "name_normalised", "kind", "language", "created_at", "last_contact_at", "merged_into"
            )
        ),
        "points": list(ContactPoint.objects.order_by("pk").values()),
        "requests": list(ServiceRequest.objects.order_by("pk").values_list("pk", "customer", "title")),
    }


def reached(customer: Customer) -> set[str]:
    return set(ContactPoint.objects.filter(customer=customer).values_list("value", flat=True))


def test_a_merge_unites_takes_what_was_chosen_and_leaves_evidence(
    cast: Cast, ana: Customer, twin: Customer, now: datetime
) -> None:
    merge(cast, ana, twin, "name", at=now)

    ana.refresh_from_db()
    assert (ana.name, ana.language, ana.created_at) == ("Ana Muñoz García", "en", twin.created_at)
    assert reached(ana) == {"+15105550143", "ana@mail.example", "garcia@mail.example"}
    assert set(ana.requests.values_list("title", flat=True)) == {"Lamp out", "Kerb broken"}
    moved = ServiceRequest.objects.get(title="Kerb broken")
    assert moved.events.get(kind=EventKind.CUSTOMER_MERGED).actor == cast.fay
    assert "munoz garcia" in moved.search_text
    assert AuditEntry.objects.get(action="customers_merged").object_id == ana.pk


def test_merge_then_undo_is_the_identity(cast: Cast, ana: Customer, twin: Customer, now: datetime) -> None:
    before = world()
    done = merge(cast, ana, twin, "name", "language", at=now)
    assert world() != before
    undo(cast, done, at=now + timedelta(days=30))
    assert world() == before
    assert refusal_of(cast, done, at=now) is Refusal.MERGE_NOTHING_LEFT


def test_what_came_or_changed_since_stays_with_the_survivor(
    cast: Cast, ana: Customer, twin: Customer, now: datetime
) -> None:
    done = merge(cast, ana, twin, "name", "language", at=now)
    # Picked as the one who is gone, while the form was open.
    entry = ContactEntry(
        channel=Channel.PHONE, title="Since", received_at=now, customer=CustomerEntry(customer_id=twin.pk)
    )
    assert log_request(entry, actor=actor(cast.fay), at=now).customer_id == ana.pk
    ana.refresh_from_db()
    facts = CustomerFacts(name="Ana M. García", kind="person", language="es", phone="510 555 0199")
    change_customer(customer_id=ana.pk, version=ana.version, facts=facts, actor=actor(cast.bob), at=now)

    undo(cast, done, at=now)

    ana.refresh_from_db()
    assert (ana.name, ana.language) == ("Ana M. García", "en")
    assert set(ana.requests.values_list("title", flat=True)) == {"Lamp out", "Since"}
    assert set(twin.requests.values_list("title", flat=True)) == {"Kerb broken"}
    assert reached(ana) == {"+15105550143", "ana@mail.example", "+15105550199"}
    assert reached(twin) == {"+15105550143", "garcia@mail.example"}


def test_it_is_refused_too_late_out_of_order_and_where_nobody_is_left(
    cast: Cast, ana: Customer, twin: Customer, now: datetime
) -> None:
    third = known(now, "A. Garcia", "510 555 0177")
    first = merge(cast, ana, twin, at=now)
    second = merge(cast, ana, third, at=now)
    assert refusal_of(cast, first, at=now) is Refusal.MERGE_LATER_FIRST
    assert refusal_of(cast, second, at=now + timedelta(days=30, seconds=1)) is Refusal.MERGE_TOO_OLD
    undo(cast, second, at=now)
    moved = ServiceRequest.objects.get(title="Kerb broken")
    redaction = redact_identity(request_id=moved.pk, code="personal_privacy", actor=actor(cast.cleo), at=now)
    assert refusal_of(cast, first, at=now) is Refusal.MERGE_NOTHING_LEFT
    lift_redaction(redaction_id=redaction.pk, actor=actor(cast.cleo), at=now)
    undo(cast, first, at=now)
    moved.refresh_from_db()
    assert moved.customer_id == twin.pk


def test_a_customer_seen_again_after_a_merge_is_the_survivor_and_goes_back_with_the_other(
    cast: Cast, ana: Customer, twin: Customer, now: datetime
) -> None:
    hidden = ServiceRequestFactory.create(department=cast.streets, customer=twin, title="Withheld")
    redaction = redact_identity(request_id=hidden.pk, code="personal_privacy", actor=actor(cast.cleo), at=now)
    done = merge(cast, ana, twin, at=now)
    lift_redaction(redaction_id=redaction.pk, actor=actor(cast.cleo), at=now)
    hidden.refresh_from_db()
    assert hidden.customer_id == ana.pk
    undo(cast, done, at=now)
    hidden.refresh_from_db()
    assert hidden.customer_id == twin.pk


def test_redacting_the_last_request_takes_everybody_of_a_merge_and_lifting_brings_them_back(
    cast: Cast, ana: Customer, twin: Customer, now: datetime
) -> None:
    merge(cast, ana, twin, "name", at=now)
    before = world(), list(CustomerMerge.objects.values())
    requests = list(ServiceRequest.objects.order_by("pk"))
    code, cleo = "personal_privacy", actor(cast.cleo)
    done = [redact_identity(request_id=row.pk, code=code, actor=cleo, at=now) for row in requests]
    assert not Customer.objects.exists()
    assert not ContactPoint.objects.exists()
    for redaction in reversed(done):
        lift_redaction(redaction_id=redaction.pk, actor=cleo, at=now)
    assert (world(), list(CustomerMerge.objects.values())) == before


def test_staff_and_stale_previews_are_refused(cast: Cast, ana: Customer, twin: Customer, now: datetime) -> None:
    entry = MergeEntry(survivor_id=ana.pk, survivor_version=1, merged_id=twin.pk, merged_version=1)
    stale = MergeEntry(survivor_id=ana.pk, survivor_version=0, merged_id=twin.pk, merged_version=1)
    itself = MergeEntry(survivor_id=ana.pk, survivor_version=1, merged_id=ana.pk, merged_version=1)
    refusals = []
    for who, asked in ((cast.alice, entry), (cast.fay, stale), (cast.fay, itself)):
        with pytest.raises(ActionRefused) as refused:
            merge_customers(asked, actor=actor(who), at=now)
        refusals.append(refused.value.refusal)
    assert refusals == [Refusal.ROLE, Refusal.CUSTOMER_CHANGED, Refusal.CUSTOMER_GONE]


Step = tuple[str, int, int]
_STEPS = st.tuples(st.sampled_from(["merge", "merge", "undo", "log"]), st.integers(0, 4), st.integers(0, 4))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(steps=st.lists(_STEPS, min_size=3, max_size=9))
def test_whatever_is_merged_and_undone_no_request_and_no_contact_point_is_lost(
    cast: Cast, now: datetime, steps: Sequence[Step]
) -> None:
    with transaction.atomic():
        phones = ("510 555 0101", "510 555 0101", "510 555 0102", "510 555 0103", "")
        people = [known(now, f"Resident {number}", phone) for number, phone in enumerate(phones)]
        for person in people:
            ServiceRequestFactory.create(department=cast.streets, customer=person)
        points = set(ContactPoint.objects.values_list("pk", flat=True))
        undoable: list[tuple[CustomerMerge, dict[str, list[Any]]]] = []
        for verb, one, two in steps:
            before = world()
            if verb == "log":
                found = keep_customer(CustomerEntry(customer_id=people[one].pk), at=now)
                ServiceRequestFactory.create(department=cast.streets, customer=found)
                undoable.clear()
            elif verb == "merge":
                undoable += [(done, before) for done in _merged(cast, people[one], people[two], at=now)]
            elif undoable:
                done, was = undoable.pop()
                undo(cast, done, at=now)
                assert world() == was  # merge then undo is the identity
            assert not ServiceRequest.objects.filter(customer=None).exists()
            assert not ServiceRequest.objects.filter(customer__merged_into__isnull=False).exists()
            assert set(ContactPoint.objects.values_list("pk", flat=True)) == points
        transaction.set_rollback(True)


def _merged(cast: Cast, survivor: Customer, merged: Customer, *, at: datetime) -> list[CustomerMerge]:
    """Merge them, unless they are the same or one of them went into somebody already."""
    pair = Customer.objects.filter(pk__in=(survivor.pk, merged.pk), merged_into__isnull=True)
    if pair.count() == 2:
        return [merge(cast, survivor, merged, "name", at=at)]
    with pytest.raises(ActionRefused) as refused:
        merge(cast, survivor, merged, "name", at=at)
    assert refused.value.refusal is Refusal.CUSTOMER_GONE
    return []

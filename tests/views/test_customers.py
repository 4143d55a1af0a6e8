"""The customer's page: only what its reader reads, and an edit that loses nobody's words."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from requests_app.models import Customer, CustomerChange, CustomerMerge
from requests_app.services.customers import CustomerEntry, keep_customer
from tests.cast import Cast
from tests.factories import ServiceRequestFactory, concern
from tests.views.log_form import Shown, as_, text_of


@pytest.fixture(autouse=True)
def clock(now: datetime, time_machine: Any) -> None:
    time_machine.move_to(now, tick=False)


@pytest.fixture
def ana(cast: Cast, now: datetime) -> Customer:
    customer = keep_customer(
        CustomerEntry(name="Ana Muñoz García", phone="510 555 0143", email="ana@mail.example", language="es"), at=now
    )
    assert customer
    return customer


def page_of(customer: Customer) -> str:
    return f"/customers/{customer.pk}/"


def test_the_page_shows_what_is_open_first_then_what_was(cast: Cast, ana: Customer, now: datetime) -> None:
    ServiceRequestFactory.create(department=cast.streets, customer=ana, title="Lamp out", needs_interpreter=True)
    ServiceRequestFactory.create(
        department=cast.streets, customer=ana, title="Kerb broken", status="closed", closed_at=now, disposition="done"
    )
    text = text_of(as_(cast.alice).get(page_of(ana)))
    for words in ("510 555 0143", "ana@mail.example", "Spanish", "has asked for an interpreter", "1 open request"):
        assert words in text
    assert text.index("Lamp out") < text.index("Kerb broken")


def test_what_its_reader_may_not_see_is_neither_shown_nor_counted(cast: Cast, ana: Customer) -> None:
    ServiceRequestFactory.create(department=cast.streets, customer=ana, title="Lamp out")
    ServiceRequestFactory.create(
        department=cast.streets, customer=ana, title="About the crew", confidentiality="confidential"
    )
    concern(ServiceRequestFactory.create(department=cast.streets, customer=ana, title="About Fay"), cast.fay)

    for_fay, for_sam = (text_of(as_(person).get(page_of(ana))) for person in (cast.fay, cast.sam))
    assert ("About the crew" in for_fay, "About Fay" in for_fay) == (False, False)
    assert "1 open request<" in for_fay
    assert ("About the crew" in for_sam, "About Fay" in for_sam) == (True, True)
    assert "3 open requests" in for_sam


def test_who_came_with_a_restricted_matter_only_has_no_page_for_others(cast: Cast, ana: Customer) -> None:
    ServiceRequestFactory.create(department=cast.streets, customer=ana, confidentiality="confidential")
    found = {
        who: (as_(person).get(page_of(ana)).status_code, "Ana" in text_of(as_(person).get("/customers/?q=munoz")))
        for who, person in (("fay", cast.fay), ("alice", cast.alice), ("sam", cast.sam))
    }
    assert found == {"fay": (404, False), "alice": (404, False), "sam": (200, True)}


def test_a_second_editor_sees_what_changed_and_keeps_the_typed_text(cast: Cast, ana: Customer) -> None:
    phone = ana.contact_points.get(kind="phone")
    opened = {"name": ana.name, "kind": "person", "language": "es", "version": ana.version}
    first, second = as_(cast.fay), as_(cast.sam)
    first.post(f"{page_of(ana)}edit/", {**opened, "language": "en", "phone": "510 555 0199"})

    answer: Shown = second.post(
        f"{page_of(ana)}edit/", {**opened, "name": "Ana María Muñoz", f"point_{phone.pk}": "510 555 0144"}
    )
    assert answer.status_code == 409
    text = text_of(answer)
    for words in ("Language is now “English”.", "Phone is now “510 555 0143”.", "Ana María Muñoz", "510 555 0144"):
        assert words in text
    assert Customer.objects.get().name == "Ana Muñoz García"

    shown = answer.context["form"].data.dict()
    assert second.post(f"{page_of(ana)}edit/", shown).status_code == 302
    customer = Customer.objects.get()
    assert (customer.name, customer.language) == ("Ana María Muñoz", "es")
    assert [str(point) for point in customer.contact_points.all()] == [
        "510 555 0144", "ana@mail.example", "510 555 0199",
    ]  # fmt: skip
    assert CustomerChange.objects.filter(changed_by=cast.sam).count() == 3
    assert "Ana Muñoz García" in text_of(second.get(page_of(ana)))


def test_customers_are_found_by_either_surname_and_by_last_digits(cast: Cast, ana: Customer) -> None:
    keep_customer(CustomerEntry(name="Tim Nobody", phone="510 555 0100"), at=ana.created_at)
    client = as_(cast.fay)
    for asked in ("munoz", "García", "0143", "ana@mail"):
        text = text_of(client.get("/customers/", {"q": asked}))
        assert ("Ana Muñoz García" in text, "Tim Nobody" in text) == (True, False), asked
    assert "Nobody fits" in text_of(client.get("/customers/?q=zzz"))


def test_the_list_and_the_page_ask_as_much_for_many_as_for_few(cast: Cast, ana: Customer) -> None:
    client = as_(cast.fay)

    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    ServiceRequestFactory.create(department=cast.streets, customer=ana)
    client.get(page_of(ana))
    few = asked(page_of(ana)), asked("/customers/")
    for number in range(12):
        other = keep_customer(CustomerEntry(name=f"Maria {number}", phone=f"510 555 01{number:02}"), at=ana.created_at)
        ServiceRequestFactory.create(department=cast.streets, customer=other)
        ServiceRequestFactory.create(department=cast.streets, customer=ana)
    assert (asked(page_of(ana)), asked("/customers/")) == few


def test_the_request_leads_to_the_customer_and_the_customer_to_the_log_form(cast: Cast, ana: Customer) -> None:
    request = ServiceRequestFactory.create(department=cast.streets, customer=ana)
    client = as_(cast.alice)
    assert f'href="{page_of(ana)}"' in text_of(client.get(request.get_absolute_url()))
    assert f'href="{page_of(ana)}"' not in text_of(as_(cast.otto).get(request.get_absolute_url()))

    form = client.get(f"/log/?customer={ana.pk}").context["form"]
    assert (form["who"].value(), form["customer_id"].value(), form["language"].value()) == (ana.name, ana.pk, "es")
    assert f'href="{page_of(ana)}"' in text_of(client.get(f"/log/?customer={ana.pk}"))
    for unknown in ("0", "x", str(ana.pk + 1), "9" * 30):
        assert client.get(f"/log/?customer={unknown}").context["form"].customer is None


def test_two_are_merged_from_a_preview_and_parted_again(cast: Cast, ana: Customer, now: datetime) -> None:
    other = keep_customer(CustomerEntry(name="A. Muñoz", phone="510 555 0199"), at=now)
    assert other
    ServiceRequestFactory.create(department=cast.streets, customer=other, title="Kerb broken")
    client, merging = as_(cast.fay), f"{page_of(ana)}merge/"
    assert f"?with={other.pk}" in text_of(client.get(merging, {"q": "0199"}))
    preview: Shown = client.get(merging, {"with": other.pk})
    for words in ("Ana Muñoz García", "A. Muñoz", "510 555 0199", "Goes into it"):
        assert words in text_of(preview)
    form = {"with": other.pk, "version": 1, "other_version": 1, "name": "other", "language": "staying"}
    assert client.post(merging, {**form, "version": 0}).status_code == 302  # somebody was quicker: look again
    assert client.post(merging, {**form, "name": ""}).status_code == 422
    assert Customer.objects.filter(merged_into=None).count() == 2

    assert client.post(merging, form).headers["Location"] == page_of(ana)
    assert client.get(page_of(other)).headers["Location"] == page_of(ana)
    merge = CustomerMerge.objects.get()
    undoing = f"{page_of(ana)}merges/{merge.pk}/undo/"
    assert undoing in text_of(client.get(page_of(ana)))
    assert "Name: Ana Muñoz García" in text_of(client.get(undoing))
    assert client.post(undoing).headers["Location"] == page_of(other)
    assert client.post(undoing).status_code == 404
    assert "Kerb broken" in text_of(client.get(page_of(other)))


def test_the_preview_warns_where_a_restricted_matter_becomes_known(cast: Cast, ana: Customer, now: datetime) -> None:
    other = keep_customer(CustomerEntry(name="A. Muñoz", phone="510 555 0199"), at=now)
    assert other
    ServiceRequestFactory.create(department=cast.streets, customer=ana)
    ServiceRequestFactory.create(department=cast.streets, customer=other, confidentiality="confidential")
    merging = f"{page_of(ana)}merge/?with={other.pk}"
    assert "came with a restricted matter only" in text_of(as_(cast.sam).get(merging))
    assert "0199" not in text_of(as_(cast.fay).get(merging))  # to the front desk there is nobody to pick

"""The receipt after logging: mailed or printed by whoever logged, shown to nobody else (III.a.iii)."""

from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from requests_app.models import OutgoingMail, Receipt, ServiceRequest
from tests.cast import Cast
from tests.views.log_form import LOG, Shown, as_, text_of, typed


@pytest.fixture(autouse=True)
def _monday_afternoon(now: datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def logged(cast: Cast) -> ServiceRequest:
    """Give a contact the front desk took down, in Spanish, of somebody with an address."""
    as_(cast.fay).post(LOG, typed(who="Luz Prueba luz@mail.example", language="es"))
    return ServiceRequest.objects.get()


def _at(name: str, found: ServiceRequest) -> str:
    return reverse(name, args=[found.number])


def test_one_click_mails_it_to_the_address_on_file(cast: Cast, logged: ServiceRequest) -> None:
    client = as_(cast.fay)
    page = text_of(client.get(_at("contact_done", logged)))
    assert 'value="luz@mail.example"' in page
    answer: Shown = client.post(_at("contact_receipt", logged), {"email": "Luz@mail.example"}, follow=True)
    assert answer.redirect_chain == [(_at("contact_done", logged), 302)]
    assert "The receipt goes to luz@mail.example." in text_of(answer)
    assert OutgoingMail.objects.get(to_address="luz@mail.example").subject.startswith("Ciudad de Pinole")


@pytest.mark.parametrize(
    ("typed_in", "said"), [("", "Type the address, or print the slip."), ("luz@", "Enter a valid")]
)
def test_a_wrong_address_is_kept_with_what_to_mend(
    cast: Cast, logged: ServiceRequest, typed_in: str, said: str
) -> None:
    answer = as_(cast.fay).post(_at("contact_receipt", logged), {"email": typed_in})
    page = text_of(answer)
    assert answer.status_code == 422
    assert said in page
    assert 'href="#receipt_email"' in page
    assert logged.number in page
    assert not OutgoingMail.objects.exists()


def test_the_slip_is_made_by_a_post_and_shown_in_the_customers_language(cast: Cast, logged: ServiceRequest) -> None:
    client = as_(cast.fay)
    assert client.get(_at("contact_slip", logged))["Location"] == _at("contact_done", logged)
    assert not Receipt.objects.exists()
    answer: Shown = client.post(_at("contact_slip", logged), {"email": "half typ"}, follow=True)
    page = text_of(answer)
    assert '<section class="slip stack" aria-labelledby="slip" lang="es">' in page
    assert "a más tardar el martes 24 de noviembre" in page
    assert "Receipt given" in text_of(as_(cast.hana).get(logged.get_absolute_url()))


def test_whoever_may_not_confirm_it_gives_none(cast: Cast, logged: ServiceRequest) -> None:
    for who, status in ((cast.charlie, 404), (cast.otto, 403), (cast.ada, 403)):
        assert as_(who).post(_at("contact_receipt", logged), {"email": "x@y.example"}).status_code == status
        assert as_(who).post(_at("contact_slip", logged)).status_code == status
    assert not Receipt.objects.exists()


def test_of_a_hand_over_nobody_is_asked_for_an_address(cast: Cast, logged: ServiceRequest) -> None:
    ServiceRequest.objects.update(confidentiality="police_stub", no_reply="handed_over")
    client = as_(cast.fay)
    assert "receipt_email" not in text_of(client.get(_at("contact_done", logged)))
    answer = client.post(_at("contact_receipt", logged), {"email": "x@y.example"})
    assert answer["Location"] == _at("contact_done", logged)
    assert not OutgoingMail.objects.exists()


def test_a_colleague_is_given_none(cast: Cast, logged: ServiceRequest) -> None:
    ServiceRequest.objects.update(is_from_colleague=True)
    assert "receipt_email" not in text_of(as_(cast.fay).get(_at("contact_done", logged)))

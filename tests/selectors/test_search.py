"""Found by whatever is in hand: number, name, phone, e-mail, a word."""

import pytest

from requests_app.domain.search_text import build_search_text
from requests_app.models import ServiceRequest
from requests_app.selectors.access import SYSTEM
from requests_app.selectors.search import matching
from requests_app.services.customers import CustomerEntry, add_email, add_phone, keep_customer
from tests.cast import Cast
from tests.factories import NOW, CustomerFactory, ServiceRequestFactory


@pytest.fixture
def deck(cast: Cast) -> ServiceRequest:
    """A request by Rosalía O’Brien-Núñez, (510) 555-0143 extension 22, among others."""
    customer = keep_customer(
        CustomerEntry(name="Rosalía O’Brien-Núñez", phone="(510) 555-0143 x22", email="Rosalia@Mail.example"), at=NOW
    )
    assert customer is not None
    found = ServiceRequestFactory.create(title="Árbol caído frente a la casa", customer=customer)
    found.search_text = build_search_text(number=found.number, title=found.title, customer_name=customer.name)
    found.save(update_fields=["search_text"])
    other = CustomerFactory.create(name="Tim Nobody")
    add_phone(other, as_typed="510 555 0199")
    add_email(other, as_typed="tim@mail.example")
    ServiceRequestFactory.create(title="Pothole", customer=other, search_text="pothole tim nobody")
    return found


def found_by(text: str) -> list[int]:
    return sorted(ServiceRequest.objects.filter(matching(text, actor=SYSTEM)).values_list("pk", flat=True))


ONE_OF_TWO = [
    "rosalia", "ROSALÍA", "o'brien-nunez", "O’Brien", "núñez rosalía", "arbol caido", "casa árbol",
    "(510) 555-0143", "510.555.0143", "5105550143", "+1 510 555 0143", "1-510-555-0143", "510 555 0143 ext. 22",
    "510-555-0143x22", "0143", "50143", "555-0143", "٥١٠ ٥٥٥ ٠١٤٣", "rosalia@mail.example", " ROSALIA@MAIL.EXAMPLE ",
]  # fmt: skip
NOTHING = ["143", "rosalia pothole", "nobody@mail.example", "510 555 0000", "zzz", "5105550143999", "4501"]


def test_one_of_two_is_found(deck: ServiceRequest) -> None:
    assert {text: found_by(text) for text in ONE_OF_TWO} == {text: [deck.pk] for text in ONE_OF_TWO}


def test_a_tracking_number_is_found_in_any_spelling(deck: ServiceRequest) -> None:
    number = deck.number
    bare = number.removeprefix("PN-")
    for text in (number, number.lower(), bare, bare.replace("-", ""), number.replace("-", " "), f"  {number} "):
        assert found_by(text) == [deck.pk], text


def test_what_nobody_wrote_finds_nothing(deck: ServiceRequest) -> None:
    assert {text: found_by(text) for text in NOTHING} == {text: [] for text in NOTHING}


def test_an_empty_search_means_everything(deck: ServiceRequest) -> None:
    assert [len(found_by(text)) for text in ("", "   ", "\t")] == [2, 2, 2]


def test_signs_of_the_database_are_text_like_any_other(deck: ServiceRequest) -> None:
    for text in ("%", "_", "'; --", "\\", "a" * 200, "😀", "_____"):
        assert found_by(text) == [], text

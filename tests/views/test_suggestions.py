"""Suggestions while typing: option lines and nothing else."""

from datetime import datetime

import pytest
from django.test import Client

from requests_app.domain.vocabulary import Channel
from requests_app.services.customers import CustomerEntry
from requests_app.services.entries import ContactEntry
from requests_app.services.requests import log_request
from tests.cast import Cast, actor, login_of
from tests.factories import EmployeeFactory


@pytest.fixture
def fay(cast: Cast) -> Client:
    client = Client()
    client.force_login(login_of(cast.fay))
    return client


def shown(client: Client, what: str, asked: str) -> str:
    answer = client.get(f"/log/suggest/{what}/", {"q": asked})
    assert answer.status_code == 200
    return str(answer.content.decode()).strip()


def test_a_customer_is_told_from_a_namesake(fay: Client, cast: Cast, now: datetime) -> None:
    entry = CustomerEntry(name="Luz <Prueba>", phone="(510) 555-0177", language="es")
    contact = ContactEntry(channel=Channel.PHONE, title="A question", received_at=now, customer=entry)
    customer = log_request(contact, actor=actor(cast.fay), at=now).customer
    assert customer
    line = shown(fay, "customers", "luz")
    assert line.startswith(
        f'<li role="option" data-value="{customer.pk}" data-text="Luz &lt;Prueba&gt;" data-language="es">'
    )
    assert "(510) 555-0177" in line
    assert "last contact Mon 23 Nov" in line
    assert "1 open request · Spanish" in line


def test_people_and_topics_come_in_one_list(fay: Client, cast: Cast) -> None:
    EmployeeFactory.create(name="Noise Norbert", extension="214", department=cast.finance)
    lines = shown(fay, "topics", "noise")
    assert "Noise Norbert" in lines
    assert "ext. 214" in lines
    assert "Topic · Police" in lines


def test_people_are_suggested_for_a_colleague(fay: Client, cast: Cast) -> None:
    assert "Alice Owner" in shown(fay, "people", "ali")


def test_a_category_that_is_referred_says_where(fay: Client) -> None:
    assert "referred to" in shown(fay, "categories", "garbage")


@pytest.mark.parametrize("what", ["customers", "people", "topics", "categories"])
@pytest.mark.parametrize("asked", ["", "\x00", "x" * 5000, "%", "'", "²²²²²", "𝟙𝟚𝟛𝟜", "@"])
def test_odd_questions_get_an_answer(fay: Client, what: str, asked: str) -> None:
    shown(fay, what, asked)

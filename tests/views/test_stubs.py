"""What the front desk learns of a restricted request: that it came, and who deals with it (DOMAIN 4)."""

import re
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from requests_app.domain.tracking_numbers import new_tracking_number
from requests_app.domain.vocabulary import Disposition
from requests_app.models import Customer, Event, ServiceRequest
from requests_app.services.closing import close_request
from requests_app.services.entries import CloseEntry
from tests.cast import Cast, actor, login_of
from tests.factories import CustomerFactory, ServiceRequestFactory, concern, start_clock_row

UNKNOWN = new_tracking_number(lambda limit: limit - 1)


@pytest.fixture
def customer(cast: Cast) -> Customer:
    return CustomerFactory.create(name="Zanzibar Quixote")


@pytest.fixture
def complaint(cast: Cast, customer: Customer, now: datetime) -> ServiceRequest:
    found = ServiceRequestFactory.create(
        department=cast.streets, title="Shouted at me", customer=customer, confidentiality="confidential"
    )
    start_clock_row(found, due_at=now)
    return found


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(login_of(person))
    return client


def body_of(answer: Any) -> bytes:
    """Give the body without the reference that tells one answer from the next."""
    return re.sub(rb'class="reference">[^<]*', b"", answer.content)


def test_the_front_desk_gets_the_stub_by_exact_number_and_nothing_else(cast: Cast, complaint: ServiceRequest) -> None:
    page = signed_in(cast.fay).get(complaint.get_absolute_url())

    assert page.status_code == 200
    text = page.content.decode()
    assert "Received; handled confidentially by Human Resources, 510-555-0130." in text
    assert all(word not in text for word in ("Shouted", "Zanzibar", "Operations", "Confidential"))
    listed = signed_in(cast.fay).get(reverse("request_list"), {"q": complaint.number})
    assert complaint.get_absolute_url() not in listed.content.decode()


def test_a_police_complaint_is_a_hand_over(cast: Cast, complaint: ServiceRequest) -> None:
    ServiceRequest.objects.filter(pk=complaint.pk).update(confidentiality="police_stub")

    for person in (cast.fay, cast.max):
        page = signed_in(person).get(complaint.get_absolute_url())
        assert "Received; handed over to Police, 510-555-0170." in page.content.decode()
        assert reverse("request_message", args=[complaint.number]) not in page.content.decode()
    assert signed_in(cast.alice).get(complaint.get_absolute_url()).status_code == 404


def test_a_message_is_written_and_not_read(
    cast: Cast, complaint: ServiceRequest, now: datetime, time_machine: Any
) -> None:
    time_machine.move_to(now, tick=False)
    client, url = signed_in(cast.fay), reverse("request_message", args=[complaint.number])
    form = {"channel": "phone", "text": "She asks for a call", "submission_key": str(uuid4())}

    answers = [client.post(url, form, follow=True) for _ in range(2)]

    assert complaint.interactions.get().text == "She asks for a call"
    assert Event.objects.filter(service_request=complaint, kind="contacted_again", actor=cast.fay).count() == 1
    assert "Message added. Human Resources gets it." in answers[0].content.decode()
    assert "She asks for a call" not in client.get(complaint.get_absolute_url()).content.decode()


def test_a_message_to_a_closed_one_opens_it_again_and_says_no_more(
    cast: Cast, complaint: ServiceRequest, now: datetime, time_machine: Any
) -> None:
    time_machine.move_to(now, tick=False)
    ending = CloseEntry(disposition=Disposition.WITHDRAWN, note="Withdrawn.")
    close_request(request_id=complaint.pk, entry=ending, actor=actor(cast.sam), at=now)

    answer = signed_in(cast.fay).post(
        reverse("request_message", args=[complaint.number]), {"channel": "phone", "text": "Again"}, follow=True
    )

    complaint.refresh_from_db()
    assert complaint.closed_at is None
    assert "Message added. Human Resources gets it." in answer.content.decode()


def test_a_message_without_text_is_refused_and_what_was_chosen_stays(cast: Cast, complaint: ServiceRequest) -> None:
    answer = signed_in(cast.fay).post(reverse("request_message", args=[complaint.number]), {"channel": "letter"})

    assert answer.status_code == 422
    assert '<option value="letter" selected>' in answer.content.decode()
    assert not complaint.interactions.exists()


def test_nobody_else_can_tell_it_from_a_number_that_is_not_there(cast: Cast, complaint: ServiceRequest) -> None:
    for who in ("alice", "bob", "charlie", "ada", "otto", "lena", "cleo"):
        client = signed_in(getattr(cast, who))
        for name in ("request_detail", "request_message", "request_note"):
            ask = client.get if name == "request_detail" else client.post
            real, made_up = (ask(reverse(name, args=[number])) for number in (complaint.number, UNKNOWN))
            assert (who, name, real.status_code) == (who, name, 404)
            assert made_up.status_code == 404
            assert body_of(real) == body_of(made_up)


def test_a_front_desk_the_complaint_is_about_gets_no_stub(cast: Cast, complaint: ServiceRequest) -> None:
    concern(complaint, cast.fay)
    ServiceRequest.objects.filter(pk=complaint.pk).update(recorded_by=cast.fay)

    for name in ("request_detail", "contact_done"):
        assert signed_in(cast.fay).get(reverse(name, args=[complaint.number])).status_code == 404


def test_whoever_logged_a_restricted_matter_is_told_its_number_only(
    cast: Cast, complaint: ServiceRequest, now: datetime, time_machine: Any
) -> None:
    time_machine.move_to(now, tick=False)
    ServiceRequest.objects.filter(pk=complaint.pk).update(recorded_by=cast.fay, owner=cast.hana)

    page = signed_in(cast.fay).get(reverse("contact_done", args=[complaint.number])).content.decode()

    assert complaint.number in page
    assert "handled confidentially by Human Resources" in page
    assert all(word not in page for word in ("Shouted", "Hana Resources"))

"""Escalating from the page of a request, and the page of what waits for acceptance (III.b.v.2)."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from requests_app.domain.vocabulary import Channel, Confidentiality, RequestKind
from requests_app.models import Escalation, ServiceRequest
from requests_app.services.customers import CustomerEntry
from requests_app.services.entries import ContactEntry
from requests_app.services.escalation_climbs import climb_unaccepted
from requests_app.services.escalations import accept_escalation, answer_escalation
from requests_app.services.requests import log_request
from requests_app.services.sweeps import fire_due_stages
from tests.cast import Cast, actor
from tests.escalating import name_independent_recipient, running, send
from tests.factories import ServiceRequestFactory, concern, start_clock_row
from tests.views.log_form import as_, text_of

PAGE = "escalations_waiting"


@pytest.fixture(autouse=True)
def fixed_clock(now: datetime, time_machine: Any) -> None:
    time_machine.move_to(now, tick=False)


@pytest.fixture
def pothole(cast: Cast) -> ServiceRequest:
    return ServiceRequestFactory.create(department=cast.streets, owner=cast.alice, title="Pothole, again")


def act(client: Client, found: ServiceRequest, verb: str, **typed: object) -> Any:
    return client.post(reverse(f"request_{verb}", args=[found.number]), typed)


def shown(client: Client, found: ServiceRequest) -> str:
    return text_of(client.get(found.get_absolute_url()))


OFFERED = ("accept-escalation", "return-escalation", "answer-escalation", "escalate")


def offered(client: Client, found: ServiceRequest) -> list[str]:
    page = client.get(found.get_absolute_url()).content.decode()
    return [verb for verb in OFFERED if f'action="{found.get_absolute_url()}{verb}/"' in page]


def test_from_escalating_to_the_answer_on_the_pages(cast: Cast, pothole: ServiceRequest) -> None:
    alice, sam, bob = as_(cast.alice), as_(cast.sam), as_(cast.bob)
    assert offered(alice, pothole) == ["escalate"]

    answer = act(alice, pothole, "escalate", to="next", text="Third time this year")
    assert answer.status_code == 302
    assert [offered(client, pothole) for client in (alice, bob)] == [[], []]
    assert offered(sam, pothole) == ["accept-escalation", "return-escalation"]
    assert "waits to be accepted" in shown(bob, pothole)
    assert "Third time this year" in shown(bob, pothole)

    assert act(sam, pothole, "accept_escalation", escalation=running().pk).status_code == 302
    assert offered(sam, pothole) == ["answer-escalation"]

    assert act(sam, pothole, "answer_escalation", escalation=running().pk, text="Friday").status_code == 302
    assert "accepted by Sam Supervisor" in shown(alice, pothole)
    assert "Friday" in text_of(alice.get(reverse(PAGE)))
    assert offered(alice, pothole) == ["escalate"]


def test_a_person_and_a_department_can_be_chosen(cast: Cast, pothole: ServiceRequest, now: datetime) -> None:
    alice = as_(cast.alice)
    act(alice, pothole, "escalate", to=f"person-{cast.charlie.pk}", text="His road")
    charlie = as_(cast.charlie)
    assert offered(charlie, pothole) == ["accept-escalation", "return-escalation"]
    back = act(charlie, pothole, "return_escalation", escalation=running().pk, text="Not mine", follow=True)
    assert back["Location"] == reverse("my_work"), "it is closed to him again"
    assert act(alice, pothole, "escalate", to=f"department-{cast.public_works.pk}", text="Yours").status_code == 302
    assert running().to_department == cast.public_works


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ({"to": "next", "text": ""}, 422, "required"),
        ({"to": "person-0", "text": "Why"}, 422, "Select a valid choice"),
        ({"to": "", "text": "Why"}, 422, "required"),
        ({"to": "next", "text": "My reason"}, 409, "Nobody there may receive it"),
    ],
)
def test_what_cannot_be_escalated_says_why_and_keeps_what_was_typed(
    cast: Cast, pothole: ServiceRequest, typed: dict[str, str], status: int, said: str
) -> None:
    for who in (cast.sam, cast.dora, cast.max, cast.hana):
        concern(pothole, who)
    answer = act(as_(cast.alice), pothole, "escalate", **typed)
    assert answer.status_code == status
    assert said in text_of(answer)
    assert typed["text"] in text_of(answer)


def test_a_second_click_escalates_nothing_twice(cast: Cast, pothole: ServiceRequest) -> None:
    alice = as_(cast.alice)
    statuses = [act(alice, pothole, "escalate", to="next", text="Why").status_code for _ in range(2)]
    assert (statuses, Escalation.objects.count()) == ([302, 409], 1)


def test_an_escalation_that_went_on_meanwhile_is_not_accepted_by_mistake(
    cast: Cast, pothole: ServiceRequest, now: datetime
) -> None:
    first = send(pothole, cast.alice, now)
    climb_unaccepted(now=now + timedelta(days=2))
    answer = act(as_(cast.sam), pothole, "accept_escalation", escalation=first.pk)
    assert answer.status_code == 409
    assert "acted on this escalation meanwhile" in text_of(answer)
    other = ServiceRequestFactory.create(department=cast.streets)
    assert act(as_(cast.dora), other, "accept_escalation", escalation=running().pk).status_code == 422


def test_the_page_lists_what_waits_and_accepts_and_sends_back_in_place(
    cast: Cast, pothole: ServiceRequest, now: datetime
) -> None:
    sam = as_(cast.sam)
    assert "Nothing waits for you" in text_of(sam.get(reverse(PAGE)))
    first = send(pothole, cast.alice, now)
    second = send(ServiceRequestFactory.create(department=cast.streets, title="Dark street"), cast.bob, now)
    page = text_of(sam.get(reverse(PAGE)))
    assert "Pothole, again" in page
    assert "2 escalations wait for you" in page

    assert sam.post(reverse("escalation_accept", args=[first.pk])).status_code == 302
    empty = sam.post(reverse("escalation_send_back", args=[second.pk]), {"text": " "})
    assert empty.status_code == 422
    assert sam.post(reverse("escalation_send_back", args=[second.pk]), {"text": "County road"}).status_code == 302

    page = text_of(sam.get(reverse(PAGE)))
    assert "Accepted, to be answered" in page
    assert "Dark street" not in page
    assert "sent back" in text_of(as_(cast.bob).get(reverse(PAGE)))
    late = sam.post(reverse("escalation_send_back", args=[second.pk]), {"text": "My words"})
    assert late.status_code == 409
    assert "My words" in text_of(late)


@pytest.mark.parametrize(("who", "status"), [("alice", 409), ("dora", 409), ("charlie", 404), ("ada", 404)])
def test_only_who_received_it_accepts_it_there(
    cast: Cast, pothole: ServiceRequest, now: datetime, who: str, status: int
) -> None:
    waiting = send(pothole, cast.alice, now)
    for name in ("escalation_accept", "escalation_send_back"):
        answer = as_(getattr(cast, who)).post(reverse(name, args=[waiting.pk]), {"text": "No"})
        assert answer.status_code == status


def test_of_a_restricted_matter_the_list_shows_no_reason(cast: Cast, pothole: ServiceRequest, now: datetime) -> None:
    ServiceRequest.objects.filter(pk=pothole.pk).update(confidentiality=Confidentiality.CONFIDENTIAL)
    send(pothole, cast.alice, now)
    page = text_of(as_(cast.sam).get(reverse(PAGE)))
    assert "Pothole, again" in page
    assert "Third time this year" not in page


def test_the_rail_counts_what_waits_and_offers_the_page_to_whoever_it_waits_for(
    cast: Cast, pothole: ServiceRequest, now: datetime
) -> None:
    assert counted(as_(cast.charlie)) == []
    waiting = send(pothole, cast.alice, now, employee_id=cast.charlie.pk)
    assert [counted(as_(who)) for who in (cast.charlie, cast.sam)] == [["1"], ["0"]]
    accept_escalation(escalation_id=waiting.pk, actor=actor(cast.charlie), at=now)
    assert counted(as_(cast.charlie)) == []


def counted(client: Client) -> list[str]:
    return re.findall(r'Escalations <span class="rail-count">(\d+)<', text_of(client.get("/")))


def test_what_went_outside_is_recorded_by_human_resources_or_the_city_manager(
    cast: Cast, pothole: ServiceRequest, now: datetime
) -> None:
    name_independent_recipient()
    for who in (cast.sam, cast.dora, cast.hana):
        concern(pothole, who)
    send(pothole, cast.max, now)
    assert offered(as_(cast.max), pothole) == ["accept-escalation", "return-escalation", "answer-escalation"]
    assert offered(as_(cast.alice), pothole) == []
    assert "Mayor of Pinole" in shown(as_(cast.alice), pothole)
    assert "mayor@council" not in shown(as_(cast.max), pothole)
    answer_escalation(escalation_id=running().pk, answer="Settled", actor=actor(cast.max), at=now)
    assert "Settled" in shown(as_(cast.alice), pothole)


def test_lateness_stands_on_the_chain_as_a_notice_without_a_duty_to_accept(
    cast: Cast, pothole: ServiceRequest, now: datetime
) -> None:
    late = now - timedelta(days=7)
    start_clock_row(pothole, due_at=late, started_at=late - timedelta(days=1))
    fire_due_stages(now=now)
    page = shown(as_(cast.alice), pothole)
    assert "Dora Head was told that it is late" in page
    assert "notice to the department head, nothing to accept" in page


def test_the_auditor_and_the_front_desk_read_the_steps_without_the_words(
    cast: Cast, pothole: ServiceRequest, now: datetime
) -> None:
    send(pothole, cast.alice, now)
    for who in (cast.otto, cast.fay):
        page = shown(as_(who), pothole)
        assert "To Sam Supervisor" in page
        assert "Third time this year" not in page


def complaint(cast: Cast, at: datetime, title: str) -> ServiceRequest:
    entry = ContactEntry(
        channel=Channel.PHONE,
        title=title,
        received_at=at,
        kind=RequestKind.COMPLAINT,
        customer=CustomerEntry(name="Rosa Prueba", phone="510 555 0134"),
        for_employee_id=cast.alice.pk,
    )
    return log_request(entry, actor=actor(cast.fay), at=at)


def test_late_complaints_nobody_escalated_are_listed_for_who_leads_with_a_button(cast: Cast, now: datetime) -> None:
    long_ago = now - timedelta(days=40)
    late, passed_on = (complaint(cast, long_ago, title) for title in ("Bins for weeks", "Rude on the phone"))
    complaint(cast, now, "Came just now")
    send(passed_on, cast.alice, now)
    sam = as_(cast.sam)
    page = text_of(sam.get(reverse(PAGE)))
    assert "Bins for weeks" in page
    assert "Came just now" not in page
    assert "late or not resolved, received in the last 12 months: 1 of 2" in page
    assert "late or not resolved" not in text_of(as_(cast.alice).get(reverse(PAGE)))
    assert "Bins for weeks" not in text_of(as_(cast.charlie).get(reverse(PAGE)))

    act(sam, late, "escalate", to="next", text="Forty days")

    page = text_of(sam.get(reverse(PAGE)))
    assert "12 months: 2 of 2" in page


@pytest.mark.parametrize("who", ["sam", "alice"])
def test_the_page_asks_as_much_with_thirty_rows_as_with_three(cast: Cast, now: datetime, who: str) -> None:
    counts = []
    for more in (3, 27):
        for n in range(more):
            found = ServiceRequestFactory.create(department=cast.streets, owner=cast.alice, title=f"Matter {n}")
            send(found, cast.alice, now)
            complaint(cast, now - timedelta(days=40), f"Complaint {n}")
        client = as_(getattr(cast, who))
        client.get(reverse(PAGE))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse(PAGE))
        counts.append(len(asked))
    assert counts[0] == counts[1]

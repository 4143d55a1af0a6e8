"""The same form sent many times at once does its work once, and everybody gets the same answer (RELIABILITY A5)."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.vocabulary import Direction, Verdict
from requests_app.models import AuditEntry, Customer, Event, Interaction, ResponseClock, ServiceRequest
from tests.cast import Cast, login_of
from tests.concurrency.conftest import Log, at_once, failures

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
TYPED = {"channel": "phone", "title": "Pothole on Pear Street", "who": "Jun Castellanos, 510 555 0101"}


@pytest.fixture
def noon(now: datetime, time_machine: Any) -> datetime:
    """Set the clock to Tue 24 Nov 2026, 12:10 pm in Pinole."""
    later = now + timedelta(hours=22)
    time_machine.move_to(later, tick=False)
    return later


def browsers(cast: Cast, number: int, who: str = "fay") -> list[Client]:
    clients = [Client() for _ in range(number)]
    for client in clients:
        client.force_login(login_of(getattr(cast, who)))
    return clients


@pytest.mark.parametrize("times", [2, 20])
def test_a_log_form_sent_at_once_is_one_contact_with_one_number(cast: Cast, noon: datetime, times: int) -> None:
    form = {**TYPED, "submission_key": str(uuid4())}
    sends = [partial(client.post, reverse("log_contact"), form) for client in browsers(cast, times)]

    answers: list[HttpResponse] = at_once(*sends)

    assert failures(answers) == []
    number = ServiceRequest.objects.get().number
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, reverse("contact_done", args=[number]))
    }
    assert (ResponseClock.objects.count(), Interaction.objects.count(), Customer.objects.count()) == (1, 1, 1)
    assert Event.objects.filter(kind=EventKind.LOGGED).count() == 1
    assert AuditEntry.objects.filter(action=EventKind.LOGGED).count() == 1


def test_forms_with_keys_of_their_own_are_contacts_of_their_own(cast: Cast, noon: datetime) -> None:
    sends = [
        partial(client.post, reverse("log_contact"), {**TYPED, "submission_key": str(uuid4())})
        for client in browsers(cast, 8)
    ]

    answers: list[HttpResponse] = at_once(*sends)

    assert failures(answers) == []
    assert len({answer["Location"] for answer in answers}) == ServiceRequest.objects.count() == 8


@pytest.mark.parametrize(
    ("verb", "typed", "kind"),
    [
        ("answer", {"answer": "full"}, EventKind.ANSWERED),
        ("answer", {"answer": "holding", "promised_on": "2026-11-25"}, EventKind.ANSWERED),
        ("attempt", {"outcome": "left_message"}, EventKind.ATTEMPTED),
        ("contact", {}, EventKind.CONTACTED_AGAIN),
    ],
)
def test_a_touch_sent_at_once_is_kept_once(
    cast: Cast, log: Log, noon: datetime, verb: str, typed: dict[str, str], kind: EventKind
) -> None:
    found = log("Pothole")
    form = {"channel": "phone", "text": "A crew comes on Friday.", "submission_key": str(uuid4()), **typed}
    url = reverse(f"request_{verb}", args=[found.number])

    answers: list[HttpResponse] = at_once(*(partial(client.post, url, form) for client in browsers(cast, 8, "alice")))

    assert failures(answers) == []
    assert {answer.status_code for answer in answers} == {302}
    assert found.events.filter(kind=kind).count() == 1
    assert found.interactions.count() == 2
    assert found.clocks.count() == (2 if "promised_on" in typed else 1)


def test_two_different_answers_at_once_are_both_kept_and_the_first_counts(cast: Cast, log: Log, noon: datetime) -> None:
    found = log("Pothole")
    url = reverse("request_answer", args=[found.number])
    sends = [
        partial(
            client.post, url, {"channel": "phone", "text": f"Answer {n}", "answer": "full", "submission_key": uuid4()}
        )
        for n, client in enumerate(browsers(cast, 4, "alice"))
    ]

    answers: list[HttpResponse] = at_once(*sends)

    assert failures(answers) == []
    assert found.interactions.filter(direction=Direction.OUTBOUND).count() == 4
    clock = found.clocks.get()
    assert clock.verdict == Verdict.MET
    assert [row.reason for row in clock.revisions.all()] == ["started", "answered"]

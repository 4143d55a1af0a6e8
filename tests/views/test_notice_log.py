"""Who was told what, when, and whether it arrived: for those who work on a request; a failed mail reaches a lead."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from requests_app.domain.vocabulary import Confidentiality
from requests_app.models import Employee, Notice, OutgoingMail, ServiceRequest
from requests_app.services.outgoing_mail import send_due_mail
from requests_app.services.sweeps import fire_due_stages
from tests.cast import Cast, login_of
from tests.factories import AbsenceFactory, ServiceRequestFactory, start_clock_row

DUE_AT = datetime(2026, 11, 24, 1, tzinfo=UTC)
OPENS = datetime(2026, 11, 23, 16, tzinfo=UTC)


@pytest.fixture
def pothole(cast: Cast) -> ServiceRequest:
    found = ServiceRequestFactory.create(
        department=cast.streets, owner=cast.alice, received_at=DUE_AT - timedelta(days=2)
    )
    start_clock_row(found, due_at=DUE_AT)
    return found


@pytest.fixture
def told(cast: Cast, pothole: ServiceRequest) -> Notice:
    """Bob was reminded in the place of Alice, who is away."""
    AbsenceFactory.create(employee=cast.alice, alternate_person=cast.bob)
    fire_due_stages(now=OPENS)
    return Notice.objects.get(recipient=cast.bob)


def page_of(who: Employee, found: ServiceRequest) -> str:
    client = Client()
    client.force_login(login_of(who))
    return client.get(reverse("request_notices", args=[found.number])).content.decode()


def test_it_says_who_was_told_what_on_which_rung_and_for_whom(
    cast: Cast, pothole: ServiceRequest, told: Notice
) -> None:
    page = page_of(cast.sam, pothole)
    assert "Bob Teammate" in page
    assert "for Alice Owner, who was away" in page
    assert "rung for the owner: at the start of the day it is due" in page
    assert "waits" in page
    send_due_mail(clock=lambda: OPENS, worker="test")
    assert "sent" in page_of(cast.sam, pothole)


@pytest.mark.parametrize("who", ["alice", "bob", "sam", "dora", "max", "hana"])
def test_those_who_read_notes_read_it_on_the_page_of_the_request_too(
    cast: Cast, pothole: ServiceRequest, told: Notice, client: Client, who: str
) -> None:
    client.force_login(login_of(getattr(cast, who)))
    page = client.get(pothole.get_absolute_url()).content.decode()
    assert "Who was told" in page
    assert reverse("request_notices", args=[pothole.number]) in page


def test_the_front_desk_is_not_shown_who_was_told(
    cast: Cast, pothole: ServiceRequest, told: Notice, client: Client
) -> None:
    assert "Bob Teammate" not in page_of(cast.fay, pothole)
    client.force_login(login_of(cast.fay))
    assert "Who was told" not in client.get(pothole.get_absolute_url()).content.decode()


def test_an_auditor_reads_it_without_names(cast: Cast, pothole: ServiceRequest, told: Notice) -> None:
    page = page_of(cast.otto, pothole)
    assert "Name withheld" in page
    assert "Bob Teammate" not in page
    assert "Alice Owner" not in page


def fail(told: Notice, reason: str) -> None:
    """Let the mail of a notice be refused for good."""
    OutgoingMail.objects.filter(notices=told).update(attempts=99, last_error=reason)
    send_due_mail(clock=lambda: OPENS, worker="test")


def test_a_mail_that_was_given_up_is_told_to_the_supervisor_once_and_stands_in_the_log(
    cast: Cast, pothole: ServiceRequest, told: Notice, client: Client
) -> None:
    for _ in range(2):
        fail(told, "")
    notice = Notice.objects.get(kind=Notice.Kind.UNDELIVERED)
    assert (notice.recipient, notice.service_request) == (cast.sam, pothole)
    assert notice.text == "Bob Teammate was not told: it could not be sent."
    assert notice.mail is not None
    assert "not delivered: it could not be sent" in page_of(cast.sam, pothole)
    client.force_login(login_of(cast.sam))
    inbox = client.get("/inbox/").content.decode()
    assert "Mail that did not arrive" in inbox
    assert pothole.number in inbox


def test_with_the_supervisor_away_the_lead_above_hears_of_the_failed_mail(
    cast: Cast, pothole: ServiceRequest, told: Notice
) -> None:
    AbsenceFactory.create(employee=cast.sam)
    fail(told, "")
    assert Notice.objects.get(kind=Notice.Kind.UNDELIVERED).recipient == cast.dora


def test_a_failed_mail_about_a_failed_mail_is_told_to_nobody(cast: Cast, pothole: ServiceRequest, told: Notice) -> None:
    fail(told, "")
    fail(Notice.objects.get(kind=Notice.Kind.UNDELIVERED), "")
    assert Notice.objects.filter(kind=Notice.Kind.UNDELIVERED).count() == 1


def test_one_failed_mail_about_many_requests_is_one_notice(cast: Cast, pothole: ServiceRequest) -> None:
    for _ in range(14):
        found = ServiceRequestFactory.create(department=cast.streets, owner=cast.alice, received_at=DUE_AT)
        start_clock_row(found, due_at=DUE_AT, started_at=DUE_AT - timedelta(days=2))
    fire_due_stages(now=OPENS)
    fail(Notice.objects.filter(recipient=cast.alice).latest("pk"), "")
    notice = Notice.objects.get(kind=Notice.Kind.UNDELIVERED)
    assert notice.service_request is None
    assert "and 5 more" in notice.text


def test_a_lead_is_not_shown_failed_mail_on_what_they_may_not_see(
    cast: Cast, pothole: ServiceRequest, told: Notice, client: Client
) -> None:
    fail(told, "")
    ServiceRequest.objects.update(confidentiality=Confidentiality.IMPROPER_ACTIVITY)
    client.force_login(login_of(cast.sam))
    inbox = client.get("/inbox/").content.decode()
    assert pothole.number not in inbox
    assert "Mail that did not arrive" not in inbox

"""From the counter to the second screen: a complaint is logged, about a request too, and what they wish is added."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.vocabulary import Confidentiality, RequestKind, Status
from requests_app.models import Category, Complaint, RequestSubject, ServiceRequest
from requests_app.services.customers import CustomerEntry
from tests.cast import Cast, login_of
from tests.services.complaint_steps import complain

pytestmark = pytest.mark.django_db
WISH = {"subject": "staff_conduct", "desired_outcome": "An apology"}


@pytest.fixture(autouse=True)
def today(now: datetime, time_machine: Any) -> None:
    time_machine.move_to(now, tick=False)


@pytest.fixture
def desk(cast: Cast) -> Client:
    client = Client()
    client.force_login(login_of(cast.fay))
    return client


def read(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def value_of(page: str, name: str) -> str:
    field = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    assert field is not None, name
    value = re.search(r'value="([^"]*)"', field.group())
    return value.group(1) if value else ""


def describe_url(found: ServiceRequest) -> str:
    return reverse("complaint_describe", args=[found.number])


def test_after_logging_the_second_screen_is_one_link_away(cast: Cast, desk: Client) -> None:
    answer = desk.post(
        reverse("log_contact"),
        {
            "channel": "counter",
            "title": "Waited an hour",
            "category": "Complaint or concern",
            "who": "Rosa, 510 555 0134",
        },
    )
    assert answer.status_code == 302
    found = ServiceRequest.objects.get()
    assert found.kind == RequestKind.COMPLAINT
    assert f'href="{describe_url(found)}"' in read(desk, answer["Location"])

    saved = desk.post(describe_url(found), WISH)

    assert (saved.status_code, saved["Location"]) == (302, found.get_absolute_url())
    assert Complaint.objects.get().desired_outcome == "An apology"
    assert "An apology" in read(desk, describe_url(found))  # who reads it goes on where they left


def test_other_contacts_have_no_second_screen(cast: Cast, desk: Client, now: datetime) -> None:
    found = complain(cast, now, kind=RequestKind.QUESTION)
    assert "complaint/" not in read(desk, reverse("contact_done", args=[found.number]))
    read(desk, describe_url(found), 404)


def test_what_is_missing_is_said_and_what_was_typed_is_kept(cast: Cast, desk: Client, now: datetime) -> None:
    found = complain(cast, now)
    answer = desk.post(describe_url(found), {"desired_outcome": "Kept words"})
    assert answer.status_code == 422
    assert "Kept words" in answer.content.decode()


def test_whom_it_is_about_is_named_there_and_the_desk_sees_the_stub_from_then_on(
    cast: Cast, desk: Client, now: datetime
) -> None:
    found = complain(cast, now)
    answer = desk.post(
        describe_url(found), {**WISH, "person": cast.alice.pk, "second_person": cast.bob.pk, "third_person": ""}
    )
    assert answer.status_code == 302
    assert {row.employee for row in RequestSubject.objects.filter(involvement="concerned")} == {cast.alice, cast.bob}
    found.refresh_from_db()
    assert found.confidentiality == Confidentiality.CONFIDENTIAL
    assert "An apology" not in read(desk, answer["Location"])


def test_who_sees_only_the_stub_adds_once_and_reads_nothing_back(cast: Cast, desk: Client, now: datetime) -> None:
    found = complain(
        cast, now, title="Shouted at", text="By the man with the beard", confidentiality=Confidentiality.CONFIDENTIAL
    )
    Complaint.objects.update(desired_outcome="Written by HR", subject="service")
    page = read(desk, describe_url(found))
    for words in ("Written by HR", "Shouted at", "the beard", "Rosa"):
        assert words not in page
    assert "checked" not in page.split('<form class="panel"')[1].split("</form>")[0]
    assert describe_url(found) in read(desk, reverse("contact_done", args=[found.number]))

    answer = desk.post(describe_url(found), WISH)

    assert (answer.status_code, answer["Location"]) == (302, found.get_absolute_url())
    complaint = Complaint.objects.get()
    assert (complaint.subject, complaint.desired_outcome) == ("service", "Written by HR\n\nAn apology")
    read(desk, describe_url(found), 404)
    assert desk.post(describe_url(found), WISH).status_code == 404
    assert describe_url(found) not in read(desk, reverse("contact_done", args=[found.number]))
    assert found.events.filter(kind=EventKind.COMPLAINT_DESCRIBED).count() == 1


def test_what_somebody_else_logged_is_not_added_to_blindly(cast: Cast, now: datetime, desk: Client) -> None:
    found = complain(cast, now, confidentiality=Confidentiality.CONFIDENTIAL)
    ServiceRequest.objects.update(recorded_by=cast.hana)
    read(desk, describe_url(found), 404)


@pytest.mark.parametrize("who", ["alice", "charlie", "otto", "ada", "lena"])
def test_who_may_not_describe_gets_no_page(cast: Cast, now: datetime, who: str) -> None:
    found = complain(cast, now, confidentiality=Confidentiality.CONFIDENTIAL, for_employee_id=cast.sam.pk)
    client = Client()
    client.force_login(login_of(getattr(cast, who)))
    read(client, describe_url(found), 404)


def test_a_closed_one_is_not_described(cast: Cast, desk: Client, now: datetime) -> None:
    found = complain(cast, now)
    ServiceRequest.objects.update(status=Status.CLOSED, closed_at=now, disposition="spam")
    read(desk, describe_url(found), 404)


def log_about(found: ServiceRequest) -> str:
    return f"{reverse('log_contact')}?channel=phone&about={found.number}"


def test_a_complaint_about_a_request_is_logged_from_its_page_without_javascript(
    cast: Cast, desk: Client, now: datetime
) -> None:
    first = complain(cast, now, kind=RequestKind.SERVICE, title="A bin was not emptied")
    assert log_about(first).replace("&", "&amp;") in read(desk, first.get_absolute_url())

    page = read(desk, log_about(first))
    assert f"A complaint about {first.number}, A bin was not emptied." in page
    assert "Tue 24 Nov, 5:00 pm" in page, "who complains is known, so the answer-by date is too"
    typed = {name: value_of(page, name) for name in ("about", "category", "who", "customer_id", "submission_key")}
    assert (typed["about"], typed["category"]) == (first.number, "Complaint or concern")
    assert typed["customer_id"] == str(first.customer_id)
    # "Find" is how the page works without JavaScript: nothing typed so far is lost.
    found_page = desk.post(reverse("log_contact"), {**typed, "channel": "phone", "title": "Nobody came", "find": "1"})
    assert value_of(found_page.content.decode(), "about") == first.number

    answer = desk.post(reverse("log_contact"), {**typed, "channel": "phone", "title": "Nobody came"})

    assert answer.status_code == 302
    logged = ServiceRequest.objects.exclude(pk=first.pk).get()
    assert logged.complaint.about_request == first
    assert (logged.kind, logged.customer) == (RequestKind.COMPLAINT, first.customer)
    first.refresh_from_db()
    assert (first.status, first.owner) == (Status.NEW, cast.alice)


def test_a_number_they_may_not_see_is_ignored_like_an_unknown_one(cast: Cast, desk: Client, now: datetime) -> None:
    hidden = complain(cast, now, confidentiality=Confidentiality.CONFIDENTIAL, title="Not for the desk")
    unknown = reverse("log_contact") + "?channel=phone&about=PN-0000-0000"
    for url in (log_about(hidden), unknown):
        page = read(desk, url)
        assert 'name="about"' not in page
        assert "Not for the desk" not in page
        assert (value_of(page, "category"), value_of(page, "who")) == ("", "")
    answer = desk.post(
        reverse("log_contact"),
        {"channel": "phone", "title": "Nobody came", "category": "Complaint or concern", "about": hidden.number},
    )
    assert answer.status_code == 302
    assert ServiceRequest.objects.exclude(pk=hidden.pk).get().complaint.about_request is None


def test_without_a_category_of_complaints_the_kind_says_it(cast: Cast, desk: Client, now: datetime) -> None:
    Category.objects.filter(kind=RequestKind.COMPLAINT).update(is_active=False)
    page = read(desk, log_about(complain(cast, now, kind=RequestKind.SERVICE)))
    assert '<option value="complaint" selected>' in page


def test_an_anonymous_complaint_has_the_date_of_its_written_answer(cast: Cast, desk: Client, now: datetime) -> None:
    found = complain(cast, now, customer=CustomerEntry())
    page = read(desk, reverse("contact_done", args=[found.number]))
    assert "Answer by <strong>" in " ".join(page.split())

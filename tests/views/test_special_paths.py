"""The log form on the two special paths: what it says, what it asks, what it prints (DOMAIN 4)."""

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from requests_app.models import Category, Interaction, ServiceRequest
from requests_app.selectors.category_upkeep import mark_of
from requests_app.services.categories import CategoryEntry, change_category
from tests.cast import Cast, actor, login_of
from tests.factories import ServiceRequestFactory
from tests.services.test_police_handovers import WORD, everything_stored

pytestmark = pytest.mark.django_db
POLICE, IMPROPER = "Complaint about a police employee", "Report of improper activity"


@pytest.fixture
def fay(cast: Cast, now: datetime, time_machine: Any) -> Client:
    time_machine.move_to(now, tick=False)
    client = Client()
    client.force_login(login_of(cast.fay))
    return client


def typed(category: str, **facts: object) -> dict[str, object]:
    return {"channel": "counter", "title": f"{WORD}", "category": category, "submission_key": str(uuid4()), **facts}


@pytest.mark.parametrize("as_typed", [POLICE, "Queja sobre un empleado de la policía", "queja policial"])
def test_the_form_says_how_to_file_it_with_the_police(fay: Client, as_typed: str) -> None:
    for url in (reverse("contact_preview"), reverse("log_contact")):
        page = fay.post(url, typed(as_typed, check="1")).content.decode()
        assert "it is filed with the police department" in page
        assert "510-555-0170" in page
        assert "no date of ours runs" in page


def test_saving_keeps_no_story_and_the_confirmation_is_the_receipt(fay: Client) -> None:
    form = typed(POLICE, text=WORD, who=WORD, place=WORD, is_danger="on", told=WORD, told_at="2026-11-23T14:00")
    for _ in range(2):
        page = fay.post(reverse("log_contact"), form, follow=True).content.decode()

    found = ServiceRequest.objects.get()
    assert WORD not in everything_stored() + page
    assert found.number in page
    assert "Receipt number" in page
    assert "Handed over to Police, 510-555-0170" in page
    assert "Por favor presente su queja ante Police" in page
    assert fay.get(found.get_absolute_url()).status_code == 200  # the stub
    assert fay.post(reverse("request_message", args=[found.number]), {"text": WORD}).status_code == 404


def test_nothing_need_be_typed(fay: Client) -> None:
    assert fay.post(reverse("log_contact"), typed(POLICE, title="")).status_code == 302


def test_the_key_of_a_hand_over_logs_no_other_contact(fay: Client, now: datetime, time_machine: Any) -> None:
    form = typed(POLICE)
    assert fay.post(reverse("log_contact"), form).status_code == 302
    time_machine.move_to(now.replace(minute=20), tick=False)
    answer = fay.post(reverse("log_contact"), {**form, "category": "Pothole or street damage"})
    assert answer.status_code == 422
    assert "Save once more" in answer.content.decode()


def test_it_is_added_to_no_other_request(fay: Client, cast: Cast) -> None:
    pothole = ServiceRequestFactory.create(department=cast.streets)
    answer = fay.post(reverse("contact_add", args=[pothole.number]), typed(POLICE))
    assert answer.status_code == 422
    assert not Interaction.objects.exists()


def test_improper_activity_says_what_the_law_allows_and_no_more(fay: Client) -> None:
    page = fay.post(reverse("contact_preview"), typed(IMPROPER)).content.decode()
    assert "Kept confidential to the extent the law allows." in page

    done = fay.post(reverse("log_contact"), typed(IMPROPER), follow=True).content.decode()
    assert "Received; handled confidentially by Human Resources" in done
    found = ServiceRequest.objects.get()
    assert WORD not in fay.get(found.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("who", "status"), [("sam", 404), ("dora", 404), ("hana", 200), ("max", 200), ("alice", 404)])
def test_who_reads_a_report_of_improper_activity(fay: Client, cast: Cast, who: str, status: int) -> None:
    fay.post(reverse("log_contact"), typed(IMPROPER))
    client = Client()
    client.force_login(login_of(getattr(cast, who)))
    assert client.get(ServiceRequest.objects.get().get_absolute_url()).status_code == status


def test_an_administrator_sets_who_reads_a_category(cast: Cast, now: datetime) -> None:
    category = Category.objects.get(slug="complaint")
    entry = CategoryEntry(
        name=category.name, kind=category.kind, department_id=category.department_id, confidentiality="confidential"
    )
    changed = change_category(category.pk, entry, seen=mark_of(category), actor=actor(cast.ada), at=now)
    assert changed.confidentiality == "confidential"

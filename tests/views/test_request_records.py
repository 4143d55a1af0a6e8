"""The records page of a request: what its keeper does there, and what everybody else sees of it."""

from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from requests_app.models import AuditEntry, LegalHold, Redaction, ServiceRequest
from requests_app.services.redactions import redact_passage
from tests.cast import Cast, actor, login_of
from tests.factories import CustomerFactory, ServiceRequestFactory


@pytest.fixture
def found(cast: Cast, now: datetime) -> ServiceRequest:
    return ServiceRequestFactory.create(
        department=cast.streets, title="Dog of Xanthippe barks", customer=CustomerFactory.create(name="Jun Castellanos")
    )


@pytest.fixture
def clerk(cast: Cast, client: Client) -> Client:
    client.force_login(login_of(cast.cleo))
    return client


def page(found: ServiceRequest, act: str = "") -> str:
    return f"{found.get_absolute_url()}records/{act}"


def test_words_are_taken_out_of_page_list_csv_and_search(cast: Cast, clerk: Client, found: ServiceRequest) -> None:
    answer = clerk.post(page(found, "redact/"), {"text": "Xanthippe", "code": "personal_privacy"}, follow=True)
    assert "Taken out everywhere in this request." in answer.content.decode()

    clerk.force_login(login_of(cast.fay))
    shown = clerk.get(found.get_absolute_url()).content.decode()
    assert '<span class="redacted">[redacted: personal privacy]</span>' in shown
    everything = b"".join(clerk.get(reverse("request_list"), {"format": "csv"})).decode()
    searched = clerk.get(reverse("request_list"), {"q": "Xanthippe"}).content.decode()
    for text in (shown, everything, clerk.get(reverse("request_list")).content.decode()):
        assert "Xanthippe" not in text
    assert found.number not in searched


def test_words_that_are_nowhere_are_kept_in_the_form(clerk: Client, found: ServiceRequest) -> None:
    answer = clerk.post(page(found, "redact/"), {"text": "Socrates", "code": "medical"})
    assert answer.status_code == 409
    assert "Socrates" in answer.content.decode()
    assert "nowhere in this request" in answer.content.decode()


def test_reading_the_originals_is_recorded(clerk: Client, cast: Cast, found: ServiceRequest, now: datetime) -> None:
    redact_passage(request_id=found.pk, text="Xanthippe", code="medical", actor=actor(cast.cleo), at=now)
    assert "Xanthippe" not in clerk.get(page(found)).content.decode()
    before = AuditEntry.objects.filter(action="redaction_read").count()
    assert "Dog of Xanthippe barks" in clerk.get(page(found, "originals/")).content.decode()
    entry = AuditEntry.objects.filter(action="redaction_read").latest("pk")
    assert (entry.actor, entry.object_id, before) == (cast.cleo, found.pk, 0)


def test_a_redaction_is_lifted_and_a_hold_placed_and_released(
    clerk: Client, cast: Cast, found: ServiceRequest, now: datetime
) -> None:
    redaction = redact_passage(request_id=found.pk, text="Xanthippe", code="medical", actor=actor(cast.cleo), at=now)
    clerk.post(page(found, "lift/"), {"row": redaction.pk})
    assert "Dog of Xanthippe barks" in clerk.get(found.get_absolute_url()).content.decode()

    clerk.post(page(found, "hold/"), {"reason": "Ruiz v. City"})
    clerk.force_login(login_of(cast.alice))
    assert "Ruiz v. City" in clerk.get(found.get_absolute_url()).content.decode()
    clerk.force_login(login_of(cast.cleo))
    hold = LegalHold.objects.get()
    clerk.post(page(found, "release/"), {"row": hold.pk, "reason": "Settled"})
    hold.refresh_from_db()
    assert hold.release_reason == "Settled"
    assert clerk.post(page(found, "release/"), {"row": hold.pk, "reason": "Settled"}).status_code == 422


def test_a_redaction_of_another_request_is_out_of_reach(
    clerk: Client, cast: Cast, found: ServiceRequest, now: datetime
) -> None:
    other = ServiceRequestFactory.create(department=cast.streets, title="Dog of Xanthippe")
    redaction = redact_passage(request_id=other.pk, text="Xanthippe", code="medical", actor=actor(cast.cleo), at=now)
    assert clerk.post(page(found, "lift/"), {"row": redaction.pk}).status_code == 422
    assert Redaction.objects.get().lifted_at is None


def test_every_request_of_a_customer_is_held_at_once(clerk: Client, cast: Cast, found: ServiceRequest) -> None:
    ServiceRequestFactory.create(department=cast.finance, customer=found.customer)
    clerk.post(page(found, "hold/"), {"reason": "Claim", "is_for_customer": "on"})
    assert LegalHold.objects.get().service_requests.count() == 2


def test_whatever_a_search_finds_is_held(clerk: Client, cast: Cast, found: ServiceRequest) -> None:
    ServiceRequestFactory.create(department=cast.finance)
    answer = clerk.post(reverse("legal_holds"), {"words": "castellanos", "reason": "Claim"}, follow=True)
    assert "Requests held: 1." in answer.content.decode()
    assert list(LegalHold.objects.get().service_requests.all()) == [found]
    assert clerk.post(reverse("legal_holds"), {"words": "nobody at all", "reason": "Claim"}).status_code == 409


def test_the_page_asks_as_much_for_many_redactions_as_for_one(
    clerk: Client, cast: Cast, found: ServiceRequest, now: datetime
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            clerk.get(page(found))
        return len(queries)

    asked()
    redact_passage(request_id=found.pk, text="Dog", code="medical", actor=actor(cast.cleo), at=now)
    once = asked()
    for text in ("of", "Xanthippe", "barks"):
        redact_passage(request_id=found.pk, text=text, code="medical", actor=actor(cast.cleo), at=now)
    assert asked() == once


def test_only_its_keeper_is_offered_the_records_of_a_request(client: Client, cast: Cast, found: ServiceRequest) -> None:
    for who, is_offered in ((cast.cleo, True), (cast.alice, False), (cast.hana, False)):
        client.force_login(login_of(who))
        assert (f'href="{page(found)}"' in client.get(found.get_absolute_url()).content.decode()) is is_offered

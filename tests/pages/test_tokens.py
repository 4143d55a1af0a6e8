"""A form without its token is refused, on every address, and changes nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from requests_app.models import AuditEntry, Event, ServiceRequest
from tests.cast import Cast, login_of
from tests.pages.access import expected, parts_of

# Answered before any form is read: these take no POST at all.
READ_ONLY = {name for name, rows in expected().items() if rows["POST"]["sam"] == 405}


@pytest.mark.parametrize("who", ["anonymous", "sam"])
def test_no_post_is_taken_without_its_token(cast: Cast, pothole: ServiceRequest, who: str) -> None:
    client = Client(enforce_csrf_checks=True)
    if who == "sam":
        client.force_login(login_of(cast.sam))
    events, entries = Event.objects.count(), AuditEntry.objects.count()

    answered = {
        name: client.post(reverse(name, kwargs=parts_of(name, pothole.number)), {"text": "x"}).status_code
        for name in expected()
    }

    assert {name: status for name, status in answered.items() if status != 403} == {}
    assert (Event.objects.count(), AuditEntry.objects.count()) == (events, entries)


def test_an_expired_form_says_that_going_back_keeps_the_text(cast: Cast, pothole: ServiceRequest) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(login_of(cast.alice))
    refused = client.post(reverse("request_note", args=[pothole.number]), {"text": "x"})
    assert refused.status_code == 403
    assert "Content-Security-Policy" in refused.headers


def test_the_table_of_read_only_addresses_is_not_everything() -> None:
    assert 10 < len(READ_ONLY) < len(expected())

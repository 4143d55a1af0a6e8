"""Drafts over HTTP: shown to their writer only, on the log page without JavaScript too, gone with the save."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from requests_app.models import Draft, ServiceRequest
from tests.cast import Cast
from tests.counter_computer import OTHER_PIN, PIN, browser_of, register, sit_down
from tests.factories import ServiceRequestFactory
from tests.views.log_form import LOG, as_, text_of, typed

HALF = "Luz Prueba asks about a lien"


@pytest.fixture(autouse=True)
def _noon(now: datetime, time_machine: Any) -> None:
    """The clock of the tests is the clock of the views."""
    time_machine.move_to(now, tick=False)


def key_of(client: Client) -> str:
    return f"log-{client.session['_auth_user_id']}"


def test_a_half_typed_contact_waits_for_its_writer_and_is_shown_to_nobody_else(cast: Cast, now: datetime) -> None:
    device, token = register(cast, at=now)
    sit_down(device, cast.fay, at=now)
    sit_down(device, cast.alice, at=now, pin=OTHER_PIN)
    client = browser_of(token)
    client.post("/unlock/", {"person": cast.fay.pk, "pin": PIN})
    # As the button without JavaScript sends it: the form itself, with where it goes and what it is.
    client.post("/lock/", {**typed(title=HALF), "draft": key_of(client), "next": LOG})

    client.post("/unlock/", {"person": cast.alice.pk, "pin": OTHER_PIN})
    seen_by_alice = [text_of(client.get(url)) for url in (LOG, "/drafts/")]
    client.post("/lock/")
    back = client.post("/unlock/", {"person": cast.fay.pk, "pin": PIN}, follow=True)

    assert [HALF in text for text in seen_by_alice] == [False, False]
    assert back.request["PATH_INFO"] == LOG
    assert HALF in text_of(back)
    assert "is shown again" in text_of(back)


def test_a_copy_sent_while_typing_comes_back_on_any_computer(cast: Cast) -> None:
    here, elsewhere = as_(cast.fay), as_(cast.fay)
    kept = here.post("/drafts/keep/", {**typed(title=HALF), "draft": key_of(here)})
    assert kept.status_code == 204
    assert HALF in text_of(elsewhere.get(LOG))
    assert HALF in elsewhere.get("/drafts/").json()[key_of(here)]["title"]


def test_saving_ends_the_draft(cast: Cast) -> None:
    client = as_(cast.fay)
    form = typed(title=HALF)
    client.post("/drafts/keep/", {**form, "draft": key_of(client)})
    client.post(LOG, form)
    client.post("/drafts/keep/", {**form, "draft": key_of(client)})  # a copy that was still on its way

    assert ServiceRequest.objects.get().title == HALF
    assert not Draft.objects.exists()


def test_doing_what_was_half_typed_on_a_request_ends_its_draft(cast: Cast) -> None:
    found = ServiceRequestFactory.create(department=cast.streets, owner=cast.alice)
    client = as_(cast.alice)
    client.post("/drafts/keep/", {"text": "Crew is sh", "draft": f"note-{found.number}"})
    client.post(f"/requests/{found.number}/note/", {"text": "Crew is short"})
    assert not Draft.objects.exists()


def test_starting_afresh_forgets_it(cast: Cast) -> None:
    client = as_(cast.fay)
    client.post("/drafts/keep/", {**typed(title=HALF), "draft": key_of(client)})
    back = client.post("/drafts/drop/", {"draft": key_of(client), "next": LOG}, follow=True)
    assert HALF not in text_of(back)
    assert not Draft.objects.exists()


@pytest.mark.parametrize("key", ["", "a b", "../x", "x" * 81, "é", "\x00"])
def test_a_draft_of_no_form_is_not_there(cast: Cast, key: str) -> None:
    assert as_(cast.fay).post("/drafts/keep/", {"draft": key, "text": "x"}).status_code == 404


def test_a_draft_is_no_part_of_the_log(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    client = as_(cast.fay)
    client.post("/drafts/keep/", {**typed(title=HALF), "draft": key_of(client)})
    assert "Luz" not in caplog.text

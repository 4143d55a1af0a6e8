"""The administrator's reminder ladder: sentences, an example, and refusals in words."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from requests_app.models import LadderRung
from tests.cast import Cast, login_of


@pytest.fixture
def ada(cast: Cast, client: Client, now: datetime, time_machine: Any) -> Client:
    time_machine.move_to(now, tick=False)
    client.force_login(login_of(cast.ada))
    return client


def shown(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def typed(page: str, **changed: str) -> dict[str, str]:
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    facts = {
        "anchor": "before_due",
        "amount": "2",
        "audience": "owner",
        "digest": "none",
        "is_active": "on",
        "seen": seen,
    }
    return {**facts, **changed}


def test_the_rungs_read_as_sentences_with_an_example(ada: Client) -> None:
    page = shown(ada, "/ladder/")

    assert "2 open hours before it is due: the owner, at once" in page
    assert "Once it is 5 business days late: the city manager, in one mail a week" in page
    assert "A call of Mon 23 Nov, 2:10 pm, due Tue 24 Nov, 5:00 pm, that nobody answers" in page
    assert "Tue 24 Nov, 3:00 pm" in page


def test_a_rung_is_tried_before_it_is_saved(ada: Client) -> None:
    form = typed(shown(ada, "/ladder/due_soon/"), amount="4.5", step="preview")

    tried = ada.post("/ladder/due_soon/", form)
    assert "Tue 24 Nov, 12:30 pm" in tried.content.decode()
    assert LadderRung.objects.get(code="due_soon").definition["offset"] == 120

    saved = ada.post("/ladder/due_soon/", {**typed(tried.content.decode(), amount="4.5"), "step": "save"})
    assert saved.status_code == 302
    assert LadderRung.objects.get(code="due_soon").definition["offset"] == 270
    assert "are about to follow" in shown(ada, "/ladder/")


def test_what_does_not_fit_is_said_and_stays_typed(ada: Client) -> None:
    page = shown(ada, "/ladder/due_soon/")

    for changed in ({"amount": ""}, {"anchor": "due_day"}, {"anchor": "days_late", "amount": "2.5"}):
        answer = ada.post("/ladder/due_soon/", typed(page, **changed))
        assert answer.status_code == 422, changed
    assert 'value="2.5"' in answer.content.decode()


def test_the_duty_is_kept_in_words(ada: Client) -> None:
    today = {"anchor": "due_day", "amount": "", "is_active": ""}
    assert ada.post("/ladder/due_today/", typed(shown(ada, "/ladder/due_today/"), **today)).status_code == 302

    refused = ada.post("/ladder/due_soon/", typed(shown(ada, "/ladder/due_soon/"), is_active=""))

    assert refused.status_code == 422
    assert "Nobody would remind the owner" in refused.content.decode()
    assert LadderRung.objects.get(code="due_soon").is_active


def test_a_rung_is_added_once_and_a_late_save_is_told(ada: Client) -> None:
    form = typed(shown(ada, "/ladder/new/"), anchor="days_late", amount="1", audience="department_head")

    assert [ada.post("/ladder/new/", form).status_code for _ in range(2)] == [302, 302]
    assert LadderRung.objects.filter(code="days_late_department_head_1").count() == 1
    assert ada.post("/ladder/new/", {**form, "amount": "2"}).status_code == 409
    assert ada.get("/ladder/no_such/").status_code == 404


def test_human_resources_reads_only(cast: Cast, client: Client) -> None:
    client.force_login(login_of(cast.hana))
    assert "New rung" not in shown(client, "/ladder/")
    assert client.get("/ladder/due_soon/").status_code == 403

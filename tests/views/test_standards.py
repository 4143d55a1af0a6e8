"""The administrator's page of a standard: versions, what a new one would mean, and refusals in words."""

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from requests_app.domain.vocabulary import StandardSource
from requests_app.models import ServiceStandard
from tests.cast import Cast, login_of
from tests.factories import ServiceRequestFactory, start_clock_row

PAGE = "/standards/phone_response/"


@pytest.fixture
def ada(cast: Cast, client: Client, now: datetime, time_machine: Any) -> Client:
    time_machine.move_to(now, tick=False)
    client.force_login(login_of(cast.ada))
    return client


def typed(page: str = "", **changed: str) -> dict[str, str]:
    facts = {
        "number": "2", "unit": "business_days", "rule": "end_of_nth_business_day", "target": "90",
        "effective_from": "2026-12-01", "is_departure_known": "on", "step": "save", "seen": _mark(page),
    }  # fmt: skip
    return {**facts, **changed}


def _mark(page: str) -> str:
    return page.partition('name="seen" value="')[2].partition('"')[0]


def shown(client: Client) -> str:
    return client.get(PAGE).content.decode()


def test_a_preview_says_what_would_change_and_stores_nothing(cast: Cast, ada: Client) -> None:
    start_clock_row(
        ServiceRequestFactory.create(department=cast.streets), due_at=datetime.fromisoformat("2026-11-24T17:00-08:00")
    )

    page = ada.post(PAGE, typed(step="preview")).content.decode()

    assert "would be due <strong>Wed 25 Nov, 5:00 pm</strong> instead of Tue 24 Nov, 5:00 pm" in page
    assert "1 contact of the last 30 days" in page
    assert ServiceStandard.objects.filter(code="phone_response").count() == 1


def test_a_departure_from_the_policy_has_to_be_known_and_is_labelled(ada: Client) -> None:
    unknown = ada.post(PAGE, {key: value for key, value in typed().items() if key != "is_departure_known"})
    assert unknown.status_code == 422
    assert "III.b.ii.3 says 1 business day." in unknown.content.decode()
    assert 'value="2026-12-01"' in unknown.content.decode()

    saved = ada.post(PAGE, typed(shown(ada)), follow=True).content.decode()

    assert "Version 2, from Tue 1 Dec 2026" in saved
    version = ServiceStandard.objects.get(code="phone_response", version=2)
    assert (version.source, version.effective_from) == (StandardSource.LOCAL_CHOICE, date(2026, 12, 1))


def test_a_date_of_today_is_refused_with_words_and_a_second_click_is_harmless(ada: Client) -> None:
    early = ada.post(PAGE, typed(effective_from="2026-11-23"))
    assert early.status_code == 422
    assert "Enter tomorrow or a later date." in early.content.decode()

    form = typed(shown(ada))
    assert [ada.post(PAGE, form).status_code for _ in range(2)] == [302, 302]
    other = ada.post(PAGE, {**form, "number": "3"})
    assert other.status_code == 422
    assert "Another version begins on that date" in other.content.decode()
    stale = ada.post(PAGE, {**form, "number": "3", "effective_from": "2027-01-04"})
    assert stale.status_code == 409
    assert ServiceStandard.objects.filter(code="phone_response").count() == 2


def test_a_coming_version_is_withdrawn_and_one_in_force_is_not(ada: Client) -> None:
    ada.post(PAGE, typed(shown(ada)))

    gone = ada.post(f"{PAGE}2/withdraw/", follow=True).content.decode()
    kept = ada.post(f"{PAGE}1/withdraw/", follow=True).content.decode()

    assert "Withdrawn." in gone
    assert "so it stays" in kept
    assert ServiceStandard.objects.filter(code="phone_response").count() == 1


def test_of_a_promised_answer_only_the_target_changes(ada: Client) -> None:
    page = ada.get("/standards/promised_answer/").content.decode()
    ada.post("/standards/promised_answer/", typed(page, number="99"))

    version = ServiceStandard.objects.get(code="promised_answer", version=2)
    assert (version.number, str(version.target_rate)) == (10, "0.900")


def test_human_resources_reads_and_changes_nothing(cast: Cast, client: Client) -> None:
    client.force_login(login_of(cast.hana))
    assert "Add this version" not in shown(client)
    assert client.post(PAGE, typed()).status_code == 403
    assert client.get("/standards/no_such/").status_code == 404

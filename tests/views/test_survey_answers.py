"""The page residents answer on: opening it changes nothing, sending it in twice records once (III.c.ii)."""

import logging
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from structlog.stdlib import ProcessorFormatter

from requests_app.domain.surveys import POSTS_FROM_ADDRESS
from requests_app.models import SurveyAddressee, SurveyAnswer, SurveyInvitation
from requests_app.selectors.survey_links import token_of
from requests_app.services.surveys import invite_to_surveys
from tests.cast import Cast
from tests.services.test_surveys import closed

GIVEN = {"respect": "5", "clear": "4", "comment": "Kind people"}


@pytest.fixture
def invitation(cast: Cast, now: datetime, time_machine: Any) -> SurveyInvitation:
    time_machine.move_to(now, tick=False)
    closed(cast, now - timedelta(hours=3), title="My neighbour's fence")
    invite_to_surveys(now=now)
    return SurveyInvitation.objects.select_related("service_request__customer").get()


def url_of(invitation: SurveyInvitation, name: str = "survey") -> str:
    return reverse(name, args=[token_of(invitation)])


def test_a_scanner_that_opens_every_link_records_nothing_and_uses_nothing_up(
    client: Client, invitation: SurveyInvitation
) -> None:
    for name in ("survey", "survey_stop"):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url_of(invitation, name)).status_code == 200
            assert client.head(url_of(invitation, name)).status_code == 200
        assert [each["sql"] for each in asked if not each["sql"].startswith("SELECT")] == []
    invitation.refresh_from_db()
    assert not invitation.is_used
    assert not SurveyAnswer.objects.exists()
    assert not SurveyAddressee.objects.filter(stopped_at__isnull=False).exists()


def test_the_page_says_nothing_of_who_or_what(client: Client, invitation: SurveyInvitation) -> None:
    page = client.get(url_of(invitation))
    text = page.content.decode()
    about = invitation.service_request
    assert about.customer
    for secret in (about.number, about.title, about.customer.name, "jun@mail.example", "Operations", "Fay"):
        assert secret not in text
    assert "no-store" in page.headers["Cache-Control"]
    assert "noindex" in text


def test_an_answer_is_kept_and_the_second_is_thanked_for(client: Client, invitation: SurveyInvitation) -> None:
    first = client.post(url_of(invitation), GIVEN)
    assert (first.status_code, first.headers["Location"]) == (302, "/survey/thanks/?language=en")
    assert "Thank you" in client.get(first.headers["Location"]).content.decode()
    second = client.post(url_of(invitation), {"respect": "1"})
    assert second.status_code == 200
    assert "we have it already" in second.content.decode()
    assert SurveyAnswer.objects.get().respect == 5
    assert client.get(url_of(invitation)).status_code == 410


def test_an_answer_without_its_token_is_refused(invitation: SurveyInvitation) -> None:
    assert Client(enforce_csrf_checks=True).post(url_of(invitation), GIVEN).status_code == 403
    assert not SurveyAnswer.objects.exists()


@pytest.mark.parametrize(
    "given",
    [{}, {"comment": "   "}, {"respect": "6"}, {"comment": "My card is 4111 1111 1111 1111"}, {"comment": "x" * 1001}],
)
def test_what_cannot_be_kept_is_said_and_what_was_typed_stays(
    client: Client, invitation: SurveyInvitation, given: dict[str, str]
) -> None:
    page = client.post(url_of(invitation), given)
    assert page.status_code == 422
    assert given.get("comment", "") in page.content.decode()
    assert not SurveyAnswer.objects.exists()


def test_a_link_that_ran_out_has_words(client: Client, invitation: SurveyInvitation, time_machine: Any) -> None:
    time_machine.move_to(invitation.expires_at, tick=False)
    for page in (client.get(url_of(invitation)), client.post(url_of(invitation), GIVEN)):
        assert page.status_code == 410
        assert "does not work any more" in page.content.decode()
    assert not SurveyAnswer.objects.exists()


def test_it_is_in_spanish_for_whoever_speaks_it_and_in_the_other_language_on_request(
    client: Client, invitation: SurveyInvitation
) -> None:
    SurveyInvitation.objects.update(language="es")
    page = client.get(url_of(invitation)).content.decode()
    assert '<html lang="es"' in page
    assert "Totalmente de acuerdo" in page
    for english in ("How did", "respect", "Strongly", "Send<", "Only Human", "Kept without", "Skip to"):
        assert english not in page.replace('name="respect"', "").replace("id_respect", "")
    assert "Strongly agree" in client.get(f"{url_of(invitation)}?language=en").content.decode()
    assert "Gracias" in client.post(url_of(invitation), GIVEN, follow=True).content.decode()


def test_who_asks_for_no_more_mails_gets_none(client: Client, invitation: SurveyInvitation) -> None:
    assert client.post(url_of(invitation, "survey_stop")).status_code == 200
    assert SurveyAddressee.objects.filter(stopped_at__isnull=False).count() == 2
    assert client.get(url_of(invitation)).status_code == 200


def test_one_connection_sends_only_so_many(client: Client, invitation: SurveyInvitation) -> None:
    unknown = reverse("survey", args=["0" * 64])
    answered = [client.post(unknown, GIVEN).status_code for _ in range(POSTS_FROM_ADDRESS + 1)]
    assert set(answered[:-1]) == {410}
    assert answered[-1] == 429
    assert client.post(url_of(invitation), GIVEN).status_code == 429
    assert client.get(url_of(invitation)).status_code == 200


def test_the_log_does_not_hold_what_opens_it(
    client: Client, invitation: SurveyInvitation, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    client.get(url_of(invitation))
    written = capsys.readouterr()
    assert token_of(invitation) not in written.out + written.err + caplog.text + str([vars(r) for r in caplog.records])
    for link in (url_of(invitation), url_of(invitation).upper().replace("/SURVEY", "/survey")):
        assert Client(enforce_csrf_checks=True).post(link, GIVEN).status_code == 403
    console = next(each for each in logging.getLogger().handlers if isinstance(each.formatter, ProcessorFormatter))
    lines = "\n".join(map(console.format, caplog.records)).lower()
    assert "forbidden (csrf cookie not set.): /survey/…" in lines
    assert token_of(invitation) not in lines


def test_a_link_typed_from_a_slip_in_capitals_opens_too(client: Client, invitation: SurveyInvitation) -> None:
    assert client.get(f"/survey/{token_of(invitation).upper()}/").status_code == 200
    assert client.post(f"/survey/{token_of(invitation).upper()}/", GIVEN).status_code == 302
    assert SurveyAnswer.objects.get().comment == "Kind people"

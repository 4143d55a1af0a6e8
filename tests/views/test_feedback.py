"""Feedback as shown: of few nothing but n, texts for Human Resources alone, counts that are those of their lists."""

import re
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from requests_app.models import AuditEntry, PulseRound, PulseSeat, PulseTally, SurveyInvitation
from requests_app.selectors.survey_links import link_of
from tests.cast import Cast, login_of
from tests.factories import ServiceRequestFactory
from tests.selectors.test_feedback_figures import asked, opened, said
from tests.services.test_surveys import closed

CANARY = "Zinnia said so"
NOVEMBER = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def _clock(now: datetime, time_machine: Any) -> None:
    time_machine.move_to(now, tick=False)


def page_of(client: Client, employee: Any, url: str) -> str:
    client.force_login(login_of(employee))
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    text = b"".join(answer).decode()
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_of_few_there_is_n_and_nothing_else(client: Client, cast: Cast) -> None:
    for _ in range(4):
        asked(cast.streets, NOVEMBER, used=True)
        said(cast.streets, NOVEMBER, respect=5)
    page = page_of(client, cast.hana, reverse("feedback"))
    assert "Respect and courtesy III.a.i, III.b.i.1 4 too few to show" in page
    assert "100" not in page.replace("100 %", "100")
    said(cast.streets, NOVEMBER, respect=1)
    asked(cast.streets, NOVEMBER, used=True)
    page = page_of(client, cast.hana, reverse("feedback"))
    assert (page[page.index("Respect and courtesy") :].split()[:14]) == [
        "Respect",
        "and",
        "courtesy",
        "III.a.i,",
        "III.b.i.1",
        "5",
        "80.0",
        "%",
        "4.2",
        "4,",
        "0,",
        "0,",
        "0,",
        "1",
    ]


def test_what_residents_wrote_is_for_human_resources_alone(client: Client, cast: Cast) -> None:
    for _ in range(5):
        said(cast.streets, NOVEMBER, respect=5, comment=CANARY)
    texts = reverse("feedback_texts")
    assert CANARY in page_of(client, cast.hana, texts)
    assert CANARY in page_of(client, cast.hana, f"{texts}?format=csv")
    for person in (cast.sam, cast.dora, cast.max, cast.otto):
        for url in (reverse("feedback"), f"{reverse('feedback')}?format=csv", reverse("feedback_duty")):
            assert CANARY not in page_of(client, person, url)
        assert client.get(texts).status_code == client.get(f"{texts}?format=csv").status_code == 403
    assert AuditEntry.objects.filter(action="exported").exists()


def test_who_leads_a_department_reads_of_it_alone(client: Client, cast: Cast) -> None:
    for department in (cast.streets, cast.finance):
        asked(department, NOVEMBER)
    page = page_of(client, cast.sam, reverse("feedback"))
    assert cast.streets.name in page
    assert cast.finance.name not in page
    assert "Public Works" in page_of(client, cast.sam, reverse("feedback_duty"))
    assert cast.finance.name not in page_of(client, cast.sam, reverse("feedback_duty"))


def test_a_count_of_the_duty_is_that_of_the_page_it_leads_to(client: Client, cast: Cast) -> None:
    for month, department in ((NOVEMBER, cast.streets), (date(2026, 8, 1), cast.public_works)):
        asked(department, month)
    asked(cast.streets, date(2026, 6, 1))
    client.force_login(login_of(cast.hana))
    rows = client.get(reverse("feedback_duty")).context["rows"]
    found = next(each for each in rows if each["row"].department == cast.public_works)
    assert found["row"].residents_asked == 2
    assert client.get(found["url"]).context["whole"].asked == 2
    assert client.get(f"{reverse('feedback_duty')}?half=2026-1").context["owing"] == len(rows)
    assert client.get(f"{reverse('feedback_duty')}?half=nonsense").status_code == 200


def test_a_round_is_opened_answered_once_and_read_when_it_is_over(
    client: Client, cast: Cast, now: datetime, time_machine: Any
) -> None:
    client.force_login(login_of(cast.hana))
    form = client.get(reverse("pulse_new")).context["form"]
    typed = {
        "departments": [cast.public_works.pk],
        "questions": ["respect", "sharing"],
        "closes_on": "2026-12-04",
        "submission_key": form["submission_key"].value(),
    }
    first = client.post(reverse("pulse_new"), typed)
    assert client.post(reverse("pulse_new"), typed).headers["Location"] == first.headers["Location"]
    one = PulseRound.objects.get()
    second = {**typed, "departments": [cast.finance.pk, cast.public_works.pk], "submission_key": str(uuid4())}
    refused = client.post(reverse("pulse_new"), second)
    assert refused.status_code == 422
    assert "A round still runs: Public Works until 4 Dec 2026." in refused.content.decode()
    answer_url, results_url = reverse("pulse", args=[one.pk]), reverse("pulse_round", args=[one.pk])
    assert client.get(answer_url).status_code == 404

    for person in (cast.alice, cast.bob):
        client.force_login(login_of(person))
        assert client.get(answer_url).status_code == 200
        assert client.post(answer_url, {}).status_code == 422
        assert client.post(answer_url, {"respect": "5"}).status_code == 302
        assert client.post(answer_url, {"respect": "1"}).status_code == 302
        assert "You answered this round." in page_of(client, person, answer_url)
    assert [(row.score, row.count) for row in PulseTally.objects.all()] == [(5, 2)]
    assert "2 of 4 answered" in page_of(client, cast.sam, results_url)
    assert client.get(results_url).context["tables"] == []

    time_machine.move_to(now + timedelta(days=12), tick=False)
    page = page_of(client, cast.sam, results_url)
    assert "Public Works 2 too few to show" in page
    assert client.get(results_url).context["tables"][0]["title"] == "Respect among colleagues"
    written = b"".join(client.get(f"{results_url}?format=csv")).decode()
    assert "Respect among colleagues,Public Works," in written
    assert "too few to show,,,,,,\r\n" in written
    client.force_login(login_of(cast.alice))
    assert client.get(results_url).status_code == 403
    assert client.get(answer_url).status_code == 200


def test_a_round_of_other_departments_is_not_there(client: Client, cast: Cast, now: datetime) -> None:
    one = opened(cast, now, cast.finance)
    client.force_login(login_of(cast.sam))
    assert client.get(reverse("pulse_round", args=[one.pk])).status_code == 404
    assert not client.get(reverse("feedback")).context["rounds"]


@pytest.mark.parametrize("typed", [{"closes_on": "2026-11-24"}, {"departments": []}, {"questions": []}])
def test_a_round_that_cannot_be_opened_says_why(client: Client, cast: Cast, typed: dict[str, Any]) -> None:
    client.force_login(login_of(cast.hana))
    given = {"departments": [cast.finance.pk], "questions": ["respect"], "closes_on": "2026-12-04", **typed}
    assert client.post(reverse("pulse_new"), given).status_code == 422
    assert not PulseRound.objects.exists()
    assert not PulseSeat.objects.exists()


def test_the_slip_holds_a_code_and_the_address_once_it_is_made(client: Client, cast: Cast, now: datetime) -> None:
    about = closed(cast, now, address="", no_reply="no_contact_point", language="es")
    url = reverse("request_survey", args=[about.number])
    client.force_login(login_of(cast.fay))
    assert "Make the slip" in page_of(client, cast.fay, url)
    assert not SurveyInvitation.objects.exists()
    assert client.post(url).status_code == client.post(url).status_code == 302
    page = client.get(url).content.decode()
    slip = SurveyInvitation.objects.get()
    assert link_of(slip) in page
    assert '<path class="qr-dark" d="M' in page
    assert "Díganos cómo lo hicimos" in page
    assert "Ciudad de Pinole" in page
    SurveyInvitation.objects.update(is_used=True)
    assert client.get(url).content.decode().count(link_of(slip)) == 1
    for person in (cast.charlie, cast.ada, cast.otto):
        client.force_login(login_of(person))
        assert client.get(url).status_code == client.post(url).status_code == 404


def test_there_is_no_slip_for_what_nobody_is_asked_about(client: Client, cast: Cast, now: datetime) -> None:
    open_one = ServiceRequestFactory.create(department=cast.streets)
    url = reverse("request_survey", args=[open_one.number])
    assert "It is not closed yet." in page_of(client, cast.fay, url)
    assert client.post(url).status_code == 302
    assert not SurveyInvitation.objects.exists()

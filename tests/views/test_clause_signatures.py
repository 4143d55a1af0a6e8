"""Signing for a clause, and asking Human Resources about the policy (III.b.i.4, III.b.ii.1, III.f)."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine as travel
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from requests_app.domain.scorecard import Standing
from requests_app.models import AuditEntry, ClauseSignature, StaffQuestion
from requests_app.views.scorecard_rows import FigureRow
from tests.cast import Cast
from tests.factories import NOW
from tests.views.log_form import as_

PAGE = "/compliance/scorecard/"
SIGN = f"{PAGE}III.b.ii.1/sign/"


@pytest.fixture(autouse=True)
def fixed_clock(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


def sign(client: Client, **facts: object) -> Any:
    typed = {"from_on": "2026-11-01", "to_on": "2026-11-30", "statement": "I read every text.", **facts}
    return client.post(SIGN, typed)


def signed_figure(client: Client, query: str = "") -> FigureRow:
    rows = client.get(f"{PAGE}{query}").context["rows"]
    figures: list[FigureRow] = next(row for row in rows if row.clause.key == "III.b.ii.1").figures
    return next(figure for figure in figures if figure.code == "signed")


def figure_of_questions(client: Client, code: str) -> FigureRow:
    rows = client.get(PAGE).context["rows"]
    figures: list[FigureRow] = next(row for row in rows if row.clause.key == "III.f").figures
    return next(figure for figure in figures if figure.code == code)


def test_a_signature_stands_with_name_and_day_in_the_days_it_is_for_and_nowhere_else(cast: Cast) -> None:
    client = as_(cast.hana)
    assert signed_figure(client).standing is Standing.NOT_MEASURED
    for _click in range(2):
        assert sign(client, evidence="HR 12").status_code == 302
    assert ClauseSignature.objects.count() == AuditEntry.objects.filter(action="clause_signed").count() == 1
    figure = signed_figure(client)
    assert (figure.standing, figure.said) == (Standing.ATTESTED, "1")
    assert figure.signed == {"who": cast.hana.name, "at": NOW}
    assert client.get(figure.whole.url).context["total"] == figure.whole.count
    assert signed_figure(client, "?period=2026-09").standing is Standing.NOT_MEASURED


def test_a_head_signs_for_departments_of_hers_only(cast: Cast) -> None:
    client = as_(cast.dora)
    assert sign(client).status_code == 422
    assert sign(client, department_id=cast.finance.pk).status_code == 422
    assert sign(client, department_id=cast.streets.pk).status_code == 302
    hana = as_(cast.hana)
    assert signed_figure(hana, f"?department={cast.streets.slug}").whole.count == 1
    assert signed_figure(hana, f"?department={cast.finance.slug}").whole.count == 0


def test_what_nobody_signs_for_has_no_form_and_takes_none(cast: Cast) -> None:
    client = as_(cast.hana)
    assert client.get(f"{PAGE}III.b.ii.3/").context["form"] is None
    assert client.post(f"{PAGE}III.b.ii.3/sign/", {}).status_code == 404
    refused = sign(client, to_on="2026-10-01")
    assert refused.status_code == 422
    assert f'action="{PAGE}III.b.ii.1/" role="search"' in refused.content.decode()


def test_a_signature_is_withdrawn_by_whoever_signed_or_human_resources_and_stays_on_record(cast: Cast) -> None:
    sign(as_(cast.dora), department_id=cast.streets.pk)
    address = reverse("signature_withdraw", args=[ClauseSignature.objects.get().pk])
    assert as_(cast.sam).post(address).status_code == 403
    for _click in range(2):
        assert as_(cast.dora).post(address).status_code == 302
    signed = ClauseSignature.objects.get()
    assert (signed.withdrawn_at, signed.withdrawn_by) == (NOW, cast.dora)
    client = as_(cast.hana)
    assert signed_figure(client).standing is Standing.NOT_MEASURED
    assert "withdrawn by" in client.get(f"{PAGE}III.b.ii.1/").content.decode()


def test_a_signature_of_another_department_is_not_to_be_found(cast: Cast) -> None:
    sign(as_(cast.hana), department_id=cast.finance.pk)
    address = reverse("signature_withdraw", args=[ClauseSignature.objects.get().pk])
    assert as_(cast.dora).post(address).status_code == 404
    assert not as_(cast.dora).get(f"{PAGE}III.b.ii.1/").context["signed"]


def test_everybody_asks_and_reads_their_own_and_human_resources_answer(cast: Cast) -> None:
    alice, bob, hana = as_(cast.alice), as_(cast.bob), as_(cast.hana)
    for _click in range(2):
        assert alice.post(reverse("question_ask"), {"question": "Does a text count?"}).status_code == 302
    asked = StaffQuestion.objects.get()
    answer = reverse("question_answer", args=[asked.pk])
    assert figure_of_questions(hana, "asked").said == "0 of 1"
    for _click in range(2):
        assert hana.post(answer, {"answer": "Yes, two business days."}).status_code == 302
    refused = hana.post(answer, {"answer": "No."})
    assert refused.status_code == 409
    assert f'action="{reverse("question_list")}" role="search"' in refused.content.decode()
    assert AuditEntry.objects.filter(action="staff_question_answered").count() == 1
    assert "Yes, two business days." in alice.get(reverse("question_ask")).content.decode()
    assert "Does a text count?" not in bob.get(reverse("question_ask")).content.decode()


def test_questions_count_for_every_reader_and_are_listed_for_human_resources_only(cast: Cast) -> None:
    as_(cast.alice).post(reverse("question_ask"), {"question": "Does a text count?", "clause": "III.b.ii.4"})
    hana = as_(cast.hana)
    figure = figure_of_questions(hana, "asked")
    assert hana.get(figure.whole.url).context["total"] == figure.whole.count == 1
    assert hana.get(figure.part.url).context["total"] == figure.part.count == 0
    assert figure_of_questions(as_(cast.sam), "asked").whole.url == ""
    assert "III.b.ii.4" in hana.get(f"{reverse('question_list')}?format=csv").getvalue().decode()
    today = timezone.localdate()
    day = timedelta(days=1)
    asked = (("from", today), ("to", today), ("from", today + day), ("to", today - day))
    totals = [hana.get(reverse("question_list"), {name: str(on)}).context["total"] for name, on in asked]
    assert totals == [1, 1, 0, 0], "one day alone narrows as well"


def test_the_contact_is_confirmed_once_a_year(cast: Cast) -> None:
    client = as_(cast.hana)
    assert figure_of_questions(client, "contact").said == "no"
    client.post(reverse("contact_confirm"))
    figure = figure_of_questions(client, "contact")
    assert (figure.said, figure.signed) == ("yes", {"who": cast.hana.name, "at": NOW})
    with travel.travel(NOW + timedelta(days=400), tick=False):
        client = as_(cast.hana)
        assert figure_of_questions(client, "contact").said == "no"
        assert client.get(reverse("question_list")).context["is_contact_due"]

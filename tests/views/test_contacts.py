"""The log page: who gets in, what saving does once and twice, what is kept when it is refused."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from requests_app.domain.vocabulary import NoReply, Status, Verdict
from requests_app.models import Category, Customer, Event, ResponseClock, ServiceRequest
from tests.cast import Cast
from tests.views.log_form import LOG, Shown, as_, text_of, typed


@pytest.fixture(autouse=True)
def _monday_afternoon(now: datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


@pytest.mark.parametrize(
    "path", [LOG, "/log/suggest/customers/", "/log/suggest/categories/", "/log/done/PN-0000-0000/"]
)
def test_nobody_gets_in_without_signing_in(city: None, path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    "path",
    [
        LOG,
        *(f"/log/suggest/{what}/" for what in ("customers", "people", "topics", "categories")),
        "/log/done/PN-0000-0000/",
    ],
)
def test_an_administrator_without_another_role_is_refused_in_words(cast: Cast, path: str) -> None:
    answer = as_(cast.ada).get(path)
    assert answer.status_code == 403
    assert "Your role does not include this" in text_of(answer)


def test_an_auditor_is_refused(cast: Cast) -> None:
    assert as_(cast.otto).post(LOG, typed()).status_code == 403
    assert not ServiceRequest.objects.exists()


@pytest.mark.parametrize("who", ["fay", "alice", "sam", "dora", "hana", "max"])
def test_everybody_who_serves_may_log(cast: Cast, who: str) -> None:
    client = as_(getattr(cast, who))
    assert client.get(LOG).status_code == 200
    assert client.post(LOG, typed()).status_code == 302
    assert ServiceRequest.objects.get().recorded_by == getattr(cast, who)


@pytest.mark.parametrize("path", ["/log/preview/", "/log/add/PN-0000-0000/"])
def test_only_a_post_previews_and_adds(cast: Cast, path: str) -> None:
    assert as_(cast.fay).get(path).status_code == 405


def test_saving_leads_to_number_and_date(cast: Cast, now: datetime) -> None:
    answer: Shown = as_(cast.fay).post(LOG, typed(who="Luz Prueba 510 555 0177", language="es"), follow=True)
    request = ServiceRequest.objects.get()
    shown = text_of(answer)
    assert answer.redirect_chain == [(reverse("contact_done", args=[request.number]), 302)]
    assert request.number in shown
    assert "Tue 24 Nov, 5:00 pm" in shown
    assert "a más tardar el martes 24 de noviembre a las 5:00 p. m." in shown
    assert 'data-draft-saved="log-' in shown
    assert f"{LOG}?channel=phone" in shown
    assert Event.objects.filter(service_request=request, kind="logged").count() == 1


def test_log_another_keeps_the_channel(cast: Cast) -> None:
    assert 'value="voicemail" data-digit="3" checked' in text_of(as_(cast.fay).get(f"{LOG}?channel=voicemail"))


def test_log_another_keeps_the_department_for_what_has_no_category(cast: Cast) -> None:
    client = as_(cast.fay)
    saved = client.post(LOG, typed(category="Pothole or street damage", channel="counter"), follow=True)
    another = f"{LOG}?channel=counter&amp;department={cast.streets.pk}"
    assert another in text_of(saved)
    opened: Shown = client.get(another.replace("&amp;", "&"))
    assert f'<option value="{cast.streets.pk}" selected>' in text_of(opened)
    assert opened.context["promise"].route.department == cast.streets
    client.post(LOG, typed(title="Asks who sweeps", department=str(cast.streets.pk)))
    client.post(LOG, typed(title="Asks about a fee", department=str(cast.streets.pk), category="Noise"))
    noise = Category.objects.get(slug="noise")
    kept = ServiceRequest.objects.filter(title__startswith="Asks").order_by("pk").values_list("department", flat=True)
    assert list(kept) == [cast.streets.pk, noise.department_id]


@pytest.mark.parametrize("department", ["", "0", "999999", "x", "\x00"])
def test_an_unknown_department_in_the_address_is_ignored(cast: Cast, department: str) -> None:
    opened: Shown = as_(cast.fay).get(LOG, {"department": department})
    assert opened.context["promise"].route.department == cast.fay.department


@pytest.mark.parametrize("channel", ["", "pigeon", "open311", "\x00"])
def test_an_unknown_channel_in_the_address_is_ignored(cast: Cast, channel: str) -> None:
    assert as_(cast.fay).get(LOG, {"channel": channel}).status_code == 200


def test_two_clicks_log_once_and_show_the_same_confirmation(cast: Cast) -> None:
    client, data = as_(cast.fay), typed()
    first, second = client.post(LOG, data), client.post(LOG, data)
    assert first["Location"] == second["Location"]
    assert ServiceRequest.objects.count() == 1


def test_a_page_from_the_history_typed_over_is_not_lost(cast: Cast, now: datetime) -> None:
    client, data = as_(cast.fay), typed()
    client.post(LOG, data)
    with time_machine.travel(now + timedelta(minutes=5), tick=False):
        again: Shown = client.post(LOG, {**data, "title": "Tree down on Pear Street"})
        assert again.status_code == 422
        assert "was saved before" in text_of(again)
        assert "Tree down on Pear Street" in text_of(again)
        fresh_key = again.context["form"].key
        client.post(LOG, {**data, "title": "Tree down on Pear Street", "submission_key": str(fresh_key)})
    assert ServiceRequest.objects.count() == 2


def test_errors_keep_what_was_typed_and_answer_422(cast: Cast) -> None:
    data = typed(
        channel="voicemail", title="", who="Luz Prueba", place="Fernandez Park", category="qqqq", text="Long story"
    )
    answer = as_(cast.fay).post(LOG, data)
    shown = text_of(answer)
    assert answer.status_code == 422
    assert "<title>Error: Log a contact" in shown
    assert 'id="error-summary"' in shown
    for kept in ("Luz Prueba", "Fernandez Park", "qqqq", "Long story", data["submission_key"]):
        assert kept in shown
    assert not ServiceRequest.objects.exists()


def test_a_date_before_any_standard_is_an_error_not_an_accident(cast: Cast) -> None:
    answer = as_(cast.fay).post(LOG, typed(received_at="2024-06-03T10:00", phone="510 555 0101"))
    assert answer.status_code == 422
    assert "No standard covers that date" in text_of(answer)


@pytest.mark.parametrize("received", ["9999-12-31T23:59", "0001-01-01T00:00", "2026-03-08T02:30", "\x00"])
def test_an_impossible_date_is_an_error_not_an_accident(cast: Cast, received: str) -> None:
    for path in (LOG, "/log/preview/"):
        assert as_(cast.fay).post(path, typed(received_at=received)).status_code in (200, 422)
    assert not ServiceRequest.objects.exists()


def test_control_characters_and_sheer_length_are_refused_in_words(cast: Cast) -> None:
    client = as_(cast.fay)
    assert client.post(LOG, typed(title="a\x00b")).status_code == 422
    assert client.post(LOG, typed(title="x" * 201)).status_code == 422
    assert client.post(LOG, typed(who="李小龙 \U0001f600", text="\u202e\u0000"), follow=True).status_code == 422
    assert client.post(LOG, typed(who="李小龙 \U0001f600", text="\u202eабв"), follow=True).status_code == 200


def test_answered_on_the_spot_is_closed_and_met_at_once(cast: Cast) -> None:
    answer = as_(cast.fay).post(LOG, typed(channel="counter", on_the_spot="on", phone="510 555 0101"), follow=True)
    request, clock = ServiceRequest.objects.get(), ResponseClock.objects.get()
    assert (request.status, request.owner) == (Status.CLOSED, cast.fay)
    assert (clock.verdict, clock.is_answered_on_the_spot) == (Verdict.MET, True)
    assert "Answered on the spot: no date to keep." in text_of(answer)


def test_without_a_way_to_reach_them_there_is_no_clock(cast: Cast) -> None:
    answer = as_(cast.fay).post(LOG, typed(is_anonymous="on"), follow=True)
    assert ServiceRequest.objects.get().no_reply == NoReply.NO_CONTACT_POINT
    assert not ResponseClock.objects.exists()
    assert not Customer.objects.exists()
    assert "no answer-by date" in text_of(answer)


def test_put_through_to_voicemail_starts_their_clock(cast: Cast) -> None:
    data = typed(for_whom="Alice Owner", outcome="put_through_voicemail", phone="510 555 0101")
    as_(cast.fay).post(LOG, data)
    clock = ResponseClock.objects.get()
    assert (clock.service_request.owner, clock.verdict) == (cast.alice, Verdict.OPEN)


def test_a_hazard_asks_who_was_told(cast: Cast) -> None:
    hazard = Category.objects.filter(is_hazard=True).first()
    assert hazard
    client = as_(cast.fay)
    refused = client.post(LOG, typed(category=hazard.name))
    assert refused.status_code == 422
    assert "data-hazard" in text_of(refused)
    assert "911" in text_of(refused)
    client.post(LOG, typed(category=hazard.name, told="Police dispatch", told_at="2026-11-23T14:05"))
    assert ServiceRequest.objects.get().hazard_told == "Police dispatch"


def test_a_typed_card_number_is_saved_with_a_warning(cast: Cast) -> None:
    answer = as_(cast.fay).post(LOG, typed(text="paid with 4111 1111 1111 1111"), follow=True)
    assert ServiceRequest.objects.count() == 1
    assert "message-warning" in text_of(answer)


def test_whoever_logs_for_another_department_still_learns_the_number(cast: Cast, now: datetime) -> None:
    answer = as_(cast.charlie).post(LOG, typed(category="Pothole or street damage", phone="510 555 0101"), follow=True)
    request = ServiceRequest.objects.get()
    assert request.number in text_of(answer)
    assert request.get_absolute_url() not in text_of(answer)
    done = reverse("contact_done", args=[request.number])
    assert as_(cast.alice).get(done).status_code == 200
    assert as_(cast.hana).get(done).status_code == 200
    with time_machine.travel(now + timedelta(days=2), tick=False):
        assert as_(cast.charlie).get(done).status_code == 404

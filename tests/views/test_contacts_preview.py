"""Beside the log form: the date before saving, what may be logged already, and the page without JavaScript."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from requests_app.domain.vocabulary import Channel, Status, Verdict
from requests_app.models import Customer, Interaction, ResponseClock, ServiceRequest
from requests_app.services.customers import CustomerEntry
from requests_app.services.entries import ContactEntry
from requests_app.services.requests import log_request
from tests.cast import Cast, actor
from tests.factories import AbsenceFactory, ServiceRequestFactory, concern
from tests.views.log_form import LOG, Shown, as_, text_of, typed


@pytest.fixture(autouse=True)
def _monday_afternoon(now: datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


def test_the_preview_says_date_owner_and_clause(cast: Cast) -> None:
    data = typed(for_whom="Alice Owner", phone="510 555 0101")
    shown = text_of(as_(cast.fay).post("/log/preview/", data))
    for words in ("Tue 24 Nov, 5:00 pm", "Alice Owner", "III.b.ii.3", "1 business day", "Why this date?", "Day 0 is"):
        assert words in shown
    assert "local choice" not in shown
    assert not ServiceRequest.objects.exists()


def test_the_preview_says_what_the_category_fills_in(cast: Cast) -> None:
    shown = text_of(as_(cast.fay).post("/log/preview/", typed(category="bache")))
    assert "Pothole or street damage: service, Operations and Maintenance" in shown
    assert ">Pothole" not in text_of(as_(cast.fay).post("/log/preview/", typed(category="no such thing")))


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        ({"channel": "counter", "phone": "510 555 0101"}, "local choice"),
        ({"channel": ""}, "Choose how it reached us"),
        ({}, "No phone or e-mail yet"),
        ({"no_reply_wanted": "on", "phone": "510 555 0101"}, "No reply wanted"),
        ({"on_the_spot": "on"}, "Answered on the spot"),
        ({"is_from_colleague": "on", "channel": "email"}, "III.b.iv.3"),
        ({"phone": "510 555 0101", "received_at": "2025-01-02T09:00", "channel": "voicemail"}, "Fri 3 Jan"),
    ],
)
def test_the_preview_says_why_there_is_no_date(cast: Cast, extra: dict[str, str], words: str) -> None:
    assert words in text_of(as_(cast.fay).post("/log/preview/", typed(**extra)))


@pytest.mark.parametrize("outcome", ["message_taken", "answered", "put_through_answered", "put_through_voicemail"])
@pytest.mark.parametrize(
    "channel", ["counter", "phone", "council", "voicemail", "email", "letter", "web", "text", "social"]
)
def test_what_is_previewed_is_what_is_stored(cast: Cast, channel: str, outcome: str) -> None:
    data = typed(
        channel=channel, for_whom="Alice Owner", outcome=outcome, phone="510 555 0101", received_at="2026-11-23T09:00"
    )
    client = as_(cast.fay)
    promise = client.post("/log/preview/", data).context["promise"]
    if client.post(LOG, data).status_code == 422:
        assert outcome in ("answered", "put_through_answered")
        return
    clock, request = ResponseClock.objects.get(), ServiceRequest.objects.get()
    assert promise.kept == (clock.verdict == Verdict.OPEN)
    assert (promise.due_at, promise.standard) == (clock.due_at, clock.standard)
    assert (promise.route.owner, promise.route.department) == (request.owner, request.department)


def call_of(cast: Cast, now: datetime) -> ServiceRequest:
    entry = ContactEntry(
        channel=Channel.PHONE,
        title="Pothole on Pear Street",
        received_at=now - timedelta(hours=3),
        customer=CustomerEntry(name="Jun Castellanos", phone="510 555 0101"),
        for_employee_id=cast.alice.pk,
    )
    return log_request(entry, actor=actor(cast.fay), at=now - timedelta(hours=3))


def test_duplicates_are_offered_to_open_or_add_to(cast: Cast, now: datetime) -> None:
    request = call_of(cast, now)
    shown = text_of(as_(cast.fay).post("/log/preview/", typed(phone="(510) 555-0101")))
    assert request.get_absolute_url() in shown
    assert f'formaction="/log/add/{request.number}/"' in shown
    assert "Same phone or e-mail" in shown


def test_a_number_that_is_known_says_whose_and_links_nobody(cast: Cast, now: datetime) -> None:
    request, client = call_of(cast, now), as_(cast.fay)
    shown = text_of(client.post("/log/preview/", typed(who="510.555.0101")))
    assert "Somebody new: phone 510.555.0101. Known by it already: Jun Castellanos." in shown
    picked = typed(who="Jun Castellanos", customer_id=str(request.customer_id))
    assert "Somebody new" not in text_of(client.post("/log/preview/", picked))
    concern(request, cast.sam)
    assert "Jun Castellanos" not in text_of(as_(cast.sam).post("/log/preview/", typed(who="510.555.0101")))
    client.post(LOG, typed(who="510.555.0101"))
    assert Customer.objects.count() == 2


def test_adding_counts_as_calling_again_once(cast: Cast, now: datetime) -> None:
    request = call_of(cast, now)
    due_before = ResponseClock.objects.get().due_at
    client, data = as_(cast.fay), typed(title="Asks again about the pothole", text="It got bigger")
    for _ in range(2):
        answer = client.post(f"/log/add/{request.number}/", data, follow=True)
        assert f"Added to {request.number}." in text_of(answer)
    clock = ResponseClock.objects.get()
    assert (clock.calling_again_count, clock.due_at) == (1, due_before)
    again = Interaction.objects.get(is_calling_again=True)
    assert again.text == "Asks again about the pothole\nIt got bigger"
    assert ServiceRequest.objects.count() == 1


def test_adding_at_a_date_before_any_standard_is_an_error_not_an_accident(cast: Cast, now: datetime) -> None:
    request = call_of(cast, now)
    ResponseClock.objects.all().delete()
    data = typed(channel="voicemail", received_at="2024-06-03T10:00")
    answer = as_(cast.fay).post(f"/log/add/{request.number}/", data)
    assert answer.status_code == 422
    assert "No standard covers that date" in text_of(answer)


def test_adding_needs_no_title(cast: Cast, now: datetime) -> None:
    request = call_of(cast, now)
    assert as_(cast.fay).post(f"/log/add/{request.number}/", typed(title="")).status_code == 302


def test_adding_without_a_channel_keeps_what_was_typed(cast: Cast, now: datetime) -> None:
    request = call_of(cast, now)
    answer = as_(cast.fay).post(f"/log/add/{request.number}/", typed(channel="", text="It got bigger", category="qqqq"))
    assert answer.status_code == 422
    assert "It got bigger" in text_of(answer)
    assert "No category is called" not in text_of(answer)
    assert not Interaction.objects.filter(is_calling_again=True).exists()


def test_adding_to_what_was_closed_meanwhile_is_refused_in_words(cast: Cast, now: datetime) -> None:
    request = ServiceRequestFactory.create(
        department=cast.streets, status=Status.CLOSED, closed_at=now, disposition="done", recorded_by=cast.fay
    )
    answer = as_(cast.fay).post(f"/log/add/{request.number}/", typed(text="It got bigger"))
    assert answer.status_code == 422
    assert "It got bigger" in text_of(answer)
    assert "not possible in the present status" in text_of(answer)


def test_what_one_may_not_see_cannot_be_added_to_or_confirmed(cast: Cast, now: datetime) -> None:
    request = call_of(cast, now)
    concern(request, cast.sam)
    assert as_(cast.charlie).post(f"/log/add/{request.number}/", typed()).status_code == 404
    assert as_(cast.sam).post(f"/log/add/{request.number}/", typed()).status_code == 404
    assert as_(cast.charlie).get(reverse("contact_done", args=[request.number])).status_code == 404
    assert as_(cast.sam).get(reverse("contact_done", args=[request.number])).status_code == 404


def test_find_and_check_work_without_javascript(cast: Cast, now: datetime) -> None:
    request, client = call_of(cast, now), as_(cast.fay)
    found = client.post(LOG, typed(who="jun", title="", find="1"))
    shown = text_of(found)
    assert found.status_code == 200
    assert 'id="error-summary"' not in shown
    assert "Somebody new, as typed" in shown
    picked = typed(who="jun", who_asked="jun", who_choice=str(request.customer_id))
    checked = text_of(client.post(LOG, {**picked, "check": "1"}))
    assert "Not this person" in checked
    assert "Tue 24 Nov, 5:00 pm" in checked
    assert "Perhaps already logged" in checked
    client.post(LOG, picked)
    assert ServiceRequest.objects.exclude(pk=request.pk).get().customer_id == request.customer_id


def test_a_customer_found_without_javascript_brings_their_language_along(cast: Cast, now: datetime) -> None:
    request, client = call_of(cast, now), as_(cast.fay)
    Customer.objects.update(language="es")
    picked = typed(who="jun", who_asked="jun", who_choice=str(request.customer_id), language="en", check="1")
    shown: Shown = client.post(LOG, picked)
    assert shown.context["form"]["language"].value() == "es"
    by_hand: Shown = client.post(LOG, {**picked, "who": "Jun Castellanos", "customer_id": str(request.customer_id)})
    assert by_hand.context["form"]["language"].value() == "en"


def test_letting_go_of_a_customer_empties_the_box(cast: Cast, now: datetime) -> None:
    request = call_of(cast, now)
    data = typed(who="Jun Castellanos", customer_id=str(request.customer_id), forget="1")
    shown: Shown = as_(cast.fay).post(LOG, data)
    assert shown.context["form"]["who"].value() == ""
    assert "When does the pool open" in text_of(shown)


def test_the_day_so_far_counts_mine_today(cast: Cast, now: datetime) -> None:
    client = as_(cast.fay)
    client.post(LOG, typed())
    client.post(LOG, typed(on_the_spot="on"))
    as_(cast.alice).post(LOG, typed())
    day = client.get(LOG).context["day"]
    assert (day.logged, day.answered_on_the_spot) == (2, 1)


def test_the_page_asks_as_much_of_the_database_with_3_as_with_30(cast: Cast, now: datetime) -> None:
    client = as_(cast.fay)

    def queries(path: str, data: dict[str, Any] | None) -> int:
        with CaptureQueriesContext(connection) as captured:
            answer = client.post(path, data) if data else client.get(path)
        assert answer.status_code == 200
        return len(captured)

    def rows(count: int) -> None:
        for number in range(count):
            customer = CustomerEntry(name=f"Jun {number}", phone=f"510 555 01{number:02}")
            entry = ContactEntry(channel=Channel.PHONE, title="Noise at night", received_at=now, customer=customer)
            log_request(entry, actor=actor(cast.fay), at=now)

    data = typed(category="Noise", phone="510 555 0101")
    paths = [(LOG, None), ("/log/preview/", data), ("/log/suggest/customers/?q=jun", None)]
    rows(3)
    few = [queries(*each) for each in paths]
    rows(30)
    assert [queries(*each) for each in paths] == few
    assert max(few) <= 30


def test_html_in_what_was_typed_is_shown_as_text(cast: Cast) -> None:
    shown = text_of(as_(cast.fay).post(LOG, typed(title="", who="<b>x</b>", category="<i>y</i>", for_whom="<u>z</u>")))
    assert "<b>x" not in shown
    assert "<i>y" not in shown
    assert "<u>z" not in shown


def test_the_preview_says_who_stands_in_and_offers_to_leave_it(cast: Cast) -> None:
    AbsenceFactory.create(employee=cast.alice, alternate_person=cast.bob, reason="illness")
    data = typed(for_whom="Alice Owner", phone="510 555 0101")
    shown = text_of(as_(cast.fay).post("/log/preview/", data))
    for words in (
        "Alice Owner is away until Mon 30 Nov. Bob Teammate stands in.",
        "Bob Teammate, Operations and Maintenance, will own it.",
        "Bob Teammate, who stands in",
        "Leave it with Alice Owner",
    ):
        assert words in shown
    assert "illness" not in shown.lower()


def test_without_javascript_the_checked_page_offers_the_same_choice(cast: Cast) -> None:
    AbsenceFactory.create(employee=cast.alice, alternate_person=cast.bob)
    data = typed(for_whom="Alice Owner", phone="510 555 0101", check="1", leave_with=str(cast.alice.pk))
    shown = text_of(as_(cast.fay).post(LOG, data))
    assert f'value="{cast.alice.pk}" checked' in shown
    assert "It is left with Alice Owner all the same." in shown


@pytest.mark.parametrize("is_left", [False, True])
def test_saved_it_goes_to_whoever_stands_in_unless_it_is_left(cast: Cast, *, is_left: bool) -> None:
    AbsenceFactory.create(employee=cast.alice, alternate_person=cast.bob)
    leave_with = {"leave_with": str(cast.alice.pk)} if is_left else {}
    client = as_(cast.fay)
    answer = client.post(LOG, typed(for_whom="Alice Owner", phone="510 555 0101", **leave_with), follow=True)
    found = ServiceRequest.objects.get()
    assert found.owner == (cast.alice if is_left else cast.bob)
    assert "Alice Owner is away until Mon 30 Nov." in text_of(answer)


def test_nobody_is_asked_about_somebody_who_is_there(cast: Cast) -> None:
    AbsenceFactory.create(employee=cast.bob, alternate_person=cast.alice)
    shown = text_of(as_(cast.fay).post("/log/preview/", typed(for_whom="Alice Owner", phone="510 555 0101")))
    assert "leave_with" not in shown


def test_the_preview_is_slower_by_the_whereabouts_only_where_somebody_is_away(cast: Cast) -> None:
    client, data = as_(cast.fay), typed(for_whom="Alice Owner", phone="510 555 0101")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.post("/log/preview/", data)
        return len(captured)

    before = queries()
    absence = AbsenceFactory.create(employee=cast.bob, alternate_person=cast.charlie)
    assert queries() == before
    absence.employee = cast.alice
    absence.save()
    assert queries() <= before + 5


def test_of_several_who_may_be_meant_it_says_who_is_away(cast: Cast) -> None:
    AbsenceFactory.create(employee=cast.alice, alternate_person=cast.bob)
    shown = text_of(as_(cast.fay).post(LOG, typed(for_whom="a")))
    assert "Operations and Maintenance, away until Mon 30 Nov" in shown

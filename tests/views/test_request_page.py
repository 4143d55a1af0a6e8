"""The page of a request: who gets in, what is offered, what is kept when it is refused."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from requests_app.domain.vocabulary import Channel, Confidentiality, Direction, Disposition, Status, Verdict
from requests_app.models import Employee, Interaction, ResponseClock, ServiceRequest
from requests_app.services.customers import CustomerEntry
from requests_app.services.entries import ContactEntry
from requests_app.services.requests import log_request
from requests_app.views.request_verbs import VERBS
from tests.cast import Cast, actor, login_of
from tests.factories import concern

Shown = Any  # the test client's answer, with its templates and context


@pytest.fixture
def pothole(cast: Cast, now: datetime) -> ServiceRequest:
    """A call for Alice, answer owed by tomorrow evening."""
    entry = ContactEntry(
        channel=Channel.PHONE,
        title="Pothole on Pear Street",
        received_at=now,
        customer=CustomerEntry(name="Jun Castellanos", phone="510 555 0101"),
        for_employee_id=cast.alice.pk,
    )
    return log_request(entry, actor=actor(cast.fay), at=now)


@pytest.fixture
def at_noon_tomorrow(now: datetime, time_machine: Any) -> datetime:
    """Set the clock to Tue 24 Nov 2026, 12:10 pm in Pinole."""
    later = now + timedelta(hours=22)
    time_machine.move_to(later, tick=False)
    return later


def as_(employee: Employee) -> Client:
    client = Client()
    client.force_login(login_of(employee))
    return client


def post(client: Client, found: ServiceRequest, verb: str, **data: Any) -> Shown:
    return client.post(reverse(f"request_{verb.replace('-', '_')}", args=[found.number]), data)


def test_the_page_shows_the_date_why_and_both_streams(
    cast: Cast, pothole: ServiceRequest, at_noon_tomorrow: datetime
) -> None:
    shown = as_(cast.alice).get(pothole.get_absolute_url())

    text = shown.content.decode()
    assert shown.status_code == 200
    assert "Pothole on Pear Street" in text
    assert "Tue 24 Nov, 5:00 pm" in text
    assert "Why this date?" in text
    assert "III.b.ii.3" in text
    assert "Jun Castellanos" in text
    assert "Logged" in text
    assert "no-store" in shown["Cache-Control"]


def test_a_number_in_another_spelling_leads_to_the_page(cast: Cast, pothole: ServiceRequest) -> None:
    spelt = pothole.number.lower().replace("-", "")

    shown = as_(cast.alice).get(reverse("request_detail", args=[spelt]))

    assert shown["Location"] == pothole.get_absolute_url()


def test_nobody_gets_in_without_a_login(pothole: ServiceRequest, client: Client) -> None:
    shown = client.get(pothole.get_absolute_url())

    assert shown.status_code == 302
    assert shown["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("who", ["charlie", "ada"])
def test_who_may_not_see_it_gets_what_an_unknown_number_gets(cast: Cast, pothole: ServiceRequest, who: str) -> None:
    client = as_(getattr(cast, who))

    hidden = client.get(pothole.get_absolute_url())
    unknown = client.get(reverse("request_detail", args=["PN-0000-0000"]))

    assert (hidden.status_code, unknown.status_code) == (404, 404)
    assert pothole.title not in hidden.content.decode()


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_no_verb_answers_a_get_or_an_outsider(cast: Cast, pothole: ServiceRequest, verb: str) -> None:
    url = reverse(f"request_{verb.replace('-', '_')}", args=[pothole.number])

    assert as_(cast.alice).get(url).status_code == 405
    assert as_(cast.charlie).post(url, {}).status_code == 404


def test_a_person_concerned_gets_404_even_as_the_owner(cast: Cast, pothole: ServiceRequest) -> None:
    ServiceRequest.objects.filter(pk=pothole.pk).update(confidentiality=Confidentiality.CONFIDENTIAL)
    concern(pothole, cast.alice)

    assert as_(cast.alice).get(pothole.get_absolute_url()).status_code == 404
    assert post(as_(cast.alice), pothole, "note", text="x").status_code == 404


def test_an_answer_stops_the_clock_and_says_so(cast: Cast, pothole: ServiceRequest, at_noon_tomorrow: datetime) -> None:
    client = as_(cast.alice)

    sent = post(client, pothole, "answer", channel="phone", text="A crew comes on Friday.", answer="full")

    assert sent.status_code == 302
    clock = ResponseClock.objects.get(service_request=pothole)
    assert (clock.verdict, clock.met_at) == (Verdict.MET, at_noon_tomorrow)
    assert "Answer saved." in client.get(sent.url).content.decode()


def test_a_second_click_on_an_answer_is_harmless(
    cast: Cast, pothole: ServiceRequest, at_noon_tomorrow: datetime
) -> None:
    client = as_(cast.alice)
    data = {
        "channel": "phone",
        "text": "Friday.",
        "answer": "full",
        "submission_key": "2f1c1f2e-7a57-4d87-9c6e-1f2b3c4d5e6f",
    }

    first, second = post(client, pothole, "answer", **data), post(client, pothole, "answer", **data)

    assert (first.status_code, second.status_code) == (302, 302)
    assert Interaction.objects.filter(service_request=pothole, direction=Direction.OUTBOUND).count() == 1


def test_what_was_typed_is_kept_when_something_is_missing(
    cast: Cast, pothole: ServiceRequest, at_noon_tomorrow: datetime
) -> None:
    sent = post(
        as_(cast.alice), pothole, "answer", channel="phone", text="I look into it", answer="holding", promised_on=""
    )

    text = sent.content.decode()
    assert sent.status_code == 409
    assert "I look into it" in text
    assert "names the date" in text
    assert "<title>Error:" in text.replace("\n", "")


def test_a_wrong_role_is_refused_with_words_and_changes_nothing(
    cast: Cast, pothole: ServiceRequest, at_noon_tomorrow: datetime
) -> None:
    clock = ResponseClock.objects.get(service_request=pothole)

    sent = post(as_(cast.bob), pothole, "correct", clock=clock.pk, channel="email", text="It was a mail")

    assert sent.status_code == 403
    assert "It was a mail" in sent.content.decode()
    clock.refresh_from_db()
    assert not clock.is_corrected


def test_closing_records_the_answer_that_is_owed(
    cast: Cast, pothole: ServiceRequest, at_noon_tomorrow: datetime
) -> None:
    sent = post(as_(cast.alice), pothole, "close", disposition="done", text="Filled today.", channel="phone")

    assert sent.status_code == 302
    pothole.refresh_from_db()
    assert (pothole.status, pothole.disposition) == (Status.CLOSED, Disposition.DONE)
    assert ResponseClock.objects.get(service_request=pothole).verdict == Verdict.MET
    again = post(as_(cast.alice), pothole, "close", disposition="done", text="Filled today.", channel="phone")
    assert again.status_code == 409


def test_giving_it_away_leads_back_to_ones_work_when_one_may_no_longer_see_it(
    cast: Cast, pothole: ServiceRequest, at_noon_tomorrow: datetime
) -> None:
    # Alice was asked for by name and goes on seeing it; Bob saw it as one of the team only.
    sent = post(as_(cast.bob), pothole, "give", owner=cast.charlie.pk, department="", text="Yours, I think")

    assert (sent.status_code, sent.url) == (302, reverse("my_work"))
    pothole.refresh_from_db()
    assert (pothole.owner, pothole.department) == (cast.charlie, cast.finance)


@pytest.mark.parametrize(
    ("who", "offered", "withheld"),
    [
        (
            "alice",
            {"answer", "attempt", "note", "give", "send-back", "wait", "close", "contact"},
            {"excuse", "correct"},
        ),
        ("sam", {"answer", "correct", "give", "close"}, {"send-back-x"}),
        ("fay", {"answer", "contact", "note"}, {"send-back", "excuse", "correct"}),
        ("hana", {"note"}, {"answer", "close", "give", "excuse"}),
    ],
)
def test_the_table_draws_the_panels(
    cast: Cast, pothole: ServiceRequest, at_noon_tomorrow: datetime, who: str, offered: set[str], withheld: set[str]
) -> None:
    shown: Shown = as_(getattr(cast, who)).get(pothole.get_absolute_url())

    drawn = {panel.name for panel in shown.context["panels"]}
    assert offered <= drawn
    assert not withheld & drawn


def test_the_front_desk_reads_no_notes_of_other_departments(
    cast: Cast, pothole: ServiceRequest, at_noon_tomorrow: datetime
) -> None:
    post(as_(cast.alice), pothole, "note", text="Crew is short this week")

    assert "Crew is short" in as_(cast.bob).get(pothole.get_absolute_url()).content.decode()
    assert "Crew is short" not in as_(cast.fay).get(pothole.get_absolute_url()).content.decode()


def test_a_long_story_costs_no_more_queries(
    cast: Cast, pothole: ServiceRequest, at_noon_tomorrow: datetime, django_assert_max_num_queries: Any
) -> None:
    client = as_(cast.alice)
    for number in range(30):
        post(client, pothole, "note", text=f"Note {number}")

    with django_assert_max_num_queries(24):
        assert client.get(pothole.get_absolute_url()).status_code == 200


def test_the_owner_puts_reminders_off_and_the_page_says_until_when(
    cast: Cast, pothole: ServiceRequest, at_noon_tomorrow: datetime
) -> None:
    clock = pothole.clocks.get()
    form = {"clock": clock.pk, "until_at": "2026-11-24T15:30", "text": "At the site until then"}

    post(as_(cast.alice), pothole, "snooze", **form)

    page = as_(cast.sam).get(pothole.get_absolute_url()).content.decode()
    assert "Reminders put off until Tue 24 Nov, 3:30 pm" in page
    assert "At the site until then" in page
    assert "At the site until then" not in as_(cast.fay).get(pothole.get_absolute_url()).content.decode()


def test_reminders_can_not_be_put_off_once_the_answer_is_late(
    cast: Cast, pothole: ServiceRequest, at_noon_tomorrow: datetime
) -> None:
    ResponseClock.objects.update(due_at=at_noon_tomorrow - timedelta(hours=1))
    shown: Shown = as_(cast.alice).get(pothole.get_absolute_url())
    assert "snooze" not in {panel.name for panel in shown.context["panels"]}

"""The log form: what was typed becomes a contact, or an error that says what to do."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from requests_app.domain.vocabulary import Channel, Disposition, RequestKind
from requests_app.forms.contacts import ContactForm
from requests_app.models import Category
from requests_app.services.customers import CustomerEntry, keep_customer
from requests_app.services.entries import ContactOutcome
from tests.cast import Cast, actor
from tests.factories import EmployeeFactory

PINOLE = ZoneInfo("America/Los_Angeles")
Typed = dict[str, Any]


def form_of(cast: Cast, now: datetime, **typed: Any) -> ContactForm:
    """Fill the form in as a browser would: channel and one line, and what a test is about."""
    data: Typed = {"channel": "phone", "title": "Wants to know when the pool opens", "language": "en", **typed}
    form = ContactForm(
        {name: value for name, value in data.items() if value is not None}, actor=actor(cast.fay), now=now
    )
    form.full_clean()
    return form


def errors_of(form: ContactForm) -> dict[str, str]:
    return {name: str(texts[0]) for name, texts in form.errors.items()}


def test_channel_and_one_line_are_enough(cast: Cast, now: datetime) -> None:
    form = form_of(cast, now)
    assert form.errors == {}
    entry = form.entry()
    assert (entry.channel, entry.title, entry.received_at) == (Channel.PHONE, "Wants to know when the pool opens", now)
    assert entry.outcome is ContactOutcome.MESSAGE_TAKEN
    assert entry.is_reply_wanted
    assert entry.danger is None
    assert entry.customer.name == ""


def test_nothing_typed_says_what_is_needed(cast: Cast, now: datetime) -> None:
    assert errors_of(form_of(cast, now, channel=None, title="  ")) == {
        "channel": "Choose how it reached us",
        "title": "Write a few words about what they need",
    }


@pytest.mark.parametrize("channel", ["open311", "pigeon", "\x00"])
def test_a_channel_that_is_not_offered_is_refused(cast: Cast, now: datetime, channel: str) -> None:
    assert "channel" in form_of(cast, now, channel=channel).errors


def test_who_becomes_a_new_customer(cast: Cast, now: datetime) -> None:
    entry = form_of(cast, now, who="Luz Prueba 510-555-0177", is_business="on", language="es").entry()
    assert entry.customer == CustomerEntry(name="Luz Prueba", phone="510-555-0177", is_business=True, language="es")


def test_a_picked_customer_is_linked_and_a_matching_one_never_is(cast: Cast, now: datetime) -> None:
    known = keep_customer(CustomerEntry(name="Luz Prueba", phone="510 555 0177"), at=now)
    assert known
    picked = form_of(cast, now, who="Luz Prueba", customer_id=str(known.pk)).entry().customer
    typed = form_of(cast, now, who="Luz Prueba").entry().customer
    assert (picked.customer_id, picked.name) == (known.pk, "")
    assert (typed.customer_id, typed.name) == (None, "Luz Prueba")


def test_a_pick_is_let_go_when_the_text_changes(cast: Cast, now: datetime) -> None:
    known = keep_customer(CustomerEntry(name="Luz Prueba"), at=now)
    assert known
    entry = form_of(cast, now, who="Bob Someone", customer_id=str(known.pk)).entry()
    assert (entry.customer.customer_id, entry.customer.name) == (None, "Bob Someone")


def test_a_choice_among_suggestions_counts_for_the_text_it_was_made_for(cast: Cast, now: datetime) -> None:
    known = keep_customer(CustomerEntry(name="Luz Prueba"), at=now)
    assert known
    choice = {"who_choice": str(known.pk), "who_asked": "luz"}
    assert form_of(cast, now, who="luz", **choice).entry().customer.customer_id == known.pk
    assert form_of(cast, now, who="luis", **choice).entry().customer.customer_id is None


@pytest.mark.parametrize("pick", ["999999", "99999999999999999999", "-1", "x", "²"])
def test_a_pick_that_is_none_is_no_accident(cast: Cast, now: datetime, pick: str) -> None:
    form = form_of(cast, now, who="Luz", customer_id=pick, for_whom_id=pick, who_choice=pick, who_asked="Luz")
    assert form.customer is None
    assert set(form.errors) <= {"customer_id", "for_whom_id"}


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"who": "ana@mail"}, "who"),
        ({"who": "x" * 130}, "who"),
        ({"phone": "12"}, "phone"),
        ({"email": "no"}, "email"),
        ({"who": "Ana 510 555 0101", "phone": "510 555 0102"}, "phone"),
        ({"who": "ana@mail.example", "email": "other@mail.example"}, "email"),
        ({"who": "Ana", "is_anonymous": "on"}, "is_anonymous"),
        ({"title": "x" * 201}, "title"),
        ({"title": "a\x00b"}, "title"),
        ({"text": "x" * 20_001}, "text"),
        ({"category": "no such thing"}, "category"),
        ({"for_whom": "no such person"}, "for_whom"),
        ({"is_from_colleague": "on"}, "colleague"),
        ({"channel": "voicemail"}, "received_at"),
        ({"channel": "email"}, "received_at"),
        ({"received_at": "2026-11-24T09:00"}, "received_at"),
        ({"received_at": "2026-03-08T02:30"}, "received_at"),
        ({"received_at": "tomorrow"}, "received_at"),
        ({"received_at": "2006-11-23T09:00"}, "received_at"),
        ({"channel": "letter", "on_the_spot": "on"}, "on_the_spot"),
        ({"is_danger": "on", "told_at": "2026-11-23T14:00"}, "told"),
        ({"is_danger": "on", "told": "Dispatch"}, "told_at"),
        ({"is_danger": "on", "told": "Dispatch", "told_at": "2026-11-24T14:00"}, "told_at"),
        ({"category": "Downed power line or gas smell"}, "told"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(cast: Cast, now: datetime, typed: Typed, field: str) -> None:
    hazard = Category.objects.filter(is_hazard=True).first()
    assert hazard
    if typed.get("category", "").startswith("Downed"):
        typed = {"category": hazard.name, "told_at": "2026-11-23T14:00"}
    assert list(form_of(cast, now, **typed).errors) == [field]


def test_received_is_typed_in_the_citys_time(cast: Cast, now: datetime) -> None:
    form = form_of(cast, now, channel="voicemail", received_at="2026-11-20T17:12")
    assert form.entry().received_at == datetime(2026, 11, 20, 17, 12, tzinfo=PINOLE)


def test_the_doubled_hour_is_its_first(cast: Cast, now: datetime) -> None:
    form = form_of(cast, now, channel="voicemail", received_at="2026-11-01T01:30")
    assert form.entry().received_at.utcoffset() == timedelta(hours=-7)


def test_a_category_resolves_by_name_or_keyword(cast: Cast, now: datetime) -> None:
    form = form_of(cast, now, category="ruido")
    assert form.category_meant == Category.objects.get(slug="noise")


def test_an_unknown_category_comes_back_with_suggestions(cast: Cast, now: datetime) -> None:
    form = form_of(cast, now, category="nois")
    assert "Noise" in [option.label for option in form.choices["category"].options]


def test_somebody_is_asked_for_by_extension(cast: Cast, now: datetime) -> None:
    ana = EmployeeFactory.create(name="Ana Ruiz", extension="214", department=cast.finance)
    form = form_of(cast, now, for_whom="214", outcome="put_through_voicemail", on_the_spot="on")
    entry = form.entry()
    assert (entry.for_employee_id, entry.outcome) == (ana.pk, ContactOutcome.PUT_THROUGH_VOICEMAIL)


def test_two_people_of_a_name_are_offered(cast: Cast, now: datetime) -> None:
    for department in (cast.finance, cast.streets):
        EmployeeFactory.create(name="Ana Ruiz", department=department)
    form = form_of(cast, now, for_whom="Ana Ruiz")
    assert [option.more for option in form.choices["for_whom"].options] == [str(cast.finance), str(cast.streets)]


def test_a_topic_may_be_asked_for_instead_of_a_person(cast: Cast, now: datetime) -> None:
    entry = form_of(cast, now, for_whom="Noise").entry()
    assert (entry.for_employee_id, entry.category_id) == (None, Category.objects.get(slug="noise").pk)


def test_a_colleague_is_picked_and_no_customer_is_made(cast: Cast, now: datetime) -> None:
    entry = form_of(cast, now, is_from_colleague="on", colleague="bob teammate", who="left over").entry()
    assert (entry.is_from_colleague, entry.colleague_id, entry.customer) == (True, cast.bob.pk, CustomerEntry())


def test_answered_on_the_spot_says_how_it_ended(cast: Cast, now: datetime) -> None:
    entry = form_of(cast, now, on_the_spot="on", disposition="referred", outcome_note="EBMUD, 866 555 0100").entry()
    assert (entry.outcome, entry.disposition) == (ContactOutcome.ANSWERED, Disposition.REFERRED)
    assert entry.outcome_note == "EBMUD, 866 555 0100"


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ({"on_the_spot": "on", "category": "bache"}, "Pothole or street damage"),
        ({"on_the_spot": "on", "category": "bache", "title": "On Pear St"}, "On Pear St"),
        ({"for_whom": "bache", "outcome": "answered"}, "Pothole or street damage"),
        ({"on_the_spot": "on"}, None),
        ({"category": "bache"}, None),
        ({"on_the_spot": "on", "category": "bache", "title": "x" * 201}, None),
    ],
)
def test_a_category_is_word_enough_for_what_was_answered(
    cast: Cast, now: datetime, typed: Typed, line: str | None
) -> None:
    form = form_of(cast, now, **{"title": "", **typed})
    assert (form.entry().title if form.is_valid() else None) == line
    assert list(form.errors) == ([] if line else ["title"])


def test_the_kind_can_be_changed(cast: Cast, now: datetime) -> None:
    assert form_of(cast, now, kind="compliment").entry().kind is RequestKind.COMPLIMENT
    assert form_of(cast, now).entry().kind is None


def test_danger_is_saved_with_who_was_told_and_when(cast: Cast, now: datetime) -> None:
    form = form_of(cast, now, is_danger="on", told="Police dispatch", told_at="2026-11-23T14:05")
    danger = form.entry().danger
    assert danger
    assert (danger.told, danger.told_at) == ("Police dispatch", datetime(2026, 11, 23, 14, 5, tzinfo=PINOLE))


@pytest.mark.parametrize("key", ["", "nonsense", None])
def test_a_damaged_key_gives_a_new_one(cast: Cast, now: datetime, key: str | None) -> None:
    form = form_of(cast, now, submission_key=key)
    assert form.errors == {}
    assert form.entry().submission_key is None
    assert form.key


def test_a_line_pasted_from_elsewhere_stays_one_line(cast: Cast, now: datetime) -> None:
    assert form_of(cast, now, title="Tree\r\n  down\ton Pear").entry().title == "Tree down on Pear"


@pytest.mark.parametrize("field", ["title", "text", "outcome_note", "who", "place", "best_time"])
def test_a_social_security_number_is_noticed_in_any_text(cast: Cast, now: datetime, field: str) -> None:
    assert form_of(cast, now, **{field: "it is 219-09-9999"}).has_forbidden_number
    assert not form_of(cast, now, **{field: "call 510-555-0143"}).has_forbidden_number


def test_half_typed_still_tells_what_bears_on_the_date(cast: Cast, now: datetime) -> None:
    question = form_of(cast, now, title="", phone="510 555 0101", no_reply_wanted="on").question()
    assert (question.channel, question.has_contact, question.is_reply_wanted) == (Channel.PHONE, True, False)

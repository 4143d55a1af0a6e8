"""An administrator changes what the policy leaves open, the on-call numbers, and tries the mail."""

import re
from dataclasses import fields
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from requests_app.domain.choices import DEFAULT_CHOICES, LocalChoices
from requests_app.domain.vocabulary import AnswerKind, AttemptOutcome, Channel
from requests_app.forms.choices import GROUPS, SET_BY_LAW, ChoicesForm, initial_of
from requests_app.models import AuditEntry, CitySetting, OnCallNumber, OutgoingMail
from requests_app.selectors.choices import current_choices
from requests_app.services.answers import log_attempt
from requests_app.services.choices import change_choice
from requests_app.services.entries import AnswerEntry
from requests_app.services.outgoing_mail import send_due_mail
from tests.cast import Cast, actor, login_of
from tests.factories import ServiceRequestFactory, free_text_mail, start_clock_row


@pytest.fixture
def ada(client: Client, cast: Cast) -> Client:
    client.force_login(login_of(cast.ada))
    return client


def typed(**changed: Any) -> dict[str, Any]:
    """Give the form as it comes, with some fields typed anew; an empty tick box is not sent."""
    values = {**initial_of(DEFAULT_CHOICES), **changed}
    return {name: value for name, value in values.items() if name in ChoicesForm.base_fields and value is not False}


def test_every_choice_has_its_field_or_is_set_by_law() -> None:
    assert {field.name for field in fields(LocalChoices)} == ChoicesForm.base_fields.keys() | SET_BY_LAW
    shown = [name for group in GROUPS for name in group.names]
    assert sorted(shown) == sorted(ChoicesForm.base_fields)


def test_the_page_shows_what_holds_and_the_default(ada: Client, cast: Cast, now: datetime) -> None:
    change_choice("small_number", 9, actor=actor(cast.ada), at=now)
    page = ada.get("/settings/").content.decode()
    assert 'name="small_number" value="9"' in page
    assert "Default: 5" in page


def test_what_was_typed_anew_is_saved_and_nothing_else(ada: Client, cast: Cast) -> None:
    page = ada.post("/settings/", typed(small_number=7), follow=True).content.decode()

    assert "Saved: 1 setting changed." in page
    assert list(CitySetting.objects.values_list("key", "value", "changed_by")) == [("small_number", 7, cast.ada.pk)]
    assert AuditEntry.objects.filter(action="choice_changed").count() == 1
    assert "Nothing was changed." in ada.post("/settings/", typed(small_number=7), follow=True).content.decode()


def test_human_resources_set_the_numbers_of_their_reports_and_no_other(client: Client, cast: Cast) -> None:
    client.force_login(login_of(cast.hana))
    page = client.get("/settings/").content.decode()
    assert 'name="target_rate"' in page
    assert "(5) as well" in page
    assert not {"small_number", "staff_reads_city_wide", "independent_recipient_email"} & names_in(page)

    said = client.post("/settings/", typed(target_rate=0.9, small_number=1, counter_idle_minutes=60), follow=True)

    assert "Saved: 1 setting changed." in said.content.decode()
    assert list(CitySetting.objects.values_list("key", "changed_by")) == [("target_rate", cast.hana.pk)]
    assert AuditEntry.objects.filter(action="choice_changed", actor=cast.hana).count() == 1


def names_in(page: str) -> set[str]:
    return set(re.findall(r'name="(\w+)"', page))


@pytest.mark.parametrize(
    "wrong",
    [
        {"busy_day_ratio": "4"},
        {"storm_day_ratio": "1.5"},
        {"target_rate": "95"},
        {"small_number": "0"},
        {"small_number": "many"},
        {"independent_recipient_email": "mayor"},
    ],
)
def test_a_wrong_value_changes_nothing_and_stays_in_its_field(ada: Client, wrong: dict[str, str]) -> None:
    answer = ada.post("/settings/", typed(promise_limit_business_days=3, **wrong))
    page = answer.content.decode()

    assert answer.status_code == 422
    assert f'value="{next(iter(wrong.values()))}"' in page
    assert 'value="3"' in page
    assert current_choices() == DEFAULT_CHOICES


def test_a_message_left_no_longer_counts_once_the_city_says_so(ada: Client, cast: Cast, now: datetime) -> None:
    row = ServiceRequestFactory.create(department=cast.streets, owner=cast.alice)
    start_clock_row(row, due_at=now)
    ada.post("/settings/", typed(left_message_counts=False))

    attempt = AnswerEntry(
        channel=Channel.PHONE, text="", occurred_at=now, outcome=AttemptOutcome.LEFT_MESSAGE, answer=AnswerKind.FULL
    )
    log_attempt(request_id=row.pk, entry=attempt, actor=actor(cast.alice), at=now)

    assert row.clocks.get().verdict == "open"


def test_numbers_are_added_changed_checked_and_removed(ada: Client) -> None:
    ada.post("/settings/on-call/add/", {"name": "Night watch", "phone": "510-555-0199", "hours": "closed"})
    number = OnCallNumber.objects.get(name="Night watch")
    page = ada.post(
        f"/settings/on-call/{number.pk}/", {"name": "Night watch", "phone": "911", "hours": "always"}, follow=True
    )
    assert "marked as checked today" in page.content.decode()
    assert OnCallNumber.objects.get(pk=number.pk).phone == "911"
    assert "never" not in ada.post("/settings/on-call/checked/", follow=True).content.decode()
    ada.post(f"/settings/on-call/{number.pk}/remove/")
    assert not OnCallNumber.objects.filter(pk=number.pk).exists()
    assert ada.get(f"/settings/on-call/{number.pk}/").status_code == 404


def test_a_number_that_is_none_is_refused_with_what_was_typed(ada: Client) -> None:
    answer = ada.post("/settings/on-call/add/", {"name": "Night watch", "phone": "ask Bob", "hours": "closed"})
    assert answer.status_code == 422
    assert 'value="ask Bob"' in answer.content.decode()
    assert not OnCallNumber.objects.filter(name="Night watch").exists()


def test_a_test_mail_goes_to_whoever_asks_once_for_two_clicks(ada: Client, cast: Cast) -> None:
    for _ in range(2):
        page = ada.post("/mail/test/", follow=True).content.decode()
    assert "ada@pinole.example is on its way" in page
    assert OutgoingMail.objects.get().recipient == cast.ada


def test_without_an_address_nothing_is_sent_and_the_page_says_why(ada: Client, cast: Cast) -> None:
    cast.ada.email = ""
    cast.ada.save(update_fields=["email"])
    assert "no e-mail address" in ada.post("/mail/test/", follow=True).content.decode()
    assert not OutgoingMail.objects.exists()


def test_a_mail_that_was_given_up_is_shown_with_its_reason_and_tried_again(ada: Client, now: datetime) -> None:
    mail = free_text_mail(to="")
    send_due_mail(clock=lambda: now, worker="w")
    assert "header holds a line break" in ada.get("/mail/").content.decode()

    assert "tried again" in ada.post(f"/mail/{mail.pk}/retry/", follow=True).content.decode()
    mail.refresh_from_db()
    assert mail.status == OutgoingMail.Status.PENDING


def test_the_page_asks_no_more_of_fifty_mails_than_of_three(
    ada: Client, now: datetime, django_assert_num_queries: Any
) -> None:
    for number in range(3):
        free_text_mail(to=f"a{number}@pinole.example")
    OutgoingMail.objects.update(status=OutgoingMail.Status.FAILED)
    ada.get("/mail/")  # the first page of a visit asks more: it marks the session as used
    with CaptureQueriesContext(connection) as few:
        ada.get("/mail/")
    for number in range(47):
        free_text_mail(to=f"b{number}@pinole.example")
    OutgoingMail.objects.update(status=OutgoingMail.Status.FAILED)
    with django_assert_num_queries(len(few)):
        ada.get("/mail/")

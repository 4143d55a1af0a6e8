"""Residents are asked once, in their language, never a colleague, never twice in 90 days (III.c.ii)."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from requests_app.domain.surveys import Question
from requests_app.models import (
    AuditEntry,
    Complaint,
    OutgoingMail,
    ServiceRequest,
    SurveyAddressee,
    SurveyAnswer,
    SurveyInvitation,
)
from requests_app.selectors.access import SYSTEM
from requests_app.selectors.survey_links import link_of, token_of
from requests_app.services.choices import change_choice
from requests_app.services.outgoing_mail import message_of
from requests_app.services.surveys import (
    AnswerGiven,
    AskedLately,
    NotAsked,
    Receipt,
    forget_addresses,
    invite_to_surveys,
    make_survey_slip,
    record_survey_answer,
    stop_asking,
)
from tests.cast import Cast, actor
from tests.factories import ContactPointFactory, CustomerFactory, ServiceRequestFactory

ADDRESS = "jun@mail.example"


def closed(cast: Cast, at: datetime, *, address: str = ADDRESS, **facts: Any) -> ServiceRequest:
    customer = facts.pop("customer", None) or CustomerFactory.create()
    if address:
        ContactPointFactory.create(customer=customer, value=address)
    given = {"department": cast.streets, "customer": customer, "recorded_by": cast.fay, "disposition": "done"}
    return ServiceRequestFactory.create(
        **{**given, "status": "closed", "closed_at": at, "received_at": at - timedelta(days=1), **facts}
    )


@pytest.fixture
def ready(now: datetime) -> datetime:
    """Give an instant of closing that is asked about now."""
    return now - timedelta(hours=3)


def test_who_was_answered_is_asked_once_with_a_link_and_no_word_of_the_request(
    cast: Cast, now: datetime, ready: datetime
) -> None:
    about = closed(cast, ready, title="My neighbour's fence")
    assert invite_to_surveys(now=now)["invited"] == 1
    assert invite_to_surveys(now=now)["invited"] == 0

    invitation, mail = SurveyInvitation.objects.get(), OutgoingMail.objects.get()
    assert (mail.to_address, invitation.mail, invitation.service_request) == (ADDRESS, mail, about)
    assert (invitation.department, invitation.channel, invitation.route) == (cast.streets, "phone", "mail")
    assert invitation.expires_at == now + timedelta(days=30)
    sent = str(message_of(mail).body)
    assert link_of(invitation) in sent
    assert about.number in sent
    assert "fence" not in sent
    assert about.customer
    assert about.customer.name not in sent
    assert AuditEntry.objects.get(action="survey_invitations_sent").count == 1


def test_no_table_holds_what_opens_it(cast: Cast, now: datetime, ready: datetime) -> None:
    closed(cast, ready)
    invite_to_surveys(now=now)
    invitation, mail = SurveyInvitation.objects.get(), OutgoingMail.objects.get()
    stored = f"{vars(invitation)} {vars(mail)} {vars(SurveyAddressee.objects.first())}"
    assert len(token_of(invitation)) == 24
    assert token_of(invitation) not in stored
    assert ADDRESS not in str([vars(row) for row in SurveyAddressee.objects.all()])


def test_it_is_asked_in_the_language_of_the_customer(cast: Cast, now: datetime, ready: datetime) -> None:
    closed(cast, ready, language="es")
    closed(cast, ready, address="li@mail.example", language="zh")
    invite_to_surveys(now=now)
    spanish, other = OutgoingMail.objects.order_by("pk")
    assert "¿Cómo lo hicimos?" in spanish.subject + spanish.body
    assert "How did we do?" in other.body


@pytest.mark.parametrize(
    "facts",
    [
        {"disposition": "spam"},
        {"disposition": "withdrawn"},
        {"no_reply": "not_wanted"},
        {"is_from_colleague": True},
        {"is_imported": True},
        {"confidentiality": "confidential"},
        {"confidentiality": "improper_activity"},
        {"confidentiality": "police_stub"},
        {"customer_mark": "[withheld]"},
        {"address": ""},
        {"address": "fay@pinole.example"},
        {"address": "Alice@Pinole.example"},
    ],
)
def test_these_are_not_asked(cast: Cast, now: datetime, ready: datetime, facts: dict[str, Any]) -> None:
    """Nobody on the roster is asked, so never whoever logged it and typed their own address."""
    closed(cast, ready, **facts)
    assert invite_to_surveys(now=now)["invited"] == 0
    assert not OutgoingMail.objects.exists()


def test_nobody_is_asked_at_once_nor_about_long_ago_nor_while_a_complaint_runs(
    cast: Cast, now: datetime, ready: datetime
) -> None:
    closed(cast, now - timedelta(hours=1))
    closed(cast, now - timedelta(days=8), address="b@mail.example")
    complained_of = closed(cast, ready, address="c@mail.example")
    running = ServiceRequestFactory.create(kind="complaint", department=cast.streets)
    Complaint.objects.create(service_request=running, about_request=complained_of)
    assert invite_to_surveys(now=now)["invited"] == 0


@pytest.mark.parametrize("by", ["customer", "address"])
def test_nobody_is_asked_twice_in_90_days(cast: Cast, now: datetime, ready: datetime, by: str) -> None:
    first = closed(cast, ready)
    invite_to_surveys(now=now)
    again: dict[str, Any] = {"customer": first.customer, "address": "other@mail.example"} if by == "customer" else {}
    for days, asked in ((30, 0), (89, 0), (90, 1)):
        later = now + timedelta(days=days)
        closed(cast, later - timedelta(hours=3), **again)
        again.pop("address", None)
        if by == "customer":
            again["address"] = ""
        assert invite_to_surveys(now=later)["invited"] == asked


def test_who_wants_no_more_is_asked_no_more(cast: Cast, now: datetime, ready: datetime) -> None:
    closed(cast, ready)
    invite_to_surveys(now=now)
    token = token_of(SurveyInvitation.objects.get())
    assert stop_asking(token=token, at=now)
    assert stop_asking(token=token, at=now + timedelta(days=1))
    assert not stop_asking(token="nothing", at=now)
    later = now + timedelta(days=200)
    closed(cast, later - timedelta(hours=3))
    assert invite_to_surveys(now=later)["invited"] == 0


def test_the_city_may_leave_it(cast: Cast, now: datetime, ready: datetime) -> None:
    change_choice("survey_by_mail", False, actor=SYSTEM, at=now)
    closed(cast, ready)
    assert invite_to_surveys(now=now)["invited"] == 0


def test_an_answer_is_kept_once_without_who_or_when(cast: Cast, now: datetime, ready: datetime) -> None:
    closed(cast, ready, language="es")
    invite_to_surveys(now=now)
    invitation = SurveyInvitation.objects.get()
    given = AnswerGiven(scores={Question.RESPECT: 5, Question.CLEAR: 2}, comment=" Gracias ")
    entries = AuditEntry.objects.count()

    assert record_survey_answer(token=token_of(invitation), given=given, at=now) is Receipt.RECORDED
    assert record_survey_answer(token=token_of(invitation), given=given, at=now) is Receipt.ALREADY

    answer = SurveyAnswer.objects.get()
    assert (answer.respect, answer.clear, answer.listened, answer.comment) == (5, 2, None, "Gracias")
    assert (answer.department, answer.language, str(answer.month)) == (cast.streets, "es", "2026-11-01")
    fields = {field.name for field in SurveyAnswer._meta.get_fields()}
    assert not fields & {"service_request", "customer", "invitation", "answered_at", "created_at"}
    assert AuditEntry.objects.count() == entries


def test_a_link_that_ran_out_takes_nothing(cast: Cast, now: datetime, ready: datetime) -> None:
    closed(cast, ready)
    invite_to_surveys(now=now)
    token = token_of(SurveyInvitation.objects.get())
    given = AnswerGiven(scores={Question.RESPECT: 1})
    assert record_survey_answer(token=token, given=given, at=now + timedelta(days=30)) is Receipt.OVER
    assert record_survey_answer(token="0" * 64, given=given, at=now) is Receipt.OVER
    assert not SurveyAnswer.objects.exists()


def test_a_slip_is_for_whoever_has_no_mail_and_is_one_whoever_asks_again(cast: Cast, now: datetime) -> None:
    about = closed(cast, now, address="", no_reply="no_contact_point", customer=None)
    slip = make_survey_slip(request_id=about.pk, actor=actor(cast.fay), at=now)
    assert make_survey_slip(request_id=about.pk, actor=actor(cast.fay), at=now) == slip
    assert (slip.route, slip.mail) == ("slip", None)
    assert AuditEntry.objects.filter(action="survey_slip_made").count() == 1
    with pytest.raises(NotAsked):
        make_survey_slip(request_id=closed(cast, now, disposition="spam").pk, actor=actor(cast.fay), at=now)
    other = closed(cast, now, address="", customer=about.customer)
    with pytest.raises(AskedLately):
        make_survey_slip(request_id=other.pk, actor=actor(cast.fay), at=now)


def test_the_address_is_forgotten_once_the_link_is_over(cast: Cast, now: datetime, ready: datetime) -> None:
    closed(cast, ready)
    invite_to_surveys(now=now)
    OutgoingMail.objects.update(status="sent", sent_at=now)
    assert forget_addresses(now=now + timedelta(days=29)) == 0
    assert forget_addresses(now=now + timedelta(days=30)) == 1
    assert OutgoingMail.objects.get().to_address == ""

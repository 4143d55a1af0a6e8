"""A customer's receipt: the standard, its date, the holidays, how to reach us; in their language, kept (III.a.iii)."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.notice_texts import default_texts
from requests_app.domain.receipts import receipt_lines
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Channel
from requests_app.models import AuditEntry, Notice, OutgoingMail, Receipt, ServiceRequest
from requests_app.selectors.contacts import response_clock_of
from requests_app.services.choices import change_choice
from requests_app.services.customers import CustomerEntry
from requests_app.services.entries import ContactEntry, ContactOutcome
from requests_app.services.identity_redactions import redact_identity
from requests_app.services.outgoing_mail import message_of
from requests_app.services.receipts import mail_receipt, make_receipt_slip
from requests_app.services.requests import log_request
from requests_app.services.undelivered import tell_of_undelivered
from tests.cast import Cast, actor
from tests.factories import ServiceRequestFactory

ADDRESS = "luz@mail.example"


@pytest.fixture
def called(cast: Cast, now: datetime) -> ServiceRequest:
    """Give a call on a Monday afternoon, by somebody with an address, who said where the neighbour's fence stands."""
    return _call(cast, now)


def _call(cast: Cast, now: datetime, **facts: Any) -> ServiceRequest:
    who = CustomerEntry(name="Luz Prueba", email=ADDRESS)
    entry = ContactEntry(channel=Channel.PHONE, title="The neighbour's fence", received_at=now, customer=who)
    return log_request(replace(entry, **facts), actor=actor(cast.fay), at=now)


def test_the_mail_states_number_standard_date_holidays_and_phone(
    cast: Cast, called: ServiceRequest, now: datetime
) -> None:
    change_choice("holidays_address", "city.example/holidays", actor=actor(cast.ada), at=now)
    receipt = mail_receipt(request_id=called.pk, address=ADDRESS, actor=actor(cast.fay), at=now)

    mail = OutgoingMail.objects.get()
    assert (mail.to_address, mail.recipient, receipt.mail) == (ADDRESS, None, mail)
    message = message_of(mail)
    assert called.number in message.subject
    body = str(message.body)
    assert called.number in body
    assert "Our standard is one business day: by Tue 24 Nov, 5:00 pm." in body
    assert "City offices observe the holidays listed at city.example/holidays." in body
    assert called.department
    assert called.department.phone in body
    assert "fence" not in body + message.subject
    assert "Luz" not in body + message.subject


def test_it_is_kept_with_the_date_it_promised_and_told_on_the_request(
    cast: Cast, called: ServiceRequest, now: datetime
) -> None:
    receipt = mail_receipt(request_id=called.pk, address=ADDRESS, actor=actor(cast.fay), at=now)
    clock = response_clock_of(called)
    assert clock
    assert (receipt.promised_for, receipt.given_by, receipt.given_at) == (clock.due_at, cast.fay, now)
    assert called.events.get(kind=EventKind.RECEIPT_GIVEN).text == "By e-mail"
    assert AuditEntry.objects.filter(action="receipt_given").count() == 1


def test_the_customer_reads_it_in_their_language(cast: Cast, now: datetime) -> None:
    slip = make_receipt_slip(request_id=_call(cast, now, language="es").pk, actor=actor(cast.fay), at=now)
    assert slip.language == "es"
    assert "Nuestra norma es de un día hábil: a más tardar el martes 24 de noviembre a las 5:00 p. m." in slip.text
    assert "Call" not in slip.text


def test_a_language_of_none_of_our_texts_is_answered_in_english(cast: Cast, now: datetime) -> None:
    slip = make_receipt_slip(request_id=_call(cast, now, language="tl").pk, actor=actor(cast.fay), at=now)
    assert slip.language == "en"
    assert "Our standard is" in slip.text


def test_asked_twice_it_is_given_once_and_a_later_date_is_a_new_one(
    cast: Cast, called: ServiceRequest, now: datetime
) -> None:
    first = make_receipt_slip(request_id=called.pk, actor=actor(cast.fay), at=now)
    assert make_receipt_slip(request_id=called.pk, actor=actor(cast.fay), at=now) == first
    for _ in range(2):
        mail_receipt(request_id=called.pk, address=ADDRESS, actor=actor(cast.fay), at=now)
    assert OutgoingMail.objects.count() == 1
    mail_receipt(request_id=called.pk, address="son@mail.example", actor=actor(cast.fay), at=now)
    assert OutgoingMail.objects.count() == 2

    clock = response_clock_of(called)
    assert clock
    assert clock.due_at
    type(clock).objects.filter(pk=clock.pk).update(due_at=clock.due_at + timedelta(days=1))
    later = make_receipt_slip(request_id=called.pk, actor=actor(cast.fay), at=now)
    assert later.promised_for == clock.due_at + timedelta(days=1)
    assert Receipt.objects.count() == 4
    assert called.events.filter(kind=EventKind.RECEIPT_GIVEN).count() == 4


def test_what_was_answered_on_the_spot_promises_no_date(cast: Cast, now: datetime) -> None:
    answered = _call(cast, now, outcome=ContactOutcome.ANSWERED)
    slip = make_receipt_slip(request_id=answered.pk, actor=actor(cast.fay), at=now)
    assert slip.promised_for is None
    assert "Your question was answered today." in slip.text


def test_a_receipt_that_did_not_arrive_is_told_to_a_supervisor(
    cast: Cast, called: ServiceRequest, now: datetime
) -> None:
    ServiceRequest.objects.filter(pk=called.pk).update(department=cast.streets, owner=cast.alice)
    receipt = mail_receipt(request_id=called.pk, address=ADDRESS, actor=actor(cast.fay), at=now)
    assert receipt.mail
    receipt.mail.last_error = "SMTPRecipientsRefused: no such mailbox"
    assert tell_of_undelivered(receipt.mail, at=now) == 1
    told = Notice.objects.get(kind=Notice.Kind.UNDELIVERED)
    assert (told.recipient, told.service_request) == (cast.sam, called)


def test_whom_a_redaction_takes_out_is_taken_out_of_the_mails_too(
    cast: Cast, called: ServiceRequest, now: datetime
) -> None:
    sent = mail_receipt(request_id=called.pk, address=ADDRESS, actor=actor(cast.fay), at=now).mail
    assert sent
    OutgoingMail.objects.filter(pk=sent.pk).update(status=OutgoingMail.Status.SENT, sent_at=now)
    waiting = mail_receipt(request_id=called.pk, address="son@mail.example", actor=actor(cast.fay), at=now)

    redact_identity(request_id=called.pk, code="personal_privacy", actor=actor(cast.cleo), at=now)

    sent.refresh_from_db()
    waiting.refresh_from_db()
    assert (sent.to_address, sent.status) == ("", OutgoingMail.Status.SENT)
    assert waiting.mail is None
    assert not OutgoingMail.objects.filter(to_address__contains="mail.example").exists()


def test_of_what_is_destroyed_or_handed_over_there_is_none(cast: Cast, now: datetime) -> None:
    gone = ServiceRequestFactory.create(
        destroyed_at=now, closed_at=now, status="closed", disposition="done", customer=None, place="", outcome_note=""
    )
    stub = ServiceRequestFactory.create(confidentiality="police_stub", no_reply="handed_over")
    for request, refusal in ((gone, Refusal.DESTROYED), (stub, Refusal.ROLE)):
        with pytest.raises(ActionRefused) as refused:
            make_receipt_slip(request_id=request.pk, actor=actor(cast.fay), at=now)
        assert refused.value.refusal is refusal
    assert not Receipt.objects.exists()


@pytest.mark.parametrize("language", ["en", "es"])
def test_without_an_address_or_a_phone_the_sentence_is_left_out(language: str) -> None:
    texts = default_texts(language)
    whole = receipt_lines(received="X", read_back=["A.", "B."], holidays_address="h", phone="p", texts=texts)
    bare = receipt_lines(received="X", read_back=["A.", "B."], holidays_address="", phone="", texts=texts)
    assert (len(whole), bare) == (5, whole[:3])
    assert not any("{" in line for line in whole)

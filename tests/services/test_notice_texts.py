"""The city's own words stand in what is written from then on."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from requests_app.domain.notice_texts import TextCode
from requests_app.domain.placeholders import InvalidText
from requests_app.domain.vocabulary import Channel
from requests_app.models import AuditEntry, NoticeTemplate, OutgoingMail
from requests_app.selectors.notice_texts import notice_texts, texts_to_review
from requests_app.services.entries import ContactEntry
from requests_app.services.notice_texts import change_notice_text, reset_notice_text
from requests_app.services.requests import log_request
from requests_app.services.sweeps import fire_due_stages
from tests.cast import Cast, actor, login_of
from tests.factories import ServiceRequestFactory, start_clock_row


@pytest.fixture
def change(cast: Cast, now: datetime) -> Any:
    def changed(code: TextCode, text: str, language: str = "en", review_by: date | None = None) -> NoticeTemplate:
        return change_notice_text(
            code, language=language, text=text, review_by=review_by, actor=actor(cast.ada), at=now
        )

    return changed


def test_a_change_is_evidence_and_the_same_again_is_none(cast: Cast, change: Any) -> None:
    for _ in range(2):
        change(TextCode.FOOTER, "Call 510-555-0100 with questions.")
    assert notice_texts("en")[TextCode.FOOTER] == "Call 510-555-0100 with questions."
    assert "no se leen" in notice_texts("es")[TextCode.FOOTER]
    assert AuditEntry.objects.filter(action="notice_text_changed", actor=cast.ada).count() == 1


def test_going_back_gives_the_default_again(cast: Cast, change: Any, now: datetime) -> None:
    change(TextCode.FOOTER, "Ours")
    for _ in range(2):
        reset_notice_text(TextCode.FOOTER, language="en", actor=actor(cast.ada), at=now)
    assert "sent automatically" in notice_texts("en")[TextCode.FOOTER]
    assert AuditEntry.objects.filter(action="notice_text_reset").count() == 1


def test_a_text_that_cannot_be_sent_changes_nothing(change: Any) -> None:
    with pytest.raises(InvalidText):
        change(TextCode.READ_BACK_DUE, "Soon.")
    assert not NoticeTemplate.objects.exists()


def test_mail_to_staff_carries_the_citys_words(cast: Cast, change: Any, now: datetime) -> None:
    change(TextCode.DIGEST_LEAD, "Good morning %(n)s <b>&amp;")
    change(TextCode.FOOTER, "Ours")
    row = ServiceRequestFactory.create(department=cast.streets, owner=cast.alice)
    start_clock_row(row, due_at=now - timedelta(days=2), started_at=now - timedelta(days=5))
    fire_due_stages(now=now)
    mail = OutgoingMail.objects.get(recipient=cast.alice)
    assert mail.body.startswith("Good morning %(n)s <b>&amp;\n\n")
    assert "\nOurs\n" in mail.body


def test_the_customer_is_read_back_the_citys_words_in_their_language(
    cast: Cast, change: Any, now: datetime, client: Client
) -> None:
    change(TextCode.READ_BACK_NUMBER, "Anote: {number}.", language="es")
    entry = ContactEntry(channel=Channel.PHONE, title="Bache", received_at=now, language="es")
    number = log_request(entry, actor=actor(cast.fay), at=now).number
    client.force_login(login_of(cast.fay))
    assert f"Anote: {number}." in client.get(f"/log/done/{number}/").content.decode()


def test_texts_whose_review_is_due_are_counted(change: Any, now: datetime) -> None:
    change(TextCode.FOOTER, "Ours", review_by=date(2026, 11, 23))
    assert (texts_to_review(date(2026, 11, 22)), texts_to_review(date(2026, 11, 23))) == (0, 1)


def test_the_page_keeps_what_was_typed_where_it_is_refused(cast: Cast, client: Client) -> None:
    client.force_login(login_of(cast.ada))
    answer = client.post("/settings/texts/read_back_due/en/", {"text": "By {duo}"})
    assert answer.status_code == 422
    assert "By {duo}" in answer.content.decode()
    assert "This text may use: {due}." in answer.content.decode()
    saved = client.post("/settings/texts/read_back_due/en/", {"text": "By {due}, we hope."}, follow=True)
    assert "By {due}, we hope." in saved.content.decode()
    assert "changed by Ada Administrator" in saved.content.decode()
    client.post("/settings/texts/read_back_due/en/reset/")
    assert not NoticeTemplate.objects.exists()
    assert client.get("/settings/texts/nothing/en/").status_code == 404
    assert client.get("/settings/texts/footer/tl/").status_code == 404

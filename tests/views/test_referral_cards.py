"""Referral cards: found while logging, one tap closes with the card kept, read back twofold, checked yearly."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from requests_app.domain.vocabulary import Disposition, Role, Status, Verdict
from requests_app.models import AuditEntry, Event, Notice, Referral, ReferralCard, ServiceRequest
from requests_app.selectors.referral_cards import mark_of
from requests_app.services.referral_notices import tell_of_card_checks
from tests.cast import Cast
from tests.factories import NOW, EmployeeFactory, ServiceRequestFactory, give_role, make_login
from tests.services.conftest import Log, log
from tests.views.log_form import LOG, as_, text_of, typed

__all__ = ["log"]
CARDS, PREVIEW = "/front-desk/referrals/", "/log/preview/"


@pytest.fixture(autouse=True)
def clock(time_machine: Any) -> Any:
    time_machine.move_to(NOW, tick=False)
    return time_machine


def card(slug: str = "contra-costa-animal-services") -> ReferralCard:
    return ReferralCard.objects.get(slug=slug)


def test_everyday_words_and_the_category_bring_up_the_card_with_one_button(cast: Cast) -> None:
    fay = as_(cast.fay)
    page = text_of(fay.post(PREVIEW, typed(title="My neighbour's dog got out")))
    assert "Contra Costa Animal Services" in page
    assert f'name="refer_to" value="{card().pk}"' in page
    assert "WestCAT" in text_of(fay.post(PREVIEW, typed(category="autobús", title="A question")))
    mailed = text_of(fay.post(PREVIEW, typed(channel="email", title="A stray dog")))
    assert "Contra Costa Animal Services" in mailed
    assert "refer_to" not in mailed  # nobody is there to be told
    assert "refer_to" not in text_of(fay.post(PREVIEW, typed(title="Business licence")))


def test_one_button_closes_as_referred_and_reads_back_in_the_language(cast: Cast) -> None:
    form = typed(title="Un perro suelto", who="Rosa Núñez, 510 555 0144", language="es", refer_to=card().pk)
    fay = as_(cast.fay)
    done = fay.post(LOG, form, follow=True)
    found = ServiceRequest.objects.get()
    assert (found.status, found.disposition) == (Status.CLOSED, Disposition.REFERRED)
    assert found.clocks.get().verdict == Verdict.MET
    assert Referral.objects.get(service_request=found).card == card()
    assert found.outcome_note.startswith("De los animales se ocupa")
    spanish, english = (sentences for _code, sentences in done.context["read_backs"])
    assert spanish[-1] == (
        "Puede comunicarse con Contra Costa Animal Services al 510-555-0113: de martes a sábado, de 10 a. m. a 5 p. m."
    )
    assert english[-1].startswith("You reach Contra Costa Animal Services at 510-555-0113: Tuesday to Saturday")
    assert Event.objects.get(kind="closed").data["referral_card"] == str(card().pk)
    fay.post(LOG, form)
    assert Referral.objects.count() == 1


def test_a_card_is_chosen_beside_the_tick_and_of_a_mail_nobody_is_told_at_once(cast: Cast) -> None:
    fay = as_(cast.fay)
    fay.post(LOG, typed(title="Trash was not picked up", on_the_spot="on", referral=card("republic-services").pk))
    assert Referral.objects.get().card.slug == "republic-services"
    refused = fay.post(LOG, typed(channel="email", received_at="2026-11-23T09:00", refer_to=card().pk))
    assert refused.status_code == 422
    ReferralCard.objects.filter(pk=card().pk).update(is_active=False)
    gone = fay.post(LOG, typed(refer_to=card().pk))
    assert gone.status_code == 422
    assert "not in use any more" in text_of(gone)
    fay.post(LOG, typed(title="A note", referral=card("westcat").pk))  # not answered: what was chosen means nothing
    assert Referral.objects.count() == 1


def test_an_open_request_is_referred_from_its_page_and_forgets_it_once_reopened(cast: Cast, log: Log) -> None:
    found, alice = log(language="es"), as_(cast.alice)
    path = found.get_absolute_url()
    assert "Refer to another agency" in text_of(alice.get(path))
    alice.post(f"{path}refer/", {"card": card().pk, "channel": "phone"})
    found.refresh_from_db()
    assert found.disposition == Disposition.REFERRED
    assert "510-555-0113" in found.outcome_note
    assert "De los animales" in found.interactions.latest("pk").text
    assert "Contra Costa Animal Services" in text_of(alice.get(path))
    assert [row.referred for row in alice.get(CARDS).context["rows"] if row.card == card()] == [1]
    assert found.number in text_of(alice.get(card().get_absolute_url()))
    assert found.number not in text_of(as_(cast.charlie).get(card().get_absolute_url()))
    alice.post(f"{path}reopen/", {"channel": "phone", "text": "It bit me"})
    assert not Referral.objects.exists()


def test_a_complaint_and_a_records_request_are_not_referred(cast: Cast) -> None:
    for kind in ("complaint", "records"):
        found = ServiceRequestFactory.create(kind=kind, department=cast.streets, owner=cast.alice)
        assert "Refer to another agency" not in text_of(as_(cast.alice).get(found.get_absolute_url()))


def test_whoever_leads_the_front_desk_and_an_administrator_write_the_cards(cast: Cast) -> None:
    lead = EmployeeFactory.create(email="lead@pinole.example", department=cast.fay.department)
    give_role(lead, Role.SUPERVISOR, cast.fay.department)
    make_login(lead)
    form = {
        "agency": "Bay Trail Authority", "handles": "Trails", "phone": "510-555-0188", "hours": "Mondays",
        "hours_es": "los lunes", "read_back": "They do.", "read_back_es": "Ellos.", "keywords": "trail, trail,sendero",
        "owner": cast.alice.pk, "is_active": "on",
    }  # fmt: skip
    boss = as_(lead)
    for _click in range(2):
        boss.post(f"{CARDS}new/", form)
    added = ReferralCard.objects.get(agency="Bay Trail Authority")
    assert (added.keywords, added.checked_on, added.owner) == ("trail, sendero", NOW.date(), cast.alice)
    assert boss.post(f"{CARDS}new/", {**form, "phone": "510-555-0189"}).status_code == 422  # a second one of it
    edit, seen = f"{added.get_absolute_url()}edit/", mark_of(added)
    as_(cast.ada).post(edit, {**form, "hours": "Tuesdays", "seen": seen})
    assert boss.post(edit, {**form, "hours": "Fridays", "seen": seen}).status_code == 409
    added.refresh_from_db()
    assert added.hours == "Tuesdays"
    assert AuditEntry.objects.filter(action__startswith="referral_card").count() == 2
    assert as_(cast.bob).post(edit, form).status_code == 403


def test_the_owner_is_told_once_a_year_and_says_that_all_is_right(cast: Cast, clock: Any) -> None:
    ReferralCard.objects.update(checked_on=NOW.date())
    ReferralCard.objects.filter(pk=card().pk).update(owner=cast.alice, checked_on=NOW.date() - timedelta(days=352))
    alice, page = as_(cast.alice), card().get_absolute_url()
    assert [tell_of_card_checks(now=NOW) for _run in range(2)] == [1, 0]
    notice = Notice.objects.get(kind=Notice.Kind.REFERRAL)
    assert notice.recipient == cast.alice
    assert notice.mail is not None
    assert page in notice.mail.body
    assert "A referral card is to be checked" in text_of(alice.get(reverse("inbox")))
    assert "Contra Costa Animal Services" in text_of(as_(cast.ada).get(reverse("upkeep")))
    assert as_(cast.bob).post(f"{page}checked/").status_code == 403
    for _click in range(2):
        alice.post(f"{page}checked/")
    assert card().checked_on == NOW.date()
    assert AuditEntry.objects.filter(action="referral_card_checked").count() == 1
    assert "not checked for a year" not in text_of(alice.get(CARDS))
    clock.move_to(NOW + timedelta(days=366), tick=False)
    assert "not checked for a year" in text_of(as_(cast.alice).get(CARDS))

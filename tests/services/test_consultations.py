"""Asking somebody about a request opens it to them, and to nobody who may not have it (DOMAIN 4)."""

from contextlib import suppress
from datetime import datetime

import pytest

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Confidentiality, Disposition
from requests_app.models import AuditEntry, Consultation, Employee, Notice, ServiceRequest
from requests_app.selectors.visibility import requests_visible_to
from requests_app.services.answers import add_note
from requests_app.services.closing import close_request
from requests_app.services.consultations import ask_colleague, end_consultation
from requests_app.services.entries import CloseEntry
from tests.cast import Cast, actor
from tests.factories import ServiceRequestFactory, concern


@pytest.fixture
def pothole(cast: Cast) -> ServiceRequest:
    return ServiceRequestFactory.create(department=cast.streets, owner=cast.alice)


def ask(found: ServiceRequest, who: Employee, by: Employee, at: datetime) -> Consultation | None:
    return ask_colleague(request_id=found.pk, employee_id=who.pk, question="Whose is it?", actor=actor(by), at=at)


def sees(who: Employee, found: ServiceRequest) -> bool:
    return requests_visible_to(actor(who)).filter(pk=found.pk).exists()


def test_who_is_asked_reads_it_adds_a_note_and_is_told(cast: Cast, pothole: ServiceRequest, now: datetime) -> None:
    assert not sees(cast.charlie, pothole)

    asked = ask(pothole, cast.charlie, cast.alice, now)

    assert asked == ask(pothole, cast.charlie, cast.bob, now)
    assert sees(cast.charlie, pothole)
    add_note(request_id=pothole.pk, text="Ours", actor=actor(cast.charlie), at=now)
    notice = Notice.objects.get(recipient=cast.charlie)
    assert (notice.kind, notice.text) == ("consulted", "Whose is it?")
    assert pothole.events.filter(kind="consulted").get().text == "Charlie Outsider. Whose is it?"
    assert AuditEntry.objects.filter(action="consulted", object_id=pothole.pk, actor=cast.alice).count() == 1


def test_taking_the_asking_back_closes_it_again(cast: Cast, pothole: ServiceRequest, now: datetime) -> None:
    asked = ask(pothole, cast.charlie, cast.alice, now)
    assert asked

    for _ in range(2):
        end_consultation(consultation_id=asked.pk, actor=actor(cast.alice), at=now)

    assert not sees(cast.charlie, pothole)
    assert pothole.events.filter(kind="consultation_ended").count() == 1


def test_closing_the_request_ends_it(cast: Cast, pothole: ServiceRequest, now: datetime) -> None:
    ask(pothole, cast.charlie, cast.alice, now)
    ending = CloseEntry(disposition=Disposition.DONE, note="Filled.")

    close_request(request_id=pothole.pk, entry=ending, actor=actor(cast.alice), at=now)

    assert not sees(cast.charlie, pothole)


# Hand-written from DOMAIN 4 and the issue: who may ask a colleague, and who the attorney, about each level.
MAY_ASK = {
    Confidentiality.ORDINARY: ("alice bob sam dora max hana fay cleo", "max hana cleo"),
    Confidentiality.CONFIDENTIAL: ("alice sam dora hana", "max hana cleo"),
    Confidentiality.IMPROPER_ACTIVITY: ("hana", "max hana cleo"),
    Confidentiality.POLICE_STUB: ("hana", "max hana cleo"),
}


@pytest.mark.parametrize("level", list(Confidentiality))
def test_who_may_ask_whom(cast: Cast, pothole: ServiceRequest, now: datetime, level: Confidentiality) -> None:
    """Whether they see the request at all is the scope's to say; this is the table behind it."""
    ServiceRequest.objects.filter(pk=pothole.pk).update(confidentiality=level)
    for whom, may in zip((cast.charlie, cast.lena), MAY_ASK[level], strict=True):
        asked = set()
        for who in MAY_ASK[Confidentiality.ORDINARY][0].split():
            Consultation.objects.all().delete()
            with suppress(ActionRefused):
                ask(pothole, whom, getattr(cast, who), now)
                asked.add(who)
        assert asked == set(may.split())


def test_nobody_asks_whom_it_is_about_nor_themselves(cast: Cast, pothole: ServiceRequest, now: datetime) -> None:
    concern(pothole, cast.charlie)
    for who in (cast.charlie, cast.alice):
        with pytest.raises(ActionRefused) as refused:
            ask(pothole, who, cast.alice, now)
        assert refused.value.refusal is Refusal.PERSON_CONCERNED

"""A compliment reaches whom it thanks and who leads them, once, and leaves a draft (III.d.iii)."""

from datetime import datetime

import pytest

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Channel, Confidentiality, Involvement, RequestKind
from requests_app.models import AuditEntry, Commendation, Employee, Notice, OutgoingMail, ServiceRequest
from requests_app.selectors.commendations import commendations_led_by, commendations_of
from requests_app.selectors.visibility import requests_visible_to
from requests_app.services.commendations import (
    change_commendation,
    give_commendation,
    lay_aside_commendation,
    thank,
)
from requests_app.services.confidentiality import set_confidentiality
from requests_app.services.entries import ContactEntry
from requests_app.services.requests import log_request
from tests.cast import Cast, actor
from tests.factories import ServiceRequestFactory, concern

pytestmark = pytest.mark.django_db
WORDS = "Bob found my mother's ring in the drain."


@pytest.fixture
def compliment(cast: Cast, now: datetime) -> ServiceRequest:
    entry = ContactEntry(
        channel=Channel.PHONE, title="Thanks to Bob", text=WORDS, received_at=now, kind=RequestKind.COMPLIMENT
    )
    return log_request(entry, actor=actor(cast.fay), at=now)


def thanks(found: ServiceRequest, people: list[Employee], by: Employee, at: datetime) -> list[Commendation]:
    return thank(request_id=found.pk, employee_ids=[person.pk for person in people], actor=actor(by), at=at)


def test_they_and_their_supervisor_are_told_in_its_words_once_and_a_draft_is_left(
    cast: Cast, compliment: ServiceRequest, now: datetime
) -> None:
    for _ in range(2):
        thanks(compliment, [cast.bob], cast.fay, now)

    draft = Commendation.objects.get()
    assert (draft.employee, draft.state, draft.text) == (cast.bob, "draft", f"Thanks to Bob\n{WORDS}")
    assert compliment.subjects.get().involvement == Involvement.MENTIONED
    told = Notice.objects.filter(kind="thanked")
    assert {notice.recipient for notice in told} == {cast.bob, cast.sam}
    for mail in OutgoingMail.objects.filter(notices__kind="thanked"):
        assert WORDS in mail.body
        assert compliment.get_absolute_url() not in mail.body
    assert compliment.events.get(kind="thanked").text == "Bob Teammate"
    assert AuditEntry.objects.filter(action="thanked", object_id=compliment.pk).count() == 1


def test_thanks_reach_who_cannot_open_the_request(cast: Cast, compliment: ServiceRequest, now: datetime) -> None:
    assert not requests_visible_to(actor(cast.charlie)).filter(pk=compliment.pk).exists()
    thanks(compliment, [cast.charlie], cast.fay, now)
    assert Notice.objects.filter(recipient=cast.charlie, kind="thanked").count() == 1


def test_a_supervisor_is_thanked_and_the_head_is_told(cast: Cast, compliment: ServiceRequest, now: datetime) -> None:
    thanks(compliment, [cast.sam], cast.fay, now)
    assert {notice.recipient for notice in Notice.objects.filter(kind="thanked")} == {cast.sam, cast.dora}


def test_a_restricted_compliment_tells_nobody(cast: Cast, compliment: ServiceRequest, now: datetime) -> None:
    ServiceRequest.objects.filter(pk=compliment.pk).update(confidentiality=Confidentiality.CONFIDENTIAL)
    assert thanks(compliment, [cast.bob], cast.hana, now) == []
    assert compliment.subjects.get().employee == cast.bob
    assert not Commendation.objects.exists()
    assert not Notice.objects.filter(kind="thanked").exists()


def test_once_it_is_restricted_what_was_not_sent_stays_and_drafts_are_out_of_sight(
    cast: Cast, compliment: ServiceRequest, now: datetime
) -> None:
    thanks(compliment, [cast.bob], cast.fay, now)
    set_confidentiality(
        request_id=compliment.pk, level=Confidentiality.CONFIDENTIAL, reason="It names a child",
        actor=actor(cast.hana), at=now,
    )  # fmt: skip
    assert not OutgoingMail.objects.filter(recipient__in=[cast.bob, cast.sam]).exists()
    assert not commendations_led_by(actor(cast.sam)).exists()
    assert not commendations_of(actor(cast.bob)).exists()
    assert commendations_led_by(actor(cast.hana)).exists()


def test_what_is_no_compliment_and_whom_a_matter_is_about(
    cast: Cast, compliment: ServiceRequest, now: datetime
) -> None:
    pothole = ServiceRequestFactory.create(department=cast.streets)
    with pytest.raises(ActionRefused) as refused:
        thanks(pothole, [cast.bob], cast.fay, now)
    assert refused.value.refusal is Refusal.NOT_A_COMPLIMENT
    concern(compliment, cast.alice)
    with pytest.raises(ActionRefused) as refused:
        thanks(compliment, [cast.alice], cast.fay, now)
    assert refused.value.refusal is Refusal.PERSON_CONCERNED


def test_the_supervisor_edits_and_gives_it_and_the_person_is_told_once(
    cast: Cast, compliment: ServiceRequest, now: datetime
) -> None:
    (draft,) = thanks(compliment, [cast.bob], cast.fay, now)
    change_commendation(commendation_id=draft.pk, text="Well done, Bob.", actor=actor(cast.sam), at=now)
    for _ in range(2):
        give_commendation(commendation_id=draft.pk, text="Well done, Bob!", actor=actor(cast.sam), at=now)

    draft.refresh_from_db()
    assert (draft.state, draft.text, draft.decided_by) == ("given", "Well done, Bob!", cast.sam)
    assert Notice.objects.filter(recipient=cast.bob, text="Well done, Bob!").count() == 1
    assert AuditEntry.objects.filter(action="commendation_given", object_id=draft.pk).count() == 1
    with pytest.raises(ActionRefused) as refused:
        lay_aside_commendation(commendation_id=draft.pk, text="x", actor=actor(cast.sam), at=now)
    assert refused.value.refusal is Refusal.NOT_A_DRAFT


def test_laid_aside_nobody_is_told(cast: Cast, compliment: ServiceRequest, now: datetime) -> None:
    (draft,) = thanks(compliment, [cast.bob], cast.fay, now)
    before = Notice.objects.count()
    lay_aside_commendation(commendation_id=draft.pk, text=draft.text, actor=actor(cast.hana), at=now)
    assert Notice.objects.count() == before
    assert not commendations_of(actor(cast.bob)).exists()


@pytest.mark.parametrize("who", ["bob", "alice", "charlie", "fay", "ada"])
def test_who_does_not_finish_it(cast: Cast, compliment: ServiceRequest, now: datetime, who: str) -> None:
    (draft,) = thanks(compliment, [cast.bob], cast.fay, now)
    with pytest.raises(ActionRefused) as refused:
        give_commendation(commendation_id=draft.pk, text="x", actor=actor(getattr(cast, who)), at=now)
    assert refused.value.refusal is Refusal.ROLE

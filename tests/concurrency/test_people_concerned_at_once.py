"""Somebody is named while they act: either the act came first and stands, or they are out of it."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any

import pytest

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused
from requests_app.domain.vocabulary import Channel, ComplaintOutcome, FairnessKind, Involvement, RequestKind, RootCause
from requests_app.models import (
    Commendation,
    ComplaintDecision,
    FairnessStep,
    Interaction,
    Notice,
    RequestSubject,
    ServiceRequest,
)
from requests_app.services.answers import answer_request
from requests_app.services.commendations import give_commendation, lay_aside_commendation, thank
from requests_app.services.complaint_decisions import DecisionEntry, decide_complaint
from requests_app.services.complaint_subjects import name_at_intake
from requests_app.services.entries import AnswerEntry, ContactEntry
from requests_app.services.fairness import FairnessEntry, keep_fair
from requests_app.services.requests import log_request
from tests.cast import Cast, actor
from tests.concurrency.conftest import at_once, failures

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
ROUNDS = 4
Act = Callable[[ServiceRequest, Cast, datetime], object]


def logged(cast: Cast, now: datetime, kind: RequestKind = RequestKind.COMPLAINT) -> ServiceRequest:
    entry = ContactEntry(
        channel=Channel.PHONE, title="Nobody called back", received_at=now, kind=kind, for_employee_id=cast.alice.pk
    )
    return log_request(entry, actor=actor(cast.fay), at=now)


def name(found: ServiceRequest, cast: Cast, now: datetime, who: str = "alice") -> Any:
    return name_at_intake(
        request_id=found.pk, employee_ids=[getattr(cast, who).pk], involvement=Involvement.CONCERNED,
        actor=actor(cast.fay), at=now,
    )  # fmt: skip


def answer(found: ServiceRequest, cast: Cast, now: datetime) -> Any:
    entry = AnswerEntry(channel=Channel.PHONE, text="We look into it", occurred_at=now)
    return answer_request(request_id=found.pk, entry=entry, actor=actor(cast.alice), at=now)


def decide(found: ServiceRequest, cast: Cast, now: datetime) -> Any:
    entry = DecisionEntry(
        outcome=ComplaintOutcome.NOT_UPHELD, findings="None", reasons="None", channel=Channel.EMAIL, told_at=now,
        root_cause=RootCause.NONE_FOUND,
    )  # fmt: skip
    return decide_complaint(request_id=found.pk, entry=entry, actor=actor(cast.alice), at=now)


@pytest.mark.parametrize(("act", "kind"), [(answer, EventKind.ANSWERED), (decide, EventKind.DECIDED)])
def test_an_owner_named_while_acting_acted_before_or_not_at_all(
    cast: Cast, now: datetime, act: Act, kind: EventKind
) -> None:
    for _ in range(ROUNDS):
        found = logged(cast, now)

        results = at_once(partial(name, found, cast, now), partial(act, found, cast, now))

        assert failures(results, ActionRefused) == []
        assert not isinstance(results[0], Exception)
        found.refresh_from_db()
        assert found.owner == cast.sam
        story = list(found.events.order_by("pk").values_list("kind", flat=True))
        acted = kind in story
        assert acted != isinstance(results[1], ActionRefused)
        if acted:
            assert story.index(kind) < story.index(EventKind.PERSON_NAMED)
        assert Interaction.objects.filter(service_request=found, direction="outbound").count() == acted
        assert ComplaintDecision.objects.filter(complaint__service_request=found).count() == (
            acted and kind is EventKind.DECIDED
        )
        assert Notice.objects.filter(recipient=cast.alice, kind="relieved", text__contains=found.number).count() == 1


def test_owner_and_supervisor_named_at_once_it_ends_with_neither(cast: Cast, now: datetime) -> None:
    for _ in range(ROUNDS):
        found = logged(cast, now)

        results = at_once(partial(name, found, cast, now), partial(name, found, cast, now, "sam"))

        assert failures(results) == []
        found.refresh_from_db()
        assert found.owner == cast.dora
        assert RequestSubject.objects.filter(service_request=found, involvement="concerned").count() == 2


def test_the_same_step_recorded_twice_at_once_is_one(cast: Cast, now: datetime) -> None:
    found = name(logged(cast, now), cast, now)
    entry = FairnessEntry(employee_id=cast.alice.pk, kind=FairnessKind.TOLD, on=date(2026, 11, 23))
    once = partial(keep_fair, request_id=found.pk, entry=entry, actor=actor(cast.sam), at=now)

    assert failures(at_once(once, once)) == []
    assert FairnessStep.objects.count() == 1


def test_thanked_twice_at_once_they_are_told_once_and_a_draft_is_given_or_laid_aside(cast: Cast, now: datetime) -> None:
    found = logged(cast, now, RequestKind.COMPLIMENT)
    once = partial(thank, request_id=found.pk, employee_ids=[cast.bob.pk], actor=actor(cast.fay), at=now)
    assert failures(at_once(once, once)) == []
    draft = Commendation.objects.get()
    assert Notice.objects.filter(kind="thanked").count() == 2

    works = [
        partial(act, commendation_id=draft.pk, text="Well done", actor=actor(person), at=now)
        for act, person in ((give_commendation, cast.sam), (lay_aside_commendation, cast.hana))
    ]
    results = at_once(*works)
    assert sum(isinstance(result, ActionRefused) for result in results) == 1
    draft.refresh_from_db()
    assert Notice.objects.filter(kind="thanked").count() == 2 + (draft.state == "given")

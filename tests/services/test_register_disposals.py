"""Registers go as requests go: listed, approved, consented to, resolved, destroyed; not what is held or young."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.retention import REGISTERS, RetentionCode
from requests_app.domain.vocabulary import Role
from requests_app.models import (
    AuditEntry,
    CorrectiveAction,
    CorrectiveSwitch,
    Department,
    DisposalList,
    Improvement,
    LegalHold,
    Packet,
    PulseRound,
    SurveyAnswer,
    TrainingCourse,
    TrainingEvidence,
    TrainingRecord,
)
from requests_app.selectors.disposals import certificate_counts
from requests_app.selectors.registers import registers_due
from requests_app.services import disposals
from requests_app.services.holds import hold_register, place_hold, release_hold
from requests_app.services.jobs import run_next_jobs
from requests_app.services.register_disposals import propose_register_disposal
from requests_app.services.retention import change_retention
from tests.cast import Cast, actor
from tests.factories import ServiceRequestFactory, give_role

LONG_AGO = timedelta(days=9 * 366)
PACKED = {"audit_sequence": 1, "audit_hash": "0" * 64, "data_digest": "0" * 64, "manifest": "{}", "content": b"zip"}


@pytest.fixture
def head(cast: Cast) -> Cast:
    """Make Dora head of Human Resources too, and let one old and one young row of each register be there."""
    give_role(cast.dora, Role.DEPARTMENT_HEAD, Department.objects.get(slug="human-resources"))
    return cast


def _fill(cast: Cast, *, at: datetime) -> None:
    """Put into each register what ended at an instant."""
    on = at.date()
    SurveyAnswer.objects.create(department=cast.streets, route="mail", channel="phone", language="en", month=on)
    PulseRound.objects.create(opens_on=on, closes_on=on, questions=[], opened_at=at)
    Packet.objects.create(
        month=f"{at:%Y-%m}", revision=1, as_of=at, sealed_at=at, sealed_by=cast.hana, manifest_digest=f"{at}", **PACKED
    )
    decided = {"state": "declined", "decided_on": on, "decision_reason": "No money", "due_on": on, "proposed_on": on}
    Improvement.objects.create(title="Chairs", text="More chairs", department=cast.streets, **decided)
    CorrectiveSwitch.objects.create(is_on=True, noted_on=on, note="Told", changed_at=at)
    CorrectiveAction.objects.create(
        employee=cast.bob, acted_on=on, rule="4.1", file_reference="PF-1", closed_on=on, changed_at=at
    )
    course, _ = TrainingCourse.objects.get_or_create(
        name="Service", defaults={"kind": "onboarding", "employments": [], "asked_from": on, "changed_at": at}
    )
    sheet = TrainingEvidence.objects.create(
        name="sheet.pdf", content_type="application/pdf", size=1, sha256="0" * 64, uploaded_at=at
    )
    TrainingRecord.objects.create(employee=cast.alice, course=course, on=on, evidence=sheet, recorded_at=at)


@pytest.fixture
def filled(head: Cast, now: datetime) -> Cast:
    for at in (now - LONG_AGO, now - timedelta(days=30)):
        _fill(head, at=at)
    return head


def _counts() -> dict[str, int]:
    models: tuple[Any, ...] = (
        SurveyAnswer, PulseRound, Packet, Improvement, CorrectiveAction, TrainingRecord, TrainingEvidence,
    )  # fmt: skip
    return {model._meta.model_name: model.objects.count() for model in models}


def _resolved(cast: Cast, code: RetentionCode, *, at: datetime) -> DisposalList:
    made = propose_register_disposal(code=code, actor=actor(cast.hana), at=at)
    disposals.approve_disposal(disposal_id=made.pk, actor=actor(cast.dora), at=at)
    disposals.consent_to_disposal(disposal_id=made.pk, actor=actor(cast.lena), at=at)
    return disposals.resolve_disposal(disposal_id=made.pk, resolution="2030-17", actor=actor(cast.max), at=at)


def _run(at: datetime) -> None:
    assert run_next_jobs(clock=lambda: at)["failed"] == 0


def test_every_register_goes_down_the_chain_and_keeps_what_is_young(filled: Cast, now: datetime) -> None:
    assert [each.code for each in registers_due(actor(filled.hana), now=now)] == list(REGISTERS)
    assert set(_counts().values()) == {2}
    for code in REGISTERS:
        _resolved(filled, code, at=now)
    assert set(_counts().values()) == {2}, "nothing goes before the worker comes"

    for _ in range(2 * len(REGISTERS)):
        _run(now)

    assert set(_counts().values()) == {1}
    made = DisposalList.objects.all()
    assert {(row.state, row.resolution, len(row.content_hash), row.is_kept) for row in made} == {
        ("destroyed", "2030-17", 64, False)
    }
    assert registers_due(actor(filled.hana), now=now) == []


def test_the_certificate_counts_but_of_corrective_action_for_human_resources_only(filled: Cast, now: datetime) -> None:
    for code in (RetentionCode.TRAINING, RetentionCode.CORRECTIVE_ACTION):
        _resolved(filled, code, at=now)
    _run(now)
    _run(now)
    training, corrective = (DisposalList.objects.get(register=code) for code in ("training", "corrective_action"))
    for reader in (filled.hana, filled.cleo, filled.lena):
        assert certificate_counts(training, actor(reader)) == {"trainingevidence": 1, "trainingrecord": 1}
    assert certificate_counts(corrective, actor(filled.hana)) == {"correctiveaction": 1}
    assert certificate_counts(corrective, actor(filled.cleo)) == {}
    told = AuditEntry.objects.filter(object_kind="disposallist", object_id=corrective.pk)
    assert set(told.values_list("count", flat=True)) == {1}


@pytest.mark.parametrize("code", REGISTERS)
def test_a_hold_keeps_a_register_until_it_is_released(filled: Cast, now: datetime, code: RetentionCode) -> None:
    clerk = actor(filled.cleo)
    made = _resolved(filled, code, at=now)
    hold = hold_register(code=code, reason="Ruiz v. City", actor=clerk, at=now)
    assert hold_register(code=code, reason="Ruiz v. City", actor=clerk, at=now) == hold
    _run(now)
    made.refresh_from_db()
    assert (made.state, made.is_kept, made.counts) == ("destroyed", True, {})
    assert set(_counts().values()) == {2}
    with pytest.raises(ActionRefused) as refused:
        propose_register_disposal(code=code, actor=actor(filled.hana), at=now)
    assert refused.value.refusal is Refusal.REGISTER_HELD
    release_hold(hold_id=hold.pk, reason="Settled", actor=clerk, at=now)
    _resolved(filled, code, at=now)
    _run(now)
    assert 1 in _counts().values()


def test_one_list_of_a_register_at_a_time(filled: Cast, now: datetime) -> None:
    propose_register_disposal(code=RetentionCode.PACKET, actor=actor(filled.hana), at=now)
    with pytest.raises(ActionRefused) as refused:
        propose_register_disposal(code=RetentionCode.PACKET, actor=actor(filled.hana), at=now)
    assert refused.value.refusal is Refusal.NOTHING_DUE
    again = DisposalList(
        register="packet", ended_by_on=date(2020, 1, 1), proposed_by=filled.hana, proposed_at=now,
        department=filled.streets,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


@pytest.mark.parametrize("who", ["alice", "sam", "dora", "max", "fay", "ada", "cleo", "otto", "lena"])
def test_only_human_resources_list_a_register(filled: Cast, now: datetime, who: str) -> None:
    other = actor(getattr(filled, who))
    assert registers_due(other, now=now) == []
    with pytest.raises(ActionRefused) as refused:
        propose_register_disposal(code=RetentionCode.SURVEY, actor=other, at=now)
    assert refused.value.refusal is Refusal.ROLE


def test_only_the_records_clerk_holds_a_register(filled: Cast, now: datetime) -> None:
    hold = hold_register(code=RetentionCode.PACKET, reason="Claim", actor=actor(filled.cleo), at=now)
    acts: list[Callable[[], object]] = [
        lambda: hold_register(code=RetentionCode.SURVEY, reason="Claim", actor=actor(filled.hana), at=now),
        lambda: release_hold(hold_id=hold.pk, reason="Over", actor=actor(filled.hana), at=now),
    ]
    for act in acts:
        with pytest.raises(ActionRefused):
            act()
    assert LegalHold.objects.get().released_at is None


def test_years_made_longer_meanwhile_keep_what_is_younger(filled: Cast, now: datetime) -> None:
    _resolved(filled, RetentionCode.PACKET, at=now)
    change_retention(code=RetentionCode.PACKET, years=20, citation="Resolution 9", actor=actor(filled.cleo), at=now)
    _run(now)
    assert Packet.objects.count() == 2


def test_the_last_training_of_whoever_is_here_stays_however_old(filled: Cast, now: datetime) -> None:
    course = TrainingCourse.objects.get()
    old = (now - LONG_AGO).date()
    for person in (filled.bob, filled.charlie):
        TrainingRecord.objects.create(employee=person, course=course, on=old, recorded_at=now)
    filled.charlie.is_active, filled.charlie.left_on = False, old
    filled.charlie.save(update_fields=["is_active", "left_on"])
    _resolved(filled, RetentionCode.TRAINING, at=now)
    _run(now)
    assert sorted(TrainingRecord.objects.values_list("employee__name", flat=True)) == [
        filled.alice.name, filled.bob.name,
    ]  # fmt: skip


def test_a_suggestion_from_a_request_on_hold_is_held_with_it(filled: Cast, now: datetime) -> None:
    source = ServiceRequestFactory.create(department=filled.streets)
    Improvement.objects.filter(decided_on__lt=now.date() - timedelta(days=365)).update(service_request=source)
    place_hold(request_ids=[source.pk], reason="Claim", actor=actor(filled.cleo), at=now)
    due = {each.code for each in registers_due(actor(filled.hana), now=now)}
    assert due == set(REGISTERS) - {RetentionCode.STAFF_SUGGESTION}


def test_the_revisions_of_a_month_go_together(filled: Cast, now: datetime) -> None:
    first = Packet.objects.earliest("sealed_at")
    Packet.objects.create(
        month=first.month, revision=2, as_of=now, sealed_at=now, sealed_by=filled.hana, manifest_digest="2", **PACKED
    )
    assert RetentionCode.PACKET not in {each.code for each in registers_due(actor(filled.hana), now=now)}

"""From due to destroyed: by role, by state, by person; and nothing that is held or young."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from requests_app.domain.disposal import DISPOSAL_TABLE, DisposalState, DisposalStep
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.retention import RetentionCode
from requests_app.domain.vocabulary import Confidentiality, Role
from requests_app.models import AuditEntry, BackgroundJob, DisposalItem, DisposalList, RetentionPeriod, ServiceRequest
from requests_app.selectors.disposals import may_take
from requests_app.selectors.retention import current_retentions, due_for_disposal
from requests_app.services import disposals
from requests_app.services.holds import place_hold, release_hold
from requests_app.services.retention import change_retention
from tests.cast import Cast, actor
from tests.factories import ServiceRequestFactory, concern, give_role

THREE_YEARS = timedelta(days=3 * 366)
WHO = {
    DisposalStep.APPROVE: {"dora"},
    DisposalStep.CONSENT: {"lena"},
    DisposalStep.RESOLVE: {"cleo", "max"},
    DisposalStep.WITHDRAW: {"cleo", "hana", "lena"},
}
EVERYBODY = ("alice", "bob", "sam", "dora", "max", "hana", "fay", "ada", "charlie", "cleo", "otto", "lena")


@pytest.fixture
def old(cast: Cast, now: datetime) -> ServiceRequest:
    return _closed(cast, at=now - THREE_YEARS)


def _closed(cast: Cast, *, at: datetime, **facts: object) -> ServiceRequest:
    return ServiceRequestFactory.create(
        department=cast.streets, status="closed", disposition="done", received_at=at, closed_at=at, **facts
    )


def _proposed(cast: Cast, now: datetime, who: str = "cleo") -> DisposalList:
    return disposals.propose_disposal(
        department_id=cast.streets.pk, is_confidential=False, actor=actor(getattr(cast, who)), at=now
    )


def test_only_what_is_closed_old_free_and_unlisted_is_due(cast: Cast, old: ServiceRequest, now: datetime) -> None:
    clerk = actor(cast.cleo)
    _closed(cast, at=now - timedelta(days=729))
    _closed(cast, at=now - THREE_YEARS, kind="complaint")
    _closed(cast, at=now - THREE_YEARS, confidentiality=Confidentiality.CONFIDENTIAL)
    ServiceRequestFactory.create(department=cast.streets, received_at=now - THREE_YEARS)

    def due() -> list[ServiceRequest]:
        return list(due_for_disposal(clerk, is_confidential=False, now=now))

    assert due() == [old]
    hold = place_hold(request_ids=[old.pk], reason="Claim", actor=clerk, at=now)
    assert due() == []
    release_hold(hold_id=hold.pk, reason="Settled", actor=clerk, at=now)
    assert due() == [old]
    _proposed(cast, now)
    assert due() == []
    with pytest.raises(ActionRefused) as refused:
        _proposed(cast, now)
    assert refused.value.refusal is Refusal.NOTHING_DUE


def test_four_people_take_a_list_to_its_destruction(cast: Cast, old: ServiceRequest, now: datetime) -> None:
    made = _proposed(cast, now)
    disposals.approve_disposal(disposal_id=made.pk, actor=actor(cast.dora), at=now)
    disposals.consent_to_disposal(disposal_id=made.pk, actor=actor(cast.lena), at=now)
    disposals.resolve_disposal(disposal_id=made.pk, resolution="2026-114", actor=actor(cast.max), at=now)
    made.refresh_from_db()
    assert (made.state, made.resolution) == ("resolved", "2026-114")
    assert (made.proposed_by, made.approved_by, made.consented_by, made.resolved_by) == (
        cast.cleo, cast.dora, cast.lena, cast.max,
    )  # fmt: skip
    assert BackgroundJob.objects.get(kind="destroy_records").parameters == {"disposal_id": made.pk}
    actions = AuditEntry.objects.filter(object_kind="disposallist").values_list("action", flat=True)
    assert list(actions) == ["disposal_proposed", "disposal_approved", "disposal_consented", "disposal_resolved"]


@pytest.mark.parametrize("step", list(DisposalStep))
def test_each_step_is_possible_in_its_state_and_for_its_role_only(
    cast: Cast, old: ServiceRequest, now: datetime, step: DisposalStep
) -> None:
    # Proposed by another clerk, so that the table alone decides, not who took a step before.
    give_role(cast.bob, Role.RECORDS_CLERK)
    made = _proposed(cast, now, who="bob")
    for state in DisposalState:
        made.state = state
        may = {who for who in EVERYBODY if may_take(made, step, actor(getattr(cast, who)))}
        is_possible = (state, step) in DISPOSAL_TABLE
        expected = WHO[step] if is_possible else set()
        assert may - {"bob"} == expected, (state, step)


def test_nobody_takes_two_steps(cast: Cast, old: ServiceRequest, now: datetime) -> None:
    give_role(cast.cleo, Role.DEPARTMENT_HEAD)
    give_role(cast.cleo, Role.ATTORNEY)
    made = _proposed(cast, now)
    with pytest.raises(ActionRefused) as refused:
        disposals.approve_disposal(disposal_id=made.pk, actor=actor(cast.cleo), at=now)
    assert refused.value.refusal is Refusal.DISPOSAL_PERSON
    with pytest.raises(IntegrityError), transaction.atomic():
        DisposalList.objects.filter(pk=made.pk).update(approved_by=cast.cleo, approved_at=now)


def test_a_step_is_refused_out_of_turn_and_a_second_click_is_harmless(
    cast: Cast, old: ServiceRequest, now: datetime
) -> None:
    made = _proposed(cast, now)
    with pytest.raises(ActionRefused) as refused:
        disposals.consent_to_disposal(disposal_id=made.pk, actor=actor(cast.lena), at=now)
    assert refused.value.refusal is Refusal.DISPOSAL_STATE
    disposals.approve_disposal(disposal_id=made.pk, actor=actor(cast.dora), at=now)
    with pytest.raises(ActionRefused):
        disposals.approve_disposal(disposal_id=made.pk, actor=actor(cast.dora), at=now)
    made.refresh_from_db()
    assert (made.state, made.approved_by) == ("approved", cast.dora)


def test_a_head_decides_on_the_own_department_and_nobody_on_what_concerns_them(
    cast: Cast, old: ServiceRequest, now: datetime
) -> None:
    made = _proposed(cast, now)
    give_role(cast.charlie, Role.DEPARTMENT_HEAD, cast.finance)
    assert not may_take(made, DisposalStep.APPROVE, actor(cast.charlie))
    concern(old, cast.dora)
    with pytest.raises(ActionRefused) as refused:
        disposals.approve_disposal(disposal_id=made.pk, actor=actor(cast.dora), at=now)
    assert refused.value.refusal is Refusal.PERSON_CONCERNED


def test_a_list_taken_back_frees_its_requests(cast: Cast, old: ServiceRequest, now: datetime) -> None:
    made = _proposed(cast, now)
    disposals.withdraw_disposal(disposal_id=made.pk, reason="Wrong year", actor=actor(cast.cleo), at=now)
    assert list(due_for_disposal(actor(cast.cleo), is_confidential=False, now=now)) == [old]


def test_human_resources_lists_what_the_clerk_may_not_read(cast: Cast, now: datetime) -> None:
    secret = _closed(cast, at=now - 3 * THREE_YEARS, confidentiality=Confidentiality.CONFIDENTIAL)
    for who, is_confidential in ((cast.cleo, True), (cast.hana, False)):
        with pytest.raises(ActionRefused):
            disposals.propose_disposal(
                department_id=cast.streets.pk, is_confidential=is_confidential, actor=actor(who), at=now
            )
    made = disposals.propose_disposal(
        department_id=cast.streets.pk, is_confidential=True, actor=actor(cast.hana), at=now
    )
    assert made.items.get().service_request == secret


def test_a_class_may_be_kept_longer_but_never_shorter_than_the_law_says(
    cast: Cast, old: ServiceRequest, now: datetime
) -> None:
    clerk = actor(cast.cleo)
    for code, years in ((RetentionCode.GENERAL, 1), (RetentionCode.POLICE, 14)):
        with pytest.raises(ActionRefused) as refused:
            change_retention(code=code, years=years, citation="Local", actor=clerk, at=now)
        assert refused.value.refusal is Refusal.RETENTION_TOO_SHORT
    for _ in range(2):
        change_retention(code=RetentionCode.GENERAL, years=4, citation="Resolution 7", actor=clerk, at=now)
    assert current_retentions()[RetentionCode.GENERAL].years == 4
    assert not due_for_disposal(clerk, is_confidential=False, now=now).exists()
    assert AuditEntry.objects.filter(action="retention_changed").count() == 1
    with pytest.raises(ActionRefused):
        change_retention(code=RetentionCode.GENERAL, years=9, citation="Local", actor=actor(cast.dora), at=now)


def test_the_database_itself_refuses_what_is_younger_than_two_years(cast: Cast, now: datetime) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RetentionPeriod.objects.create(code="general", years=1, citation="None", changed_at=now)
    young = _closed(cast, at=now - timedelta(days=700))
    made = DisposalList.objects.create(department=cast.streets, proposed_by=cast.cleo, proposed_at=now)
    item = DisposalItem.objects.create(
        disposal=made, service_request=young, number=young.number, kind=young.kind, received_at=young.received_at,
        closed_at=now - timedelta(days=700), retention="general", years=2,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        DisposalItem.objects.filter(pk=item.pk).update(destroyed_at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        DisposalItem.objects.filter(pk=item.pk).update(years=1)

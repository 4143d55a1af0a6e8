"""The written outcome of a complaint, and its review by somebody else."""

from datetime import UTC, datetime, timedelta

import pytest

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import (
    Channel,
    Direction,
    Disposition,
    FollowUpOutcome,
    Milestone,
    Role,
    Status,
    Verdict,
)
from requests_app.models import Complaint, ComplaintDecision, Notice, RequestSubject
from requests_app.services.assignments import give_request, take_request
from requests_app.services.closing import close_request, reopen_request
from requests_app.services.complaints import begin_investigation
from requests_app.services.entries import CloseEntry, InboundEntry
from requests_app.services.ownership import pass_unowned_requests
from tests.cast import Cast, actor
from tests.factories import AbsenceFactory, give_role
from tests.services.complaint_steps import DAY, complain, decide, follow_up, open_milestones, review

pytestmark = pytest.mark.django_db

DUE = datetime(2026, 12, 10, 1, 0, tzinfo=UTC)  # Wed 9 Dec, 5:00 pm in Pinole
SECOND = timedelta(seconds=1)


def test_the_outcome_is_told_in_writing_and_its_follow_up_begins(cast: Cast, now: datetime) -> None:
    found = decide(complain(cast, now), cast.sam, now)

    found.refresh_from_db()
    assert found.status == Status.RESOLVED
    decision = ComplaintDecision.objects.get()
    assert (decision.stage, decision.decided_by, decision.decided_at) == (1, cast.sam, now)
    told = found.interactions.get(direction=Direction.OUTBOUND)
    assert decision.interaction == told
    assert told.text == decision.reasons
    assert open_milestones(found) == {Milestone.FOLLOW_UP}
    assert found.clocks.get(milestone=Milestone.FOLLOW_UP).started_by == told
    assert found.answer_by_at == found.clocks.get(milestone=Milestone.FOLLOW_UP).due_at
    event = found.events.get(kind=EventKind.DECIDED)
    assert (event.text, event.actor) == ("Upheld", cast.sam)


@pytest.mark.parametrize(("told_at", "verdict"), [(DUE, Verdict.MET), (DUE + SECOND, Verdict.LATE)])
def test_it_is_in_time_to_the_very_instant(cast: Cast, now: datetime, told_at: datetime, verdict: Verdict) -> None:
    found = decide(complain(cast, now), cast.sam, told_at)
    clock = found.clocks.get(milestone=Milestone.COMPLAINT_ANSWER)
    assert (clock.due_at, clock.met_at, clock.verdict) == (DUE, told_at, verdict)


def test_a_talk_is_no_answer_in_writing(cast: Cast, now: datetime) -> None:
    found = complain(cast, now)
    with pytest.raises(ActionRefused) as refused:
        decide(found, cast.sam, now, channel=Channel.PHONE)
    assert refused.value.refusal is Refusal.NOT_IN_WRITING


def test_it_was_not_decided_before_it_came(cast: Cast, now: datetime) -> None:
    found = complain(cast, now)
    with pytest.raises(ActionRefused) as refused:
        decide(found, cast.sam, now, told_at=now - DAY)
    assert refused.value.refusal is Refusal.BEFORE_RECEIPT


def test_decided_twice_the_second_is_refused(cast: Cast, now: datetime) -> None:
    found = decide(complain(cast, now), cast.sam, now)
    with pytest.raises(ActionRefused) as refused:
        decide(found, cast.dora, now)
    assert refused.value.refusal is Refusal.STATUS
    assert ComplaintDecision.objects.count() == 1


def test_whom_it_is_about_decides_nothing(cast: Cast, now: datetime) -> None:
    found = complain(cast, now)
    RequestSubject.objects.create(service_request=found, employee=cast.sam, involvement="concerned")
    with pytest.raises(ActionRefused) as refused:
        decide(found, cast.sam, now)
    assert refused.value.refusal is Refusal.ROLE


def test_a_review_owes_a_new_answer_and_ends_the_follow_up(cast: Cast, now: datetime) -> None:
    found = complain(cast, now)
    begin_investigation(request_id=found.pk, investigator_id=None, began_at=now, actor=actor(cast.sam), at=now)
    decide(found, cast.sam, now)

    review(found, cast.fay, now + DAY)

    found.refresh_from_db()
    complaint = Complaint.objects.get(service_request=found)
    assert (found.status, complaint.stage, complaint.review_reason) == (Status.OPEN, 2, "Nobody asked me.")
    assert complaint.investigation_began_at is None
    ended = found.clocks.get(milestone=Milestone.FOLLOW_UP)
    assert (ended.verdict, ended.ended_reason) == (Verdict.CANCELLED, "review")
    assert open_milestones(found) == {Milestone.COMPLAINT_ANSWER, Milestone.RESPONSE}
    assert found.clocks.filter(milestone=Milestone.COMPLAINT_ANSWER).latest("pk").started_at == now + DAY
    assert found.events.get(kind=EventKind.REVIEW_ASKED).text == "Nobody asked me."
    assert found.owner == cast.alice  # she did not decide it


@pytest.mark.parametrize("is_head_away", [False, True])
def test_a_review_passes_over_a_head_who_is_away(cast: Cast, now: datetime, *, is_head_away: bool) -> None:
    found = complain(cast, now)
    take_request(request_id=found.pk, actor=actor(cast.sam), at=now)
    decide(found, cast.sam, now)
    if is_head_away:
        AbsenceFactory.create(employee=cast.dora)
    review(found, cast.fay, now + DAY)
    found.refresh_from_db()
    assert found.owner == (cast.hana if is_head_away else cast.dora)


def test_a_closed_one_is_reviewed_too_and_only_once(cast: Cast, now: datetime) -> None:
    found = decide(complain(cast, now), cast.sam, now)
    follow_up(found, cast.alice, now, FollowUpOutcome.CONFIRMED)
    review(found, cast.fay, now + DAY)
    found.refresh_from_db()
    assert (found.status, found.closed_at, found.disposition) == (Status.OPEN, None, "")

    decide(found, cast.dora, now + DAY)
    with pytest.raises(ActionRefused) as refused:
        review(found, cast.fay, now + 2 * DAY)
    assert refused.value.refusal is Refusal.IN_REVIEW_ALREADY


def test_what_was_never_decided_is_not_reviewed(cast: Cast, now: datetime) -> None:
    found = complain(cast, now)
    entry = CloseEntry(disposition=Disposition.SPAM, note="An advertisement.")
    close_request(request_id=found.pk, entry=entry, actor=actor(cast.fay), at=now)
    with pytest.raises(ActionRefused) as refused:
        review(found, cast.fay, now)
    assert refused.value.refusal is Refusal.STATUS


def test_who_decided_the_first_stage_loses_it_and_never_decides_or_owns_its_review(cast: Cast, now: datetime) -> None:
    found = decide(complain(cast, now, for_employee_id=cast.sam.pk), cast.sam, now)

    review(found, cast.fay, now + DAY)

    found.refresh_from_db()
    assert found.owner == cast.dora  # Sam is the only supervisor; the head of the department above takes it
    told = Notice.objects.get(kind=Notice.Kind.ASSIGNED, recipient=cast.dora)
    assert told.service_request == found
    assert found.events.filter(kind=EventKind.GIVEN).count() == 1
    with pytest.raises(ActionRefused) as refused:
        decide(found, cast.sam, now + DAY)
    assert refused.value.refusal is Refusal.DECIDED_BEFORE
    with pytest.raises(ActionRefused) as refused:
        take_request(request_id=found.pk, actor=actor(cast.sam), at=now + DAY)
    assert refused.value.refusal is Refusal.DECIDED_BEFORE
    for owner_id in (cast.sam.pk,):
        with pytest.raises(ActionRefused) as refused:
            give_request(
                request_id=found.pk, owner_id=owner_id, department_id=None, note="", actor=actor(cast.dora), at=now
            )
        assert refused.value.refusal is Refusal.DECIDED_BEFORE
    with pytest.raises(ActionRefused) as refused:
        begin_investigation(
            request_id=found.pk,
            investigator_id=cast.sam.pk,
            began_at=now + DAY,
            actor=actor(cast.dora),
            at=now + DAY,
        )
    assert refused.value.refusal is Refusal.DECIDED_BEFORE
    decide(found, cast.dora, now + DAY)
    assert list(ComplaintDecision.objects.values_list("stage", "decided_by")) == [(1, cast.sam.pk), (2, cast.dora.pk)]


def test_a_second_supervisor_comes_before_the_head(cast: Cast, now: datetime) -> None:
    give_role(cast.bob, Role.SUPERVISOR, cast.streets)
    found = decide(complain(cast, now, for_employee_id=cast.sam.pk), cast.sam, now)
    review(found, cast.fay, now + DAY)
    found.refresh_from_db()
    assert found.owner == cast.bob


def test_where_every_lead_is_out_of_it_human_resources_has_it(cast: Cast, now: datetime) -> None:
    found = decide(complain(cast, now, for_employee_id=cast.sam.pk), cast.sam, now)
    RequestSubject.objects.create(service_request=found, employee=cast.dora, involvement="concerned")
    review(found, cast.fay, now + DAY)
    found.refresh_from_db()
    assert (found.owner, found.department) == (cast.hana, cast.streets)


def test_nobody_s_review_is_not_passed_to_who_decided_before(cast: Cast, now: datetime) -> None:
    found = decide(complain(cast, now), cast.sam, now)
    review(found, cast.fay, now + DAY)
    give_request(
        request_id=found.pk,
        owner_id=None,
        department_id=cast.streets.pk,
        note="",
        actor=actor(cast.alice),
        at=now + DAY,
    )
    pass_unowned_requests(now=now + 10 * DAY)
    found.refresh_from_db()
    assert found.owner is None  # Sam alone is supervisor there; the watchdog reports it


def test_not_resolved_is_decided_again_by_the_same_person(cast: Cast, now: datetime) -> None:
    found = decide(complain(cast, now), cast.sam, now)
    follow_up(found, cast.alice, now + DAY, FollowUpOutcome.NOT_RESOLVED)
    decide(found, cast.sam, now + 2 * DAY)
    assert list(ComplaintDecision.objects.values_list("stage", flat=True)) == [1, 1]


def test_opened_again_it_owes_a_new_answer(cast: Cast, now: datetime) -> None:
    found = decide(complain(cast, now), cast.sam, now)
    follow_up(found, cast.alice, now, FollowUpOutcome.CONFIRMED)
    entry = InboundEntry(channel=Channel.PHONE, text="It happened again", occurred_at=now + DAY)
    reopen_request(request_id=found.pk, entry=entry, actor=actor(cast.fay), at=now + DAY)
    assert open_milestones(found) == {Milestone.RESPONSE, Milestone.COMPLAINT_ANSWER}


def merge(loser: object, winner: object, cast: Cast, at: datetime) -> None:
    entry = CloseEntry(disposition=Disposition.DUPLICATE, note="The same", duplicate_of=winner.number)  # type: ignore[attr-defined]
    close_request(request_id=loser.pk, entry=entry, actor=actor(cast.alice), at=at)  # type: ignore[attr-defined]


def test_of_two_complaints_merged_one_answer_is_owed_by_the_earlier_day(cast: Cast, now: datetime) -> None:
    older, newer = complain(cast, now - 3 * DAY), complain(cast, now)
    due_at = older.clocks.get(milestone=Milestone.COMPLAINT_ANSWER).due_at

    merge(older, newer, cast, now)

    assert open_milestones(older) == set()
    assert newer.clocks.get(milestone=Milestone.COMPLAINT_ANSWER).due_at == due_at
    decide(newer, cast.sam, now)
    assert open_milestones(newer) == {Milestone.FOLLOW_UP}


def test_a_complaint_is_not_merged_where_its_answer_would_never_come(cast: Cast, now: datetime) -> None:
    found, answered = complain(cast, now), decide(complain(cast, now), cast.sam, now)
    question = complain(cast, now, kind=None, title="When are the bins collected?")
    with pytest.raises(ActionRefused) as refused:
        merge(found, question, cast, now)
    assert refused.value.refusal is Refusal.MERGE_WITH_NO_COMPLAINT
    with pytest.raises(ActionRefused) as refused:
        merge(found, answered, cast, now)
    assert refused.value.refusal is Refusal.MERGE_TARGET_ANSWERED


def test_a_question_may_repeat_a_complaint(cast: Cast, now: datetime) -> None:
    found, question = complain(cast, now), complain(cast, now, kind=None)
    merge(question, found, cast, now)
    assert Milestone.RESPONSE in open_milestones(found)


def test_what_was_answered_once_is_no_spam(cast: Cast, now: datetime) -> None:
    found = decide(complain(cast, now), cast.sam, now)
    follow_up(found, cast.alice, now, FollowUpOutcome.NOT_RESOLVED)
    entry = CloseEntry(disposition=Disposition.SPAM, note="x")
    with pytest.raises(ActionRefused) as refused:
        close_request(request_id=found.pk, entry=entry, actor=actor(cast.alice), at=now)
    assert refused.value.refusal is Refusal.FOLLOW_UP_NEEDED

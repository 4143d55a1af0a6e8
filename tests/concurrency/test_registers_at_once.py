"""Two who keep a register at the same moment: one act, one row of evidence, one notice; nobody gets a server error."""

from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from requests_app.domain.periods import Period
from requests_app.domain.policies import PolicyRefused
from requests_app.domain.policy_reviews import ReviewOutcome
from requests_app.domain.pulses import PulseQuestion
from requests_app.domain.recognition import RecognitionKind
from requests_app.domain.refusals import ActionRefused
from requests_app.domain.replays import Question
from requests_app.domain.trainings import CourseKind
from requests_app.models import (
    Attestation,
    AuditEntry,
    Award,
    BackgroundJob,
    ClauseSignature,
    ColleagueThanks,
    Commendation,
    Improvement,
    Notice,
    PolicyVersion,
    PulseRound,
    PulseSeat,
    Replay,
    ReportFile,
    TrainingCourse,
    TrainingEvidence,
    TrainingRecord,
)
from requests_app.selectors.policies import mark_of
from requests_app.selectors.reports.scope import ReportQuery
from requests_app.services.attestations import (
    attest,
    close_attestation_round,
    open_attestation_round,
    record_paper_attestations,
)
from requests_app.services.clause_signatures import SignatureEntry, sign_clause, withdraw_signature
from requests_app.services.commendations import give_commendation, lay_aside_commendation
from requests_app.services.improvement_notices import tell_of_undecided
from requests_app.services.improvements import (
    DecidedAlready,
    ImprovementEntry,
    decide_improvement,
    finish_improvement,
    propose_improvement,
)
from requests_app.services.policies import PolicyEntry, publish_policy, write_policy_draft
from requests_app.services.policy_reviews import complete_policy_review, open_policy_review
from requests_app.services.pulses import PulseRuns, RoundEntry, open_round
from requests_app.services.recognition import AwardEntry, give_award, thank_colleague, withdraw_recognition
from requests_app.services.replays import ReplayEntry, ask_replay
from requests_app.services.report_files import request_report_file
from requests_app.services.trainings import (
    CourseEntry,
    CourseNameTaken,
    TakenEntry,
    add_course,
    record_training,
    remove_training,
)
from tests.cast import Cast, actor
from tests.concurrency.conftest import at_once, failures
from tests.factories import ServiceRequestFactory
from tests.improvement_cases import make_improvement
from tests.sample_files import incoming
from tests.training_cases import ALL, make_course, took

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
FIRST, LAST = date(2026, 7, 1), date(2026, 12, 31)


def evidence(*actions: str) -> int:
    return AuditEntry.objects.filter(action__in=actions).count()


def test_a_suggestion_clicked_several_times_is_one_with_one_notice(cast: Cast, now: datetime) -> None:
    said = partial(ImprovementEntry, title="A sign", text="At the side door", department_id=cast.streets.pk)
    for is_anonymous in (False, True):
        results = at_once(
            *[partial(propose_improvement, said(is_anonymous=is_anonymous), actor=actor(cast.bob), at=now)] * 5
        )
        assert failures(results) == []
        assert len({row.pk for row in results}) == 1
    assert Improvement.objects.count() == Notice.objects.filter(kind="suggestion").count() == 2


def test_two_who_decide_a_suggestion_differently_leave_one_decision(cast: Cast, now: datetime) -> None:
    row = make_improvement(cast.bob, now=now)
    decide = partial(decide_improvement, improvement_id=row.pk, at=now)
    results = at_once(
        partial(decide, is_adopted=True, reason="Cheap", actor=actor(cast.dora)),
        partial(decide, is_adopted=False, reason="Dear", actor=actor(cast.hana)),
        partial(decide, is_adopted=False, reason="Not now", actor=actor(cast.max)),
    )
    assert failures(results, DecidedAlready) == []
    assert sum(isinstance(result, DecidedAlready) for result in results) == 2
    assert evidence("improvement_decided") == Notice.objects.filter(recipient=cast.bob).count() == 1


def test_an_adopted_one_is_done_once(cast: Cast, now: datetime) -> None:
    facts = {"state": "adopted", "decided_on": now.date(), "decision_reason": "Cheap"}
    row = make_improvement(cast.bob, now=now, **facts)
    finish = partial(finish_improvement, improvement_id=row.pk, note="It hangs", at=now)
    results = at_once(*[partial(finish, actor=actor(each)) for each in (cast.dora, cast.hana, cast.max)])
    assert failures(results) == []
    assert evidence("improvement_done") == 1


def test_several_sweeps_remind_of_a_suggestion_once(cast: Cast, now: datetime) -> None:
    make_improvement(cast.bob, now=now, due_on=now.date() - timedelta(days=3))
    results = at_once(*[partial(tell_of_undecided, now=now)] * 4)
    assert failures(results) == []
    assert sorted(Notice.objects.filter(kind="undecided").values_list("recipient__name", flat=True)) == [
        "Dora Head", "Max Manager",
    ]  # fmt: skip


def test_a_course_added_by_two_is_one_course(cast: Cast, now: datetime) -> None:
    entry = partial(
        CourseEntry, name="Customer service", kind=CourseKind.BOTH, employments=ALL, asked_from=date(2025, 4, 1)
    )
    add = partial(add_course, actor=actor(cast.hana), at=now)
    results = at_once(
        *[partial(add, entry())] * 3,
        partial(add, entry(interval_months=6)),
    )
    assert failures(results, CourseNameTaken) == []
    assert TrainingCourse.objects.count() == evidence("training_course_added") == 1


def test_a_class_recorded_by_two_is_recorded_once_with_one_paper(
    cast: Cast, now: datetime, settings: Any, tmp_path: Path
) -> None:
    settings.ATTACHMENTS_ROOT = str(tmp_path)
    course = make_course()
    entry = TakenEntry(course_id=course.pk, employee_ids=[cast.bob.pk, cast.sam.pk], on=date(2026, 11, 20))
    record = partial(record_training, entry, actor=actor(cast.hana), at=now)
    results = at_once(*[partial(record, file=incoming("sheet.png")) for _ in range(4)])
    assert failures(results) == []
    assert sorted(results) == [0, 0, 0, 2]
    assert (TrainingRecord.objects.count(), TrainingEvidence.objects.count()) == (2, 1)


def test_a_wrong_record_is_struck_out_once(cast: Cast, now: datetime) -> None:
    row = took(cast.bob, make_course())
    strike = partial(remove_training, record_id=row.pk, actor=actor(cast.hana), at=now)
    results = at_once(*[partial(strike, reason=f"Wrong person, {n}") for n in range(4)])
    assert failures(results) == []
    assert len({result.removed_reason for result in results}) == evidence("training_record_removed") == 1


def test_an_award_and_thanks_are_given_once(cast: Cast, now: datetime) -> None:
    entry = AwardEntry(employee_id=cast.bob.pk, name="Of the quarter", occasion="The flood", on=LAST)
    results = at_once(*[partial(give_award, entry, actor=actor(each), at=now) for each in (cast.hana, cast.max)] * 2)
    assert failures(results) == []
    assert Award.objects.count() == evidence("award_given") == 1
    thank = partial(thank_colleague, employee_id=cast.bob.pk, text="For the van", actor=actor(cast.alice), at=now)
    assert failures(at_once(*[thank] * 4)) == []
    assert ColleagueThanks.objects.count() == evidence("colleague_thanked") == 1


def test_a_draft_of_a_commendation_is_given_or_laid_aside_not_both(cast: Cast, now: datetime) -> None:
    about = ServiceRequestFactory.create(kind="compliment", department=cast.streets)
    row = Commendation.objects.create(
        service_request=about, employee=cast.bob, text="Kind", drafted_by=cast.fay, drafted_at=now
    )
    give = partial(give_commendation, commendation_id=row.pk, text="Kind", at=now)
    lay_aside = partial(lay_aside_commendation, commendation_id=row.pk, text="Kind", at=now)
    results = at_once(
        partial(give, actor=actor(cast.sam)),
        partial(lay_aside, actor=actor(cast.hana)),
        partial(give, actor=actor(cast.hana)),
    )
    assert failures(results, ActionRefused) == []
    row.refresh_from_db()
    assert row.state in ("given", "laid_aside")
    assert evidence("commendation_given", "commendation_laid_aside") == 1


def test_a_file_and_a_what_if_clicked_several_times_are_one(cast: Cast, now: datetime) -> None:
    hana = actor(cast.hana)
    ask = partial(request_report_file, file_format="pdf", asked={"from": "2026-10-01"}, submission_key=uuid4(), at=now)
    files = at_once(*[partial(ask, actor=hana)] * 4)
    assert failures(files) == []
    assert ReportFile.objects.count() == BackgroundJob.objects.filter(kind="report_file").count() == 1
    query = ReportQuery(period=Period(date(2026, 10, 1), date(2026, 10, 31)), as_of=now)
    entry = ReplayEntry(question=Question(number=3), query=query, address={}, submission_key=uuid4())
    assert failures(at_once(*[partial(ask_replay, entry, actor=hana, at=now)] * 4)) == []
    assert Replay.objects.count() == evidence("replay_asked") == 1


def test_a_clause_is_signed_once_by_each_and_withdrawn_once(cast: Cast, now: datetime) -> None:
    entry = SignatureEntry(clause="III.b.ii.1", from_on=FIRST, to_on=LAST, statement="Read and found plain")
    sign = partial(sign_clause, entry, at=now)
    results = at_once(*[partial(sign, actor=actor(cast.hana))] * 4)
    assert failures(results) == []
    assert ClauseSignature.objects.count() == evidence("clause_signed") == 1
    withdraw = partial(withdraw_signature, results[0].pk, actor=actor(cast.hana), at=now)
    assert failures(at_once(*[withdraw] * 4)) == []
    assert evidence("signature_withdrawn") == 1


def test_a_round_of_the_pulse_opens_once_and_seats_everybody_once(cast: Cast, now: datetime) -> None:
    entry = RoundEntry(
        department_ids=[cast.public_works.pk],
        questions=[PulseQuestion.RESPECT],
        closes_on=(now + timedelta(days=10)).date(),
        submission_key=uuid4(),
    )
    results = at_once(*[partial(open_round, entry, actor=actor(cast.hana), at=now)] * 4)
    assert failures(results) == []
    assert PulseRound.objects.count() == evidence("pulse_opened") == 1
    assert PulseSeat.objects.count() == Notice.objects.filter(kind="pulse").count() == 4


def test_of_two_rounds_of_the_pulse_for_one_department_one_opens(cast: Cast, now: datetime) -> None:
    asked = partial(RoundEntry, questions=[PulseQuestion.RESPECT], closes_on=(now + timedelta(days=10)).date())
    both, one = [cast.public_works.pk, cast.finance.pk], [cast.public_works.pk]
    rounds = [asked(department_ids=which, submission_key=uuid4()) for which in (both, one, both, one)]
    results = at_once(*[partial(open_round, each, actor=actor(cast.hana), at=now) for each in rounds])
    assert failures(results, PulseRuns) == []
    assert sum(isinstance(result, PulseRuns) for result in results) == 3
    assert PulseRound.objects.count() == evidence("pulse_opened") == 1


def test_the_next_version_is_begun_once_and_published_once(cast: Cast, now: datetime) -> None:
    hana = actor(cast.hana)
    write = partial(write_policy_draft, actor=hana, at=now)
    entries = [PolicyEntry(title="Policy", text=f"I Serve everybody well, {n % 2}.") for n in range(4)]
    assert failures(at_once(*[partial(write, entry) for entry in entries]), PolicyRefused) == []
    draft = PolicyVersion.objects.get(state="draft")
    publish = partial(
        publish_policy, draft.number, approved_on=date(2026, 11, 17), seen=mark_of(draft), actor=hana, at=now
    )
    results = at_once(*[partial(publish, effective_from=date(2026, 12, day)) for day in (1, 1, 2, 3)])
    assert failures(results, PolicyRefused) == []
    assert sum(isinstance(result, PolicyVersion) for result in results) == evidence("policy_published") == 1


def test_a_review_is_opened_once_and_completed_once(cast: Cast, now: datetime) -> None:
    hana = actor(cast.hana)
    opened = at_once(*[partial(open_policy_review, actor=hana, at=now)] * 4)
    assert failures(opened) == []
    assert len({row.pk for row in opened}) == evidence("policy_review_opened") == 1
    complete = partial(
        complete_policy_review,
        opened[0].pk,
        completed_on=date(2026, 11, 23),
        outcome=ReviewOutcome.KEPT,
        actor=hana,
        at=now,
    )
    results = at_once(*[partial(complete, minutes_reference=f"Item {n}") for n in range(4)])
    assert failures(results, PolicyRefused) == []
    assert evidence("policy_review_completed") == 1


def test_a_round_of_attestations_opens_and_closes_once_and_nobody_attests_twice(cast: Cast, now: datetime) -> None:
    hana, version = actor(cast.hana), PolicyVersion.objects.get(number=1)
    start = partial(open_attestation_round, version=version, due_on=LAST, questions=[], actor=hana, at=now)
    opened = at_once(*[start] * 4)
    assert failures(opened) == []
    round_id = opened[0].pk
    on = date(2026, 11, 23)
    results = at_once(
        *[partial(attest, round_id, given={}, actor=actor(cast.bob), at=now)] * 2,
        *[
            partial(
                record_paper_attestations,
                round_id, employee_ids=[cast.bob.pk, cast.sam.pk], attested_on=on, actor=hana, at=now,
            )
        ]
        * 3,
    )  # fmt: skip
    assert failures(results) == []
    assert Attestation.objects.count() == evidence("attested", "attested_on_paper") == 2
    assert failures(at_once(*[partial(close_attestation_round, round_id, actor=hana, at=now)] * 4)) == []
    assert evidence("attestation_round_closed") == 1


def test_what_was_given_in_error_is_taken_back_once(cast: Cast, now: datetime) -> None:
    thanks = thank_colleague(employee_id=cast.bob.pk, text="For the van", actor=actor(cast.alice), at=now)
    take_back = partial(withdraw_recognition, RecognitionKind.THANKS, thanks.pk, at=now)
    people = (cast.alice, cast.hana, cast.max, cast.hana)
    results = at_once(*[partial(take_back, reason=f"Another, {n}", actor=actor(each)) for n, each in enumerate(people)])
    assert failures(results) == []
    assert evidence("thanks_withdrawn") == Notice.objects.filter(kind="withdrawn", recipient=cast.bob).count() == 1

"""A round of the pulse: everybody once, told once, and nothing kept that tells who said what (III.c.ii)."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from requests_app.domain.pulses import PulseQuestion
from requests_app.domain.refusals import ActionRefused
from requests_app.models import AuditEntry, Notice, PulseRound, PulseSeat, PulseTally
from requests_app.services.pulses import PulseProblem, PulseRuns, RoundEntry, Taken, answer_pulse, open_round
from tests.cast import Cast, actor
from tests.factories import EmployeeFactory


def entry(cast: Cast, now: datetime, *, days: int = 10, **facts: object) -> RoundEntry:
    given = {
        "department_ids": [cast.public_works.pk],
        "questions": [PulseQuestion.SHARING, PulseQuestion.RESPECT],
        "closes_on": (now + timedelta(days=days)).date(),
        "submission_key": uuid4(),
    }
    return RoundEntry(**{**given, **facts})  # type: ignore[arg-type]  # a test's own facts


def test_everybody_with_a_login_gets_a_seat_and_is_told_once(cast: Cast, now: datetime) -> None:
    EmployeeFactory.create(department=cast.streets)  # has no login
    asked = entry(cast, now)
    first = open_round(asked, actor=actor(cast.hana), at=now)
    assert open_round(asked, actor=actor(cast.hana), at=now) == first
    seated = {seat.employee for seat in PulseSeat.objects.select_related("employee")}
    assert seated == {cast.alice, cast.bob, cast.sam, cast.dora}
    assert set(PulseSeat.objects.values_list("department", flat=True)) == {cast.public_works.pk}
    assert {notice.recipient for notice in Notice.objects.filter(kind="pulse")} == seated
    assert first.questions == ["respect", "sharing"]
    assert AuditEntry.objects.filter(action="pulse_opened").count() == 1


@pytest.mark.parametrize("facts", [{"days": 2}, {"days": 61}, {"department_ids": []}])
def test_a_round_nobody_could_answer_is_refused(cast: Cast, now: datetime, facts: dict[str, object]) -> None:
    with pytest.raises(PulseProblem):
        open_round(entry(cast, now, **facts), actor=actor(cast.hana), at=now)  # type: ignore[arg-type]
    assert not PulseRound.objects.exists()


def test_a_department_is_in_one_round_at_a_time(cast: Cast, now: datetime) -> None:
    hana = actor(cast.hana)
    open_round(entry(cast, now), actor=hana, at=now)
    both = entry(cast, now, days=30, department_ids=[cast.public_works.pk, cast.finance.pk])
    last_day = now + timedelta(days=10)
    for at in (now, last_day):
        with pytest.raises(PulseRuns) as refused:
            open_round(both, actor=hana, at=at)
        assert refused.value.where == [(cast.public_works.name, last_day.date())]
    assert PulseRound.objects.count() == 1
    open_round(entry(cast, now, department_ids=[cast.finance.pk]), actor=hana, at=now)
    open_round(entry(cast, now, days=30), actor=hana, at=last_day + timedelta(days=1))
    assert PulseRound.objects.count() == 3


def test_only_human_resources_opens_one(cast: Cast, now: datetime) -> None:
    for person in (cast.sam, cast.dora, cast.ada, cast.max):
        with pytest.raises(ActionRefused):
            open_round(entry(cast, now), actor=actor(person), at=now)


def test_what_somebody_says_leaves_a_count_and_no_trace(cast: Cast, now: datetime) -> None:
    one = open_round(entry(cast, now), actor=actor(cast.hana), at=now)
    entries = AuditEntry.objects.count()
    scores = {PulseQuestion.RESPECT: 4, PulseQuestion.COOPERATION: 1}  # the second is not asked in this round
    assert answer_pulse(round_id=one.pk, scores=scores, actor=actor(cast.bob), at=now) is Taken.RECORDED
    assert answer_pulse(round_id=one.pk, scores=scores, actor=actor(cast.bob), at=now) is Taken.ALREADY
    assert [(row.question, row.score, row.count) for row in PulseTally.objects.all()] == [("respect", 4, 1)]
    assert AuditEntry.objects.count() == entries
    for model, allowed in (
        (PulseSeat, {"id", "round", "employee", "department", "is_used"}),
        (PulseTally, {"id", "round", "department", "question", "score", "count"}),
    ):
        assert {field.name for field in model._meta.concrete_fields} == allowed


def test_who_has_no_seat_or_comes_too_late_is_not_counted(cast: Cast, now: datetime) -> None:
    one = open_round(entry(cast, now), actor=actor(cast.hana), at=now)
    scores = {PulseQuestion.RESPECT: 4}
    with pytest.raises(PulseSeat.DoesNotExist):
        answer_pulse(round_id=one.pk, scores=scores, actor=actor(cast.charlie), at=now)
    late = now + timedelta(days=11)
    assert answer_pulse(round_id=one.pk, scores=scores, actor=actor(cast.bob), at=late) is Taken.OVER
    assert not PulseTally.objects.exists()

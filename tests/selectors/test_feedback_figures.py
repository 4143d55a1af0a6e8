"""Feedback counted: by month of asking, by department, of whom; and what each department owes (III.c.ii)."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from requests_app.domain.periods import Half, Period
from requests_app.domain.pulses import PulseQuestion
from requests_app.domain.surveys import Owed, Scores
from requests_app.models import Department, PulseRound, PulseSeat, PulseTally, SurveyAnswer, SurveyInvitation
from requests_app.selectors.feedback_duties import feedback_duty
from requests_app.selectors.feedback_figures import (
    ClauseFeedback,
    of_clauses,
    pulse_cells,
    survey_cells,
    top_departments,
    total,
)
from requests_app.services.pulses import RoundEntry, Taken, answer_pulse, open_round
from requests_app.services.surveys import invite_to_surveys
from tests.cast import Cast, actor
from tests.factories import ServiceRequestFactory, free_text_mail
from tests.services.test_surveys import closed

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 23))


def clauses(*, period: Period, today: date, department_ids: frozenset[int] | None = None) -> dict[str, ClauseFeedback]:
    within = top_departments(department_ids)
    return of_clauses(
        survey_cells(period=period, department_ids=department_ids),
        pulse_cells(period=period, today=today, department_ids=within),
    )


def asked(department: Department, month: date, *, used: bool = False, **facts: Any) -> SurveyInvitation:
    at = datetime.fromisoformat(f"{month}T20:00:00+00:00")
    return SurveyInvitation.objects.create(
        **{
            "service_request": ServiceRequestFactory.create(department=department),
            "department": department,
            "route": "mail",
            "channel": "phone",
            "month": month,
            "invited_at": at,
            "expires_at": at + timedelta(days=30),
            "token_hash": uuid4().hex,
            "is_used": used,
            **facts,
        }
    )


def said(department: Department, month: date, **scores: Any) -> SurveyAnswer:
    return SurveyAnswer.objects.create(
        **{"department": department, "route": "mail", "channel": "phone", "language": "en", "month": month, **scores}
    )


def test_answers_count_in_the_month_of_asking_beside_how_many_were_asked(cast: Cast) -> None:
    november, october = date(2026, 11, 1), date(2026, 10, 1)
    for month in (november, november, october):
        asked(cast.streets, month)
    asked(cast.streets, november, route="slip")
    failed = free_text_mail(to="x@mail.example")
    failed.status = "failed"
    failed.save()
    asked(cast.streets, november, mail=failed)
    said(cast.streets, november, respect=5, clear=2)
    said(cast.streets, november, respect=4)
    said(cast.finance, november, respect=1)
    said(cast.streets, october, respect=1)

    found = total(survey_cells(period=NOVEMBER, department_ids=frozenset({cast.streets.pk})))
    assert (found.asked, found.answered, found.by_slip) == (3, 2, 1)
    assert found.of("respect") == Scores((0, 0, 0, 1, 1))
    assert found.everything.n == 3
    assert total(survey_cells(period=NOVEMBER)).answered == 3
    months = clauses(period=Period(date(2026, 10, 1), date(2026, 11, 23)), today=date(2026, 11, 23))
    respect = months["III.b.i.1"]
    assert (respect.scores.n, respect.asked, respect.answered) == (4, 4, 4)
    assert [(on, scores.n) for on, scores in respect.trend] == [(october, 1), (november, 3)]
    assert months["III.a.i"].scores == respect.scores
    assert months["III.b.iv.1"].scores.n == 0


def opened(cast: Cast, at: datetime, *departments: Department) -> PulseRound:
    entry = RoundEntry(
        department_ids=[department.pk for department in departments or (cast.public_works, cast.finance)],
        questions=list(PulseQuestion),
        closes_on=(at + timedelta(days=10)).date(),
        submission_key=uuid4(),
    )
    return open_round(entry, actor=actor(cast.hana), at=at)


def test_colleagues_are_counted_by_department_and_shown_when_the_round_is_over(cast: Cast, now: datetime) -> None:
    one = opened(cast, now)
    assert PulseSeat.objects.filter(department=cast.public_works).count() == 4  # Alice, Bob, Sam, Dora
    scores = {PulseQuestion.RESPECT: 5, PulseQuestion.SHARING: 2}
    for person in (cast.alice, cast.bob):
        assert answer_pulse(round_id=one.pk, scores=scores, actor=actor(person), at=now) is Taken.RECORDED
    assert answer_pulse(round_id=one.pk, scores=scores, actor=actor(cast.bob), at=now) is Taken.ALREADY
    assert PulseTally.objects.get(question="respect").count == 2

    whole = Period(date(2026, 11, 1), date(2026, 12, 31))
    assert pulse_cells(period=whole, today=one.closes_on) == []
    cells = pulse_cells(period=whole, today=one.closes_on + timedelta(days=1))
    by_department = {cell.department_id: cell.feedback for cell in cells}
    found = by_department[cast.public_works.pk]
    assert (found.asked, found.answered, found.of("respect")) == (4, 2, Scores((0, 0, 0, 0, 2)))
    assert by_department[cast.finance.pk].answered == 0
    found_clause = clauses(period=whole, today=one.closes_on + timedelta(days=1))["III.b.iv.1"]
    assert (found_clause.scores.n, found_clause.answered, len(found_clause.trend)) == (2, 2, 1)
    of_sam = clauses(period=whole, today=one.closes_on + timedelta(days=1), department_ids=frozenset({cast.streets.pk}))
    assert of_sam["III.b.iv.1"].scores.n == 2


def test_each_department_owes_what_it_did_not_ask_in_the_half_year(cast: Cast, now: datetime) -> None:
    closed(cast, now - timedelta(hours=3))
    invite_to_surveys(now=now)
    opened(cast, now, cast.finance)
    rows = {row.department.pk: row for row in feedback_duty(Half(2026, 2))}
    streets, finance = rows[cast.public_works.pk], rows[cast.finance.pk]
    assert (streets.residents_asked, streets.owed) == (1, frozenset({Owed.STAFF}))
    assert (finance.staff_asked, finance.rounds, finance.owed) == (2, 1, frozenset({Owed.RESIDENTS}))
    assert all(row.department.parent_id is not None for row in rows.values())
    assert all(row.owed == set(Owed) for row in feedback_duty(Half(2026, 1)))
    own = feedback_duty(Half(2026, 2), department_ids=frozenset({cast.streets.pk}))
    assert [row.department for row in own] == [cast.public_works]


@pytest.mark.parametrize("rows", [1, 12])
def test_figures_ask_the_same_whatever_there_is(cast: Cast, django_assert_num_queries: Any, rows: int) -> None:
    for _ in range(rows):
        asked(cast.streets, date(2026, 11, 1))
        said(cast.streets, date(2026, 11, 1), respect=5)
    with django_assert_num_queries(2):
        survey_cells(period=NOVEMBER)

"""What residents and colleagues said, counted by clause, department and time, with how many were asked (III.c.ii).

Everything is an indicator: opinions of those who answered, never a share of compliance, and never about a person. What
may be shown of small numbers is asked of `domain.surveys.shown_cells`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from requests_app.domain.periods import Period
from requests_app.domain.pulses import PULSE_CLAUSES, PulseQuestion, may_be_read
from requests_app.domain.surveys import CLAUSES, SCALE, Question, Scores, SurveyRoute, month_of
from requests_app.models import Department, OutgoingMail, PulseRound, PulseSeat, PulseTally, SurveyAnswer
from requests_app.models import SurveyInvitation as Invitation
from requests_app.selectors.access import parents_of_departments
from requests_app.selectors.directory import root_department

Departments = frozenset[int] | None
# Every clause that feedback is an indicator of, with the code of its question.
ASKED_BY: Mapping[str, str] = {
    clause: question.value
    for questions in (CLAUSES, PULSE_CLAUSES)
    for question, clauses in questions.items()
    for clause in clauses
}


@dataclass(frozen=True, slots=True)
class Feedback:
    """How many were asked, how many answered, and their scores by question; `by_slip` of those asked."""

    asked: int = 0
    answered: int = 0
    by_slip: int = 0
    scores: Mapping[str, Scores] = field(default_factory=dict)

    def of(self, question: str) -> Scores:
        """Give the scores of a question."""
        return self.scores.get(question, Scores())

    @property
    def least(self) -> int:
        """Give how many answered the statement that the fewest answered, those nobody answered aside."""
        return min((scores.n for scores in self.scores.values() if scores.n), default=0)

    @property
    def everything(self) -> Scores:
        """Give the scores of all questions together."""
        return sum(self.scores.values(), Scores())

    def __add__(self, other: "Feedback") -> "Feedback":
        questions = {*self.scores, *other.scores}
        return Feedback(
            self.asked + other.asked,
            self.answered + other.answered,
            self.by_slip + other.by_slip,
            {question: self.of(question) + other.of(question) for question in questions},
        )


@dataclass(frozen=True, slots=True)
class Cell:
    """What one department was told in one month, or in one round of the pulse, which has its first day and its last."""

    on: date
    department_id: int
    feedback: Feedback
    round_id: int | None = None
    closes_on: date | None = None

    def counts_in(self, period: Period) -> bool:
        """Say whether it counts in a period: a month the period touches, or a round whose last day lies in it."""
        if self.closes_on is not None:
            return period.from_on <= self.closes_on <= period.to_on
        return month_of(period.from_on) <= self.on <= period.to_on


@dataclass(frozen=True, slots=True)
class ClauseFeedback:
    """An indicator of one clause; `trend` gives month or round, in order, with its scores."""

    clause: str
    question: str
    scores: Scores
    asked: int
    answered: int
    trend: tuple[tuple[date, Scores], ...]


def total(cells: Iterable[Cell]) -> Feedback:
    """Add cells up."""
    return sum((cell.feedback for cell in cells), Feedback())


def grouped(cells: Iterable[Cell], by: Callable[[Cell], Any]) -> dict[Any, Feedback]:
    """Add cells up by something of theirs, in its order."""
    found: dict[Any, Feedback] = {}
    for cell in cells:
        found[by(cell)] = found.get(by(cell), Feedback()) + cell.feedback
    return dict(sorted(found.items()))


def survey_cells(*, period: Period, department_ids: Departments = None) -> list[Cell]:
    """Give what residents said by month and department, each counted in the month of asking (two queries).

    A month counts whole if the period touches it. A mail that was given up asked nobody.
    """
    within = Q(month__gte=month_of(period.from_on), month__lte=period.to_on)
    if department_ids is not None:
        within &= Q(department__in=department_ids)
    is_failed = Q(mail__status=OutgoingMail.Status.FAILED)
    asked = (
        Invitation.objects.filter(within)
        .order_by()
        .values("month", "department_id")
        .annotate(
            asked=Count("pk", filter=~is_failed | Q(mail__isnull=True)),
            by_slip=Count("pk", filter=Q(route=SurveyRoute.SLIP)),
        )
    )
    said: Iterable[Any] = (
        SurveyAnswer.objects.filter(within).order_by().values("month", "department_id").annotate(**_counts())
    )
    found = {(row["month"], row["department_id"]): Feedback(row["asked"], 0, row["by_slip"]) for row in asked}
    for row in said:
        key = (row["month"], row["department_id"])
        scores = {
            question.value: Scores(tuple(row[f"{question.value}_{value}"] for value in SCALE)) for question in Question
        }
        found[key] = found.get(key, Feedback()) + Feedback(answered=row["answered"], scores=scores)
    return [Cell(month, department_id, feedback) for (month, department_id), feedback in sorted(found.items())]


def pulse_cells(*, period: Period, today: date, department_ids: Departments = None) -> list[Cell]:
    """Give what colleagues said by round and department, of rounds over by today that closed in a period.

    Three queries. Departments are those right below the city.
    """
    rounds = [one for one in rounds_closing_in(period) if may_be_read(closes_on=one.closes_on, today=today)]
    return pulse_cells_of(rounds, department_ids=department_ids)


def pulse_cells_of(rounds: Iterable[PulseRound], *, department_ids: Departments = None) -> list[Cell]:
    """Give what colleagues said in rounds, by department; whoever asks has made sure that they are over."""
    of = {one.pk: one for one in rounds}
    within = Q(round__in=list(of))
    if department_ids is not None:
        within &= Q(department__in=department_ids)
    seats = (
        PulseSeat.objects.filter(within)
        .order_by()
        .values_list("round_id", "department_id")
        .annotate(asked=Count("pk"), answered=Count("pk", filter=Q(is_used=True)))
    )
    by_question: dict[tuple[int, int], dict[str, dict[int, int]]] = {}
    tallies = PulseTally.objects.filter(within).order_by()
    for round_id, department_id, question, score, count in tallies.values_list(
        "round_id", "department_id", "question", "score", "count"
    ):
        by_question.setdefault((round_id, department_id), {}).setdefault(question, {})[score] = count
    return [
        Cell(
            of[round_id].opens_on,
            department_id,
            Feedback(asked, answered, 0, _scores(by_question.get((round_id, department_id), {}))),
            round_id,
            of[round_id].closes_on,
        )
        for round_id, department_id, asked, answered in sorted(seats)
    ]


def rounds_closing_in(period: Period) -> QuerySet[PulseRound]:
    """Give the rounds whose last day lies in a period, newest first."""
    return PulseRound.objects.filter(closes_on__gte=period.from_on, closes_on__lte=period.to_on)


def of_clauses(surveys: list[Cell], pulses: list[Cell]) -> dict[str, ClauseFeedback]:
    """Give the indicator of every clause asked about, from what residents and colleagues said, n = 0 included."""
    of_residents, of_staff = _Said.of(surveys), _Said.of(pulses)
    return {
        clause: (of_staff if clause in _PULSE else of_residents).clause(clause, question)
        for clause, question in ASKED_BY.items()
    }


def departments_with_a_duty() -> QuerySet[Department]:
    """Give the departments of the city, those right below it, by name; divisions count with them."""
    return Department.objects.filter(parent=root_department(), is_active=True).order_by("name", "pk")


def top_departments(department_ids: Departments) -> Departments:
    """Give the departments right below the city in which any of some lie; None, which is everything, stays so."""
    if department_ids is None:
        return None
    parents = parents_of_departments()
    return frozenset(top_of(department_id, parents) for department_id in department_ids)


def top_of(department_id: int, parents: Mapping[int, int | None]) -> int:
    """Give the department right below the city in which one lies: itself, where it is one or the city."""
    above = parents.get(department_id)
    while above is not None and parents.get(above) is not None:
        department_id, above = above, parents.get(above)
    return department_id


_PULSE = frozenset(clause for clauses in PULSE_CLAUSES.values() for clause in clauses)


@dataclass(frozen=True, slots=True)
class _Said:
    """What was said in a period, in all and by month or round."""

    whole: Feedback
    by_day: Mapping[date, Feedback]

    @classmethod
    def of(cls, cells: list[Cell]) -> "_Said":
        by_day = grouped(cells, lambda cell: cell.on)
        return cls(sum(by_day.values(), Feedback()), by_day)

    def clause(self, clause: str, question: str) -> ClauseFeedback:
        trend = tuple((on, found.of(question)) for on, found in self.by_day.items())
        scores, asked, answered = self.whole.of(question), self.whole.asked, self.whole.answered
        return ClauseFeedback(clause, question, scores, asked, answered, trend)


def _counts() -> dict[str, Any]:
    scores = {
        f"{question.value}_{value}": Count("pk", filter=Q(**{question.value: value}))
        for question in Question
        for value in SCALE
    }
    return {"answered": Count("pk"), **scores}


def _scores(by_question: Mapping[str, Mapping[int, int]]) -> dict[str, Scores]:
    return {question.value: Scores.of(by_question.get(question.value, {})) for question in PulseQuestion}

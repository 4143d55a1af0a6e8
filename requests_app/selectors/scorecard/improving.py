"""The measures of training, feedback, suggestions, corrective action and review, as their own registers count them.

They stand as of the end of a stretch; their twelve months are on pages of their own, so none are drawn here.
"""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from requests_app.domain.clauses import Measure
from requests_app.domain.periods import Half, Period
from requests_app.domain.scorecard import Pair, Series
from requests_app.selectors.corrective_actions import corrective_count
from requests_app.selectors.feedback_figures import feedback_duty
from requests_app.selectors.improvements import ImprovementCounts, improvement_counts
from requests_app.selectors.policy_reviews import REVIEW_READERS, attested_share, review_countdown
from requests_app.selectors.scorecard.figures import ListedAt, ScoreFigure
from requests_app.selectors.scorecard.question import Question
from requests_app.selectors.training_roster import DUE_CODE
from requests_app.selectors.trainings import RosterScope, training_counts

Counting = Callable[[Period], Pair]


def scope_of_policy(question: Question) -> list[ScoreFigure]:
    """II: of everybody on the roster, contractors and volunteers included, who is trained and who has signed."""
    share = attested_share(question.today)
    signed = Pair(share.attested, share.n) if share and question.department_ids is None else Pair()
    label = _("Have signed the policy in force, of the whole roster, now")
    return [
        *training(question),
        _rated(question, "policy-signed", label, lambda _period: signed, is_compared=False),
    ]


def training(question: Question) -> list[ScoreFigure]:
    """III.c.i: of those who owe training by then, who is in date; people without a login included."""
    scope = RosterScope(question.scope.department_ids, question.scope.is_masked)

    def count(period: Period) -> Pair:
        on = min(period.to_on, question.today)
        counts = training_counts(scope, on=on, department_ids=question.query.department_ids)
        return Pair(counts.in_date, counts.n)

    figure = _rated(question, "trained", _("In date, of those who owe training"), count)
    if question.period.to_on < question.today:
        return [figure]
    department = question.asked_department
    params = {"department": str(department)} if department else {}
    return [
        figure.listed(
            part=ListedAt("training_roster", params={**params, "standing": "in_date"}),
            whole=ListedAt("training_roster", params={**params, "standing": DUE_CODE}),
        )
    ]


def feedback_sought(question: Question) -> list[ScoreFigure]:
    """III.c.ii: of the departments, who asked residents and staff in the half year the period ends in."""

    def count(period: Period) -> Pair:
        rows = feedback_duty(Half.of(period.to_on), department_ids=question.department_ids)
        return Pair(sum(not row.owed for row in rows), len(rows))

    label = _("Asked residents and staff in this half year, of departments")
    return [_rated(question, "feedback-sought", label, count)]


def suggestions(question: Question) -> list[ScoreFigure]:
    """III.a.v, III.c.iii: suggestions proposed in the period: decided in time, and adopted."""
    counts = {slot: _improvements(question, slot) for slot in (question.period, question.frame.before)}
    decided = _indicated(
        question,
        "decided-in-time",
        _("Decided in time with a reason, of suggestions due"),
        lambda period: Pair(counts[period].in_time, counts[period].n),
    )
    adopted = _indicated(
        question,
        "adopted",
        _("Adopted, of suggestions proposed"),
        lambda period: Pair(counts[period].adopted, counts[period].proposed),
    )
    if question.department_ids is not None:
        return [decided, adopted]
    return [
        decided.listed(part=_suggested(question, "in_time"), whole=_suggested(question, "due")),
        adopted.listed(part=_suggested(question, "adopted"), whole=_suggested(question, "")),
    ]


def opinion(question: Question, *, clause: str, label: str | Promise) -> list[ScoreFigure]:
    """Give what residents or staff say of a clause: of the whole city only, for parts of it would tell who answered."""
    if question.department_ids is not None:
        return []
    small_number = question.choices.small_number

    def count(period: Period) -> Pair:
        scores = question.feedback(period)[clause].scores
        return Pair(scores.favourable, scores.n) if scores.n >= small_number else Pair()

    return [_indicated(question, "opinion", label, count)]


def corrective(question: Question) -> list[ScoreFigure]:
    """III.d.ii: a count for Human Resources while they keep the register, and no trace of it for anybody else."""
    if question.department_ids is not None:
        return []
    now, before = (corrective_count(question.actor, slot) for slot in (question.period, question.frame.before))
    if now is None or before is None:
        return []
    told, told_before = (Pair(count.number or 0, count.number or 0) for count in (now, before))
    few = gettext("fewer than %(number)s") % {"number": now.fewer_than}
    figure = ScoreFigure(
        code="corrective",
        label=_("Lines in the register"),
        measure=Measure.COUNT,
        series=Series(told, told_before),
        instead=few if now.number is None else "",
        is_compared=before.number is not None,
    )
    return [figure]


def review(question: Question) -> list[ScoreFigure]:
    """III.e: whether the yearly review is in date, today; the first fell due in April 2026."""
    countdown = review_countdown(question.today)
    if countdown is None:
        return []
    figure = ScoreFigure(
        code="review",
        label=_("The yearly review is in date, today"),
        measure=Measure.AUTO,
        series=Series(Pair(int(countdown.days_left >= 0), 1), Pair()),
        is_compared=False,
    )
    if not question.actor.holds(*REVIEW_READERS):
        return [figure]
    return [figure.listed(part=ListedAt("policy_review_list"), whole=ListedAt("policy_review_list"))]


def _rated(
    question: Question, code: str, label: str | Promise, count: Counting, *, is_compared: bool = True
) -> ScoreFigure:
    return ScoreFigure(
        code=code,
        label=label,
        measure=Measure.AUTO,
        series=_series(question, count),
        target=question.choices.target_rate,
        is_local_choice=True,
        is_compared=is_compared,
    )


def _indicated(question: Question, code: str, label: str | Promise, count: Counting) -> ScoreFigure:
    return ScoreFigure(code=code, label=label, measure=Measure.INDICATOR, series=_series(question, count))


def _series(question: Question, count: Counting) -> Series:
    return Series(count(question.period), count(question.frame.before))


def _improvements(question: Question, period: Period) -> ImprovementCounts:
    return improvement_counts(
        from_on=period.from_on, to_on=period.to_on, department_ids=question.department_ids, today=question.today
    )


def _suggested(question: Question, part: str) -> ListedAt:
    days = {"proposed_from": question.period.from_on.isoformat(), "proposed_to": question.period.to_on.isoformat()}
    return ListedAt("improvement_list", params={**days, **({"part": part} if part else {})})

"""The measures of training, feedback, suggestions, corrective action and review, as their own registers count them.

What stands, such as who is trained, stands as of the end of a stretch, and for the running one as of today.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from requests_app.domain.clauses import Measure
from requests_app.domain.periods import Half, Period
from requests_app.domain.scorecard import Pair, Series
from requests_app.selectors.attestations import attested_shares
from requests_app.selectors.corrective_actions import corrective_counts
from requests_app.selectors.feedback_duties import feedback_duties
from requests_app.selectors.policy_reviews import REVIEW_READERS, review_countdowns
from requests_app.selectors.scorecard.figures import PART, ListedAt, ScoreFigure
from requests_app.selectors.scorecard.question import Question
from requests_app.selectors.training_roster import DUE_CODE


def scope_of_policy(question: Question) -> list[ScoreFigure]:
    """II: of everybody on the roster, contractors and volunteers included, who is trained and who has signed."""
    return [*training(question), _signed(question)]


def _signed(question: Question) -> ScoreFigure:
    days = {slot: min(slot.to_on, question.today) for slot in question.frame.slots}
    shares = attested_shares(set(days.values()), department_ids=question.department_ids)

    def count(slot: Period) -> Pair:
        found = shares[days[slot]]
        return Pair(found.attested, found.n) if found else Pair()

    figure = _rated(question, "policy-signed", question.frame.series_by(count))
    return figure.listed(part=ListedAt("attested_list", params={"part": PART}), whole=ListedAt("attested_list"))


def training(question: Question) -> list[ScoreFigure]:
    """III.c.i: of those who owe training by then, who is in date; people without a login included."""
    figure = _rated(question, "trained", question.trained)
    department, to_on = question.asked_department, question.period.to_on
    params = {"department": str(department)} if department else {}
    if to_on < question.today:
        params["on"] = to_on.isoformat()
    return [
        figure.listed(
            part=ListedAt("training_roster", params={**params, "standing": "in_date"}),
            whole=ListedAt("training_roster", params={**params, "standing": DUE_CODE}),
        )
    ]


def feedback_sought(question: Question) -> list[ScoreFigure]:
    """III.c.ii: of the departments, who asked residents and staff in the half year a stretch ends in."""
    halves = {slot: Half.of(min(slot.to_on, question.today)) for slot in question.frame.slots}
    duties = feedback_duties(set(halves.values()), department_ids=question.department_ids)

    def count(slot: Period) -> Pair:
        rows = duties[halves[slot]]
        return Pair(sum(not row.owed for row in rows), len(rows))

    figure = _rated(question, "feedback-sought", question.frame.series_by(count))
    params = {"half": str(halves[question.period])}
    return [
        figure.listed(
            part=ListedAt("feedback_duty", params={**params, "part": PART}),
            whole=ListedAt("feedback_duty", params=params),
        )
    ]


def suggestions(question: Question) -> list[ScoreFigure]:
    """III.a.v, III.c.iii: suggestions proposed in the period: decided in time, and adopted."""
    counts = question.suggested
    decided = _indicated("decided-in-time", _of(counts["in_time"], counts["due"]))
    adopted = _indicated("adopted", _of(counts["adopted"], counts["proposed"]))
    if question.department_ids not in (None, question.query.department_ids):
        return [decided, adopted]  # the list is everybody's, and narrows by one department
    return [
        decided.listed(part=_suggested(question, "in_time"), whole=_suggested(question, "due")),
        adopted.listed(part=_suggested(question, "adopted"), whole=_suggested(question, "")),
    ]


def opinion(question: Question, *, clause: str, defined_by: str) -> list[ScoreFigure]:
    """Give what residents or staff say of a clause: of the whole city only, for parts of it would tell who answered."""
    if question.department_ids is not None:
        return []

    def count(slot: Period) -> Pair:
        told, n = question.feedback[slot][clause]
        return Pair(told.favourable, told.n) if told.n or not n else Pair(0, n, is_told=False)

    series = question.frame.series_by(count)
    return [_indicated("opinion", series, defined_by=defined_by, untold=_("too few to show"))]


def corrective(question: Question) -> list[ScoreFigure]:
    """III.d.ii: a count for Human Resources while they keep the register, and no trace of it for anybody else."""
    if question.department_ids is not None:
        return []
    slots = question.frame.slots
    counts = corrective_counts(question.actor, slots)
    if counts is None:
        return []
    told = {
        slot: Pair(count.number or 0, count.number or 0, count.number is not None)
        for slot, count in zip(slots, counts, strict=True)
    }
    figure = ScoreFigure(
        code="corrective",
        measure=Measure.COUNT,
        series=question.frame.series_by(told.__getitem__),
        untold=gettext("fewer than %(number)s") % {"number": counts[0].fewer_than},
    )
    if not told[question.period].is_told:  # what is not told in numbers is not counted out in a list either
        return [figure]
    return [figure.listed(part=ListedAt("corrective_counted"), whole=ListedAt("corrective_counted"))]


def review(question: Question) -> list[ScoreFigure]:
    """III.e: whether the yearly review is in date; the first fell due in April 2026."""
    days = {slot: min(slot.to_on, question.today) for slot in question.frame.slots}
    found = review_countdowns(set(days.values()))
    if found[days[question.period]] is None:
        return []

    def count(slot: Period) -> Pair:
        countdown = found[days[slot]]
        return Pair(int(countdown.days_left >= 0), 1) if countdown else Pair()

    figure = ScoreFigure(
        code="review",
        measure=Measure.AUTO,
        series=question.frame.series_by(count),
        is_yes_or_no=True,
    )
    if not question.actor.holds(*REVIEW_READERS):
        return [figure]
    return [figure.listed(part=ListedAt("policy_review_list"), whole=ListedAt("policy_review_list"))]


def _rated(question: Question, code: str, series: Series) -> ScoreFigure:
    return ScoreFigure(code=code, measure=Measure.AUTO, series=series).rated(question)


def _indicated(code: str, series: Series, *, defined_by: str = "", untold: str | Promise = "") -> ScoreFigure:
    return ScoreFigure(code=code, measure=Measure.INDICATOR, series=series, defined_by=defined_by, untold=untold)


def _of(part: Series, whole: Series) -> Series:
    """Put two counts together: so many of the first, of so many of the second."""
    months = tuple(Pair(few.part, all_.whole) for few, all_ in zip(part.months, whole.months, strict=True))
    return Series(Pair(part.now.part, whole.now.whole), Pair(part.before.part, whole.before.whole), months)


def _suggested(question: Question, part: str) -> ListedAt:
    days = {"proposed_from": question.period.from_on.isoformat(), "proposed_to": question.period.to_on.isoformat()}
    narrowed = {"part": part, "department": str(question.asked_department or "")}
    return ListedAt("improvement_list", params={**days, **{name: value for name, value in narrowed.items() if value}})

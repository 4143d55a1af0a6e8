"""The measures of recognition, as its own register counts it: III.b.iv.5 between colleagues, III.d.iii by the city."""

from django.db.models import Count

from requests_app.domain.clauses import Measure
from requests_app.domain.recognition import RecognitionKind
from requests_app.domain.scorecard import Pair, Series
from requests_app.selectors.recognition import RecognitionFilters, day_field, recognised
from requests_app.selectors.scorecard.figures import ListedAt, ScoreFigure
from requests_app.selectors.scorecard.question import Question, segment_of, segment_of_day


def thanks(question: Question) -> list[ScoreFigure]:
    """III.b.iv.5: how often colleagues thanked one another: a sign, with no target."""
    return [_recognition(question, RecognitionKind.THANKS, measure=Measure.INDICATOR)]


def rewards(question: Question) -> list[ScoreFigure]:
    """III.d.iii: commendations given, and awards; permitted, so counted without a target."""
    return [
        _recognition(question, RecognitionKind.COMMENDATION, measure=Measure.COUNT),
        _recognition(question, RecognitionKind.AWARD, measure=Measure.COUNT),
    ]


def _recognition(question: Question, kind: RecognitionKind, *, measure: Measure) -> ScoreFigure:
    period, department = question.period, question.asked_department
    params = {"from_on": period.from_on.isoformat(), "to_on": period.to_on.isoformat()}
    if department:
        params["department"] = str(department)
    listed = ListedAt("recognition_rows", (kind.value,), params)
    return ScoreFigure(
        code=kind.value,
        measure=measure,
        series=_series(question, kind),
        part=listed,
        whole=listed,
        is_number=True,
    )


def _series(question: Question, kind: RecognitionKind) -> Series:
    whole = question.frame.whole
    filters = RecognitionFilters(whole.from_on, whole.to_on, question.asked_department, as_of=question.now)
    field = day_field(kind)
    segment = (segment_of if field.endswith("_at") else segment_of_day)(field, question.frame)
    rows = recognised(kind, question.scope, filters).annotate(segment=segment)
    counted = rows.order_by().values_list("segment").annotate(number=Count("pk"))
    return question.frame.series({found: Pair(number, number) for found, number in counted})

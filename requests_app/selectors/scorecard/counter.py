"""The measures of the counter: III.b.iii.1 from the tally alone, III.b.iii.3 from the checklist at opening."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from requests_app.domain.clauses import Measure
from requests_app.domain.scorecard import Pair
from requests_app.domain.waiting_times import waiting_figures
from requests_app.models import VisitorWait
from requests_app.selectors.counter_taps import counted_taps
from requests_app.selectors.opening_checks import opening_days
from requests_app.selectors.scorecard.figures import PART, ListedAt, Matters, ScoreFigure, Signature
from requests_app.selectors.scorecard.question import Question, between
from requests_app.selectors.waiting_times import visits_of

WAS_CALLED = Q(called_at__isnull=False)


def greeting_at_counter(question: Question) -> list[ScoreFigure]:
    """III.b.iii.1: people greeted at the counter, and those answered on the spot; no logged contact is among them."""
    taps = Matters(rows=question.of_departments(counted_taps()), at="tapped_at", part=Q(is_answered=True))
    return [
        ScoreFigure(
            code="tally",
            measure=Measure.INDICATOR,
            series=taps.series(question),
            part=ListedAt("counter_taps", params={"part": "answered"}),
            whole=ListedAt("counter_taps"),
        ),
        *_waiting(question),
    ]


def _waiting(question: Question) -> list[ScoreFigure]:
    """Give the visitors called in sample weeks and how long they waited; nothing where there was no sample."""
    waits = Matters(rows=waits_counted(question), at="checked_in_at", part=WAS_CALLED)
    series = waits.series(question)
    if not series.now.whole:
        return []
    found = waiting_figures(visits_of(between(waits.rows, "checked_in_at", question.period)))
    few = found.called < question.choices.small_number
    label = (
        _("Called to the counter, of visitors who checked in in sample weeks; too few to tell how long they waited")
        if few
        else _("Called to the counter, of visitors who checked in in sample weeks; median wait %(minutes)s min")
        % {"minutes": found.median_minutes}
    )
    figure = ScoreFigure(code="waiting", named=label, measure=Measure.INDICATOR, series=series)
    return [figure.listed(part=ListedAt("visitor_waits", params={"part": PART}), whole=ListedAt("visitor_waits"))]


def waits_counted(question: Question) -> QuerySet[VisitorWait]:
    """Give the visitors of sample weeks in the departments counted, of whatever day."""
    return question.of_departments(VisitorWait.objects.all())


def opening(question: Question) -> list[ScoreFigure]:
    """III.b.iii.3: days on which the checklist was signed, of those the counter opened; for the whole city."""
    days = opening_days(question.frame.whole, now=question.now)
    of_segment: dict[int, Pair] = {}
    for day in days:
        segment = question.frame.segment_of(day.on)
        of_segment[segment] = of_segment.get(segment, Pair()) + Pair(int(day.check is not None), 1)
    period = question.period
    last = next((day.check for day in days if day.check and period.from_on <= day.on <= period.to_on), None)
    return [
        ScoreFigure(
            code="opening",
            measure=Measure.ATTESTED,
            series=question.frame.series(of_segment),
            part=ListedAt("opening_days", params={"part": "signed"}),
            whole=ListedAt("opening_days"),
            signed=Signature(last.signed_by.name, last.signed_at) if last else None,
        )
    ]

"""The measures of training, adherence, review and questions: III.c to III.f."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from requests_app.domain.clauses import Measure
from requests_app.domain.vocabulary import CommendationState, Verdict
from requests_app.models import Commendation, ExcusalProposal, StageFiring
from requests_app.selectors.scorecard.figures import Matters, ScoreFigure, of_matters
from requests_app.selectors.scorecard.question import Question

_OF_CLOCK = {
    "number": "clock__service_request__number",
    "title": "clock__service_request__title",
    "department": "clock__department__name",
}
_STANDS = Q(withdrawn_at__isnull=True) | Q(decided_at__isnull=False)
_DECIDABLE = Q(decided_at__isnull=False) | Q(clock__verdict__in=[Verdict.LATE, Verdict.OPEN])


def supervision(question: Question) -> list[ScoreFigure]:
    """III.d.i: what came of reminders, and of excuses proposed; by department, never by person."""
    seen = question.scope.clocks.order_by().values("pk")
    reminders = question.of_departments(StageFiring.objects.filter(clock__in=seen), "clock__department")
    answered = Matters(rows=reminders, at="fired_at", part=~Q(clock__verdict=Verdict.OPEN), **_OF_CLOCK)
    proposed = ExcusalProposal.objects.filter(_STANDS, _DECIDABLE, clock__in=seen)
    decided = Matters(
        rows=question.of_departments(proposed, "clock__department"),
        at="proposed_at",
        part=Q(decided_at__isnull=False),
        **_OF_CLOCK,
    )
    counted = (
        ("reminders", _("Answered since, of reminders sent"), answered),
        ("excuses", _("Decided, of excuses proposed"), decided),
    )
    return [
        of_matters(question, code, label, matters, measure=Measure.AUTO, is_rated=True)
        for code, label, matters in counted
    ]


def commendations(question: Question) -> list[ScoreFigure]:
    """III.d.iii: commendations given, counted where the compliment was logged."""
    given = Commendation.objects.filter(
        state=CommendationState.GIVEN, service_request__in=question.scope.requests.order_by().values("pk")
    )
    counted = Matters(
        rows=question.of_departments(given, "employee__department"),
        at="decided_at",
        number="service_request__number",
        title="service_request__title",
        department="employee__department__name",
    )
    return [of_matters(question, "commended", _("Commendations given"), counted, measure=Measure.COUNT)]

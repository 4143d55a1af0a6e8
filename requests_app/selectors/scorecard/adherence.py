"""The measures of training, adherence, review and questions: III.c to III.f."""

from django.db.models import Q
from django.utils import timezone

from requests_app.domain.clauses import Measure
from requests_app.domain.periods import Period
from requests_app.domain.scorecard import Pair
from requests_app.domain.vocabulary import Role, Verdict
from requests_app.models import Confirmation, ExcusalProposal, StaffQuestion, StageFiring
from requests_app.selectors.scorecard.figures import ListedAt, Matters, ScoreFigure, Signature, of_matters
from requests_app.selectors.scorecard.question import Question
from requests_app.selectors.staff_questions import CONTACT_KEY, YEARLY

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
        ("reminders", answered),
        ("excuses", decided),
    )
    return [of_matters(question, code, matters, measure=Measure.AUTO, is_rated=True) for code, matters in counted]


def questions(question: Question) -> list[ScoreFigure]:
    """III.f: whether the contact was confirmed within a year, and what was asked and answered, for the whole city."""
    return [_contact(question), _asked(question)]


def _contact(question: Question) -> ScoreFigure:
    looks = Confirmation.objects.filter(key=CONTACT_KEY).select_related("confirmed_by")
    confirmed = [(timezone.localdate(look.confirmed_at), look) for look in looks.order_by("-confirmed_at")]

    def count(slot: Period) -> Pair:
        return Pair(int(any(slot.to_on - YEARLY <= on <= slot.to_on for on, _look in confirmed)), 1)

    last = confirmed[0][1] if confirmed else None
    return ScoreFigure(
        code="contact",
        measure=Measure.AUTO,
        series=question.frame.series_by(count),
        is_yes_or_no=True,
        signed=Signature(last.confirmed_by.name, last.confirmed_at) if last and last.confirmed_by else None,
    )


def _asked(question: Question) -> ScoreFigure:
    of_segment: dict[int, Pair] = {}
    for asked_at, answered_at in StaffQuestion.objects.values_list("asked_at", "answered_at"):
        segment = question.frame.segment_of(timezone.localdate(asked_at))
        of_segment[segment] = of_segment.get(segment, Pair()) + Pair(int(answered_at is not None), 1)
    may_read = question.actor.holds(Role.HR)
    return ScoreFigure(
        code="asked",
        measure=Measure.AUTO,
        series=question.frame.series(of_segment),
        part=ListedAt("question_list", params={"state": "answered"}) if may_read else None,
        whole=ListedAt("question_list") if may_read else None,
    ).rated(question)

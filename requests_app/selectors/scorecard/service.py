"""The measures of help in person, between colleagues, and with complaints: III.b.iii, III.b.iv, III.b.v."""

from django.db.models import Exists, OuterRef, Q

from requests_app.domain.clauses import Measure
from requests_app.models import FollowUp
from requests_app.selectors.escalation_figures import unresolved_or_late, went_up
from requests_app.selectors.reports.complaints import complaints_of
from requests_app.selectors.scorecard.figures import Matters, ScoreFigure, of_contacts, of_matters, of_standards
from requests_app.selectors.scorecard.question import Question


def help_given(question: Question) -> list[ScoreFigure]:
    """III.b.iii.2: answered on the spot, passed on, not ours: signs of how far help went."""
    counted = ("on-the-spot", "passed-on", "not-ours")
    return [of_contacts(question, code, measure=Measure.INDICATOR) for code in counted]


def colleagues(question: Question) -> list[ScoreFigure]:
    """III.b.iv.3: the clocks of requests from colleagues."""
    return of_standards(question, "III.b.iv.3")


def complaints(question: Question) -> list[ScoreFigure]:
    """III.b.v.1: acknowledged, and answered in writing."""
    return of_standards(question, "III.b.v.1")


def escalation(question: Question) -> list[ScoreFigure]:
    """III.b.v.2: of what was late or not resolved, what went up; and how soon it was accepted."""
    owed = unresolved_or_late(complaints_of(question.register), now=question.now)
    raised = Matters(rows=owed, at="received_at", part=Q(went_up()))
    return [
        of_matters(question, "escalated", raised, measure=Measure.AUTO, is_rated=True),
        *of_standards(question, "III.b.v.2"),
    ]


def follow_up(question: Question) -> list[ScoreFigure]:
    """III.b.v.3: closed with a follow-up outcome, and followed up in time."""
    outcome = FollowUp.objects.filter(complaint__service_request=OuterRef("pk")).exclude(outcome="")
    closed = Matters(
        rows=question.closed_complaints(),
        at="closed_at",
        part=Q(Exists(outcome)),
    )
    return [
        of_matters(question, "followed-up", closed, measure=Measure.AUTO, is_rated=True),
        *of_standards(question, "III.b.v.3"),
    ]

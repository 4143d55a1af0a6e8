"""The measures of the purpose, the scope and the principles: I, II, III.a."""

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.domain.clauses import Measure
from requests_app.domain.vocabulary import ComplaintSubject, EventKind, Milestone, RequestKind, RootCause
from requests_app.models import Event
from requests_app.selectors.reports.complaints import BY_CODE, UNDECIDED, rows_of
from requests_app.selectors.reports.facts import clock_facts
from requests_app.selectors.reports.first_contact import logged_contacts
from requests_app.selectors.scorecard.figures import ListedAt, Matters, ScoreFigure, of_matters, of_standards
from requests_app.selectors.scorecard.question import Question

OF_CLOCK = {
    "number": "service_request__number",
    "title": "service_request__title",
    "department": "department__name",
}


def nothing_recorded(_question: Question) -> list[ScoreFigure]:
    """Give no figure: nothing is recorded that could be counted."""
    return []


def respect(question: Question) -> list[ScoreFigure]:
    """III.a.i: what complaints are about, and compliments: signs, never a share of compliance."""
    complaints = rows_of(question.register, BY_CODE["subject"])
    about_staff = Matters(rows=complaints, at="received_at", part=Q(cell=ComplaintSubject.STAFF_CONDUCT.value))
    return [
        of_matters(
            question, "staff-conduct", _("Complaints about conduct, of complaints"), about_staff,
            measure=Measure.INDICATOR,
        ),
        compliments(question),
    ]  # fmt: skip


def compliments(question: Question) -> ScoreFigure:
    """Count compliments among the contacts logged (III.a.i, III.b.i.1)."""
    thanked = Matters(
        rows=logged_contacts(question.scope, question.query), at="received_at", part=Q(kind=RequestKind.COMPLIMENT)
    )
    return of_matters(question, "compliments", _("Compliments, of logged contacts"), thanked, measure=Measure.INDICATOR)


def cause_of_complaints(question: Question, code: str, label: str | Promise, cause: RootCause) -> ScoreFigure:
    """Count the complaints that one cause was found for, of those with a written outcome."""
    decided = rows_of(question.register, BY_CODE["root_cause"]).exclude(cell=UNDECIDED)
    matters = Matters(rows=decided, at="received_at", part=Q(cell=cause.value))
    return of_matters(question, code, label, matters, measure=Measure.INDICATOR)


def responsiveness(question: Question) -> list[ScoreFigure]:
    """III.a.ii: every first response in time; wrong information as the cause of a complaint beside it."""
    params = {"milestone": Milestone.RESPONSE.value}
    every = ScoreFigure(
        code="response",
        label=_("Every first response"),
        measure=Measure.AUTO,
        series=question.clocks(milestone=Milestone.RESPONSE.value),
        target=question.choices.target_rate,
        is_local_choice=True,
        part=ListedAt("compliance_clocks", params={**params, "part": "waited_met"}),
        whole=ListedAt("compliance_clocks", params={**params, "part": "waited_n"}),
    )
    wrong = cause_of_complaints(
        question,
        "wrong-information",
        _("Complaints caused by wrong information, of those with an outcome"),
        RootCause.WRONG_INFORMATION,
    )
    return [every, *of_standards(question, "III.a.ii"), wrong]


def transparency(question: Question) -> list[ScoreFigure]:
    """III.a.iii: a date to tell whoever waits; an undated clock has none."""
    clocks = clock_facts(question.scope, question.query).rows.filter(
        milestone=Milestone.RESPONSE, is_answered_on_the_spot=False
    )
    dated = Matters(rows=clocks, at="started_at", part=Q(due_at__isnull=False), **OF_CLOCK)
    label = _("With an answer-by date to tell, of contacts that had to wait")
    return [of_matters(question, "dated", label, dated, measure=Measure.AUTO, is_rated=True)]


def accountability(question: Question) -> list[ScoreFigure]:
    """III.a.iv: somebody took it in time, and what a person promised was kept."""
    passed_on = Exists(Event.objects.filter(service_request=OuterRef("pk"), kind=EventKind.UNOWNED))
    nobody_yet = Q(owner__isnull=True, closed_at__isnull=True, unowned_until_at__lt=question.now)
    owned = Matters(
        rows=logged_contacts(question.scope, question.query), at="received_at", part=~Q(passed_on) & ~nobody_yet
    )
    label = _("Taken by somebody in time, of logged contacts")
    return [
        of_matters(question, "owned", label, owned, measure=Measure.AUTO, is_rated=True),
        *of_standards(question, "III.a.iv"),
    ]

"""The measures of the purpose, the scope and the principles: I, II, III.a."""

from django.db.models import Exists, OuterRef, Q

from requests_app.domain.clauses import Measure
from requests_app.domain.scorecard import Series
from requests_app.domain.vocabulary import ComplaintSubject, Milestone, RootCause
from requests_app.models import Receipt
from requests_app.selectors.reports.complaints import BY_CODE, UNDECIDED, rows_of
from requests_app.selectors.reports.facts import clock_facts
from requests_app.selectors.scorecard.figures import (
    ListedAt,
    Matters,
    ScoreFigure,
    of_contacts,
    of_matters,
    of_standards,
)
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
        of_matters(question, "staff-conduct", about_staff, measure=Measure.INDICATOR),
        compliments(question),
    ]


def compliments(question: Question) -> ScoreFigure:
    """Count compliments among the contacts logged (III.a.i, III.b.i.1)."""
    return of_contacts(question, "compliments", measure=Measure.INDICATOR)


def cause_of_complaints(question: Question, code: str, cause: RootCause) -> ScoreFigure:
    """Count the complaints that one cause was found for, of those with a written outcome."""
    decided = rows_of(question.register, BY_CODE["root_cause"]).exclude(cell=UNDECIDED)
    matters = Matters(rows=decided, at="received_at", part=Q(cell=cause.value))
    return of_matters(question, code, matters, measure=Measure.INDICATOR)


def responsiveness(question: Question) -> list[ScoreFigure]:
    """III.a.ii: every first response in time; wrong information as the cause of a complaint beside it."""
    params = {"milestone": Milestone.RESPONSE.value}
    every = ScoreFigure(
        code="response",
        measure=Measure.AUTO,
        series=question.clocks(milestone=Milestone.RESPONSE.value),
        part=ListedAt("compliance_clocks", params={**params, "part": "waited_met"}),
        whole=ListedAt("compliance_clocks", params={**params, "part": "waited_n"}),
    ).rated(question)
    wrong = cause_of_complaints(question, "wrong-information", RootCause.WRONG_INFORMATION)
    return [every, *of_standards(question, "III.a.ii"), wrong]


def transparency(question: Question) -> list[ScoreFigure]:
    """III.a.iii: a date to tell whoever waits, honest records, dates put off openly; what was told nothing records."""
    clocks = clock_facts(question.scope, question.query).rows.filter(
        milestone=Milestone.RESPONSE, is_answered_on_the_spot=False
    )
    dated = Matters(rows=clocks, at="started_at", part=Q(due_at__isnull=False), **OF_CLOCK)
    receipts = Receipt.objects.filter(service_request=OuterRef("service_request"), promised_for__isnull=False)
    receipted = Matters(rows=clocks, at="started_at", part=Q(Exists(receipts)), **OF_CLOCK)
    put_off = Matters(
        rows=rows_of(question.register, BY_CODE["extended"]), at="started_at", part=Q(cell="yes"), **OF_CLOCK
    )
    return [
        of_matters(question, "dated", dated, measure=Measure.AUTO, is_rated=True),
        of_matters(question, "receipted", receipted, measure=Measure.AUTO),
        of_contacts(question, "recorded-soon", measure=Measure.AUTO),
        of_matters(question, "put-off-openly", put_off, measure=Measure.AUTO),
        ScoreFigure(code="told", measure=Measure.NONE, series=Series()),
    ]


def accountability(question: Question) -> list[ScoreFigure]:
    """III.a.iv: somebody took it in time, and what a person promised was kept."""
    return [
        of_contacts(question, "owned", measure=Measure.AUTO, is_rated=True),
        *of_standards(question, "III.a.iv"),
    ]

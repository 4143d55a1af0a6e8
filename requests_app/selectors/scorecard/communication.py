"""The measures of conduct and communication: III.b.i and III.b.ii."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from requests_app.domain.clauses import Measure
from requests_app.domain.greetings import Element
from requests_app.domain.vocabulary import RootCause, Verdict
from requests_app.models import AuditEntry, Event, Interaction, ServiceRequest
from requests_app.models.absence_words import GREETING_ELEMENTS
from requests_app.selectors.reports.facts import clock_facts
from requests_app.selectors.scorecard.figures import (
    Matters,
    ScoreFigure,
    of_greetings,
    of_matters,
    of_signatures,
    of_standards,
)
from requests_app.selectors.scorecard.principles import OF_CLOCK, cause_of_complaints, compliments
from requests_app.selectors.scorecard.question import Question


def courtesy(question: Question) -> list[ScoreFigure]:
    """III.b.i.1: complaints that manner caused, and compliments: signs, never a share of compliance."""
    return [cause_of_complaints(question, "manner", RootCause.MANNER), compliments(question)]


def privacy(question: Question) -> list[ScoreFigure]:
    """III.b.i.4: restricted requests opened by somebody with no other part in them; whoever it was is not told here."""
    reads = Matters(
        rows=_restricted_reads(question),
        at="at",
        part=Q(has_a_part=False),
        number="matter_number",
        title="matter_title",
        department="matter_department",
    )
    return [
        of_matters(question, "restricted-reads", reads, measure=Measure.AUTO),
        of_signatures(question, "III.b.i.4", defined_by="signed-privacy"),
    ]


def _restricted_reads(question: Question) -> QuerySet[AuditEntry]:
    requests = question.of_departments(question.scope.requests)
    read = ServiceRequest.objects.filter(pk=OuterRef("object_id"))
    acted = Event.objects.filter(service_request=OuterRef("object_id"), actor=OuterRef("actor"))
    wrote = Interaction.objects.filter(service_request=OuterRef("object_id"), employee=OuterRef("actor"))
    return AuditEntry.objects.filter(
        action="restricted_read", object_kind="servicerequest", object_id__in=requests.order_by().values("pk")
    ).annotate(
        has_a_part=Exists(acted) | Exists(wrote) | Exists(read.filter(owner=OuterRef("actor"))),
        matter_number=Subquery(read.values("number")[:1]),
        matter_title=Subquery(read.values("title")[:1]),
        matter_department=Subquery(read.values("department__name")[:1]),
    )


def language(question: Question) -> list[ScoreFigure]:
    """III.b.ii.1: somebody signed that the city's texts were read and are plain."""
    return [of_signatures(question, "III.b.ii.1", defined_by="signed-texts")]


def calls(question: Question) -> list[ScoreFigure]:
    """III.b.ii.3: the clocks of calls and voicemail."""
    return of_standards(question, "III.b.ii.3")


def mails(question: Question) -> list[ScoreFigure]:
    """III.b.ii.4: the clocks of e-mail; the policy wants an answer too, so holding answers are told apart."""
    codes = [standard.code for standard in question.standards_of("III.b.ii.4")]
    answered = clock_facts(question.scope, question.query).rows.filter(
        standard__code__in=codes, verdict__in=[Verdict.MET, Verdict.LATE], is_answered_on_the_spot=False
    )
    full = Matters(rows=answered, at="started_at", part=Q(is_holding_only=False), **OF_CLOCK)
    return [
        *of_standards(question, "III.b.ii.4"),
        of_matters(question, "full-answers", full, measure=Measure.AUTO),
    ]


def greetings(question: Question) -> list[ScoreFigure]:
    """III.b.ii.5: said to be set by whoever goes, and looked at by the supervisor."""
    set_by, seen_by = _("whoever was away"), _("whoever leads them")
    return [
        of_greetings(question, "in_time", whole="due", defined_by="greeting_in_time", signed_by=set_by),
        of_greetings(question, "checked", whole="set", defined_by="greeting_checked", signed_by=seen_by),
    ]


def greeting_element(question: Question, element: Element) -> list[ScoreFigure]:
    """III.b.ii.5.a to d: there, or left out with a reason."""
    part, named = f"{element.value}_kept", GREETING_ELEMENTS[element]
    return [of_greetings(question, part, whole="due", defined_by="greeting_elements", named=named)]

"""What a review of the policy looks at: a year of figures, root causes, languages, questions (III.e)."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from requests_app.domain.metrics import Tally, total
from requests_app.domain.periods import Period
from requests_app.domain.vocabulary import RequestKind
from requests_app.models import PolicyQuestion, PolicyReview, Replay, ServiceStandard
from requests_app.selectors.access import Actor
from requests_app.selectors.attestations import AttestedShare
from requests_app.selectors.choices import current_choices
from requests_app.selectors.improvements import ImprovementCounts, improvement_counts
from requests_app.selectors.policy_reviews import attested_share, open_policy_questions
from requests_app.selectors.reports.cells import tallies
from requests_app.selectors.reports.complaint_register import RegisterTable, complaint_register
from requests_app.selectors.reports.complaints import RegisterQuery
from requests_app.selectors.reports.definitions import ShownDefinition, defined
from requests_app.selectors.reports.facts import clock_facts
from requests_app.selectors.reports.first_contact import first_contact
from requests_app.selectors.reports.replays import replays_of
from requests_app.selectors.reports.scope import ReportQuery, report_scope

_YEAR = timedelta(days=365)
_MOST_REPLAYS = 20


@dataclass(frozen=True, slots=True)
class ClauseFigures:
    """The clocks of one standard; `code` names it in addresses."""

    clause: str
    code: str
    name: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class PolicyEvidence:
    """The packet of one review, as far as its reader may see; counts are by the code of a language."""

    period: Period
    clauses: list[ClauseFigures]
    causes: RegisterTable
    languages: Counter[str]
    suggestions: int
    improvements: ImprovementCounts
    questions: QuerySet[PolicyQuestion]
    replays: list[Replay]
    attested: AttestedShare | None


def year_reviewed(review: PolicyReview) -> Period:
    """Give the year a review looks back on: through the day it was opened."""
    return Period(review.opened_on - _YEAR, review.opened_on)


def policy_evidence(review: PolicyReview, *, actor: Actor, now: datetime) -> PolicyEvidence:
    """Gather the packet of a review (III.e); the number of queries does not grow with the city's work."""
    period, scope = year_reviewed(review), report_scope(actor)
    query = ReportQuery(period=period, as_of=now)
    contacts = first_contact(scope, query, ("kind", "language"))
    languages: Counter[str] = Counter()
    for (_kind, language), counts in contacts.items():
        languages[language] += counts["contacts"]
    register = complaint_register(RegisterQuery(actor=actor, period=period, now=now))
    return PolicyEvidence(
        period=period,
        clauses=_clauses(tallies(clock_facts(scope, query), ("standard_id",), period=period)),
        causes=register.table("root_cause"),
        languages=languages,
        suggestions=sum(
            counts["contacts"] for (kind, _language), counts in contacts.items() if kind == RequestKind.SUGGESTION
        ),
        improvements=improvement_counts(from_on=period.from_on, to_on=period.to_on, today=timezone.localdate(now)),
        questions=open_policy_questions(),
        replays=list(replays_of(actor).filter(finished_at__isnull=False)[:_MOST_REPLAYS]),
        attested=attested_share(period.to_on),
    )


def evidence_definitions() -> list[ShownDefinition]:
    """Give what the figures of the packet mean."""
    codes = ("on_time", "complaint_root_cause", "language", "decided-in-time", "policy-signed")
    return defined(*codes, choices=current_choices())


def _clauses(by_standard: dict[tuple[int, ...], Tally]) -> list[ClauseFigures]:
    """Give a row for each standard, its versions together, in the order of the clauses."""
    standards = list(ServiceStandard.objects.order_by("clause", "code", "-version"))
    newest = {standard.code: standard for standard in reversed(standards)}
    return [
        ClauseFigures(
            newest[code].clause,
            code,
            newest[code].name,
            total(by_standard.get((each.pk,), Tally()) for each in standards if each.code == code),
        )
        for code in dict.fromkeys(standard.code for standard in standards)
    ]

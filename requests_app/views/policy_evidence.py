"""The evidence packet of a review, as tables of words: the same on the page and in the PDF (III.e)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from requests_app.domain.vocabulary import RequestKind, Role
from requests_app.models import PolicyReview
from requests_app.selectors.access import Actor
from requests_app.selectors.choices import current_choices
from requests_app.selectors.policy_evidence import PolicyEvidence, evidence_definitions, policy_evidence
from requests_app.selectors.policy_reviews import policy_reviews
from requests_app.selectors.visibility import sees_confidential
from requests_app.services.exports import record_export
from requests_app.services.policy_pdfs import review_pdf
from requests_app.views.gates import actor_holding
from requests_app.views.procedure_forms import pdf_answer
from requests_app.views.report_figures import Figure, Links, share_words
from requests_app.views.report_rows import language_words

PACKET_READERS = (Role.HR, Role.CITY_MANAGER)


@dataclass(frozen=True, slots=True)
class EvidenceTable:
    """One table of the packet; the first cell of a row is its head."""

    code: str
    title: str | Promise
    note: str | Promise
    heads: tuple[str | Promise, ...]
    rows: list[list[str | Figure]] = field(default_factory=list)


@login_required
@require_GET
def policy_review_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw the packet; that it left the house is recorded first."""
    actor, now = actor_holding(request, *PACKET_READERS), timezone.now()
    review = get_object_or_404(policy_reviews(), pk=pk)
    found = policy_evidence(review, actor=actor, now=now)
    tables = evidence_tables(found)
    record_export(actor=actor, address=request.get_full_path(), rows=len(tables), at=now, of=PolicyReview)
    drawn = review_pdf(review, found, tables=tables, at=now, is_whole=sees_confidential(actor))
    return pdf_answer(drawn, name=f"policy-review-{review.due_on}")


def packet_of(review: PolicyReview, *, actor: Actor, now: datetime) -> dict[str, object]:
    """Give the packet as its page shows it."""
    found = policy_evidence(review, actor=actor, now=now)
    return {
        "found": found,
        "tables": evidence_tables(found),
        "definitions": evidence_definitions(),
        "is_whole": sees_confidential(actor),
        "now": now,
    }


def evidence_tables(found: PolicyEvidence) -> list[EvidenceTable]:
    """Put the figures into words, each with its list where it has one."""
    dates = {"from": found.period.from_on.isoformat(), "to": found.period.to_on.isoformat()}
    links = Links(dates, "", current_choices().small_number)
    return [replace(table, rows=list(rows(found, links))) for table, rows in _TABLES]


def _clause_rows(found: PolicyEvidence, links: Links) -> Iterator[list[str | Figure]]:
    for each in found.clauses:
        kept, whole = each.tally.count("waited_met"), each.tally.count("waited_n")
        parts = ("waited_met", "waited_late", "waited_overdue", "waited_n")
        counts = [links.clocks(part, each.tally, standard=each.code) for part in parts]
        share = share_words(kept, whole, small_number=links.small_number)
        yield [each.clause, each.name, *counts, share]


def _cause_rows(found: PolicyEvidence, links: Links) -> Iterator[list[str | Figure]]:
    for cell in found.causes.cells:
        yield [cell.label, gettext("withheld") if cell.number is None else str(cell.number)]
    total = found.causes.total
    if total is None:
        yield [gettext("All"), gettext("withheld")]
    else:
        yield [gettext("All"), Figure(str(total), f"{reverse('complaint_register')}?{urlencode(links.params)}", total)]


def _language_rows(found: PolicyEvidence, links: Links) -> Iterator[list[str | Figure]]:
    whole = found.languages.total()
    for code, number in found.languages.most_common():
        share = share_words(number, whole, small_number=links.small_number)
        yield [language_words(code), links.contacts("contacts", number, language=code), share]
    yield [gettext("All"), links.contacts("contacts", whole), ""]


def _voice_rows(found: PolicyEvidence, links: Links) -> Iterator[list[str | Figure]]:
    suggested = links.contacts("contacts", found.suggestions, kind=RequestKind.SUGGESTION.value)
    yield [gettext("Suggestions of residents"), suggested, "", ""]
    share = share_words(found.improvements.in_time, found.improvements.n, small_number=links.small_number)
    counts = [str(found.improvements.in_time), str(found.improvements.n), share]
    yield [gettext("Suggestions of staff decided in time (III.c.iii)"), *counts]
    attested = found.attested
    if attested is None:
        yield [gettext("Policy attested (II)"), gettext("no round yet"), "", ""]
        return
    share = share_words(attested.attested, attested.n, small_number=links.small_number)
    yield [gettext("Policy attested (II)"), str(attested.attested), str(attested.n), share]


_TABLES: tuple[tuple[EvidenceTable, Callable[[PolicyEvidence, Links], Iterator[list[str | Figure]]]], ...] = (
    (
        EvidenceTable(
            "figures",
            _("Answers in time, by standard"),
            _("Of logged contacts that had to wait. Not by itself a finding of non-compliance."),
            (_("Clause"), _("Standard"), _("Kept"), _("Late"), _("Overdue"), "n", _("Share")),
        ),
        _clause_rows,
    ),
    (
        EvidenceTable(
            "causes",
            _("Why complaints came about"),
            _("Root cause of the last decision on each complaint; small numbers are withheld."),
            (_("Root cause"), _("Complaints")),
        ),
        _cause_rows,
    ),
    (
        EvidenceTable(
            "languages",
            _("Demand by language"),
            _("Of logged contacts."),
            (_("Language"), _("Contacts"), _("Share")),
        ),
        _language_rows,
    ),
    (
        EvidenceTable(
            "voices",
            _("Suggestions and attestations"),
            _("Suggestions are logged contacts of that kind. Attested: of everybody on the roster."),
            (_("What"), _("Number"), "n", _("Share")),
        ),
        _voice_rows,
    ),
)

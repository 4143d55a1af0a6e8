"""The scorecard: every clause of the policy with how it is measured, its figure and the evidence (III.d.i)."""

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from http import HTTPStatus
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from requests_app.domain.clause_signatures import SIGNABLE
from requests_app.domain.clauses import BY_KEY, Clause
from requests_app.domain.scorecard import Standing
from requests_app.domain.vocabulary import Role
from requests_app.forms.clause_signatures import SignatureForm
from requests_app.forms.scorecard import scorecard_filters
from requests_app.models.clause_words import STANDINGS
from requests_app.selectors.choices import current_choices
from requests_app.selectors.clause_signatures import SIGNERS, covering, signatures_of
from requests_app.selectors.confirmations import target_key
from requests_app.selectors.policies import policy_contact
from requests_app.selectors.reports.logging_coverage import coverage_line
from requests_app.selectors.reports.scope import of_now
from requests_app.selectors.scorecard import finding, scorecard
from requests_app.selectors.scorecard.question import Question
from requests_app.services.confirmations import confirm
from requests_app.services.exports import record_export
from requests_app.views.csv_files import csv_file
from requests_app.views.gates import actor_holding
from requests_app.views.report_access import Reading, read_report
from requests_app.views.report_figures import whole_per_cent
from requests_app.views.report_parts import report_tabs
from requests_app.views.scorecard_files import file_columns, file_rows
from requests_app.views.scorecard_rows import ClauseRow


@require_GET
@login_required
def scorecard_page(request: HttpRequest) -> HttpResponseBase:
    """Show every clause, or write them to a file."""
    reading = read_report(request)
    question = question_of(reading)
    params = link_params(reading)
    found = [ClauseRow(each, question, params) for each in scorecard(question)]
    shown = _shown_standing(request)
    rows = [row for row in found if shown is None or shown in row.standings]
    if request.GET.get("format") == "csv":
        return _file(request, reading, question, rows)
    context = {
        **page_context(reading, question),
        "tabs": report_tabs(reading, "scorecard"),
        "filters": scorecard_filters(reading.address, shown),
        "clear_url": reverse("scorecard") if request.GET else "",
        "csv_url": f"?{urlencode({**params, **({'standing': shown} if shown else {}), 'format': 'csv'})}",
        "sections": [(name, list(group)) for name, group in groupby(rows, key=lambda row: row.section)],
        "counts": _counts(found, params),
        "rows": rows,
        "contact": policy_contact(),
        "covered": coverage_line(reading.scope, replace(question.query, period=question.period)),
    }
    return render(request, "scorecard/scorecard.html", context)


@require_GET
@login_required
def clause_page(request: HttpRequest, key: str) -> HttpResponse:
    """Show one clause: what it asks, how it is counted, its figures month by month, who signed for it."""
    return show_clause(request, key)


def show_clause(
    request: HttpRequest, key: str, *, form: SignatureForm | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    """Show a clause; with the form of a signature that was refused."""
    reading = read_report(request)
    clause = clause_or_404(key)
    question = question_of(reading)
    context = {
        **page_context(reading, question),
        **_signing(reading, question, key, form),
        "filters": scorecard_filters(reading.address, None, with_standing=False),
        "clear_url": reverse("scorecard_clause", args=[key]) if request.GET else "",
        "row": ClauseRow(finding(question, clause), question, link_params(reading)),
        "back_url": f"{reverse('scorecard')}?{urlencode(link_params(reading))}",
    }
    return render(request, "scorecard/clause.html", context, status=status)


def clause_address(key: str, from_on: date, to_on: date) -> str:
    """Give the address of a clause in a period."""
    return f"{reverse('scorecard_clause', args=[key])}?{urlencode({'from': from_on, 'to': to_on})}"


def _signing(reading: Reading, question: Question, key: str, form: SignatureForm | None) -> dict[str, Any]:
    """Give who signed for a clause in the period, and the form for whoever may sign."""
    if key not in SIGNABLE:
        return {"signed": None, "form": None}
    signed = covering(signatures_of(key, question.department_ids), question.period)
    if form is None and reading.actor.holds(*SIGNERS):
        days = {"from_on": question.period.from_on, "to_on": question.period.to_on}
        form = SignatureForm(actor=reading.actor, initial=days)
    may_withdraw_all = reading.actor.holds(Role.HR)
    rows = [(each, may_withdraw_all or each.signed_by_id == reading.actor.employee_id) for each in signed]
    return {"signed": rows, "form": form, "total": sum(each.withdrawn_at is None for each, _may in rows)}


def question_of(reading: Reading) -> Question:
    """Ask for what is known now, of the period and the department in the address."""
    query = of_now(reading.address.query(), now=reading.now)
    return Question(actor=reading.actor, scope=reading.scope, query=query, choices=reading.address.choices)


def link_params(reading: Reading) -> dict[str, str]:
    """Give what every link carries on: period and department, for nothing else narrows a clause."""
    params = reading.address.link_params()
    return {name: params[name] for name in ("from", "to", "department") if name in params}


def clause_or_404(key: str) -> Clause:
    """Find a clause by its key. Raises Http404 for a key the policy has not."""
    if key not in BY_KEY:
        raise Http404(key)
    return BY_KEY[key]


def page_context(reading: Reading, question: Question) -> dict[str, Any]:
    """Give what both pages say of themselves."""
    return {
        "reading": reading,
        "small_number": question.choices.small_number,
        "target": whole_per_cent(question.choices.target_rate),
        "target_confirmed": question.target_confirmed,
        "may_confirm": reading.actor.holds(Role.HR),
    }


@login_required
@require_POST
def target_confirm(request: HttpRequest) -> HttpResponse:
    """Confirm that the scorecard judges by the city's target as it stands; another is to be confirmed anew."""
    actor = actor_holding(request, Role.HR)
    confirm(target_key(Decimal(str(current_choices().target_rate))), actor=actor, at=timezone.now())
    messages.success(request, gettext("Confirmed, with your name and the date."))
    return redirect("scorecard")


def _counts(rows: list[ClauseRow], params: dict[str, str]) -> list[dict[str, Any]]:
    """Count the rows by standing, each with the address that shows them."""
    counts = Counter(standing.value for row in rows for standing in row.standings)
    return [
        {"count": counts[each.value], "label": label, "url": f"?{urlencode({**params, 'standing': each.value})}"}
        for each, label in STANDINGS.items()
    ]


def _shown_standing(request: HttpRequest) -> Standing | None:
    wanted = request.GET.get("standing", "")
    return Standing(wanted) if wanted in set(Standing) else None


def _file(request: HttpRequest, reading: Reading, question: Question, rows: list[ClauseRow]) -> HttpResponseBase:
    lines = list(file_rows(rows))
    record_export(actor=reading.actor, address=request.get_full_path(), rows=len(lines), at=reading.now)
    name = f"scorecard-{question.period.from_on}-to-{question.period.to_on}"
    return csv_file(name, file_columns(question.frame), lines)

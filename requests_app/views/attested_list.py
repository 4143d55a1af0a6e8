"""Who had signed the policy by the end of a period: the very people the scorecard counts (II, III.e)."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from requests_app.domain.attestations import AttestationState
from requests_app.forms.lists import SIZES
from requests_app.models import Attestation
from requests_app.models.policy_words import ATTESTATION_STATES
from requests_app.selectors.attestations import ROSTER_READERS, RosterLine, RosterThen, roster_then
from requests_app.selectors.scorecard.figures import PART
from requests_app.services.exports import record_export
from requests_app.views.csv_files import csv_file
from requests_app.views.paging import page_context
from requests_app.views.report_access import Reading, read_report
from requests_app.views.scorecard import link_params, question_of


@require_GET
@login_required
def attested_list(request: HttpRequest) -> HttpResponseBase:
    """List the roster as it stood when the period ended, or write it to a file; an auditor reads no names."""
    reading = read_report(request)
    question, is_part = question_of(reading), request.GET.get("part") == PART
    then = roster_then(min(question.period.to_on, question.today), department_ids=question.department_ids)
    lines = [line for line in _lines(then) if not is_part or line.state is AttestationState.ATTESTED]
    is_masked = reading.scope.is_masked
    if request.GET.get("format") == "csv":
        return _file(request, reading, lines)
    page = Paginator(lines, SIZES[1]).get_page(request.GET.get("page"))
    params = {**link_params(reading), **({"part": PART} if is_part else {})}
    context = {
        "reading": reading,
        "then": then,
        "lines": page.object_list,
        "is_part": is_part,
        "is_masked": is_masked,
        "reads_rounds": reading.actor.holds(*ROSTER_READERS),
        "back_url": f"{reverse('scorecard_clause', args=['II'])}?{urlencode(link_params(reading))}",
        **page_context(page, params),
    }
    return render(request, "policies/attested.html", context)


def _lines(then: RosterThen | None) -> list[RosterLine]:
    return then.lines if then else []


def _file(request: HttpRequest, reading: Reading, lines: list[RosterLine]) -> HttpResponseBase:
    address = request.get_full_path()
    record_export(actor=reading.actor, address=address, rows=len(lines), at=reading.now, of=Attestation)
    heads = [_("Name"), _("Department"), _("Employment"), _("Attest by"), _("State"), _("Attested on")]
    return csv_file("signed-by-then", heads, _cells(lines, is_masked=reading.scope.is_masked))


def _cells(lines: Iterable[RosterLine], *, is_masked: bool) -> Iterator[list[Any]]:
    for line in lines:
        person = line.employee
        who = _("name withheld") if is_masked else person.name
        state = ATTESTATION_STATES[line.state]
        facts = [who, person.department.name, person.get_employment_display()]
        yield [*facts, line.due_on, state, line.attested_on or ""]

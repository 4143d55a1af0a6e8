"""The list behind a figure of the scorecard: the very rows that were counted, on screen and in a file."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from requests_app.domain.clauses import Clause
from requests_app.models.clause_words import CLAUSE_WORDS
from requests_app.selectors.reports.lists import CellList, MatterLine
from requests_app.selectors.scorecard import finding
from requests_app.selectors.scorecard.figures import PART, WHOLE, ScoreFigure
from requests_app.services.exports import record_export
from requests_app.views.csv_files import csv_file
from requests_app.views.report_access import Reading, read_report
from requests_app.views.report_lists import keyset_page
from requests_app.views.scorecard import clause_or_404, link_params, question_of

_SIZE = 50


@require_GET
@login_required
def clause_rows(request: HttpRequest, key: str, code: str) -> HttpResponseBase:
    """List the requests behind a figure; one that is listed elsewhere, or is none, is not found here."""
    reading = read_report(request)
    clause = clause_or_404(key)
    question = question_of(reading)
    figure = next((each for each in finding(question, clause).figures if each.code == code), None)
    if figure is None or figure.matters is None:
        raise Http404(code)
    found = figure.matters.listed(question.period, which=_which(request), is_masked=reading.scope.is_masked)
    if request.GET.get("format") == "csv":
        return _file(request, reading, clause, found)
    return _page(request, reading, clause=clause, figure=figure, found=found)


def _page(
    request: HttpRequest, reading: Reading, *, clause: Clause, figure: ScoreFigure, found: CellList[MatterLine]
) -> HttpResponse:
    which = _which(request)
    page = keyset_page(request, [found.segment(newest_first=True)], size=_SIZE)
    params = {**link_params(reading), "part": which}
    numbers = {"first": f"{page.first:,}", "last": f"{page.last:,}", "total": f"{found.count():,}"}
    context: dict[str, Any] = {
        "reading": reading,
        "clause": clause,
        "words": CLAUSE_WORDS[clause.key],
        "figure": figure,
        "is_part": which == PART,
        "total": found.count(),
        "rows": found.shown(page.rows),
        "shown": gettext("%(first)s to %(last)s of %(total)s") % numbers if page.rows else "",
        "previous_url": f"?{urlencode({**params, 'before': page.previous})}" if page.previous else "",
        "next_url": f"?{urlencode({**params, 'after': page.next})}" if page.next else "",
        "csv_url": f"?{urlencode({**params, 'format': 'csv'})}" if page.rows else "",
        "back_url": f"{reverse('scorecard_clause', args=[clause.key])}?{urlencode(link_params(reading))}",
    }
    return render(request, "scorecard/rows.html", context)


def _which(request: HttpRequest) -> str:
    return PART if request.GET.get("part") == PART else WHOLE


def _file(request: HttpRequest, reading: Reading, clause: Clause, found: CellList[MatterLine]) -> HttpResponseBase:
    address, rows = request.get_full_path(), found.count()
    record_export(actor=reading.actor, address=address, rows=rows, at=reading.now, numbers=found.numbers())
    return csv_file(f"scorecard-{clause.key}", _heads(), (_cells(line) for line in found.lines()))


def _heads() -> list[str]:
    return [
        gettext("Tracking number"),
        gettext("Request"),
        gettext("Department"),
        gettext("Counted on"),
        gettext("In the figure"),
    ]


def _cells(line: MatterLine) -> list[object]:
    counted = gettext("yes") if line.is_part else gettext("no")
    return [line.number, line.title, line.department, f"{timezone.localtime(line.at):%Y-%m-%d %H:%M}", counted]

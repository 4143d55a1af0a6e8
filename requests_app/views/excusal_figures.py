"""The excused share by department, for Human Resources alone; the lists behind it show requests, not people."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from requests_app.domain.vocabulary import Role
from requests_app.models import Excusal
from requests_app.selectors.reports.excusal_figures import (
    PARTS,
    ExcusalFigures,
    ExcusalRow,
    excusal_figures,
    excusal_rows,
)
from requests_app.selectors.reports.scope import ReportQuery, of_now
from requests_app.services.exports import record_export
from requests_app.views.csv_files import csv_file
from requests_app.views.gates import actor_holding
from requests_app.views.report_access import Reading, read_report
from requests_app.views.report_figures import share_words
from requests_app.views.report_lists import keyset_page
from requests_app.views.report_parts import definitions_of

_SIZE = 50
_ANSWERS = 3  # the first parts count answers, the others what was proposed of them
_WORDS: Mapping[str, str | Promise] = {
    "missed": _("Late or overdue, not excused"),
    "excused": _("Excused"),
    "n": _("Late or overdue in all"),
    "proposed": _("Proposed"),
    "granted": _("Granted"),
    "refused": _("Refused"),
    "withdrawn": _("Withdrawn or revoked"),
    "undecided": _("Undecided"),
    "after_breach": _("Absence recorded after it was late"),
}


@require_GET
@login_required
def figures(request: HttpRequest) -> HttpResponseBase:
    """Show the figures, or write them to a file."""
    reading = _read(request)
    found = excusal_figures(reading.scope, _query(reading))
    if request.GET.get("format") == "csv":
        return _file(request, reading, found)
    params, small = reading.address.link_params(), reading.address.choices.small_number
    form = reading.address.form()
    form.fields = {name: field for name, field in form.fields.items() if name in ("period", "from", "to", "department")}
    context = {
        "reading": reading,
        "filters": form,
        "clear_url": reverse("excusal_figures"),
        "csv_url": f"{reverse('excusal_figures')}?{urlencode({**params, 'format': 'csv'})}",
        "answer_parts": [_WORDS[part] for part in PARTS[:_ANSWERS]],
        "proposal_parts": [_WORDS[part] for part in PARTS[_ANSWERS:]],
        "rows": [_drawn(row, params, small=small) for row in found.departments],
        "total": _drawn(found.total, params, small=small),
        "months": [_drawn(row, {}, small=small) for row in found.months],
        "definitions": definitions_of(("excusals",)),
    }
    return render(request, "excusals/figures.html", context)


@require_GET
@login_required
def figure_rows(request: HttpRequest, part: str) -> HttpResponseBase:
    """Show the answers behind a figure: the request and its dates, never whose it was."""
    reading = _read(request)
    if part not in PARTS:
        raise Http404(part)
    found = excusal_rows(reading.scope, _query(reading), part)
    page = keyset_page(request, [found.segment(newest_first=True)], size=_SIZE)
    params = {**reading.address.link_params(), **({"own": "1"} if reading.address.cleaned.get("own") else {})}
    context = {
        "reading": reading,
        "part_words": _WORDS[part],
        "total": found.count(),
        "rows": found.shown(page.rows),
        "previous_url": f"?{urlencode({**params, 'before': page.previous})}" if page.previous else "",
        "next_url": f"?{urlencode({**params, 'after': page.next})}" if page.next else "",
        "figures_url": f"{reverse('excusal_figures')}?{urlencode(reading.address.link_params())}",
    }
    return render(request, "excusals/figure_rows.html", context)


def _read(request: HttpRequest) -> Reading:
    actor_holding(request, Role.HR)
    return read_report(request)


def _query(reading: Reading) -> ReportQuery:
    """Ask for what is known now: a decision of today explains what was late last month."""
    return of_now(reading.address.query(), now=reading.now)


def _drawn(row: ExcusalRow, params: Mapping[str, str], *, small: int) -> dict[str, Any]:
    narrow = {**params, **({"department": row.slug, "own": "1"} if row.slug else {})}
    cells = [
        {
            "part": part,
            "label": _WORDS[part],
            "number": row.counts[part],
            "url": f"{reverse('excusal_figure_rows', args=[part])}?{urlencode(narrow)}" if params else "",
        }
        for part in PARTS
    ]
    return {
        "name": row.name,
        "answers": cells[:_ANSWERS],
        "proposals": cells[_ANSWERS:],
        "by_part": {cell["part"]: cell for cell in cells},
        "share": share_words(row.counts["excused"], row.counts["n"], small_number=small),
        "after": share_words(row.counts["after_breach"], row.counts["proposed"], small_number=small),
    }


def _file(request: HttpRequest, reading: Reading, found: ExcusalFigures) -> HttpResponseBase:
    rows = [*found.departments, replace(found.total, name=gettext("All departments"))]
    address = request.get_full_path()
    record_export(actor=reading.actor, address=address, rows=len(rows), at=reading.now, of=Excusal)
    columns = [
        gettext("Department"),
        *(str(_WORDS[part]) for part in PARTS),
        gettext("Share excused"),
        gettext("Share recorded after it was late"),
    ]
    lines = [
        [row.name, *(row.counts[part] for part in PARTS), _rounded(row.excused_share), _rounded(row.after_breach_share)]
        for row in rows
    ]
    return csv_file("excused-answers", columns, lines)


def _rounded(share: float | None) -> object:
    return "" if share is None else round(share, 4)

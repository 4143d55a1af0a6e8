"""The register of recognition: how often by department and period, each number with its list (III.d.iii)."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from requests_app.domain.recognition import RecognitionKind
from requests_app.forms.lists import SIZES
from requests_app.forms.recognition import RegisterFilterForm
from requests_app.models import Award
from requests_app.models.recognition_words import RECOGNITION_KINDS
from requests_app.selectors.access import actor_for
from requests_app.selectors.recognition import (
    Recognised,
    RecognitionFilters,
    as_lines,
    counts_by_department,
    may_withdraw,
    recognised,
)
from requests_app.selectors.reports.scope import ReportScope, may_read_reports, report_scope
from requests_app.services.exports import record_export
from requests_app.views.csv_files import csv_file
from requests_app.views.paging import narrowed, page_context
from requests_app.views.report_parts import definitions_of


@login_required
@require_GET
def recognition_register(request: HttpRequest) -> HttpResponseBase:
    """Count recognition by department, of the time the address asks for; there is no target and nobody is ranked."""
    scope, form = _scope(request), RegisterFilterForm(request.GET)
    filters = form.filters()
    rows = list(_counted(scope, filters, form.params()))
    if request.GET.get("format") == "csv":
        _record(request, len(rows))
        heads = [gettext("Department"), *(str(label) for label in RECOGNITION_KINDS.values())]
        return csv_file("recognition", heads, ([row["name"], *(each["n"] for each in row["counts"])] for row in rows))
    context = {
        "rows": rows,
        "kinds": list(RECOGNITION_KINDS.values()),
        "filters": form,
        "clear_url": "?" if form.params() else "",
        "csv_url": narrowed(**form.params(), format="csv"),
        "definitions": definitions_of(("recognition",)),
        "is_of_departments": scope.department_ids is not None,
        "as_of": form.cleaned_data.get("as_of"),
        "is_withdrawn": filters.is_withdrawn,
    }
    return render(request, "recognition/register.html", context)


@login_required
@require_GET
def recognition_rows(request: HttpRequest, kind: str) -> HttpResponseBase:
    """List what is behind a number; an auditor sees neither names nor words."""
    if kind not in set(RecognitionKind):
        raise Http404(kind)
    which, scope, form = RecognitionKind(kind), _scope(request), RegisterFilterForm(request.GET)
    filters = form.filters()
    found = recognised(which, scope, filters)
    if request.GET.get("format") == "csv":
        return _file(request, which, found, scope)
    page = Paginator(found, SIZES[1]).get_page(request.GET.get("page"))
    lines = as_lines(which, page.object_list)
    able = may_withdraw(actor_for(request.user), which).filter(pk__in=[line.row.pk for line in lines])
    context = {
        "rows": lines,
        "kind": which.value,
        "may_withdraw": set(able.values_list("pk", flat=True)),
        "as_of": form.cleaned_data.get("as_of"),
        "is_withdrawn": filters.is_withdrawn,
        "title": RECOGNITION_KINDS[which],
        "is_masked": scope.is_masked,
        "back_url": f"{reverse('recognition_register')}{narrowed(**form.params())}",
        **page_context(page, form.params()),
    }
    return render(request, "recognition/rows.html", context)


def _file(request: HttpRequest, kind: RecognitionKind, found: QuerySet[Any], scope: ReportScope) -> HttpResponseBase:
    _record(request, found.count())
    heads = [
        gettext("Date"), gettext("Who"), gettext("Department"), gettext("For what"), gettext("By"),
        gettext("Taken back on"), gettext("Why it was taken back"),
    ]  # fmt: skip
    return csv_file(f"recognition-{kind}", heads, _cells(as_lines(kind, found), scope))


def _scope(request: HttpRequest) -> ReportScope:
    actor = actor_for(request.user)
    if not may_read_reports(actor):
        raise PermissionDenied
    return report_scope(actor)


def _record(request: HttpRequest, rows: int) -> None:
    actor, address = actor_for(request.user), request.get_full_path()
    record_export(actor=actor, address=address, rows=rows, at=timezone.now(), of=Award)


def _counted(scope: ReportScope, filters: RecognitionFilters, params: dict[str, str]) -> Iterator[dict[str, Any]]:
    everything = {kind: recognised(kind, scope, filters).count() for kind in RecognitionKind}
    departments = counts_by_department(scope, filters) if not filters.department_id else []
    for each in departments:
        kept = {**params, "department": each.pk}
        yield {"name": each.name, "depth": each.depth, "counts": _linked(each.counts, kept)}
    yield {"name": gettext("All shown"), "depth": 1, "counts": _linked(everything, params)}


def _linked(counts: Any, kept: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"n": counts[kind], "words": words, "url": reverse("recognition_rows", args=[kind.value]) + narrowed(**kept)}
        for kind, words in RECOGNITION_KINDS.items()
    ]


def _cells(lines: Iterable[Recognised], scope: ReportScope) -> Iterator[list[object]]:
    for line in lines:
        who, what, by, why = line.employee.name, line.what, line.by, line.row.withdrawn_reason
        if scope.is_masked:
            who, what, by, why = gettext("name withheld"), "", "", ""
        taken_on = timezone.localdate(line.row.withdrawn_at).isoformat() if line.row.withdrawn_at else ""
        yield [line.on.isoformat(), who, line.employee.department.name, what, by, taken_on, why]

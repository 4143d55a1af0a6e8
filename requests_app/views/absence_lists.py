"""The register of absences, on a page or in a file of exactly what the page shows (III.b.ii.5)."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from requests_app.forms.absence_lists import AbsenceFilterForm
from requests_app.forms.lists import SIZES
from requests_app.models import Absence
from requests_app.selectors.absence_lists import (
    AbsenceRow,
    PatternDay,
    absence_rows,
    absences,
    days_off_by_pattern,
)
from requests_app.services.exports import record_export
from requests_app.views.csv_files import csv_file
from requests_app.views.gates import signed_in_employee
from requests_app.views.paging import page_context

_HEADINGS = ("name", "department", "away_from", "away_until", "return", "stands_in", "recorded_by", "recorded_at")
_WHY = ("kind", "reason")


@login_required
@require_GET
def absence_list(request: HttpRequest) -> HttpResponseBase:
    """List who is away, who will be and who was, as the address asks; why, only where its reader may know."""
    actor, now = signed_in_employee(request), timezone.now()
    form = AbsenceFilterForm(request.GET)
    filters = form.filters()
    found = absences(filters, now=now)
    by_pattern = days_off_by_pattern(filters, now=now)
    if request.GET.get("format") == "csv":
        record_export(actor=actor, address=request.get_full_path(), rows=found.count(), at=now, of=Absence)
        return _csv(absence_rows(found, actor=actor, now=now), by_pattern)
    params = form.params()
    page = Paginator(found, form.cleaned_data.get("size") or SIZES[0]).get_page(request.GET.get("page"))
    rows = absence_rows(page.object_list, actor=actor, now=now)
    context = {
        "rows": rows,
        "shows_why": any(row.shows_why for row in rows),
        "by_pattern": by_pattern,
        "filters": form,
        "person_id": filters.person_id,
        "sort": filters.order,
        **page_context(page, params),
    }
    return render(request, "absences/list.html", context)


def _csv(rows: Sequence[AbsenceRow], by_pattern: Sequence[PatternDay]) -> HttpResponseBase:
    shows_why = any(row.shows_why for row in rows)
    headings = [*_HEADINGS, *(_WHY if shows_why else ())]
    cells = (_cells(row, shows_why=shows_why) for row in rows)
    return csv_file("absences", headings, (*cells, *_pattern_cells(by_pattern)))


def _cells(row: AbsenceRow, *, shows_why: bool) -> list[object]:
    absence = row.absence
    facts: list[object] = [
        absence.employee.name,
        absence.employee.department.name,
        _local(absence.starts_at),
        _local(absence.ends_at),
        row.until,
        row.stand_in,
        absence.recorded_by.name if absence.recorded_by else "",
        _local(absence.recorded_at),
    ]
    why = [absence.get_kind_display(), absence.get_reason_display()] if row.shows_why else ["", ""]
    return [*facts, *(why if shows_why else [])]


def _pattern_cells(by_pattern: Sequence[PatternDay]) -> Iterator[list[object]]:
    for day in by_pattern:
        for person in day.people:
            words = gettext("off by their own work pattern; excuses nothing")
            on = day.on.isoformat()
            yield [person.name, person.department.name, on, on, words, "", "", ""]


def _local(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""

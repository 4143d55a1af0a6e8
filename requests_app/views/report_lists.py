"""The lists behind the figures: clocks, logged contacts, imported cases."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from requests_app.selectors.keysets import InvalidCursor, Page, Segment, page_after, page_before
from requests_app.selectors.reports.lists import CellList, clock_list, contact_list, imported_list
from requests_app.services.exports import record_export
from requests_app.views.csv_files import csv_file
from requests_app.views.report_access import Reading, read_report
from requests_app.views.report_rows import (
    TITLE,
    Columns,
    clock_columns,
    contact_columns,
    imported_columns,
    narrowing_words,
)

SIZES = (25, 50, 100)
_PARTS: Mapping[str, str | Promise] = {
    "received": _("all"),
    "met": _("kept"),
    "late": _("late"),
    "overdue": _("overdue"),
    "open": _("open, not yet due"),
    "excused": _("late answers excused"),
    "merged": _("merged"),
    "cancelled": _("cancelled"),
    "answered_on_the_spot": _("answered on the spot"),
    "holding_only": _("holding answer only"),
    "recorded_late": _("recorded late"),
    "corrected": _("corrected"),
    "n": _("kept, late or overdue"),
    "waited_n": _("had to wait: kept, late or overdue"),
    "waited_met": _("had to wait: kept"),
    "waited_late": _("had to wait: late"),
    "waited_overdue": _("had to wait: overdue"),
    "waited_missed": _("had to wait: late or overdue"),
    "timed": _("answered after a wait"),
    "waited_answered": _("had to wait: kept or late"),
    "contacts": _("logged"),
    "resolved": _("answered on the spot"),
    "no_reply": _("waiting for no reply"),
    "logged_late": _("recorded long after they came in"),
    "backdated": _("flagged as back-dated"),
    "ended": _("closed at least once"),
    "reopened": _("reopened"),
    "no_target": _("without a target"),
    "on_time": _("closed on time"),
}


_COMPLIANCE = _("Compliance")


@dataclass(frozen=True, slots=True)
class EvidenceList:
    """One kind of list: how it is asked for, what it begins with, and its columns."""

    name: str
    title: str | Promise
    whole: str
    build: Callable[[Reading, str], CellList[Any]]
    columns: Callable[[], Columns]
    report: str = "compliance"
    report_title: str | Promise = _COMPLIANCE


def _clocks(reading: Reading, part: str) -> CellList[Any]:
    return clock_list(reading.scope, reading.address.query(is_list=True), part=part)


def _contacts(reading: Reading, part: str) -> CellList[Any]:
    return contact_list(reading.scope, reading.address.query(is_list=True), part=part)


def _imported(reading: Reading, part: str) -> CellList[Any]:
    asked = reading.address.cleaned
    return imported_list(
        reading.scope,
        reading.address.query(is_list=True),
        part=part,
        source=asked.get("source") or "",
        agency=asked.get("agency") or None,
    )


CLOCKS = EvidenceList("compliance_clocks", _("Clocks counted"), "received", _clocks, clock_columns)
CONTACTS = EvidenceList("compliance_contacts", _("Contacts logged"), "contacts", _contacts, contact_columns)
IMPORTED = EvidenceList("compliance_imported", _("Imported cases"), "received", _imported, imported_columns)


@require_GET
@login_required
def evidence(request: HttpRequest, kind: EvidenceList) -> HttpResponseBase:
    """Show or write the rows behind one figure."""
    return answer_list(request, kind, read_report(request))


def answer_list(request: HttpRequest, kind: EvidenceList, reading: Reading) -> HttpResponseBase:
    """Answer with the rows a reading asks for. Raises Http404 for a part there is not."""
    part = reading.address.cleaned.get("part") or kind.whole
    try:
        found = kind.build(reading, part)
    except KeyError:
        raise Http404(part) from None
    if request.GET.get("format") == "csv":
        return list_file(request, reading, kind.name, kind.columns(), found)
    context = {
        "reading": reading,
        "kind": kind,
        "part": part,
        "part_words": ", ".join([str(_PARTS[part]), *narrowing_words(reading.address.narrowing)]),
        "report_url": f"{reverse('compliance')}?{urlencode(reading.address.link_params())}",
        **list_context(request, kind.columns(), found),
    }
    return render(request, "reports/evidence.html", context)


def list_file(
    request: HttpRequest, reading: Reading, name: str, columns: Columns, found: CellList[Any]
) -> HttpResponseBase:
    """Write the rows behind a figure to a file; that they left is recorded first."""
    address = request.get_full_path()
    record_export(actor=reading.actor, address=address, rows=found.count(), at=reading.now, numbers=found.numbers())
    rows = ((_written(column.value(line)) for column in columns) for line in found.lines())
    return csv_file(name.replace("_", "-"), [str(column.label) for column in columns], rows)


def list_context(request: HttpRequest, columns: Columns, found: CellList[Any]) -> dict[str, Any]:
    """Give the page of rows an address asks for, and the ways on from it."""
    newest_first, total = request.GET.get("sort") != "started", found.count()
    size = next((size for size in SIZES if str(size) == request.GET.get("size")), SIZES[0])
    page = keyset_page(request, [found.segment(newest_first=newest_first)], size=size)
    numbers = {"first": f"{page.first:,}", "last": f"{page.last:,}", "total": f"{total:,}"}
    return {
        "total": f"{total:,}",
        "shown": gettext("%(first)s to %(last)s of %(total)s") % numbers if page.rows else gettext("Nothing to show"),
        "sizes": SIZES,
        "size": size,
        "sort": "-started" if newest_first else "started",
        **_rows(columns, found.shown(page.rows)),
        **_ways_on(request, page),
    }


def _rows(columns: Columns, lines: list[Any]) -> dict[str, Any]:
    metas = [column for column in columns if column.is_meta]
    cells = [column for column in columns if not column.is_meta and column is not TITLE]
    rows = [
        (
            line,
            [(column.as_meta or column.value)(line) for column in metas],
            [(column, column.value(line)) for column in cells],
        )
        for line in lines
    ]
    return {"columns": cells, "rows": rows}


def _ways_on(request: HttpRequest, page: Page) -> dict[str, Any]:
    return {
        "size_fields": [(name, value) for name, value in _params(request).items() if name != "size"],
        "sort_query": f"{urlencode(_params(request, sort=''))}&",
        "csv_url": _url(request, format="csv") if page.rows else "",
        "previous_url": _url(request, before=page.previous) if page.previous else "",
        "next_url": _url(request, after=page.next) if page.next else "",
    }


def keyset_page(request: HttpRequest, segments: list[Segment], *, size: int) -> Page:
    """Cut the page an address asks for; a cursor that leads nowhere gives the first one."""
    try:
        if request.GET.get("before"):
            return page_before(segments, size=size, cursor=request.GET["before"])
        return page_after(segments, size=size, cursor=request.GET.get("after", ""))
    except InvalidCursor:
        return page_after(segments, size=size)


def _params(request: HttpRequest, **changes: str) -> dict[str, str]:
    params = {**request.GET.dict(), **changes}
    return {name: value for name, value in params.items() if value and (name in changes or name not in _MOVES)}


_MOVES = ("after", "before", "format")


def _url(request: HttpRequest, **changes: str) -> str:
    return f"{request.path}?{urlencode(_params(request, **changes))}"


def _written(value: object) -> object:
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    return value

"""The log of records requests, as a page and as a file."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from requests_app.domain.vocabulary import Role
from requests_app.forms.determinations import RecordsLogForm
from requests_app.selectors.keysets import InvalidCursor, Page, Segment, page_after, page_before
from requests_app.selectors.records_log import LogLine, every_log_line, log_lines, log_segment, records_requests
from requests_app.services.exports import record_export
from requests_app.views.csv_files import csv_file
from requests_app.views.gates import actor_holding

_SIZE = 25
_MOVES = ("after", "before", "format")


@login_required
@require_GET
def records_log(request: HttpRequest) -> HttpResponseBase:
    """Show the records requests with their determinations, or write them to a file."""
    actor, now = actor_holding(request, Role.RECORDS_CLERK), timezone.now()
    form = RecordsLogForm(request.GET)
    rows = records_requests(actor, form.question(), now=now)
    if request.GET.get("format") == "csv":
        record_export(actor=actor, address=request.get_full_path(), rows=rows.count(), at=now)
        return csv_file(f"records-log-{timezone.localdate(now):%Y-%m-%d}", _headings(), _cells(every_log_line(rows)))
    page = _page(request, log_segment(rows))
    context = {
        "lines": list(log_lines(page.rows)),
        "filters": form,
        "now": now,
        **_ways_on(request, page, rows.count()),
    }
    return render(request, "records/log.html", context)


def _page(request: HttpRequest, segment: Segment) -> Page:
    """Read one page; a cursor that leads nowhere gives the first one."""
    try:
        if request.GET.get("before"):
            return page_before([segment], size=_SIZE, cursor=request.GET["before"])
        return page_after([segment], size=_SIZE, cursor=request.GET.get("after", ""))
    except InvalidCursor:
        return page_after([segment], size=_SIZE)


def _ways_on(request: HttpRequest, page: Page, total: int) -> dict[str, Any]:
    kept = {name: value for name, value in request.GET.items() if value and name not in _MOVES}

    def url(**changes: str) -> str:
        return f"{reverse('records_log')}?{urlencode({**kept, **changes})}"

    numbers = {"first": page.first, "last": page.last, "total": total}
    return {
        "shown": gettext("%(first)s to %(last)s of %(total)s") % numbers if page.rows else gettext("Nothing to show"),
        "clear_url": reverse("records_log") if kept else "",
        "csv_url": url(format="csv") if page.rows else "",
        "previous_url": url(before=page.previous) if page.previous else "",
        "next_url": url(after=page.next) if page.next else "",
    }


def _headings() -> list[str]:
    return [
        gettext("Tracking number"),
        gettext("Number elsewhere"),
        gettext("Request"),
        gettext("Received"),
        gettext("Determination due"),
        gettext("Determination made"),
        gettext("Extended to"),
        gettext("Reason for the extension"),
        gettext("Determination"),
        gettext("Exemptions"),
        gettext("Released on"),
        gettext("Pages"),
        gettext("City attorney asked on"),
    ]


def _cells(lines: Iterator[LogLine]) -> Iterator[list[object]]:
    for line in lines:
        yield [
            line.number,
            line.external_reference,
            line.title,
            _written(line.received_at),
            _written(line.due_at),
            _written(line.determined_at),
            _written(line.extended_to),
            line.extension_reason,
            line.outcome,
            line.exemptions,
            _written(line.released_on),
            line.page_count,
            _written(line.attorney_asked_on),
        ]


def _written(value: datetime | date | None) -> str:
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    return value.isoformat() if value else ""

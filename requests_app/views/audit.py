"""The audit trail: read, narrowed, and taken away as a file by whoever watches over it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from requests_app.domain.vocabulary import Role
from requests_app.forms.audit import AuditFilterForm
from requests_app.models import AuditEntry
from requests_app.selectors.access import Actor
from requests_app.selectors.audit import AuditRow, audit_choices, audit_entries, audit_rows, chain_state, newest_first
from requests_app.selectors.keysets import InvalidCursor, Page, Segment, every_row, page_after, page_before
from requests_app.services.exports import record_export
from requests_app.views.csv_files import csv_file
from requests_app.views.gates import actor_holding

_SIZE = 50


@require_GET
@login_required
def audit_trail(request: HttpRequest) -> HttpResponseBase:
    """Show the trail, newest first, and how far it is sealed; or write what is shown to a file."""
    actor = actor_holding(request, Role.AUDITOR, Role.HR, Role.ADMINISTRATOR)
    form = AuditFilterForm(request.GET, choices=audit_choices(actor))
    trail = newest_first(audit_entries(form.filters(), reader=actor))
    if request.GET.get("format") == "csv":
        return _file(request, trail, actor)
    page = _page(request, trail)
    rows = audit_rows(page.rows)  # type: ignore[arg-type]  # pages are typed for requests
    return render(request, "audit/trail.html", {"rows": rows, "chain": chain_state(), **_links(form, page)})


def _links(form: AuditFilterForm, page: Page) -> dict[str, Any]:
    here = reverse("audit_trail")
    return {
        "filters": form,
        "ignored": form.ignored(),
        "clear_url": here if form.query() else "",
        "csv_url": f"{here}?{form.query(format='csv')}" if page.rows else "",
        "previous_url": f"{here}?{form.query(before=page.previous)}" if page.previous else "",
        "next_url": f"{here}?{form.query(after=page.next)}" if page.next else "",
        "shown": gettext("%(first)s to %(last)s") % {"first": f"{page.first:,}", "last": f"{page.last:,}"},
    }


def _page(request: HttpRequest, trail: Segment) -> Page:
    try:
        if request.GET.get("before"):
            return page_before([trail], size=_SIZE, cursor=request.GET["before"])
        return page_after([trail], size=_SIZE, cursor=request.GET.get("after", ""))
    except InvalidCursor:
        return page_after([trail], size=_SIZE)


def _file(request: HttpRequest, trail: Segment, actor: Actor) -> HttpResponseBase:
    now = timezone.now()
    address = request.get_full_path()
    record_export(actor=actor, address=address, rows=trail.rows.count(), at=now, of=AuditEntry)
    headings = [
        gettext("When"), gettext("Who"), gettext("For"), gettext("Action"), gettext("About"), gettext("Fields"),
        gettext("Rows"), gettext("Seal"),
    ]  # fmt: skip
    entries = every_row([trail], chunk_size=2000)
    rows = (_cells(row) for entry in entries for row in audit_rows([entry]))  # type: ignore[list-item]  # as above
    return csv_file(f"audit-{timezone.localdate(now)}", headings, rows)


def _cells(row: AuditRow) -> list[object]:
    at = f"{timezone.localtime(row.at):%Y-%m-%d %H:%M:%S}"
    return [at, row.actor, row.on_behalf_of, row.action, row.about, row.fields, row.count, row.seal or ""]

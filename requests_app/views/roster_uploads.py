"""People from a file: upload, look through what it would do, apply exactly that."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from requests_app.domain.refusals import ActionRefused
from requests_app.domain.roster_rows import COLUMNS
from requests_app.domain.vocabulary import Role
from requests_app.forms.roster_uploads import ApplyForm, RosterFileForm
from requests_app.models import RosterUpload
from requests_app.selectors.access import Actor
from requests_app.selectors.kept_tables import lines_of, tables_kept_by
from requests_app.selectors.roster_previews import PreviewRow, RosterPreview, roster_preview
from requests_app.selectors.roster_words import change_words, role_words, row_words
from requests_app.services.refusals import refusal_text
from requests_app.services.roster_uploads import apply_upload, keep_upload
from requests_app.views.csv_files import csv_file
from requests_app.views.gates import actor_holding

_ROWS_SHOWN = 300
_EXAMPLE = (
    "Ana Example", "ana.example@pinole.example", "Accounting Technician", "1214", "finance", "employee", "2024-07-01",
    "Spanish; Tagalog", "staff@finance; supervisor@recreation",
)  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people_import(request: HttpRequest) -> HttpResponse:
    """Take a file, and lead to its preview."""
    actor = actor_holding(request, Role.ADMINISTRATOR)
    if request.method != "POST":
        return render(request, "directory/import.html", {"form": RosterFileForm(), "columns": COLUMNS})
    form = RosterFileForm(request.POST, request.FILES)
    if not form.is_valid():
        context = {"form": form, "columns": COLUMNS}
        return render(request, "directory/import.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    file_name = form.cleaned_data["file"].name
    upload = keep_upload(form.roster, file_name=file_name, actor=actor, at=timezone.now())
    return redirect("people_import_preview", upload.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people_import_preview(request: HttpRequest, upload_id: int) -> HttpResponse:
    """Show what a file would do; apply exactly that once it is confirmed."""
    actor = actor_holding(request, Role.ADMINISTRATOR)
    upload = get_object_or_404(tables_kept_by(RosterUpload, actor), pk=upload_id)
    if request.method != "POST":
        return _page(request, upload, actor)
    form = ApplyForm(request.POST, lines=[line.line for line in lines_of(upload)])
    if not form.is_valid():
        return _page(request, upload, actor, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    ticked = frozenset(form.cleaned_data["ticked"])
    digest = form.cleaned_data["digest"]
    try:
        counts = apply_upload(upload_id=upload.pk, digest=digest, ticked=ticked, actor=actor, at=timezone.now())
    except ActionRefused as refused:
        messages.error(request, refusal_text(refused))
        return _page(request, upload, actor, status=HTTPStatus.CONFLICT)
    said = gettext("%(added)s added, %(changed)s changed. The file is deleted.")
    messages.success(request, said % {"added": counts.added, "changed": counts.changed})
    return redirect("people_list")


@login_required
@require_GET
def people_import_rejects(request: HttpRequest, upload_id: int) -> HttpResponseBase:
    """Give the rows that cannot be used, with the reason, to be mended and uploaded again."""
    actor = actor_holding(request, Role.ADMINISTRATOR)
    upload = get_object_or_404(tables_kept_by(RosterUpload, actor), pk=upload_id)
    rejected = roster_preview(lines_of(upload), actor=actor).rejected
    rows = ([row.line, row_words(row), *(row.cells.get(column, "") for column in COLUMNS)] for row in rejected)
    return csv_file("people-rejected", ["line", "reason", *COLUMNS], rows)


@login_required
@require_GET
def people_import_template(request: HttpRequest) -> HttpResponseBase:
    """Give an empty file with the headings and one example."""
    actor_holding(request, Role.ADMINISTRATOR)
    return csv_file("people-template", COLUMNS, [_EXAMPLE])


def _page(
    request: HttpRequest, upload: RosterUpload, actor: Actor, *, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    preview = roster_preview(lines_of(upload), actor=actor)
    guesses = [row for row in preview.changed if row.is_guess]
    sure = [row for row in preview.changed if not row.is_guess]
    context = {
        "upload": upload,
        "preview": preview,
        "guesses": [_words(row) for row in guesses],
        "changed": [_words(row) for row in sure[:_ROWS_SHOWN]],
        "new": [_words(row) for row in preview.new[:_ROWS_SHOWN]],
        "rejected": [_words(row) for row in preview.rejected[:_ROWS_SHOWN]],
        "left_out": _left_out(preview, sure),
        "does_something": bool(preview.new or preview.changed),
    }
    return render(request, "directory/import_preview.html", context, status=status)


def _words(row: PreviewRow) -> dict[str, Any]:
    return {
        "row": row,
        "changes": [change_words(change) for change in row.changes],
        "roles": role_words(row),
        "reason": row_words(row) if row.code else "",
        "cells": " · ".join(cell for cell in row.cells.values() if cell)[:200],
    }


def _left_out(preview: RosterPreview, sure: list[PreviewRow]) -> int:
    """Count the rows that are applied or rejected without being shown: the page has to end somewhere."""
    return sum(max(0, len(rows) - _ROWS_SHOWN) for rows in (sure, preview.new, preview.rejected))

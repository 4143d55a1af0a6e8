"""Absences from a file or a calendar: upload, look through what it would do, apply exactly that."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from requests_app.domain.absence_rows import COLUMNS
from requests_app.domain.refusals import ActionRefused
from requests_app.forms.absence_uploads import AbsenceFileForm
from requests_app.forms.roster_uploads import ApplyForm
from requests_app.models import AbsenceUpload
from requests_app.selectors.absence_file_words import absence_row_words
from requests_app.selectors.absence_previews import Outcome, PreviewRow, absence_preview
from requests_app.selectors.absences import people_to_record
from requests_app.selectors.access import Actor
from requests_app.selectors.kept_tables import lines_of, tables_kept_by
from requests_app.services.absence_uploads import apply_absence_upload, keep_absence_upload
from requests_app.services.refusals import refusal_text
from requests_app.views.csv_files import csv_file
from requests_app.views.gates import signed_in_employee

_EXAMPLE = (
    "ana.example@pinole.example", "Ana Example", "2026-12-21", "2026-12-23", "planned", "leave",
    "ben.example@pinole.example", "", "",
)  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def absence_import(request: HttpRequest) -> HttpResponse:
    """Take a file, and lead to its preview."""
    actor = signed_in_employee(request)
    people, today = people_to_record(actor), timezone.localdate()
    if request.method != "POST":
        form = AbsenceFileForm(people=people, today=today)
        return render(request, "absences/import.html", {"form": form, "columns": COLUMNS})
    form = AbsenceFileForm(request.POST, request.FILES, people=people, today=today)
    if not form.is_valid():
        context = {"form": form, "columns": COLUMNS}
        return render(request, "absences/import.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    name, person_id = form.cleaned_data["file"].name, form.cleaned_data["person"]
    upload = keep_absence_upload(form.rows, file_name=name, person_id=person_id, actor=actor, at=timezone.now())
    return redirect("absence_import_preview", upload.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def absence_import_preview(request: HttpRequest, upload_id: int) -> HttpResponse:
    """Show what a file would do; apply exactly the ticked rows of that once it is confirmed."""
    actor = signed_in_employee(request)
    upload = get_object_or_404(tables_kept_by(AbsenceUpload, actor), pk=upload_id)
    if request.method != "POST":
        return _page(request, upload, actor)
    form = ApplyForm(request.POST, lines=list(range(1, len(upload.lines) + 1)))
    if not form.is_valid():
        return _page(request, upload, actor, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    ticked, digest = frozenset(form.cleaned_data["ticked"]), form.cleaned_data["digest"]
    try:
        counts = apply_absence_upload(upload_id=upload.pk, digest=digest, ticked=ticked, actor=actor, at=timezone.now())
    except ActionRefused as refused:
        messages.error(request, refusal_text(refused))
        return _page(request, upload, actor, status=HTTPStatus.CONFLICT)
    said = gettext("%(added)s recorded, %(changed)s changed. The file is deleted.")
    messages.success(request, said % {"added": counts.added, "changed": counts.changed})
    return redirect("absence_list")


@login_required
@require_GET
def absence_import_template(request: HttpRequest) -> HttpResponseBase:
    """Give an empty file with the headings and one example."""
    signed_in_employee(request)
    return csv_file("absences-template", COLUMNS, [_EXAMPLE])


def _page(
    request: HttpRequest, upload: AbsenceUpload, actor: Actor, *, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    preview = absence_preview(lines_of(upload), person_id=upload.person_id, actor=actor)
    context = {
        "upload": upload,
        "digest": preview.digest,
        "to_apply": [_words(row) for row in preview.to_apply],
        "same": [_words(row) for row in preview.of(Outcome.SAME)],
        "rejected": [_words(row) for row in preview.of(Outcome.REJECTED)],
    }
    return render(request, "absences/import_preview.html", context, status=status)


def _words(row: PreviewRow) -> dict[str, Any]:
    shown = ("e-mail", "name", "from", "until", "what")
    return {
        "row": row,
        "reason": absence_row_words(row),
        "cells": " · ".join(cell for name in shown if (cell := row.cells.get(name, "")))[:200],
        "ticked": row.is_ticked,
    }

"""Training records from a file: upload, look through what it would do, apply exactly that (III.c.i)."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from requests_app.domain.refusals import ActionRefused
from requests_app.domain.training_rows import COLUMNS
from requests_app.forms.training_uploads import ApplyFileForm, TrainingFileForm
from requests_app.models import TrainingUpload
from requests_app.selectors.kept_tables import lines_of, tables_kept_by
from requests_app.selectors.training_previews import Outcome, training_preview
from requests_app.selectors.trainings import KEEPERS, courses_to_record
from requests_app.services.refusals import refusal_text
from requests_app.services.training_uploads import apply_training_upload, keep_training_upload
from requests_app.views.csv_files import csv_file
from requests_app.views.gates import actor_holding

_ROWS_SHOWN = 300
_EXAMPLE = ("ana.example@pinole.example", "Ana Example", "Customer service", "2026-11-20")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def training_import(request: HttpRequest) -> HttpResponse:
    """Take a file, and lead to its preview."""
    actor = actor_holding(request, *KEEPERS)
    if request.method != "POST":
        form = TrainingFileForm(courses=courses_to_record())
        return render(request, "training/import.html", {"form": form, "columns": COLUMNS})
    form = TrainingFileForm(request.POST, request.FILES, courses=courses_to_record())
    if not form.is_valid():
        context = {"form": form, "columns": COLUMNS}
        return render(request, "training/import.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    name, course = form.cleaned_data["file"].name, form.cleaned_data["course"]
    upload = keep_training_upload(form.rows, file_name=name, course=course, actor=actor, at=timezone.now())
    return redirect("training_import_preview", upload.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def training_import_preview(request: HttpRequest, upload_id: int) -> HttpResponse:
    """Show what a file would do; apply exactly that once it is confirmed."""
    actor = actor_holding(request, *KEEPERS)
    upload = get_object_or_404(tables_kept_by(TrainingUpload, actor), pk=upload_id)
    if request.method != "POST":
        return _page(request, upload)
    form = ApplyFileForm(request.POST)
    if not form.is_valid():
        return _page(request, upload, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    digest = form.cleaned_data["digest"]
    try:
        done = apply_training_upload(upload_id=upload.pk, digest=digest, actor=actor, at=timezone.now())
    except ActionRefused as refused:
        messages.error(request, refusal_text(refused))
        return _page(request, upload, status=HTTPStatus.CONFLICT)
    said = ngettext("%(n)d record taken in. The file is deleted.", "%(n)d records taken in. The file is deleted.", done)
    messages.success(request, said % {"n": done})
    return redirect("training_roster")


@login_required
@require_GET
def training_import_template(request: HttpRequest) -> HttpResponseBase:
    """Give an empty file with the headings and one example."""
    actor_holding(request, *KEEPERS)
    return csv_file("training-template", COLUMNS, [_EXAMPLE])


def _page(request: HttpRequest, upload: TrainingUpload, *, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    preview = training_preview(lines_of(upload), today=timezone.localdate())
    groups = {outcome.value: preview.of(outcome) for outcome in Outcome}
    context = {
        "upload": upload,
        "digest": preview.digest,
        "counts": {name: len(rows) for name, rows in groups.items()},
        "groups": {name: rows[:_ROWS_SHOWN] for name, rows in groups.items()},
        "left_out": sum(max(0, len(rows) - _ROWS_SHOWN) for rows in groups.values()),
    }
    return render(request, "training/import_preview.html", context, status=status)

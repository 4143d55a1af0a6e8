"""Type or import what the telephone system and the mailboxes counted: looked through first, then applied exactly."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from requests_app.domain.counted_contacts import COLUMNS
from requests_app.domain.refusals import ActionRefused
from requests_app.domain.vocabulary import Role
from requests_app.forms.counted_contacts import CountFileForm, CountForm
from requests_app.forms.roster_uploads import ApplyForm
from requests_app.models import ContactCountUpload
from requests_app.selectors.counted_contacts import Outcome, count_preview
from requests_app.selectors.kept_tables import lines_of, tables_kept_by
from requests_app.services.counted_contacts import CountEntry, apply_count_upload, keep_count_upload, record_count
from requests_app.services.refusals import refusal_text
from requests_app.views.csv_files import csv_file
from requests_app.views.gates import actor_holding
from requests_app.views.posted import posted

_EXAMPLE = ("2026-11-23", "finance", "phone", "42")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def count_new(request: HttpRequest) -> HttpResponse:
    """Record one count."""
    actor, now = actor_holding(request, Role.HR), timezone.now()
    form = CountForm(posted(request), today=timezone.localdate(now), initial={"on": request.GET.get("on", "")})
    if request.method != "POST":
        return render(request, "coverage/count.html", {"form": form})
    if not form.is_valid():
        return render(request, "coverage/count.html", {"form": form}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    entry = CountEntry(**form.cleaned_data)
    record_count(entry, actor=actor, at=now)
    said = gettext("Recorded: %(count)s on %(day)s. The newest number for a day, department and channel stands.")
    messages.success(request, said % {"count": entry.count, "day": date_format(entry.on, "D j M")})
    return redirect(f"{reverse('count_new')}?{urlencode({'on': entry.on.isoformat()})}")  # often several of one day


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def count_import(request: HttpRequest) -> HttpResponse:
    """Take a file, and lead to its preview."""
    actor = actor_holding(request, Role.HR)
    form = CountFileForm(posted(request), request.FILES or None)
    if request.method != "POST":
        return render(request, "coverage/import.html", {"form": form, "columns": COLUMNS})
    if not form.is_valid():
        context = {"form": form, "columns": COLUMNS}
        return render(request, "coverage/import.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    name = form.cleaned_data["file"].name
    upload = keep_count_upload(form.rows, file_name=name, actor=actor, at=timezone.now())
    return redirect("count_preview", upload.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def count_preview_page(request: HttpRequest, upload_id: int) -> HttpResponse:
    """Show what a file would do; apply exactly that once it is confirmed."""
    actor, now = actor_holding(request, Role.HR), timezone.now()
    upload = get_object_or_404(tables_kept_by(ContactCountUpload, actor), pk=upload_id)
    if request.method != "POST":
        return _preview(request, upload)
    form = ApplyForm(request.POST, lines=[])
    if not form.is_valid():
        return _preview(request, upload, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    digest, today = form.cleaned_data["digest"], timezone.localdate(now)
    try:
        number = apply_count_upload(upload_id=upload.pk, digest=digest, today=today, actor=actor, at=now)
    except ActionRefused as refused:
        messages.error(request, refusal_text(refused))
        return _preview(request, upload, status=HTTPStatus.CONFLICT)
    messages.success(request, gettext("%(number)s recorded. The file is deleted.") % {"number": number})
    return redirect("logging_coverage")


@login_required
@require_GET
def count_template(request: HttpRequest) -> HttpResponseBase:
    """Give an empty file with the headings and one example."""
    actor_holding(request, Role.HR)
    return csv_file("counted-contacts-template", COLUMNS, [_EXAMPLE])


def _preview(request: HttpRequest, upload: ContactCountUpload, *, status: int = HTTPStatus.OK) -> HttpResponse:
    preview = count_preview(lines_of(upload), today=timezone.localdate())
    context = {
        "upload": upload,
        "digest": preview.digest,
        "to_apply": preview.to_apply,
        "same": preview.of(Outcome.SAME),
        "rejected": [(row, " · ".join(row.cells.values())[:200]) for row in preview.of(Outcome.REJECTED)],
    }
    return render(request, "coverage/preview.html", context, status=status)

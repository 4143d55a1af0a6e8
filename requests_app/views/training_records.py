"""Records of training: a whole class at once, the paper behind it, and what was wrong struck out (III.c.i)."""

from http import HTTPStatus
from typing import Any

import structlog
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from requests_app.forms.trainings import ClassListForm, StrikeOutForm
from requests_app.models import TrainingRecord
from requests_app.selectors.trainings import (
    KEEPERS,
    courses_to_record,
    evidence_open_to,
    on_roster,
    records_of_roster,
)
from requests_app.services.exports import record_export
from requests_app.services.trainings import TakenEntry, record_evidence_read, record_training, remove_training
from requests_app.views.csv_files import csv_file
from requests_app.views.file_answers import file_answer
from requests_app.views.gates import actor_holding

logger = structlog.get_logger(__name__)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def training_record(request: HttpRequest) -> HttpResponse:
    """Record that people took a course; the address may name the course and tick people."""
    actor, status = actor_holding(request, *KEEPERS), HTTPStatus.OK
    form = _class_list(request)
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            typed = form.cleaned_data
            entry = TakenEntry(course_id=typed["course"], employee_ids=typed["people"], on=typed["on"])
            count = record_training(entry, file=typed["evidence"], actor=actor, at=timezone.now())
            _tell(request, count)
            return redirect("training_roster")
    context = {"form": form, "groups": form.by_department(), "has_courses": courses_to_record().exists()}
    return render(request, "training/record.html", context, status=status)


@login_required
@require_POST
def training_record_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Strike out a record, with the reason."""
    actor = actor_holding(request, *KEEPERS)
    row = get_object_or_404(TrainingRecord, pk=pk)
    form = StrikeOutForm(request.POST)
    if form.is_valid():
        remove_training(record_id=row.pk, reason=form.cleaned_data["reason"], actor=actor, at=timezone.now())
        messages.success(request, gettext("Struck out. It counts no longer, and stays to be read."))
    else:
        messages.error(request, gettext("Nothing was changed: say why the record is wrong."))
    return redirect("training_person", row.employee_id)


@login_required
@require_GET
def training_record_file(request: HttpRequest) -> HttpResponseBase:
    """Write every record of the roster to a file, with the paper behind it; what was struck out is in it too."""
    actor, now = actor_holding(request, *KEEPERS), timezone.now()
    rows = records_of_roster(timezone.localdate(now))
    record_export(actor=actor, address=request.get_full_path(), rows=rows.count(), at=now, of=TrainingRecord)
    heads = [
        gettext("Name"), gettext("Department"), gettext("Course"), gettext("Taken on"), gettext("Paper"),
        "SHA-256", gettext("Recorded by"), gettext("Recorded on"), gettext("Struck out on"), gettext("Why"),
    ]  # fmt: skip
    return csv_file("training-records", heads, (_cells(row) for row in rows.iterator()))


def _cells(row: TrainingRecord) -> list[object]:
    paper, struck_at = row.evidence, row.removed_at
    return [
        row.employee, row.employee.department, row.course, row.on, paper or "", paper.sha256 if paper else "",
        row.recorded_by or "", timezone.localdate(row.recorded_at),
        timezone.localdate(struck_at) if struck_at else "", row.removed_reason,
    ]  # fmt: skip


@login_required
@require_GET
def training_evidence(request: HttpRequest, key: str) -> HttpResponseBase:
    """Hand out a sign-in sheet or certificate, to be kept, never shown as a page of ours; it is recorded."""
    actor = actor_holding(request, *KEEPERS)
    found = get_object_or_404(evidence_open_to(actor), key=key)
    if not found.path.is_file():
        logger.error("training_evidence_missing", evidence_id=found.pk)
        raise Http404
    record_evidence_read(found, actor=actor, at=timezone.now())
    answer: FileResponse = file_answer(found.path, name=found.name, content_type=found.content_type)
    return answer


def _class_list(request: HttpRequest) -> ClassListForm:
    today = timezone.localdate()
    offered: dict[str, Any] = {
        "courses": courses_to_record(),
        "people": on_roster(today).order_by("name_normalised", "pk"),
        "today": today,
    }
    if request.method == "POST":
        return ClassListForm(request.POST, request.FILES, **offered)
    return ClassListForm(initial=_named_in(request.GET), **offered)


def _named_in(address: QueryDict) -> dict[str, Any]:
    return {"course": address.get("course", ""), "people": address.getlist("person")}


def _tell(request: HttpRequest, count: int) -> None:
    if count:
        said = ngettext("Recorded for %(n)d person.", "Recorded for %(n)d people.", count) % {"n": count}
        messages.success(request, said)
    else:
        messages.info(request, gettext("All of them were recorded already; nothing was changed."))

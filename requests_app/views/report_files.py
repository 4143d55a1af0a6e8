"""Files of the compliance report: ask for one, watch, fetch."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from requests_app.forms.report_files import ReportFileForm
from requests_app.models import ReportFile
from requests_app.selectors.access import Actor
from requests_app.selectors.packets import READERS
from requests_app.selectors.report_files import KEPT, MONTH_KEPT, content_of, file_words, report_files_open_to
from requests_app.selectors.reports.scope import may_read_reports
from requests_app.services.report_files import record_report_fetched, request_report_file
from requests_app.views.file_answers import bytes_answer
from requests_app.views.gates import signed_in_employee
from requests_app.views.report_access import read_report

_LISTED = 50
_TYPES = {
    ReportFile.Format.PDF.value: "application/pdf",
    ReportFile.Format.XLSX.value: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@login_required
@require_http_methods(["GET", "POST"])
def report_files(request: HttpRequest) -> HttpResponse:
    """List the files the reader may fetch, or have one made under the filters of the address."""
    actor = _reader(request)
    form = ReportFileForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        file = request_report_file(
            file_format=form.cleaned_data["format"],
            asked=read_report(request).address.link_params(),
            submission_key=form.cleaned_data["submission_key"],
            actor=actor,
            at=timezone.now(),
        )
        return redirect(file)
    context = {
        "files": [(file, file_words(file)) for file in report_files_open_to(actor)[:_LISTED]],
        "days": KEPT.days,
        "may_read_packets": actor.holds(*READERS),
    }
    status = HTTPStatus.OK if request.method == "GET" else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "report_files/list.html", context, status=status)


@login_required
@require_GET
def report_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a file has come, and where to fetch it."""
    file = get_object_or_404(report_files_open_to(_reader(request)), pk=pk)
    days = MONTH_KEPT.days if file.month else KEPT.days
    return render(
        request, "report_files/file.html", {"file": file, "words": file_words(file), "job": file.job, "days": days}
    )


@login_required
@require_GET
def report_file_fetch(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out a finished file; that it was fetched is recorded first."""
    actor = _reader(request)
    file = get_object_or_404(report_files_open_to(actor), pk=pk)
    content = content_of(file)
    if content is None:
        raise Http404
    record_report_fetched(file, actor=actor, at=timezone.now())
    return bytes_answer(content, name=file.name, content_type=_TYPES[file.format])


def _reader(request: HttpRequest) -> Actor:
    actor = signed_in_employee(request)
    if not may_read_reports(actor):
        raise PermissionDenied
    return actor

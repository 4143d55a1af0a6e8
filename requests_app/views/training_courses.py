"""The courses of the training register: Human Resources adds, changes and retires them (III.c.i)."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from requests_app.forms.trainings import CourseForm
from requests_app.models import TrainingCourse
from requests_app.selectors.trainings import KEEPERS, TrainingDesk, mark_of_course
from requests_app.services.exports import record_export
from requests_app.services.trainings import CourseNameTaken, add_course, change_course
from requests_app.views.csv_files import csv_file
from requests_app.views.edits import attempt
from requests_app.views.gates import actor_holding
from requests_app.views.posted import posted
from requests_app.views.training_roster import choices_in


@login_required
@require_GET
def training_courses(request: HttpRequest) -> HttpResponseBase:
    """List the courses, those in use first, or write them to a file."""
    actor, courses = actor_holding(request, *KEEPERS), TrainingCourse.objects.select_related("changed_by")
    if request.GET.get("format") == "csv":
        rows = list(courses)
        at, address = timezone.now(), request.get_full_path()
        record_export(actor=actor, address=address, rows=len(rows), at=at, of=TrainingCourse)
        heads = [_("Course"), _("Kind"), _("Asked of"), _("Asked from"), _("Months"), _("In use")]
        return csv_file("training-courses", heads, (_cells(row) for row in rows))
    desk = TrainingDesk(timezone.localdate(), among=())
    return render(request, "training/courses.html", {"courses": courses, **choices_in(desk)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def training_course_new(request: HttpRequest) -> HttpResponse:
    """Add a course."""
    actor, form, status = actor_holding(request, *KEEPERS), CourseForm(posted(request)), HTTPStatus.OK
    if request.method == "POST":
        status = _save(form, lambda: add_course(form.entry(), actor=actor, at=timezone.now()))
        if status == HTTPStatus.OK:
            messages.success(request, _("Added. It is asked of people from its day on."))
            return redirect("training_courses")
    return render(request, "training/course.html", {"form": form}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def training_course(request: HttpRequest, pk: int) -> HttpResponse:
    """Change or retire a course; a second editor keeps what was typed."""
    actor, status = actor_holding(request, *KEEPERS), HTTPStatus.OK
    course = get_object_or_404(TrainingCourse, pk=pk)
    form = CourseForm(posted(request), course=course)
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        status = _save(form, lambda: change_course(pk, form.entry(), seen=seen, actor=actor, at=timezone.now()))
        if status == HTTPStatus.OK:
            messages.success(request, _("Saved."))
            return redirect("training_courses")
    context = {"course": course, "form": form, "mark": mark_of_course(course)}
    return render(request, "training/course.html", context, status=status)


def _cells(row: TrainingCourse) -> list[object]:
    asked, in_use = ", ".join(row.asked_of), _("yes") if row.is_active else _("no")
    return [row.name, row.get_kind_display(), asked, row.asked_from, row.interval_months or "", in_use]


def _save(form: CourseForm, save: Callable[[], object]) -> HTTPStatus:
    """Save what was typed; where that is refused, say why on the form."""
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        return attempt(form, save) or HTTPStatus.OK
    except CourseNameTaken:
        form.add_error("name", _("Another course in use goes by this name. Choose another, or change that one."))
    return HTTPStatus.UNPROCESSABLE_ENTITY

"""The courses of the training register: Human Resources adds, changes and retires them (III.c.i)."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from requests_app.forms.trainings import CourseForm
from requests_app.models import TrainingCourse
from requests_app.selectors.trainings import KEEPERS, TrainingDesk, mark_of_course
from requests_app.services.trainings import CourseNameTaken, add_course, change_course
from requests_app.views.edits import attempt
from requests_app.views.gates import actor_holding
from requests_app.views.posted import posted
from requests_app.views.training_roster import choices_in


@login_required
@require_GET
def training_courses(request: HttpRequest) -> HttpResponse:
    """List the courses, those in use first."""
    actor_holding(request, *KEEPERS)
    desk = TrainingDesk(timezone.localdate(), among=())
    context = {"courses": TrainingCourse.objects.select_related("changed_by"), **choices_in(desk)}
    return render(request, "training/courses.html", context)


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


def _save(form: CourseForm, save: Callable[[], object]) -> HTTPStatus:
    """Save what was typed; where that is refused, say why on the form."""
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        return attempt(form, save) or HTTPStatus.OK
    except CourseNameTaken:
        form.add_error("name", _("Another course in use goes by this name. Choose another, or change that one."))
    return HTTPStatus.UNPROCESSABLE_ENTITY

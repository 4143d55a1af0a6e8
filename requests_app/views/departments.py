"""The departments: the tree, one of them, and what an administrator changes."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Role
from requests_app.forms.departments import DepartmentForm
from requests_app.models import Department
from requests_app.selectors.departments import department_row, department_rows, uses_of
from requests_app.selectors.directory import every_department
from requests_app.selectors.roster import RosterFilters, people
from requests_app.services.departments import (
    add_department,
    change_department,
    reopen_department,
    retire_department,
)
from requests_app.services.refusals import refusal_text
from requests_app.views.gates import actor_holding
from requests_app.views.people import READERS

_FIELDS = {Refusal.NAME_TAKEN: "name", Refusal.DEPARTMENT_INSIDE_ITSELF: "parent"}


@login_required
@require_GET
def department_tree(request: HttpRequest) -> HttpResponse:
    """Show the tree, with who heads and supervises each department."""
    actor = actor_holding(request, *READERS)
    context = {"rows": department_rows(with_retired=True), "may_edit": actor.holds(Role.ADMINISTRATOR)}
    return render(request, "directory/departments.html", context)


@login_required
@require_GET
def department_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a department, its leads, and who works in it or below."""
    actor = actor_holding(request, *READERS)
    department = _load(slug)
    context = {
        "department": department,
        "row": department_row(department),
        "people": people(RosterFilters(department_id=department.pk)),
        "uses": uses_of(department) if department.is_active else [],
        "may_edit": actor.holds(Role.ADMINISTRATOR),
    }
    return render(request, "directory/department.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def department_new(request: HttpRequest) -> HttpResponse:
    """Add a department."""
    actor = actor_holding(request, Role.ADMINISTRATOR)
    form = DepartmentForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _form_page(request, form)
    if not form.is_valid():
        return _form_page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        department = add_department(form.entry(), actor=actor, at=timezone.now())
    except ActionRefused as refused:
        return _refused(request, form, refused)
    messages.success(request, gettext("%(name)s is in the tree.") % {"name": department.name})
    return redirect(department)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def department_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Rename or move a department."""
    actor = actor_holding(request, Role.ADMINISTRATOR)
    department = _load(slug)
    form = DepartmentForm(request.POST if request.method == "POST" else None, department=department)
    if request.method != "POST":
        return _form_page(request, form, department)
    if not form.is_valid():
        return _form_page(request, form, department, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        change_department(department_id=department.pk, entry=form.entry(), actor=actor, at=timezone.now())
    except ActionRefused as refused:
        return _refused(request, form, refused, department)
    messages.success(request, gettext("Saved."))
    return redirect(department)


@login_required
@require_POST
def department_retire(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a department out of use."""
    actor = actor_holding(request, Role.ADMINISTRATOR)
    department = _load(slug)
    try:
        retire_department(department_id=department.pk, actor=actor, at=timezone.now())
    except ActionRefused as refused:
        messages.error(request, refusal_text(refused))
    else:
        messages.success(request, gettext("%(name)s is retired.") % {"name": department.name})
    return redirect(department)


@login_required
@require_POST
def department_reopen(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a retired department back into use."""
    actor = actor_holding(request, Role.ADMINISTRATOR)
    department = _load(slug)
    try:
        reopen_department(department_id=department.pk, actor=actor, at=timezone.now())
    except ActionRefused as refused:
        messages.error(request, refusal_text(refused))
    else:
        messages.success(request, gettext("%(name)s is in use again.") % {"name": department.name})
    return redirect(department)


def _load(slug: str) -> Department:
    return get_object_or_404(every_department(), slug=slug)


def _form_page(
    request: HttpRequest,
    form: DepartmentForm,
    department: Department | None = None,
    *,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {"form": form, "department": department}
    return render(request, "directory/department_form.html", context, status=status)


def _refused(
    request: HttpRequest, form: DepartmentForm, refused: ActionRefused, department: Department | None = None
) -> HttpResponse:
    form.add_error(_FIELDS.get(refused.refusal), refusal_text(refused))
    return _form_page(request, form, department, status=HTTPStatus.CONFLICT)

"""The people of the city: the list, one person, and what an administrator changes (II scope)."""

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
from requests_app.forms.people import PersonForm
from requests_app.forms.person_acts import PersonActForm
from requests_app.models import Employee
from requests_app.selectors.absence_page import away_line
from requests_app.selectors.access import Actor
from requests_app.selectors.directory import every_employee
from requests_app.selectors.person_page import person_page
from requests_app.services.employees import add_employee, change_employee
from requests_app.services.refusals import refusal_text
from requests_app.views.gates import actor_holding
from requests_app.views.person_acts import PERSON_ACTS

READERS = (Role.ADMINISTRATOR, Role.HR)


@login_required
@require_GET
def person_detail(request: HttpRequest, employee_id: int) -> HttpResponse:
    """Show a person of the roster."""
    actor = actor_holding(request, *READERS)
    return _page(request, _load(employee_id), actor)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def person_new(request: HttpRequest) -> HttpResponse:
    """Put a person on the roster."""
    actor = actor_holding(request, Role.ADMINISTRATOR)
    if request.method != "POST":
        return _form_page(request, PersonForm())
    form = PersonForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    employee = add_employee(form.entry(), actor=actor, at=timezone.now())
    said = gettext("%(name)s is on the roster. Give a role, and a login if one is needed.")
    messages.success(request, said % {"name": employee.name})
    return redirect(employee)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def person_edit(request: HttpRequest, employee_id: int) -> HttpResponse:
    """Change what is known of a person; a second editor is shown what differs and keeps what was typed."""
    actor = actor_holding(request, Role.ADMINISTRATOR)
    employee = _load(employee_id)
    if request.method != "POST":
        return _form_page(request, PersonForm(employee=employee), employee)
    form = PersonForm(request.POST, employee=employee)
    if not form.is_valid():
        return _form_page(request, form, employee, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    version = form.cleaned_data["version"] or 0
    try:
        changed = change_employee(
            employee_id=employee.pk, version=version, entry=form.entry(), actor=actor, at=timezone.now()
        )
    except ActionRefused as refused:
        return _refused(request, form, refused, employee)
    messages.success(request, gettext("Saved.") if changed else gettext("Nothing was changed."))
    return redirect(employee)


@login_required
@require_POST
def act_on_person(request: HttpRequest, employee_id: int, verb: str) -> HttpResponse:
    """Do one thing to a person, by the row of that verb; what was typed is kept where it is refused."""
    actor = actor_holding(request, Role.ADMINISTRATOR)
    employee, act = _load(employee_id), PERSON_ACTS[verb]
    form = act.form(request.POST, employee=employee, auto_id=f"{verb}_%s")
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if form.is_valid():
        try:
            said = act.run(employee, form, actor, timezone.now())
        except ActionRefused as refused:
            form.add_error(None, refusal_text(refused))
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, str(said))
            return redirect(employee)
    return _page(request, _load(employee_id), actor, bound=(verb, form), status=status)


def _load(employee_id: int) -> Employee:
    return get_object_or_404(every_employee(), pk=employee_id)


def _page(
    request: HttpRequest,
    employee: Employee,
    actor: Actor,
    *,
    bound: tuple[str, PersonActForm] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    forms = {
        verb.replace("-", "_"): act.form(employee=employee, auto_id=f"{verb}_%s") for verb, act in PERSON_ACTS.items()
    }
    if bound:
        forms[bound[0].replace("-", "_")] = bound[1]
    context = {
        "page": person_page(employee),
        "person": employee,
        "acts": forms,
        "form": bound[1] if bound else None,
        "may_edit": actor.holds(Role.ADMINISTRATOR),
        "away": away_line(employee.pk, now=timezone.now()),
        "is_self": actor.employee_id == employee.pk,
    }
    return render(request, "directory/person.html", context, status=status)


def _form_page(
    request: HttpRequest,
    form: PersonForm,
    employee: Employee | None = None,
    *,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    return render(request, "directory/person_form.html", {"form": form, "person": employee}, status=status)


def _refused(request: HttpRequest, form: PersonForm, refused: ActionRefused, employee: Employee) -> HttpResponse:
    """Show the form again; where somebody else was quicker, the next save counts against what is stored now."""
    if refused.refusal is Refusal.EMAIL_TAKEN or refused.refusal is Refusal.EMAIL_NEEDED:
        form.add_error("email", refusal_text(refused))
        return _form_page(request, form, employee, status=HTTPStatus.CONFLICT)
    form.add_error(None, " ".join([refusal_text(refused), *form.differences()]))
    form.read_again()
    return _form_page(request, form, employee, status=HTTPStatus.CONFLICT)

"""Somebody leaves, or comes back: shown first, then done."""

from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from requests_app.domain.refusals import ActionRefused
from requests_app.domain.vocabulary import Confidentiality, Role
from requests_app.forms.departures import ComeBackForm, DepartureForm
from requests_app.models import Employee, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.departures import DeparturePlan, departure_plan, ids_shown_to, open_work_of
from requests_app.selectors.directory import every_employee
from requests_app.services.departures import record_departure, undo_departure
from requests_app.services.refusals import refusal_text
from requests_app.views.gates import actor_holding


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One open request as the page tells it; `number` and `title` are empty where the reader may not know them."""

    number: str
    title: str
    service_request: ServiceRequest
    field: BoundField | None
    goes_to: str


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def person_leave(request: HttpRequest, employee_id: int) -> HttpResponse:
    """Ask when somebody left and who takes over, show what that does, and do it once it is confirmed."""
    actor = actor_holding(request, Role.ADMINISTRATOR)
    employee = _load(employee_id)
    requests, now = open_work_of(employee), timezone.now()
    data = request.POST if request.method == "POST" else None
    form = DepartureForm(data, employee=employee, requests=requests, today=timezone.localdate(now))
    if data is None:
        return _page(request, form, employee, actor)
    if not form.is_valid():
        return _page(request, form, employee, actor, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    confirmed = data.get("confirm", "")
    if not confirmed:
        return _page(request, form, employee, actor, plan=departure_plan(employee, form.wish()))
    try:
        departure = record_departure(employee_id=employee.pk, entry=form.entry(confirmed), actor=actor, at=now)
    except ActionRefused as refused:
        form.add_error(None, refusal_text(refused))
        plan = departure_plan(employee, form.wish()) if employee.is_active else None
        return _page(request, form, employee, actor, plan=plan, status=HTTPStatus.CONFLICT)
    messages.success(request, _said(employee, departure.handed_over))
    return redirect(employee)


@login_required
@require_POST
def person_came_back(request: HttpRequest, employee_id: int) -> HttpResponse:
    """Put somebody who left back on the roster."""
    actor = actor_holding(request, Role.ADMINISTRATOR)
    employee = _load(employee_id)
    form = ComeBackForm(request.POST)
    with_access = form.is_valid() and form.cleaned_data["with_access"]
    try:
        undo_departure(employee_id=employee.pk, with_access=with_access, actor=actor, at=timezone.now())
    except ActionRefused as refused:
        messages.error(request, refusal_text(refused))
    else:
        said = gettext("%(name)s works here again. What was handed over stays where it is.")
        messages.success(request, said % {"name": employee.name})
    return redirect(employee)


def _load(employee_id: int) -> Employee:
    return get_object_or_404(every_employee(), pk=employee_id)


def _page(
    request: HttpRequest,
    form: DepartureForm,
    employee: Employee,
    actor: Actor,
    *,
    plan: DeparturePlan | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    rows = _rows(employee, form, actor, plan)
    context = {
        "person": employee,
        "form": form,
        "plan": plan,
        "rows": [row for row in rows if row.number],
        "hidden": [row for row in rows if not row.number],
        "count": len(rows),
        "is_self": actor.employee_id == employee.pk,
    }
    return render(request, "directory/leave.html", context, status=status)


def _rows(employee: Employee, form: DepartureForm, actor: Actor, plan: DeparturePlan | None) -> list[WorkRow]:
    """Tell each open request by its number; a confidential one the reader may not see by nothing at all."""
    requests = [handover.service_request for handover in plan.handovers] if plan else open_work_of(employee)
    shown = ids_shown_to(actor, requests)
    goes_to = {
        handover.service_request.pk: handover.owner.name
        if handover.owner
        else gettext("queue of %(department)s") % {"department": handover.department}
        for handover in (plan.handovers if plan else ())
    }
    return [
        WorkRow(
            number=each.number if each.pk in shown or each.confidentiality == Confidentiality.ORDINARY else "",
            title=each.title if each.pk in shown else "",
            service_request=each,
            field=form[f"to_{each.pk}"] if f"to_{each.pk}" in form.fields else None,
            goes_to=goes_to.get(each.pk, ""),
        )
        for each in requests
    ]


def _said(employee: Employee, count: int) -> str:
    text = ngettext(
        "%(name)s has left. %(n)s open request was handed over; the login and its sign-ins have ended.",
        "%(name)s has left. %(n)s open requests were handed over; the login and its sign-ins have ended.",
        count,
    )
    return text % {"name": employee.name, "n": count}

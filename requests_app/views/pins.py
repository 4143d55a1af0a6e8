"""The page on which somebody sets the PIN for counter computers."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from requests_app.forms.counters import PinForm
from requests_app.models import Employee
from requests_app.selectors.access import Actor, actor_for
from requests_app.selectors.choices import current_choices
from requests_app.selectors.counters import has_pin
from requests_app.services.pins import remove_pin, set_pin
from requests_app.views.counter_access import is_opened_by_pin


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def counter_pin(request: HttpRequest) -> HttpResponse:
    """Show whether a PIN is set; set a new one. A session that a PIN opened may only look."""
    actor, employee = _person(request)
    if request.method != "POST":
        return _page(request, employee, PinForm())
    if is_opened_by_pin(request):
        raise PermissionDenied
    form = PinForm(request.POST)
    if not form.is_valid():
        return _page(request, employee, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    set_pin(form.cleaned_data["pin"], employee=employee, actor=actor, at=timezone.now())
    messages.success(request, _("Your PIN is set. It works from your next full sign-in at a counter computer."))
    return redirect("counter_pin")


@login_required
@require_POST
def counter_pin_remove(request: HttpRequest) -> HttpResponse:
    """Take the PIN away."""
    actor, employee = _person(request)
    remove_pin(employee=employee, actor=actor, at=timezone.now())
    messages.success(request, _("You have no PIN now."))
    return redirect("counter_pin")


def _person(request: HttpRequest) -> tuple[Actor, Employee]:
    actor = actor_for(request.user)
    if actor.employee is None:
        raise PermissionDenied
    return actor, actor.employee


def _page(
    request: HttpRequest, employee: Employee, form: PinForm, *, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    context = {
        "form": form,
        "has_pin": has_pin(employee),
        "may_set": not is_opened_by_pin(request),
        "hours": current_choices().counter_pin_hours,
    }
    return render(request, "counters/pin.html", context, status=status)

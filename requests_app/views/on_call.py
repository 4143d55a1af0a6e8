"""The numbers that answer in danger: list, add, change, remove, and say that they were checked."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from requests_app.domain.vocabulary import Role
from requests_app.forms.on_call import OnCallForm
from requests_app.models import OnCallNumber
from requests_app.services import on_call as services
from requests_app.views.gates import actor_holding
from requests_app.views.posted import posted


@login_required
@require_GET
def on_call(request: HttpRequest) -> HttpResponse:
    """List the numbers in the order the log form shows them."""
    actor_holding(request, Role.ADMINISTRATOR)
    return _page(request, OnCallForm())


@login_required
@require_POST
def add_on_call(request: HttpRequest) -> HttpResponse:
    """Add a number."""
    actor = actor_holding(request, Role.ADMINISTRATOR)
    form = OnCallForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    services.add_on_call_number(form.entry(), actor=actor, at=timezone.now())
    messages.success(request, gettext("Number added. The log form shows it in danger."))
    return redirect("on_call")


@login_required
@require_http_methods(["GET", "POST"])
def change_on_call(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a number; whoever saves it has called it."""
    actor = actor_holding(request, Role.ADMINISTRATOR)
    number = get_object_or_404(OnCallNumber, pk=pk)
    form = OnCallForm(posted(request), initial={"name": number.name, "phone": number.phone, "hours": number.hours})
    if request.method == "POST" and form.is_valid():
        services.change_on_call_number(number.pk, form.entry(), actor=actor, at=timezone.now())
        messages.success(request, gettext("Number saved, and marked as checked today."))
        return redirect("on_call")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "settings/on_call_number.html", {"form": form, "number": number}, status=status)


@login_required
@require_POST
def remove_on_call(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a number off the list."""
    actor = actor_holding(request, Role.ADMINISTRATOR)
    services.remove_on_call_number(pk, actor=actor, at=timezone.now())
    messages.success(request, gettext("Number removed."))
    return redirect("on_call")


@login_required
@require_POST
def check_on_call(request: HttpRequest) -> HttpResponse:
    """Record that every number was called and is right."""
    actor = actor_holding(request, Role.ADMINISTRATOR)
    services.check_on_call_numbers(actor=actor, at=timezone.now())
    messages.success(request, gettext("All numbers are marked as checked today."))
    return redirect("on_call")


def _page(request: HttpRequest, form: OnCallForm) -> HttpResponse:
    context = {"numbers": list(OnCallNumber.objects.all()), "form": form}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "settings/on_call.html", context, status=status)

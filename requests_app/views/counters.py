"""An administrator's page of shared counter computers: register this browser, retire another."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from requests_app.domain.vocabulary import Role
from requests_app.forms.counters import DeviceForm
from requests_app.selectors.access import Actor
from requests_app.selectors.counters import device_in, devices
from requests_app.services.counters import register_device, retire_device
from requests_app.views.counter_access import is_opened_by_pin, tell_browser
from requests_app.views.gates import actor_holding


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def counter_devices(request: HttpRequest) -> HttpResponse:
    """List the counter computers; a POST makes this browser one of them."""
    actor = _administrator(request)
    if request.method != "POST":
        return _page(request, DeviceForm())
    form, here = DeviceForm(request.POST), device_in(request.COOKIES)
    if here is not None:
        messages.info(request, _("This browser is registered already, as %(name)s.") % {"name": here.name})
        return redirect("counter_devices")
    if not form.is_valid():
        return _page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    device, token = register_device(**form.cleaned_data, actor=actor, at=timezone.now())
    messages.success(request, _("This browser is now the counter computer %(name)s.") % {"name": device.name})
    response = redirect("counter_devices")
    tell_browser(response, token)
    return response


@login_required
@require_POST
def counter_retire(request: HttpRequest, device_id: int) -> HttpResponse:
    """Take a counter computer out of use."""
    actor = _administrator(request)
    device = get_object_or_404(devices(), pk=device_id)
    if retire_device(device_id=device.pk, actor=actor, at=timezone.now()):
        messages.success(request, _("%(name)s is no longer a counter computer.") % {"name": device.name})
    else:
        messages.info(request, _("%(name)s was retired before.") % {"name": device.name})
    return redirect("counter_devices")


def _administrator(request: HttpRequest) -> Actor:
    actor = actor_holding(request, Role.ADMINISTRATOR)
    if is_opened_by_pin(request):
        raise PermissionDenied
    return actor


def _page(request: HttpRequest, form: DeviceForm, *, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    context = {"form": form, "devices": list(devices()), "here": device_in(request.COOKIES)}
    return render(request, "counters/devices.html", context, status=status)

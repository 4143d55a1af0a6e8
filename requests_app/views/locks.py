"""Lock a counter computer and unlock it: the quick way from one person to the next."""

from http import HTTPStatus

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from requests_app.forms.counters import UnlockForm
from requests_app.models import CounterDevice
from requests_app.selectors.access import actor_for
from requests_app.selectors.counters import seats_to_unlock
from requests_app.services.locks import Leaving, PinRefused, lock_counter, unlock_counter
from requests_app.views.counter_access import counter_device, tell_browser
from requests_app.views.drafts import typed_in
from requests_app.views.way_back import way_back

_LONGEST_PATH = 500


@require_POST
def counter_lock(request: HttpRequest) -> HttpResponse:
    """End the session, keeping the page and the half-typed form that came along, and show who may unlock."""
    device = counter_device(request)
    form_key, typed = typed_in(request)
    path = way_back(request, request.POST.get("next", ""))
    leaving = Leaving(path=path if len(path) <= _LONGEST_PATH else "/", form_key=form_key, typed=typed)
    lock_counter(device, leaving, actor=actor_for(request.user), at=timezone.now())
    logout(request)
    return redirect("counter_unlock")


@never_cache  # the names of those who work here are for this screen, now
@require_http_methods(["GET", "HEAD", "POST"])
def counter_unlock(request: HttpRequest) -> HttpResponse:
    """Show who may unlock this computer; a right PIN leads its person back to where they were."""
    device, now = counter_device(request), timezone.now()
    seats = seats_to_unlock(device, now=now)
    if request.method != "POST":
        return redirect("/") if request.user.is_authenticated else _page(request, device, UnlockForm(seats=seats))
    form = UnlockForm(request.POST, seats=seats)
    if form.is_valid():
        person, pin = form.cleaned_data["person"], form.cleaned_data["pin"]
        try:
            employee, path = unlock_counter(device, employee_id=person, pin=pin, at=now)
        except PinRefused as refused:
            form.refuse(refused.refusal)
        else:
            login(request, employee.user, backend=settings.COUNTER_PIN_BACKEND)
            response = HttpResponseRedirect(path or way_back(request, request.POST.get("next", "")))
            tell_browser(response, request.COOKIES[settings.COUNTER_COOKIE_NAME])
            return response
    return _page(request, device, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _page(
    request: HttpRequest, device: CounterDevice, form: UnlockForm, *, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    context = {"form": form, "device": device, "next": request.POST.get("next") or request.GET.get("next", "")}
    return render(request, "counters/unlock.html", context, status=status)

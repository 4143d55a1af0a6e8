"""Every full sign-in at a counter computer is remembered: it is what the PIN stands on."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from requests_app.selectors.access import actor_for
from requests_app.selectors.counters import device_in
from requests_app.services.counters import note_full_sign_in
from requests_app.views.counter_access import is_opened_by_pin


@receiver(user_logged_in, dispatch_uid="requests_app.counter_sign_ins")
def remember_full_sign_in(sender: type, request: HttpRequest, user: AbstractBaseUser, **_: Any) -> None:
    """Note a sign-in that was none by PIN: else one PIN would lead to the next for ever."""
    if is_opened_by_pin(request):
        return
    device = device_in(request.COOKIES)
    employee = actor_for(user).employee if device else None
    if device is not None and employee is not None:
        note_full_sign_in(device, employee, at=timezone.now())

"""Which counter computer a browser is, how it is told, and what a session opened by a PIN may not do."""

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.http import Http404, HttpRequest, HttpResponse

from requests_app.models import CounterDevice
from requests_app.selectors.counters import device_in


def counter_device(request: HttpRequest) -> CounterDevice:
    """Give the counter computer that asks. Raises Http404 for any other browser: there is nothing to try."""
    device = device_in(request.COOKIES)
    if device is None:
        raise Http404
    return device


def tell_browser(response: HttpResponse, token: str) -> None:
    """Give a browser the token that makes it a registered counter computer."""
    response.set_cookie(
        settings.COUNTER_COOKIE_NAME,
        token,
        max_age=settings.COUNTER_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def is_opened_by_pin(request: HttpRequest) -> bool:
    """Say whether a PIN opened this session; such a one sets no PIN and registers no computer."""
    return bool(request.session.get(BACKEND_SESSION_KEY) == settings.COUNTER_PIN_BACKEND)

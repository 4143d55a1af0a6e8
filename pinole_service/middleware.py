"""What every answer carries: a reference, and no trace in a shared browser's cache."""

import re
import uuid
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django_structlog.middlewares import RequestMiddleware

from requests_app.selectors.counters import device_in
from requests_app.services.sign_ins import note_sign_in

GetResponse = Callable[[HttpRequest], HttpResponse]
_NOTED = "sign_in_noted"
_NOTE_EVERY = 60  # seconds
_SAFE_REFERENCE = re.compile(r"[A-Za-z0-9-]{8,64}")


class RequestReferenceMiddleware:
    """Give each request an id that log lines, error pages and the answer's X-Request-ID header share."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Keep a proxy's well-formed X-Request-ID, else make one; django-structlog reads the same header."""
        # META, not request.headers: those are cached on first sight, and django-structlog looks after us.
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        reference = given if _SAFE_REFERENCE.fullmatch(given) else str(uuid.uuid4())
        request.META["HTTP_X_REQUEST_ID"] = reference
        response = self.get_response(request)
        response["X-Request-ID"] = reference
        return response


class PathOnlyLogMiddleware(RequestMiddleware):
    """Log requests without their query: a search or a suggestion carries names and phones."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """Name a request by method and path."""
        return f"{request.method} {request.path}"


class NoStoreMiddleware:
    """Keep pages behind the login out of every cache, so that Back after sign-out shows nothing."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Mark the answer no-store unless nobody is signed in or the view chose otherwise."""
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store, private"
        return response


class SignInMiddleware:
    """Note where people are signed in, at most once a minute for each browser."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Note the visit before the page is made, so that the list of sign-ins shows it."""
        if isinstance(request.user, User):
            self._note(request, request.user, timezone.now())
        return self.get_response(request)

    @staticmethod
    def _note(request: HttpRequest, user: User, at: datetime) -> None:
        noted_at = request.session.get(_NOTED, 0)
        if request.session.session_key and at.timestamp() - noted_at >= _NOTE_EVERY:
            request.session[_NOTED] = int(at.timestamp())
            note_sign_in(
                user_id=user.pk,
                session_key=request.session.session_key,
                ip=get_adapter(request).get_client_ip(request),
                user_agent=request.headers.get("User-Agent", "")[:200],
                at=at,
            )


class LockedCounterMiddleware:
    """Lead from a page behind the login to the lock page, where the browser is a registered counter computer."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Turn a redirect to the sign-in page; the page that was asked for stays the way back, without its query."""
        response = self.get_response(request)
        if settings.COUNTER_COOKIE_NAME not in request.COOKIES or not _leads_to_sign_in(response):
            return response
        if request.user.is_authenticated or device_in(request.COOKIES) is None:
            return response
        # What somebody searched for is not for the next person to read in the address.
        return redirect(f"{reverse('counter_unlock')}?{urlencode({'next': request.path})}")


def _leads_to_sign_in(response: HttpResponse) -> bool:
    return response.status_code == 302 and urlsplit(response["Location"]).path == reverse(settings.LOGIN_URL)

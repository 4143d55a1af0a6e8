"""What every answer carries: a reference, and no trace in a shared browser's cache."""

import re
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django_structlog.middlewares import RequestMiddleware

GetResponse = Callable[[HttpRequest], HttpResponse]
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

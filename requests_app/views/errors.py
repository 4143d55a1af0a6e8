"""Error pages: what went wrong, what to do, a reference number. None of them asks the database anything."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template import loader

from requests_app.forms.look import chosen_look

_TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400, or 413 where the input was too large, which Django reports through the same door."""
    return _answer(request, 413 if isinstance(exception, _TOO_LARGE) else 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 to someone whose role does not allow this."""
    return _answer(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form whose token is missing or old, and say that going back keeps the text."""
    return _answer(request, 403, form_expired=True)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404, alike for what does not exist and what one may not see."""
    return _answer(request, 404)


def conflict(request: HttpRequest, *, message: str = "") -> HttpResponse:
    """Answer 409 where somebody else was quicker; `message` says what changed."""
    return _answer(request, 409, message=message)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 429 after too many attempts."""
    return _answer(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500."""
    return _answer(request, 500)


def service_unavailable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 503 while the database is away."""
    response = _answer(request, 503)
    response["Retry-After"] = "60"
    return response


def _answer(request: HttpRequest, status: int, **context: object) -> HttpResponse:
    # Rendered without the request: context processors would ask for the session and the person.
    page = loader.render_to_string(
        f"errors/{status}.html",
        {"look": chosen_look(request.COOKIES), "reference": request.headers.get("X-Request-ID", ""), **context},
    )
    return HttpResponse(page, status=status)

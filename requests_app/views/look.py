"""The choice between light, dark and "as this computer"."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from requests_app.forms.look import LOOK_COOKIE, known_look
from requests_app.views.way_back import way_back

_YEAR = 365 * 24 * 60 * 60  # seconds


@require_POST
def set_look(request: HttpRequest) -> HttpResponse:
    """Keep the look in a cookie and go back to the page one came from; anything unknown forgets the choice."""
    response = redirect(way_back(request, request.POST.get("next", "")))
    look = known_look(request.POST.get("look"))
    if look:
        response.set_cookie(
            LOOK_COOKIE, look, max_age=_YEAR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
        )
    else:
        response.delete_cookie(LOOK_COOKIE, samesite="Lax")
    return response

"""What every request passes: a reference, the door's rules, and no trace in a shared browser's cache."""

import re
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django_structlog.middlewares import RequestMiddleware

from pinole_service.logs import without_links
from requests_app.domain.sign_ins import SignInEnd, end_of
from requests_app.selectors.access import see_at
from requests_app.selectors.counters import device_in
from requests_app.selectors.second_factors import lacks_second_factor
from requests_app.selectors.sign_ins import has_left, sign_in_limits
from requests_app.services.sign_ins import BEGAN, SEEN, note_sign_in

GetResponse = Callable[[HttpRequest], HttpResponse]
_NOTE_EVERY = 60  # seconds
_OPEN_WITHOUT_FACTOR = frozenset({"health_live", "health_ready", "set_look", "set_language", "counter_lock"})
SIGN_IN_ENDS = {
    SignInEnd.IDLE: gettext_lazy("You were signed out because nothing was done for a while. What you typed is kept."),
    SignInEnd.TOO_LONG: gettext_lazy("A sign-in lasts one working day. Sign in again; what you typed is kept."),
    SignInEnd.LEFT: gettext_lazy("This account is switched off."),
}
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
    """Log requests without their query, which may carry names and phones, and without what opens a survey."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """Name a request by method and path."""
        return f"{request.method} {without_links(request.path)}"


class InstantMiddleware:
    """Say at what instant a person asks: for whom they stand in then decides what they may see."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Keep the instant with the login, before anything asks who that is."""
        if isinstance(request.user, User):
            see_at(request.user, timezone.now())
        return self.get_response(request)


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
    """Note where people are signed in, and end what has lasted too long or belongs to somebody who left."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Sign out before the page is made, so that its view sends to the sign-in page as for anybody."""
        if isinstance(request.user, User):
            ended = _end_of_sign_in(request, request.user, timezone.now())
            if ended:
                logout(request)
                messages.warning(request, SIGN_IN_ENDS[ended])
        return _back_to_the_form(request, self.get_response(request))


def _end_of_sign_in(request: HttpRequest, user: User, at: datetime) -> SignInEnd | None:
    """Say why the sign-in is over, if it is. Looked at and noted once a minute: most requests ask nothing more."""
    if has_left(user):
        return SignInEnd.LEFT
    session = request.session
    began, seen = session.get(BEGAN), session.get(SEEN)
    if began is None or seen is None:
        session[BEGAN] = began = seen = at.timestamp()
    elif at.timestamp() - seen < _NOTE_EVERY:
        return None
    ended = end_of(
        began_at=datetime.fromtimestamp(began, UTC),
        seen_at=datetime.fromtimestamp(seen, UTC),
        now=at,
        limits=sign_in_limits(),
    )
    if ended is None and session.session_key:
        session[SEEN] = at.timestamp()
        note_sign_in(
            user_id=user.pk,
            session_key=session.session_key,
            ip=get_adapter(request).get_client_ip(request),
            user_agent=request.headers.get("User-Agent", "")[:200],
            at=at,
        )
    return ended


def _back_to_the_form(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let a sign-in page that answers a form lead back to the form's page, where the draft waits.

    The address a form is sent to often answers nothing but forms.
    """
    target = response.headers.get("Location", "")
    if request.method != "POST" or not target.startswith(f"{reverse('account_login')}?"):
        return response
    page = urlsplit(request.headers.get("Referer", ""))
    if page.netloc == request.get_host():
        path = f"{page.path}?{page.query}" if page.query else page.path
        response["Location"] = f"{reverse('account_login')}?{urlencode({'next': path})}"
    return response


class SecondFactorMiddleware:
    """Let those who need a second factor do nothing but set it up, until they have one."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leave the work to the moment when the view is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        """Send to the set-up page; account pages, health and the look stay open."""
        match = request.resolver_match
        if not settings.SECOND_FACTOR_REQUIRED or match is None or match.url_name in _OPEN_WITHOUT_FACTOR:
            return None
        if match.route.startswith("accounts/") or not isinstance(request.user, User):
            return None
        if _showed_factor_elsewhere(request, request.user) or not lacks_second_factor(request.user):
            return None
        messages.warning(request, gettext("Your role needs a second factor. Set up a passkey or the app to go on."))
        return redirect("mfa_index")


def _showed_factor_elsewhere(request: HttpRequest, user: User) -> bool:
    """Say whether this person came by the city's own sign-in page, and that page asks for a second factor."""
    if not settings.OIDC_HAS_SECOND_FACTOR:
        return False
    return any(step["method"] == "socialaccount" for step in get_authentication_records(request, user))


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
        way_back = QueryDict(urlsplit(response["Location"]).query).get("next", "/")
        # What somebody searched for is not for the next person to read in the address.
        return redirect(f"{reverse('counter_unlock')}?{urlencode({'next': urlsplit(way_back).path})}")


def _leads_to_sign_in(response: HttpResponse) -> bool:
    return response.status_code == 302 and urlsplit(response["Location"]).path == reverse(settings.LOGIN_URL)

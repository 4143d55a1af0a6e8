"""Browsers in which an account has signed in before: a signed cookie, so that no stranger's guesses shut them out.

It proves nothing about who sits there. It only gives guesses made there a count of their own.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

_SALT = "known-browsers"
_YEAR = 365 * 24 * 60 * 60  # seconds
_ACCOUNTS = 20  # a counter's computer is shared


def browser_known_to(request: HttpRequest, account: str) -> str | None:
    """Give the name of this browser if the account has signed in here before."""
    browser, accounts = _read(request)
    return browser if _mark(account) in accounts else None


def remember_browser(request: HttpRequest, response: HttpResponse, account: str) -> None:
    """Note in the cookie that the account signed in here."""
    browser, accounts = _read(request)
    mark = _mark(account)
    kept = [mark, *(other for other in accounts if other != mark)][:_ACCOUNTS]
    response.set_cookie(
        settings.KNOWN_BROWSER_COOKIE,
        signing.dumps({"browser": browser or secrets.token_hex(16), "accounts": kept}, salt=_SALT),
        max_age=_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        kept = signing.loads(request.COOKIES.get(settings.KNOWN_BROWSER_COOKIE, ""), salt=_SALT, max_age=_YEAR)
    except signing.BadSignature:
        return "", []
    return str(kept["browser"]), list(kept["accounts"])


def _mark(account: str) -> str:
    return salted_hmac(_SALT, account.casefold(), algorithm="sha256").hexdigest()[:32]

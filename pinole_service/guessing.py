"""Which counts a guess at the door goes to, and the forms for codes that count."""

from collections.abc import Sequence
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.base.forms import ReauthenticateForm
from django.http import HttpRequest
from django.utils import timezone

from pinole_service.known_browsers import browser_known_to
from requests_app.domain.guesses import CODE, GuessCounter, counters_for
from requests_app.services.guesses import TooManyGuesses, count_guess, give_back_guess
from requests_app.views.second_factors import SecondFactorForm


def guess_counters(request: HttpRequest, *, kind: str, account: str) -> Sequence[GuessCounter]:
    """Give the counts of a guess made in this browser at an account, which is named by its e-mail address."""
    return counters_for(
        kind=kind,
        account=account.casefold(),
        address=get_ip(request),
        browser=browser_known_to(request, account),
    )


class _CountedCode:
    """Count each code before it is looked at."""

    user: Any

    def clean_code(self) -> str:
        """Look at a code unless too many were tried."""
        counters = guess_counters(context.request, kind=CODE, account=self.user.email)
        try:
            count_guess(counters, at=timezone.now())
        except TooManyGuesses as refused:
            raise get_adapter().validation_error("too_many_login_attempts") from refused
        code: str = super().clean_code()  # type: ignore[misc]
        give_back_guess(counters, at=timezone.now())
        return code


class CountedAuthenticateForm(_CountedCode, SecondFactorForm):
    """The code asked for after the password."""


class CountedReauthenticateForm(_CountedCode, ReauthenticateForm):
    """The code asked for before a change."""

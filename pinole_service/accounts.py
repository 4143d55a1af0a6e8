"""Signing in: accounts are made by an administrator, never by the visitor."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pinole_service.guessing import guess_counters
from pinole_service.known_browsers import remember_browser
from requests_app.domain.guesses import PASSWORD
from requests_app.selectors.counters import left_at
from requests_app.selectors.sign_ins import has_left
from requests_app.services.guesses import TooManyGuesses, count_guess, give_back_guess


def _strongbox() -> MultiFernet:
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet([Fernet(urlsafe_b64encode(sha256(f"second factor {key}".encode()).digest())) for key in keys])


class ClosedSignupAdapter(DefaultAccountAdapter):
    """Let people in who have an account, and nobody make one; count guesses before they are looked at."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": _(
            "Too many attempts. Wait ten minutes, or set a new password with “Forgot your password?”. "
            "A passkey works at once."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Answer no."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse a password without looking at it once too many were tried (RELIABILITY B5)."""
        account = str(credentials.get("email") or credentials.get("username") or "")
        self._counters = guess_counters(request, kind=PASSWORD, account=account)
        try:
            count_guess(self._counters, at=timezone.now())
        except TooManyGuesses as refused:
            raise self.validation_error("too_many_login_attempts") from refused

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Look at a password; a right one is taken out of the count again."""
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if user:
            give_back_guess(self._counters, at=timezone.now())
        return user

    def pre_login(  # type: ignore[override]  # the library hands everything by name
        self, request: HttpRequest, user: User, **kwargs: Any
    ) -> HttpResponse | None:
        """Stop whoever works here no longer, however they proved who they are."""
        if has_left(user):
            clear_login(request)
            return self.respond_user_inactive(request, user)
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def post_login(  # type: ignore[override]
        self, request: HttpRequest, user: User, **kwargs: Any
    ) -> HttpResponse:
        """Remember the browser, so that strangers' guesses cannot shut this person out of it."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        remember_browser(request, response, user.email)
        return response

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead back to where somebody locked this counter computer, else to the first page."""
        return left_at(request.COOKIES, request.user.pk) or str(super().get_login_redirect_url(request))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Lead back to one's own account."""
        return reverse("my_account")


class SecondFactorAdapter(DefaultMFAAdapter):
    """Name people and passkeys in our words, keep secrets unreadable in the database, draw the code without `data:`."""

    def encrypt(self, text: str) -> str:
        """Lock a secret of an authenticator app, or the seed of recovery codes, with a key from SECRET_KEY."""
        return _strongbox().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Unlock it; SECRET_KEY_FALLBACKS open what an earlier key locked. Raises InvalidToken for any other key."""
        return _strongbox().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> SafeString:
        """Draw the code as an SVG element that a page may hold: the security policy refuses images in addresses."""
        drawn = super().build_totp_svg(url)
        element = drawn[drawn.index("<svg") :]
        return mark_safe(element)  # noqa: S308  # drawn by the library from squares alone  # nosec B308 B703

    def generate_authenticator_name(self, user: AbstractBaseUser, type: str) -> str:  # noqa: A002  # the library's name
        """Number a new passkey after those there are."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("Passkey %(number)d") % {"number": count + 1}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, object]:
        """Show in the browser's list of passkeys whose one is: by the name in the directory."""
        entity = super().get_public_key_credential_user_entity(user)
        employee = getattr(user, "employee", None)
        return {**entity, "display_name": employee.name} if employee else dict(entity)


class CounterPinBackend(ModelBackend):
    """Mark a session that a PIN opened at a counter computer, so that it is never taken for a full sign-in."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> None:
        """Let nobody in: the lock page asks for the PIN, and no other door may."""

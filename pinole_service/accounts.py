"""Signing in: accounts are made by an administrator, never by the visitor."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext


class ClosedSignupAdapter(DefaultAccountAdapter):
    """Let people in who have an account, and nobody make one."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Answer no."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Lead back to one's own account."""
        return reverse("my_account")


class SecondFactorAdapter(DefaultMFAAdapter):
    """Name people and passkeys in our words, and draw the code for a camera without a `data:` address."""

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

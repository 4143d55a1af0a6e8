"""What changes how somebody signs in is evidence: allauth tells of it by signals."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from requests_app.domain.guesses import PASSWORD, account_counters
from requests_app.selectors.access import actor_for
from requests_app.services.events import record_audit
from requests_app.services.guesses import forget_guesses
from requests_app.services.sign_in_mails import tell_of_change
from requests_app.services.sign_ins import begin_sign_in, note_sign_in


def _record(action: str, user: User, **fields: str) -> None:
    at = timezone.now()
    record_audit(action, user, actor=actor_for(user), at=at, fields=fields)
    tell_of_change(user, action, at=at)


@receiver(user_logged_in)
def _on_sign_in(request: HttpRequest, user: User, **_: Any) -> None:
    """List the sign-in from its first moment, so that it can be ended from then on."""
    at, address = timezone.now(), request.META.get("REMOTE_ADDR")
    begin_sign_in(request.session, at=at)
    if address and request.session.session_key:
        note_sign_in(
            user_id=user.pk,
            session_key=request.session.session_key,
            ip=get_adapter(request).get_client_ip(request),
            user_agent=request.META.get("HTTP_USER_AGENT", "")[:200],
            at=at,
        )


@receiver(password_changed)
@receiver(password_set)
def _on_password_changed(user: User, **_: Any) -> None:
    _record("password_changed", user)


@receiver(password_reset)
def _on_password_reset(user: User, **_: Any) -> None:
    """Let the account be tried anew from anywhere: whoever reads its mail has shown who they are."""
    _record("password_reset", user)
    forget_guesses(account_counters(kind=PASSWORD, account=user.email.casefold()))


@receiver(authenticator_added)
def _on_factor_added(user: User, authenticator: Authenticator, **_: Any) -> None:
    _record("factor_added", user, kind=authenticator.type)


@receiver(authenticator_removed)
def _on_factor_removed(user: User, authenticator: Authenticator, **_: Any) -> None:
    _record("factor_removed", user, kind=authenticator.type)


@receiver(authenticator_reset)
def _on_factor_renewed(user: User, authenticator: Authenticator, **_: Any) -> None:
    _record("factor_renewed", user, kind=authenticator.type)

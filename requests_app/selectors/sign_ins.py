"""Where somebody is signed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from requests_app.domain.devices import device_names
from requests_app.domain.sign_ins import SignInLimits
from requests_app.models import Employee
from requests_app.selectors.access import actor_for
from requests_app.selectors.choices import current_choices


@dataclass(frozen=True, slots=True)
class SignIn:
    """One browser in which somebody is signed in; `is_here` marks the one that asks."""

    pk: int
    device: str
    ip: str
    began_at: datetime
    seen_at: datetime
    is_here: bool


def open_sign_ins(user_id: int, *, now: datetime) -> QuerySet[UserSession]:
    """Narrow the sign-ins of an account to those that still hold, latest first."""
    alive = Session.objects.filter(expire_date__gt=now).values("session_key")
    return UserSession.objects.filter(user_id=user_id, session_key__in=alive).order_by("-last_seen_at", "-pk")


def sign_ins_of(user_id: int, *, session_key: str | None, now: datetime) -> list[SignIn]:
    """List where an account is signed in, latest first, in one query."""
    return [_shown(row, session_key) for row in open_sign_ins(user_id, now=now)]


def sign_in_limits() -> SignInLimits:
    """Give the limits in force now, in one query."""
    choices = current_choices()
    return SignInLimits(
        idle=timedelta(minutes=choices.sign_in_idle_minutes), whole=timedelta(hours=choices.sign_in_limit_hours)
    )


def user_by_work_address(email: str) -> User | None:
    """Find the login of whoever works here under this address; None where nobody does, or more than one."""
    people = Employee.objects.filter(is_active=True, user__is_active=True, user__email__iexact=email)
    found = list(people.select_related("user")[:2]) if email else []
    return found[0].user if len(found) == 1 else None


def has_left(user: User) -> bool:
    """Say whether the person behind a login works here no longer; a login without a person has not left."""
    return actor_for(user).employee is None and Employee.objects.filter(user_id=user.pk, is_active=False).exists()


def _shown(row: UserSession, session_key: str | None) -> SignIn:
    return SignIn(
        pk=row.pk,
        device=_device_words(row.user_agent),
        ip=row.ip,
        began_at=row.created_at,
        seen_at=row.last_seen_at,
        is_here=row.session_key == session_key,
    )


def _device_words(user_agent: str) -> str:
    browser, system = device_names(user_agent)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Unknown device")

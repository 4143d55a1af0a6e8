"""Keep the list of where people are signed in, and end sign-ins at once."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction

from requests_app.selectors.access import SYSTEM, Actor
from requests_app.services.events import record_audit

# In the session, as seconds since 1970.
BEGAN, SEEN = "sign_in_began", "sign_in_seen"


def begin_sign_in(session: SessionBase, *, at: datetime) -> None:
    """Note in the session when it began, so that its first pages need not."""
    session[BEGAN] = session[SEEN] = at.timestamp()


def note_sign_in(*, user_id: int, session_key: str, ip: str, user_agent: str, at: datetime) -> None:
    """Note that a browser with this session was used; twice at once is harmless."""
    seen = {"user_id": user_id, "ip": ip, "user_agent": user_agent, "last_seen_at": at}
    UserSession.objects.update_or_create(
        session_key=session_key, defaults=seen, create_defaults={**seen, "created_at": at}
    )


@transaction.atomic
def end_sign_ins(*, user_id: int, at: datetime, actor: Actor = SYSTEM, keep: str | None = None) -> int:
    """Sign an account out everywhere at once, but for the session to keep, and give how many sign-ins ended."""
    rows = UserSession.objects.filter(user_id=user_id)
    return _end(list(rows.exclude(session_key=keep) if keep else rows), actor=actor, at=at)


@transaction.atomic
def end_sign_in(*, user_id: int, sign_in_id: int, actor: Actor, at: datetime) -> int:
    """End one sign-in of an account; 0 where it has ended already or is somebody else's."""
    return _end(list(UserSession.objects.filter(user_id=user_id, pk=sign_in_id)), actor=actor, at=at)


def clear_sign_ins(*, now: datetime) -> int:
    """Delete the sessions that ran out, with their lines in the list, and give how many lines there were."""
    Session.objects.filter(expire_date__lte=now).delete()
    alive = Session.objects.values("session_key")
    deleted, _ = UserSession.objects.exclude(session_key__in=alive).delete()
    return deleted


def _end(rows: list[UserSession], *, actor: Actor, at: datetime) -> int:
    if rows:
        Session.objects.filter(session_key__in=[row.session_key for row in rows]).delete()
        UserSession.objects.filter(pk__in=[row.pk for row in rows]).delete()
        record_audit("sign_ins_ended", User(pk=rows[0].user_id), actor=actor, at=at, count=len(rows))
    return len(rows)

"""One's own inbox: what was seen, and how news comes by mail; a duty notice always comes at once (III.d.i)."""

from datetime import datetime

from django.db import transaction

from requests_app.models import Notice, NoticePreference
from requests_app.selectors.access import Actor
from requests_app.services.events import record_audit


@transaction.atomic
def mark_seen(*, notice_id: int, actor: Actor, at: datetime) -> bool:
    """Mark one of one's own notices as seen, and say whether it is there; marking it again changes nothing."""
    own = Notice.objects.filter(pk=notice_id, recipient=actor.employee_id)
    own.filter(read_at__isnull=True).update(read_at=at)
    return own.exists()


@transaction.atomic
def mark_all_seen(*, up_to_id: int, actor: Actor, at: datetime) -> int:
    """Mark one's own notices as seen up to the newest that was shown, and say how many; later ones stay new."""
    unseen = Notice.objects.filter(recipient=actor.employee_id, read_at__isnull=True, pk__lte=up_to_id)
    return unseen.update(read_at=at)


@transaction.atomic
def choose_news(*, is_daily: bool, actor: Actor, at: datetime) -> None:
    """Let one's news come at once, or gathered at the next opening; the same choice again changes nothing."""
    if actor.employee is None:
        return
    known = NoticePreference.objects.filter(employee=actor.employee).first()
    if (known.is_daily if known else False) == is_daily:
        return
    preference, _is_new = NoticePreference.objects.update_or_create(
        employee=actor.employee, defaults={"is_daily": is_daily, "changed_at": at}
    )
    record_audit("notice_preference_changed", preference, actor=actor, at=at, fields={"is_daily": is_daily})

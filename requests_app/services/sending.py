"""Whether this copy of the product may send: a restored one asks first (RELIABILITY A14)."""

from datetime import datetime

from django.db import transaction

from requests_app.models import OutgoingMail, SendingPause
from requests_app.selectors.access import Actor
from requests_app.selectors.backups import standing_pause
from requests_app.services.events import record_audit

_SKIPPED = "Not sent: it was waiting when this copy was restored."


@transaction.atomic
def start_sending(*, actor: Actor, at: datetime, skip_waiting: bool = False) -> int | None:
    """End the pause of a restored copy; None where there was none, else how many mails were skipped.

    What waited when the copy was made may have gone out since: `skip_waiting` marks it failed, which people see,
    instead of sending it again. A repeat carries the same Message-ID.
    """
    pause = SendingPause.objects.select_for_update().filter(ended_at__isnull=True).first()
    if pause is None:
        return None
    waiting = OutgoingMail.objects.exclude(status__in=[OutgoingMail.Status.SENT, OutgoingMail.Status.FAILED])
    skipped = waiting.update(status=OutgoingMail.Status.FAILED, last_error=_SKIPPED) if skip_waiting else 0
    pause.ended_at, pause.ended_by = at, actor.employee
    pause.save(update_fields=["ended_at", "ended_by"])
    record_audit("sending_started", pause, actor=actor, at=at, fields={"skipped": skipped})
    return skipped


def may_send() -> bool:
    """Say whether mail may leave this copy."""
    return standing_pause() is None

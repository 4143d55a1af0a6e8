"""The reminders that would have been sent by now: the sweep itself, run at each past instant it had work."""

from datetime import datetime

from requests_app.domain.vocabulary import Verdict
from requests_app.models import OutgoingMail, ResponseClock
from requests_app.selectors.ladder import next_stage_at
from requests_app.services.sweeps import fire_due_stages


def send_past_reminders(*, until_at: datetime, since_at: datetime | None = None) -> None:
    """Let the stages of the open clocks fire as they came due; their mails count as sent then.

    Of clocks that started before `since_at` the stages of the past count as fired.
    """
    owed = ResponseClock.objects.filter(verdict=Verdict.OPEN, due_at__isnull=False, stopped_by__isnull=True)
    if since_at is not None:
        owed = owed.filter(started_at__gte=since_at)
    clocks = list(owed.select_related("calendar_version"))
    for clock in clocks:
        clock.next_stage_at = next_stage_at(
            started_at=clock.started_at, due_at=clock.due_at, calendar_version=clock.calendar_version, after=None
        )
    ResponseClock.objects.bulk_update(clocks, ["next_stage_at"])
    while (at := _next_instant(until_at)) is not None:
        fire_due_stages(now=at)
    for mail in OutgoingMail.objects.filter(status=OutgoingMail.Status.PENDING, next_attempt_at__lte=until_at):
        mail.status, mail.sent_at, mail.attempts = OutgoingMail.Status.SENT, mail.next_attempt_at, 1
        mail.save(update_fields=["status", "sent_at", "attempts"])


def _next_instant(until_at: datetime) -> datetime | None:
    due = ResponseClock.objects.filter(verdict=Verdict.OPEN, next_stage_at__lte=until_at)
    return due.order_by("next_stage_at").values_list("next_stage_at", flat=True).first()

"""Mails on their way: which are due, which still gather notices, which need a person."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet

from requests_app.domain.notice_kinds import WEIGHTS, Weight
from requests_app.models import Employee, Excusal, Notice, OutgoingMail, SendingPause
from requests_app.selectors.access import Actor

_WAITING = (OutgoingMail.Status.PENDING, OutgoingMail.Status.CLAIMED)
GATHERED = (Notice.Kind.REMINDER, Notice.Kind.DIGEST)
NEWS = tuple(kind for kind, weight in WEIGHTS.items() if weight is Weight.NEWS)


def mails_due(now: datetime) -> QuerySet[OutgoingMail]:
    """Give the mails to send now, longest waiting first, claimed ones whose lease ran out among them.

    In a restored copy that was not told to send, none is due.
    """
    return OutgoingMail.objects.filter(
        ~Exists(SendingPause.objects.filter(ended_at__isnull=True)), status__in=_WAITING, next_attempt_at__lte=now
    ).order_by("next_attempt_at", "pk")


def gathering_mails(wanted: Collection[tuple[int, datetime]]) -> list[OutgoingMail]:
    """Give the untouched mails that take in notices for these people and instants, locked; in a transaction.

    A mail that a sender has just taken is left out.
    """
    if not wanted:
        return []
    untouched = OutgoingMail.objects.filter(
        recipient__in={recipient for recipient, _ in wanted},
        next_attempt_at__in={deliver_at for _, deliver_at in wanted},
        status=OutgoingMail.Status.PENDING,
        attempts=0,
        pk__in=Notice.objects.filter(kind__in=GATHERED, recipient__in={each for each, _ in wanted}).values("mail"),
    )
    found = untouched.select_for_update(of=("self",), skip_locked=True).order_by("pk")
    return [mail for mail in found if (mail.recipient_id, mail.next_attempt_at) in wanted]


def gathered_notices(mail_ids: Iterable[int]) -> QuerySet[Notice]:
    """Give the reminders and lines of digests that mails carry, with their clocks and requests, and `is_excused`."""
    stands = Excusal.objects.filter(clock=OuterRef("clock"), revoked_at__isnull=True)
    return (
        Notice.objects.filter(mail__in=list(mail_ids), kind__in=GATHERED)
        .annotate(is_excused=Exists(stands))
        .select_related("clock", "service_request", "service_request__owner", "in_place_of")
        .order_by("pk")
    )


def news_mail_of(recipient: Employee, at: datetime) -> OutgoingMail | None:
    """Give somebody's untouched mail of news for an instant, locked; in a transaction."""
    return (
        OutgoingMail.objects.filter(
            recipient=recipient,
            next_attempt_at=at,
            status=OutgoingMail.Status.PENDING,
            attempts=0,
            pk__in=Notice.objects.filter(kind__in=NEWS, recipient=recipient, mail__isnull=False).values("mail"),
        )
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("pk")
        .first()
    )


def notices_carried(mail: OutgoingMail) -> QuerySet[Notice]:
    """Give the notices a mail carries, with what they are about."""
    return (
        Notice.objects.filter(mail=mail)
        .select_related("clock", "service_request__owner", "in_place_of", "recipient")
        .order_by("pk")
    )


def carries_news(mail: OutgoingMail) -> bool:
    """Say whether a mail gathers news: it waits for another hour than that of its writing, and never failed."""
    is_gathered = mail.next_attempt_at > mail.created_at and not mail.last_error
    return is_gathered and Notice.objects.filter(mail=mail, kind__in=NEWS).exists()


def unsent_mails(*, before: datetime) -> QuerySet[OutgoingMail]:
    """Give the mails that have been due since before an instant and are still not sent."""
    tried = Q(attempts__gt=0, created_at__lt=before)
    return OutgoingMail.objects.filter(Q(next_attempt_at__lt=before) | tried, status__in=_WAITING)


def failed_mails() -> QuerySet[OutgoingMail]:
    """Give the mails that were given up, newest first."""
    return OutgoingMail.objects.filter(status=OutgoingMail.Status.FAILED).order_by("-pk")


@dataclass(frozen=True, slots=True)
class MailState:
    """How the mail stands: how many wait, since when the longest has been due, when one last left."""

    waiting: int
    due_since: datetime | None
    last_sent_at: datetime | None


def mail_state(now: datetime) -> MailState:
    """Say how the mail stands; one query."""
    due = Q(status__in=_WAITING, next_attempt_at__lte=now)
    facts = OutgoingMail.objects.aggregate(
        waiting=Count("pk", filter=Q(status__in=_WAITING)),
        due_since=Min("next_attempt_at", filter=due),
        last_sent_at=Max("sent_at"),
    )
    return MailState(**facts)


def own_mails(actor: Actor) -> QuerySet[OutgoingMail]:
    """Give the mails to the person acting, newest first."""
    return OutgoingMail.objects.filter(recipient=actor.employee_id).order_by("-pk")

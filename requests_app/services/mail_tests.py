"""Try whether mail leaves: one mail to whoever asks, by the same road as every other."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from requests_app.models import Employee, OutgoingMail
from requests_app.selectors.access import Actor
from requests_app.services.events import record_audit
from requests_app.services.mail_texts import STAFF_LANGUAGE, new_mail

_SAME_CLICK = timedelta(seconds=10)


class NoAddress(Exception):
    """Whoever asks has no e-mail address on the roster."""


@transaction.atomic
def send_test_mail(*, actor: Actor, at: datetime) -> OutgoingMail:
    """Queue a mail to the person acting; a second click at once gives the first one back. Raises NoAddress."""
    if actor.employee is None or not actor.employee.email:
        raise NoAddress
    with translation.override(STAFF_LANGUAGE):
        subject = gettext("Test of the mail")
        body = gettext("You asked for this mail to see whether mail leaves the service desk. It does.")
    known = _just_asked(actor.employee, subject, at=at)
    if known is not None:
        return known
    mail = new_mail(actor.employee, subject=subject, body=body, at=at)
    record_audit("mail_tested", mail, actor=actor, at=at)
    return mail


def _just_asked(employee: Employee, subject: str, *, at: datetime) -> OutgoingMail | None:
    return OutgoingMail.objects.filter(
        recipient=employee, subject=subject, created_at__gte=at - _SAME_CLICK, created_at__lte=at
    ).first()

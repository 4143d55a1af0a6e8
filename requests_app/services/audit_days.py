"""Once a local day: send the head of the audit trail out of the house, and have the trail verified."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from requests_app.domain.seals import Link
from requests_app.models import OutgoingMail
from requests_app.selectors.access import SYSTEM
from requests_app.selectors.choices import current_choices
from requests_app.selectors.seals import chain_end, link_of
from requests_app.services.events import record_audit
from requests_app.services.jobs import enqueue_job
from requests_app.services.mail_texts import STAFF_LANGUAGE
from requests_app.services.sweeps import claim_local_day

HEAD_MAILED = "audit_head_mailed"
VERIFICATION_ASKED = "audit_verification_asked"


def keep_audit_day(*, now: datetime) -> dict[str, int]:
    """Do what the audit trail needs once a local day; acts once, however often called."""
    return {"mailed": _mail_head(now=now), "verifications": _ask_for_verification(now=now)}


@transaction.atomic
def _mail_head(*, now: datetime) -> int:
    """Queue a mail to each address of the choice `audit_head_addresses`; without a seal there is no head yet."""
    addresses = current_choices().audit_head_addresses
    head = chain_end()
    if not addresses or head is None or not head.sequence or not claim_local_day(HEAD_MAILED, now=now):
        return 0
    with translation.override(STAFF_LANGUAGE):
        subject, body = _text(link_of(head), now=now)
    for address in addresses:
        OutgoingMail.objects.create(to_address=address, subject=subject, body=body, created_at=now, next_attempt_at=now)
    record_audit(HEAD_MAILED, head, actor=SYSTEM, at=now, count=len(addresses))
    return len(addresses)


def _text(head: Link, *, now: datetime) -> tuple[str, str]:
    on = timezone.localdate(now)
    subject = _("Head of the audit trail, %(on)s") % {"on": on}
    body = _(
        "%(head)s\n\n"
        "This stands for the first %(n)d entries of the audit trail. Keep this mail where nobody who runs the server "
        "can change it. To prove that the trail still holds them unchanged:\n\n"
        "manage.py verify_audit --head %(head)s\n"
    ) % {"head": head, "n": head.sequence}
    return subject, body


@transaction.atomic
def _ask_for_verification(*, now: datetime) -> int:
    if not claim_local_day(VERIFICATION_ASKED, now=now):
        return 0
    enqueue_job("verify_audit", parameters={"on": str(timezone.localdate(now))}, actor=SYSTEM, at=now)
    return 1

"""A mail that was given up is told to who supervises its reader: somebody must know what was not known (III.d.i)."""

from collections.abc import Iterable
from datetime import datetime

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.domain.stages import Audience
from requests_app.models import Employee, IncidentReport, Notice, OutgoingMail, Receipt, ServiceRequest
from requests_app.selectors.notice_words import fault_words
from requests_app.selectors.outgoing import notices_carried
from requests_app.selectors.recipients import Roster, first_reached
from requests_app.services.notices import NoticeEntry, queue_notice

_NAMED = 10

logger = structlog.get_logger(__name__)


def tell_of_undelivered(mail: OutgoingMail, *, at: datetime) -> int:
    """Tell each supervisor once of the requests a mail was about, and say how many were told.

    Of a mail that told of an undelivered one nobody is told: the administrator reads of both. A failure here never
    keeps the sender from the next mail.
    """
    try:
        with transaction.atomic():
            return _tell(mail, at=at)
    except Exception as error:  # the mail is given up all the same, and the watchdog reports it
        logger.exception("undelivered_not_told", mail_id=mail.pk, error=str(error))
        return 0


def _tell(mail: OutgoingMail, *, at: datetime) -> int:
    notices = [notice for notice in notices_carried(mail) if notice.kind != Notice.Kind.UNDELIVERED]
    requests = {notice.service_request.pk: notice.service_request for notice in notices if notice.service_request}
    told = [
        *Receipt.objects.filter(mail=mail).values_list("service_request", flat=True),
        *IncidentReport.objects.filter(mail=mail).values_list("service_request", flat=True),
    ]
    requests |= ServiceRequest.objects.select_related("owner").in_bulk(told)
    about: dict[Employee, list[ServiceRequest]] = {}
    roster = Roster(requests.values(), now=at)
    for service_request in requests.values():
        for person in first_reached(service_request, Audience.SUPERVISOR, roster=roster):
            if person.pk != mail.recipient_id:
                about.setdefault(person, []).append(service_request)
    entries = [_entry(mail, person, told_of) for person, told_of in about.items()]
    return sum(queue_notice(entry, at=at) is not None for entry in entries)


def _entry(mail: OutgoingMail, person: Employee, requests: list[ServiceRequest]) -> NoticeEntry:
    only = requests[0] if len(requests) == 1 else None
    name = mail.recipient.name if mail.recipient else mail.to_address
    text = _("%(name)s was not told: %(why)s.") % {"name": name, "why": fault_words(mail.last_error)}
    if only is None:
        text += " " + _("The mail was about: %(numbers)s.") % {"numbers": _numbers(requests)}
    return NoticeEntry(
        kind=Notice.Kind.UNDELIVERED,
        recipient=person,
        service_request=only,
        dedupe_key=f"undelivered:{mail.pk}:{person.pk}",
        text=text,
    )


def _numbers(requests: Iterable[ServiceRequest]) -> str:
    numbers = sorted(service_request.number for service_request in requests)
    more = _("and %(n)d more") % {"n": len(numbers) - _NAMED} if len(numbers) > _NAMED else ""
    return ", ".join([*numbers[:_NAMED], *([more] if more else [])])

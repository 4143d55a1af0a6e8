"""Give a customer a receipt, by mail or on a slip, and keep what was promised in it (III.a.iii)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.notice_texts import TextCode
from requests_app.domain.receipts import ReceiptRoute
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.models import IncidentReport, OutgoingMail, Receipt, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.notice_texts import notice_texts
from requests_app.selectors.receipts import ReceiptWords, receipt_words
from requests_app.services.events import record_event
from requests_app.services.mail_texts import new_mail_to
from requests_app.services.transitions import lock_request

_ENDED = (OutgoingMail.Status.SENT, OutgoingMail.Status.FAILED)


@transaction.atomic
def mail_receipt(*, request_id: int, address: str, actor: Actor, at: datetime) -> Receipt:
    """Queue a receipt by e-mail; the same words to the same address are one receipt, however often asked for.

    Raises ActionRefused for a request that was destroyed, or handed over, of which nobody's address is kept.
    """
    service_request = _request_for_receipt(request_id)
    words = receipt_words(service_request, now=at)
    known = _known(service_request, ReceiptRoute.MAIL, words).filter(mail__to_address=address).first()
    if known is not None:
        return known
    footer = notice_texts(words.language)[TextCode.FOOTER]
    body = render_to_string("emails/receipt.txt", {"lines": words.lines, "footer": footer})
    mail = new_mail_to(address, subject=words.subject, body=body, at=at)
    return _give(service_request, ReceiptRoute.MAIL, words, mail=mail, actor=actor, at=at)


@transaction.atomic
def make_receipt_slip(*, request_id: int, actor: Actor, at: datetime) -> Receipt:
    """Make the slip that is printed; the same words again are the same slip. Raises ActionRefused as mail_receipt."""
    service_request = _request_for_receipt(request_id)
    words = receipt_words(service_request, now=at)
    known = _known(service_request, ReceiptRoute.SLIP, words).first()
    return known or _give(service_request, ReceiptRoute.SLIP, words, mail=None, actor=actor, at=at)


def forget_receipt_addresses(service_request: ServiceRequest) -> None:
    """Take out of the mails to a customer to whom they went, and the mails that still wait: nobody knows it any more.

    In the transaction of the redaction or destruction.
    """
    carried = Q(receipt__service_request=service_request) | Q(incident_report__service_request=service_request)
    mails = OutgoingMail.objects.filter(carried)
    waiting = list(mails.exclude(status__in=_ENDED).values_list("pk", flat=True))
    Receipt.objects.filter(mail__in=waiting).update(mail=None)
    IncidentReport.objects.filter(mail__in=waiting).update(mail=None)
    OutgoingMail.objects.filter(pk__in=waiting).delete()
    mails.update(to_address="", last_error="")


def _request_for_receipt(request_id: int) -> ServiceRequest:
    service_request = lock_request(request_id)
    if service_request.is_handed_over:
        raise ActionRefused(Refusal.ROLE)
    if service_request.destroyed_at is not None:
        raise ActionRefused(Refusal.DESTROYED)
    return service_request


def _known(service_request: ServiceRequest, route: ReceiptRoute, words: ReceiptWords) -> QuerySet[Receipt]:
    return Receipt.objects.filter(service_request=service_request, route=route, text="\n".join(words.lines))


def _give(
    service_request: ServiceRequest,
    route: ReceiptRoute,
    words: ReceiptWords,
    *,
    mail: OutgoingMail | None,
    actor: Actor,
    at: datetime,
) -> Receipt:
    receipt = Receipt.objects.create(
        service_request=service_request,
        route=route.value,
        language=words.language,
        text="\n".join(words.lines),
        promised_for=words.promised_for,
        given_at=at,
        given_by=actor.employee,
        mail=mail,
    )
    fields = {"route": route.value, "promised_for": words.promised_for}
    record_event(
        service_request, EventKind.RECEIPT_GIVEN, actor=actor, at=at, text=receipt.get_route_display(), fields=fields
    )
    return receipt

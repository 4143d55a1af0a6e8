"""Take back what was written to somebody who may no longer see the request it is about."""

from datetime import datetime

from requests_app.domain.notice_kinds import OF_THANKS
from requests_app.models import Notice, OutgoingMail, ServiceRequest
from requests_app.selectors.recipients import Roster
from requests_app.services.waiting_mails import write_again


def take_back_unsent(service_request: ServiceRequest, *, at: datetime) -> int:
    """Withdraw the unsent notices of a request whose readers may not see it now, and say how many those were.

    In the transaction of the change. A mail that carried others goes on with those; what a sender has taken is gone.
    """
    roster = Roster([service_request], now=at)
    pending = OutgoingMail.objects.filter(
        status=OutgoingMail.Status.PENDING, notices__service_request=service_request
    ).values("pk")
    mails = {mail.pk: mail for mail in OutgoingMail.objects.select_for_update().filter(pk__in=pending)}
    notices = Notice.objects.filter(mail__in=mails, service_request=service_request).select_related("recipient")
    untold = [notice for notice in notices if not _may_be_told(notice, service_request, roster=roster)]
    Notice.objects.filter(pk__in=[notice.pk for notice in untold]).delete()
    touched = {notice.mail_id for notice in untold if notice.mail_id is not None}
    kept = set(Notice.objects.filter(mail__in=touched).values_list("mail_id", flat=True))
    write_again([mails[pk] for pk in sorted(touched & kept)], at=at)
    OutgoingMail.objects.filter(pk__in=touched - kept).delete()
    return len(untold)


def _may_be_told(notice: Notice, service_request: ServiceRequest, *, roster: Roster) -> bool:
    """Say whether a notice may still go out; thanks were meant for their reader, who need not see the request."""
    if notice.kind in OF_THANKS and not service_request.is_restricted:
        return not roster.is_concerned(notice.recipient, service_request)
    return roster.may_see(notice.recipient, service_request)

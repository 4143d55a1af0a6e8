"""Whoever a request is about is out of it at once, and it goes to somebody it is not about (DOMAIN 4)."""

from collections.abc import Collection
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from requests_app.models import Complaint, Department, Employee, Notice, ServiceRequest
from requests_app.selectors.access import SYSTEM
from requests_app.selectors.choices import current_choices
from requests_app.selectors.directory import CITY_CLERK
from requests_app.selectors.successors import must_be_handed_over, successor_of
from requests_app.services.assignments import hand_on, tell_receiver
from requests_app.services.consultations import end_consultations
from requests_app.services.escalation_steps import release_people
from requests_app.services.mail_texts import STAFF_LANGUAGE, new_mail_to
from requests_app.services.notices import NoticeEntry, queue_notice
from requests_app.services.retractions import take_back_unsent


def close_to(service_request: ServiceRequest, people: Collection[Employee], *, at: datetime) -> None:
    """Take people just named as concerned out of a locked request: as owner, as asked, and of every unsent notice.

    What they owned goes on in the same transaction, so that it is never with nobody.
    """
    for person in people:
        end_consultations(service_request, at=at, employee=person)
    release_people(service_request, people, at=at)
    # Whoever looks into it now is found anew; that this person began stays in the story.
    Complaint.objects.filter(service_request=service_request, investigated_by__in=people).update(
        investigated_by=None, investigation_began_at=None
    )
    owner = service_request.owner
    if owner is not None and owner in people:
        relieve(service_request, owner, at=at)
        _hand_over(service_request, at=at)
    elif must_be_handed_over(service_request):
        _hand_over(service_request, at=at)
    take_back_unsent(service_request, at=at)


def relieve(service_request: ServiceRequest, owner: Employee, *, at: datetime) -> None:
    """Tell the owner in words that say nothing of why (DOMAIN 4); the notice hangs on no request they may not see."""
    queue_notice(
        NoticeEntry(
            kind=Notice.Kind.RELIEVED,
            recipient=owner,
            dedupe_key=f"relieved:{service_request.pk}:{service_request.version}:{owner.pk}",
            text=_("%(number)s is with somebody else now. You need not do anything.")
            % {"number": service_request.number},
        ),
        at=at,
    )


def _hand_over(service_request: ServiceRequest, *, at: datetime) -> None:
    successor = successor_of(service_request, now=at)
    hand_on(
        service_request, owner=successor, department=service_request.department, note="", actor=SYSTEM, at=at
    )  # fmt: skip
    if successor:
        tell_receiver(service_request, successor, note="", at=at)
    else:
        _tell_independent_recipient(service_request, at=at)


def _tell_independent_recipient(service_request: ServiceRequest, *, at: datetime) -> None:
    """Tell who stands outside, by number and whom to call only; without an address the watchdog reports it."""
    address = current_choices().independent_recipient_email
    if not address:
        return
    clerk = Department.objects.filter(slug=CITY_CLERK).first()
    with translation.override(STAFF_LANGUAGE):
        subject = _("City of Pinole: a matter for you, %(number)s") % {"number": service_request.number}
        body = _("Nobody inside the City may decide %(number)s. It waits for you. Please call %(whom)s.") % {
            "number": service_request.number,
            "whom": f"{clerk.name}, {clerk.phone}".rstrip(", ") if clerk else _("the City Clerk"),
        }
    new_mail_to(address, subject=subject, body=body, at=at)

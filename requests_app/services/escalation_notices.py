"""What is told of an escalation: to who receives it, to who sent it, and to the independent recipient (III.b.v.2)."""

from collections.abc import Iterable
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from requests_app.domain.notice_texts import TextCode
from requests_app.models import Employee, Escalation, Notice, OutgoingMail
from requests_app.selectors.escalations import people_to_call, steps_of_climb
from requests_app.selectors.notice_texts import notice_texts
from requests_app.selectors.recipients import may_receive
from requests_app.services.mail_texts import STAFF_LANGUAGE, new_mail_to
from requests_app.services.notices import NoticeEntry, queue_notice


def tell_receivers(escalation: Escalation, receivers: Iterable[Employee], *, at: datetime) -> None:
    """Tell each of those who may accept a step, with the reason and the date to accept it by."""
    for receiver in receivers:
        queue_notice(
            NoticeEntry(
                kind=Notice.Kind.ESCALATED,
                recipient=receiver,
                service_request=escalation.service_request,
                clock=escalation.clock,
                dedupe_key=f"escalated:{escalation.pk}:{receiver.pk}",
                text=escalation.reason,
            ),
            at=at,
        )


def tell_sender(escalation: Escalation, text: str, *, about: str, actor_id: int | None, at: datetime) -> None:
    """Tell who sent it what became of it, or the owner where the sender is gone; never whoever did it."""
    first = steps_of_climb(escalation)[-1]
    for person in (first.from_employee, escalation.service_request.owner):
        if person is not None and person.is_active:
            if person.pk != actor_id:
                tell_news(escalation, [person], text=text, about=about, at=at)
            return


def tell_news(escalation: Escalation, people: Iterable[Employee], *, text: str, about: str, at: datetime) -> None:
    """Tell people what became of a step; who may no longer read the request hears of its number only."""
    for person in people:
        key = f"escalation:{escalation.pk}:{about}:{person.pk}"
        if may_receive(person, escalation.service_request, now=at):
            entry = NoticeEntry(
                kind=Notice.Kind.ESCALATION,
                recipient=person,
                service_request=escalation.service_request,
                dedupe_key=key,
                text=text,
            )
            queue_notice(entry, at=at)
        else:
            relieve(escalation, person, at=at)


def relieve(escalation: Escalation, person: Employee, *, at: datetime) -> None:
    """Tell somebody who had a step, in words that say nothing of why, that others deal with it (DOMAIN 4)."""
    queue_notice(
        NoticeEntry(
            kind=Notice.Kind.RELIEVED,
            recipient=person,
            dedupe_key=f"escalation:{escalation.pk}:relieved:{person.pk}",
            text=_("%(number)s is with somebody else now. You need not do anything.")
            % {"number": escalation.service_request.number},
        ),
        at=at,
    )


def write_to_independent(escalation: Escalation, address: str, *, at: datetime) -> OutgoingMail:
    """Write to the independent recipient: the number, that something waits, and whom to call. Nothing of the matter."""
    called = people_to_call(escalation.service_request, now=at)
    number = escalation.service_request.number
    with translation.override(STAFF_LANGUAGE):
        body = render_to_string(
            "emails/independent.txt",
            {"number": number, "called": called, "footer": notice_texts(STAFF_LANGUAGE)[TextCode.FOOTER]},
        )
        subject = _("Something waits for you: %(number)s") % {"number": number}
    return new_mail_to(address, subject=subject, body=body, at=at)

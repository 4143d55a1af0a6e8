"""Answer all reports of an incident in one act: each by itself, in its customer's language (III.b.ii.3, III.b.ii.4)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.template.loader import render_to_string

from requests_app.domain.notice_texts import TextCode
from requests_app.domain.placeholders import fill
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Channel, Disposition
from requests_app.domain.wording import language_of
from requests_app.models import IncidentReport, OutgoingMail, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.incidents import keeps_incidents, reports_to_answer
from requests_app.selectors.notice_texts import notice_texts
from requests_app.selectors.surveys import address_of
from requests_app.services.answers import answer_request
from requests_app.services.closing import close_request
from requests_app.services.entries import AnswerEntry, CloseEntry
from requests_app.services.events import record_audit
from requests_app.services.incidents import lock_incident, require_ordinary
from requests_app.services.mail_texts import new_mail_to
from requests_app.services.refusals import refusal_text


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentAnswerEntry:
    """What everybody is told, by language; how those were told who gave no e-mail; and how each ends, if it does."""

    texts: Mapping[str, str]
    told_by: Channel | None = None
    disposition: Disposition | None = None


@dataclass(slots=True)
class IncidentOutcome:
    """What one act did: the requests answered, how many by e-mail, and how often each refusal was met, in words."""

    answered: list[ServiceRequest] = field(default_factory=list)
    mailed: int = 0
    refused: Counter[str] = field(default_factory=Counter)


@transaction.atomic
def answer_incident(incident_id: int, entry: IncidentAnswerEntry, *, actor: Actor, at: datetime) -> IncidentOutcome:
    """Answer each report the actor reads that is open and not answered yet; one refusal stops no other.

    An e-mail is sent to whoever gave an address; whoever did not is answered only if they were told another way.
    Of two people at once the second finds what the first answered, and answers nothing twice. Raises ActionRefused
    for whoever keeps no incidents.
    """
    if not keeps_incidents(actor):
        raise ActionRefused(Refusal.ROLE)
    incident, outcome = lock_incident(incident_id), IncidentOutcome()
    reports = reports_to_answer(incident, actor).select_related("service_request__customer")
    for report in reports.order_by("service_request_id"):  # one order for all, so that two acts do not deadlock
        try:
            with transaction.atomic():
                _answer(report, entry, actor=actor, at=at)
        except ActionRefused as refused:
            outcome.refused[refusal_text(refused)] += 1
        else:
            outcome.answered.append(report.service_request)
            outcome.mailed += report.mail_id is not None
    if outcome.answered:
        fields = {"mailed": outcome.mailed, "refused": outcome.refused.total(), **entry.texts}
        record_audit("incident_answered", incident, actor=actor, at=at, fields=fields, count=len(outcome.answered))
    return outcome


def _answer(report: IncidentReport, entry: IncidentAnswerEntry, *, actor: Actor, at: datetime) -> None:
    found = report.service_request
    require_ordinary(found)
    language = language_of(found.language)
    address, text = address_of(found.customer), entry.texts[language]
    channel = Channel.EMAIL if address else entry.told_by
    if channel is None:
        raise ActionRefused(Refusal.NOT_TOLD_YET)
    answer = AnswerEntry(channel=channel, text=text, occurred_at=at)
    answer_request(request_id=found.pk, entry=answer, actor=actor, at=at)
    if entry.disposition is not None:
        ending = CloseEntry(disposition=entry.disposition, note=text, channel=channel)
        close_request(request_id=found.pk, entry=ending, actor=actor, at=at)
    report.answered_at = at
    report.mail = _mail(found, address, text, language=language, at=at) if address else None
    report.save(update_fields=["answered_at", "mail"])


def _mail(found: ServiceRequest, address: str, text: str, *, language: str, at: datetime) -> OutgoingMail:
    texts, number = notice_texts(language), {"number": found.number}
    lines = [text, fill(texts[TextCode.READ_BACK_NUMBER], number)]
    body = render_to_string("emails/receipt.txt", {"lines": lines, "footer": texts[TextCode.FOOTER]})
    return new_mail_to(address, subject=fill(texts[TextCode.INCIDENT_SUBJECT], number), body=body, at=at)

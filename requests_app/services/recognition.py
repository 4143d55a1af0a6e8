"""Thank a colleague, give an award, take back what was given in error (III.b.iv.5, III.d.iii)."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from requests_app.domain.recognition import RecognitionKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.models import Award, ColleagueThanks, Employee, Notice, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.directory import is_concerned
from requests_app.selectors.leads import Leads
from requests_app.selectors.recognition import KEEPERS, commendations_to_award, may_withdraw
from requests_app.selectors.whereabouts import Whereabouts
from requests_app.services.events import record_audit
from requests_app.services.mail_texts import STAFF_LANGUAGE
from requests_app.services.notices import NoticeEntry, queue_notice


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardEntry:
    """An award as typed."""

    employee_id: int
    name: str
    occasion: str
    on: date
    commendation_id: int | None = None


@transaction.atomic
def thank_colleague(*, employee_id: int, text: str, actor: Actor, at: datetime) -> ColleagueThanks:
    """Thank a colleague; they and who leads them are told. The same words on the same day are said once.

    Raises ActionRefused for oneself, for somebody who has left, and for a login of nobody on the roster.
    """
    if actor.employee is None or actor.employee_id == employee_id:
        raise ActionRefused(Refusal.ROLE)
    # Held, so that two clicks at once make one row.
    person = Employee.objects.select_for_update(of=("self",)).select_related("department").get(pk=employee_id)
    if not person.is_active:
        raise ActionRefused(Refusal.HAS_LEFT)
    row, is_new = ColleagueThanks.objects.get_or_create(
        employee=person,
        thanked_by=actor.employee,
        text=text,
        on=timezone.localdate(at),
        withdrawn_at__isnull=True,
    )
    if is_new:
        record_audit("colleague_thanked", row, actor=actor, at=at, fields={"employee": person.pk, "text": text})
        with translation.override(STAFF_LANGUAGE):
            said = gettext("%(who)s thanks you:") % {"who": actor.employee.name}
        _tell(_thanks(person, f"thanks:{row.pk}", f"{said}\n{text}"), actor=actor, at=at)
    return row


@transaction.atomic
def give_award(entry: AwardEntry, *, actor: Actor, at: datetime) -> Award:
    """Record an award; the person and who leads them are told. A second click changes nothing.

    Raises ActionRefused for who gives none, and for a commendation of somebody else.
    """
    if not actor.holds(*KEEPERS):
        raise ActionRefused(Refusal.ROLE)
    person = Employee.objects.select_for_update(of=("self",)).select_related("department").get(pk=entry.employee_id)
    source = commendations_to_award().filter(pk=entry.commendation_id or 0).first()
    if entry.commendation_id and (source is None or source.employee_id != person.pk):
        raise ActionRefused(Refusal.ROLE)
    award, is_new = Award.objects.get_or_create(
        employee=person,
        name=entry.name,
        on=entry.on,
        withdrawn_at__isnull=True,
        defaults={
            "occasion": entry.occasion,
            "commendation": source,
            "recorded_by": actor.employee,
            "recorded_at": at,
        },
    )
    if is_new:
        fields = {"employee": person.pk, "name": entry.name, "occasion": entry.occasion, "on": entry.on}
        record_audit("award_given", award, actor=actor, at=at, fields=fields)
        with translation.override(STAFF_LANGUAGE):
            said = gettext("Award: %(name)s") % {"name": entry.name}
        _tell(_thanks(person, f"award:{award.pk}", f"{said}\n{entry.occasion}"), actor=actor, at=at)
    return award


@transaction.atomic
def withdraw_recognition(kind: RecognitionKind, row_id: int, *, reason: str, actor: Actor, at: datetime) -> None:
    """Take back what was given in error; whoever had got it is told why, and who leads them.

    The row stays on record with the reason and counts no longer, but for how things stood before. A second click
    changes nothing. Raises ActionRefused for whoever may not.
    """
    row = may_withdraw(actor, kind).select_for_update(of=("self",)).filter(pk=row_id).first()
    if row is None:
        raise ActionRefused(Refusal.ROLE)
    if row.withdrawn_at is not None:
        return
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = at, actor.employee, reason
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    record_audit(f"{kind}_withdrawn", row, actor=actor, at=at, fields={"employee": row.employee_id, "reason": reason})
    source: ServiceRequest | None = getattr(row, "service_request", None)
    if source is None or not source.is_restricted:  # of a restricted matter nobody is told, as when thanks were given
        with translation.override(STAFF_LANGUAGE):
            said = f"{gettext('Given in error, and taken back:')} {reason}"
        key = f"withdrawn:{kind}:{row.pk}"
        letter = NoticeEntry(
            kind=Notice.Kind.WITHDRAWN,
            recipient=row.employee,
            dedupe_key=key,
            text=said,
            service_request=source,
            is_addressed=True,
        )
        _tell(letter, actor=actor, at=at)


def _thanks(person: Employee, key: str, text: str) -> NoticeEntry:
    return NoticeEntry(kind=Notice.Kind.THANKED, recipient=person, dedupe_key=key, text=text)


def _tell(letter: NoticeEntry, *, actor: Actor, at: datetime) -> None:
    """Tell the person, and who leads them unless that is who acts or whom the matter is about."""
    person, source = letter.recipient, letter.service_request
    letters = [letter]
    lead = Leads(Whereabouts(at)).nearest(person)
    if lead is not None and lead.pk != actor.employee_id and not (source and is_concerned(lead, source)):
        letters.append(replace(letter, recipient=lead, text=f"{person.name}:\n{letter.text}"))
    for each in letters:
        queue_notice(replace(each, dedupe_key=f"{letter.dedupe_key}:{each.recipient.pk}"), at=at)

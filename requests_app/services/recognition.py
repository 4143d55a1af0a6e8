"""Thank a colleague, and give an award; the person is told, and who leads them (III.b.iv.5, III.d.iii)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from requests_app.domain.workflow import ActionRefused, Refusal
from requests_app.models import Award, ColleagueThanks, Employee, Notice
from requests_app.selectors.access import Actor
from requests_app.selectors.leads import Leads
from requests_app.selectors.recognition import KEEPERS, commendations_to_award
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
        employee=person, thanked_by=actor.employee, text=text, on=timezone.localdate(at)
    )
    if is_new:
        record_audit("colleague_thanked", row, actor=actor, at=at, fields={"employee": person.pk, "text": text})
        with translation.override(STAFF_LANGUAGE):
            said = gettext("%(who)s thanks you:") % {"who": actor.employee.name}
        _tell(person, f"thanks:{row.pk}", f"{said}\n{text}", actor=actor, at=at)
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
        _tell(person, f"award:{award.pk}", f"{said}\n{entry.occasion}", actor=actor, at=at)
    return award


def _tell(person: Employee, key: str, text: str, *, actor: Actor, at: datetime) -> None:
    """Tell the person, and who leads them unless that is who acts."""
    lead = Leads(Whereabouts(at)).nearest(person)
    letters = [(person, text)]
    if lead is not None and lead.pk != actor.employee_id:
        letters.append((lead, f"{person.name}:\n{text}"))
    for recipient, said in letters:
        entry = NoticeEntry(
            kind=Notice.Kind.THANKED, recipient=recipient, dedupe_key=f"{key}:{recipient.pk}", text=said
        )
        queue_notice(entry, at=at)

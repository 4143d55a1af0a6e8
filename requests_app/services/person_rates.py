"""Switch rates per person on, with the note that the unions were told, and off again; by Human Resources only."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from requests_app.domain.person_rates import PersonRatesRefused, switch_refusal
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Role
from requests_app.models import Employee, PersonRatesSwitch
from requests_app.selectors.access import Actor
from requests_app.services.events import record_audit


@transaction.atomic
def switch_person_rates_on(
    *, unions_notified_on: date, note: str, includes_sworn: bool, actor: Actor, at: datetime
) -> PersonRatesSwitch:
    """Let rates per person be seen; where they already may be, nothing changes.

    Raises PersonRatesRefused for a date to come or an empty note, ActionRefused for anybody but Human Resources.
    """
    employee = _hr(actor)
    refusal = switch_refusal(unions_notified_on=unions_notified_on, note=note, today=timezone.localdate(at))
    if refusal:
        raise PersonRatesRefused(refusal)
    facts = {"unions_notified_on": unions_notified_on, "note": note.strip(), "includes_sworn": includes_sworn}
    switch, is_new = PersonRatesSwitch.objects.get_or_create(
        switched_off_at=None, defaults={**facts, "switched_on_at": at, "switched_on_by": employee}
    )
    if is_new:
        record_audit("person_rates_switched_on", switch, actor=actor, at=at, fields=facts)
    return switch


@transaction.atomic
def switch_person_rates_off(*, actor: Actor, at: datetime) -> PersonRatesSwitch | None:
    """Take rates per person off every page; None where none were on. Raises ActionRefused as switching on does."""
    employee = _hr(actor)
    switch = PersonRatesSwitch.objects.select_for_update().filter(switched_off_at__isnull=True).first()
    if switch is None:
        return None
    switch.switched_off_at, switch.switched_off_by = at, employee
    switch.save(update_fields=["switched_off_at", "switched_off_by"])
    record_audit("person_rates_switched_off", switch, actor=actor, at=at)
    return switch


def _hr(actor: Actor) -> Employee:
    if actor.employee is None or not actor.holds(Role.HR):
        raise ActionRefused(Refusal.ROLE)
    return actor.employee

"""Keep the numbers that the log form shows when there is danger now."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from requests_app.models import OnCallNumber
from requests_app.selectors.access import Actor
from requests_app.services.events import record_audit


@dataclass(frozen=True, slots=True, kw_only=True)
class OnCallEntry:
    """A number as typed; `hours` is one of OnCallNumber.Hours."""

    name: str
    phone: str
    hours: str


@transaction.atomic
def add_on_call_number(entry: OnCallEntry, *, actor: Actor, at: datetime) -> OnCallNumber:
    """Add a number at the end of the list; the same one again is left as it is."""
    known = OnCallNumber.objects.filter(name=entry.name, phone=entry.phone, hours=entry.hours).first()
    if known is not None:
        return known
    last = OnCallNumber.objects.aggregate(last=Max("position"))["last"] or 0
    number = OnCallNumber.objects.create(
        name=entry.name, phone=entry.phone, hours=entry.hours, position=last + 1, checked_on=timezone.localdate(at)
    )
    record_audit("on_call_added", number, actor=actor, at=at, fields=_fields(number))
    return number


@transaction.atomic
def change_on_call_number(number_id: int, entry: OnCallEntry, *, actor: Actor, at: datetime) -> OnCallNumber:
    """Change a number; whoever changes it has checked it. Raises OnCallNumber.DoesNotExist."""
    number = OnCallNumber.objects.select_for_update().get(pk=number_id)
    number.name, number.phone, number.hours = entry.name, entry.phone, entry.hours
    number.checked_on = timezone.localdate(at)
    number.save(update_fields=["name", "phone", "hours", "checked_on"])
    record_audit("on_call_changed", number, actor=actor, at=at, fields=_fields(number))
    return number


@transaction.atomic
def remove_on_call_number(number_id: int, *, actor: Actor, at: datetime) -> None:
    """Take a number off the list; one that is gone already stays gone."""
    number = OnCallNumber.objects.select_for_update().filter(pk=number_id).first()
    if number is not None:
        record_audit("on_call_removed", number, actor=actor, at=at, fields=_fields(number))
        number.delete()


@transaction.atomic
def check_on_call_numbers(*, actor: Actor, at: datetime) -> int:
    """Record that somebody called every number today and it was right."""
    checked = OnCallNumber.objects.update(checked_on=timezone.localdate(at))
    record_audit("on_call_checked", OnCallNumber, actor=actor, at=at, count=checked)
    return checked


def _fields(number: OnCallNumber) -> dict[str, object]:
    return {"name": number.name, "phone": number.phone, "hours": number.hours}

"""Registered counter computers: into use, out of use, and who signed in there."""

import secrets
from datetime import datetime

from django.db import transaction

from requests_app.models import CounterDevice, CounterSeat, Employee
from requests_app.selectors.access import Actor
from requests_app.selectors.counters import auth_hash_of, hash_of_token
from requests_app.services.events import record_audit

_TOKEN_BYTES = 32


@transaction.atomic
def register_device(name: str, place: str, *, actor: Actor, at: datetime) -> tuple[CounterDevice, str]:
    """Register a counter computer; gives it with the token for its cookie, which nobody can read again."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    device = CounterDevice.objects.create(
        name=name, place=place, token_hash=hash_of_token(token), registered_at=at, registered_by=actor.employee
    )
    record_audit("device_registered", device, actor=actor, at=at, fields={"name": name, "place": place})
    return device, token


@transaction.atomic
def retire_device(*, device_id: int, actor: Actor, at: datetime) -> bool:
    """Take a counter computer out of use; its cookie opens nothing from then on. False if it was out of use."""
    retired = CounterDevice.objects.filter(pk=device_id, retired_at=None).update(
        retired_at=at, retired_by=actor.employee
    )
    if retired:
        CounterSeat.objects.filter(device_id=device_id).delete()
        record_audit("device_retired", CounterDevice.objects.get(pk=device_id), actor=actor, at=at)
    return bool(retired)


def note_full_sign_in(device: CounterDevice, employee: Employee, *, at: datetime) -> None:
    """Remember a sign-in with password or passkey: from it, for some hours, the PIN opens this computer."""
    if employee.user is None:
        return
    CounterSeat.objects.update_or_create(
        device=device,
        employee=employee,
        defaults={"signed_in_at": at, "auth_hash": auth_hash_of(employee.user), "wrong_pins": 0},
    )

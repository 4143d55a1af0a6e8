"""The PIN somebody switches with at a counter computer."""

from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.crypto import salted_hmac

from requests_app.models import CounterPin, Employee
from requests_app.selectors.access import Actor
from requests_app.services.events import record_audit


@transaction.atomic
def set_pin(pin: str, *, employee: Employee, actor: Actor, at: datetime) -> CounterPin:
    """Set a person's PIN in place of the one before; its form has judged it."""
    row, _ = CounterPin.objects.update_or_create(
        employee=employee, defaults={"pin_hash": make_password(_keyed(pin)), "set_at": at}
    )
    record_audit("pin_set", row, actor=actor, at=at)
    return row


@transaction.atomic
def remove_pin(*, employee: Employee, actor: Actor, at: datetime) -> None:
    """Take away a person's PIN; removing none leaves no trace."""
    row = CounterPin.objects.filter(employee=employee).first()
    if row is not None:
        record_audit("pin_removed", row, actor=actor, at=at)
        row.delete()


def is_pin_of(employee: Employee, pin: str) -> bool:
    """Say whether a PIN is right; slow on purpose, like a password."""
    return check_password(_keyed(pin), employee.counter_pin.pin_hash)


def _keyed(pin: str) -> str:
    # A million PINs are tried in hours, however slow the hash: without SECRET_KEY a stolen table must tell nothing.
    return salted_hmac("requests_app.counter_pin", pin, algorithm="sha256").hexdigest()

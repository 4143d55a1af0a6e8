"""A registered counter computer, and people who sat down at it."""

from datetime import datetime

from django.conf import settings
from django.test import Client

from requests_app.models import CounterDevice, Employee
from requests_app.services.counters import note_full_sign_in, register_device
from requests_app.services.pins import set_pin
from tests.cast import Cast, actor

PIN, OTHER_PIN = "493817", "806243"


def register(cast: Cast, *, at: datetime, name: str = "Front counter") -> tuple[CounterDevice, str]:
    """Register a counter computer; gives it with the token of its cookie."""
    return register_device(name, "City hall, ground floor", actor=actor(cast.ada), at=at)


def sit_down(device: CounterDevice, employee: Employee, *, at: datetime, pin: str = PIN) -> None:
    """Sign somebody in there in full, with a PIN set."""
    set_pin(pin, employee=employee, actor=actor(employee), at=at)
    note_full_sign_in(device, employee, at=at)


def browser_of(token: str) -> Client:
    """Give the browser of a counter computer, nobody signed in."""
    client = Client()
    client.cookies[settings.COUNTER_COOKIE_NAME] = token
    return client

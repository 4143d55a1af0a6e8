"""Counter computers: which one a browser is, and who may unlock it with a PIN."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import F, QuerySet
from django.utils.crypto import constant_time_compare

from requests_app.models import CounterDevice, CounterPin, CounterSeat, Employee
from requests_app.selectors.choices import current_choices

WRONG_PINS_LIMIT = 5


def hash_of_token(token: str) -> str:
    """Give what is stored of a device's token; the token is random and long, so one plain hash is enough."""
    return sha256(token.encode(errors="surrogatepass")).hexdigest()


def device_in(cookies: Mapping[str, str]) -> CounterDevice | None:
    """Give the registered counter computer a browser proves to be; without its cookie nothing is asked."""
    token = cookies.get(settings.COUNTER_COOKIE_NAME)
    return _in_use().filter(token_hash=hash_of_token(token)).first() if token else None


def devices() -> QuerySet[CounterDevice]:
    """List every counter computer, those in use first."""
    return CounterDevice.objects.select_related("registered_by", "retired_by").order_by(
        F("retired_at").desc(nulls_first=True), "name", "pk"
    )


def seats_to_unlock(device: CounterDevice, *, now: datetime) -> list[CounterSeat]:
    """List who may unlock a device now, by name: with a PIN, still at work, and fully signed in there lately.

    A changed password counts as no sign-in. Whoever used up the guesses is listed too, to be told so.
    """
    since = now - timedelta(hours=current_choices().counter_pin_hours)
    seats = CounterSeat.objects.filter(
        device=device,
        device__retired_at=None,
        signed_in_at__gt=since,
        employee__is_active=True,
        employee__user__is_active=True,
        employee__counter_pin__isnull=False,
    )
    rows = seats.select_related("employee__user", "employee__counter_pin").order_by("employee__name", "employee_id")
    return [seat for seat in rows if _is_same_password(seat)]


def left_at(cookies: Mapping[str, str], user_id: int | None) -> str:
    """Give the page a person was on when this counter computer was locked; "" where it is none, or nothing is known."""
    device = device_in(cookies)
    seats = CounterSeat.objects.filter(device=device, employee__user=user_id) if device and user_id else None
    return seats.values_list("return_to", flat=True).first() or "" if seats is not None else ""


def has_pin(employee: Employee) -> bool:
    """Say whether somebody has set a PIN."""
    return CounterPin.objects.filter(employee=employee).exists()


def auth_hash_of(user: AbstractBaseUser) -> str:
    """Give what changes with a password."""
    return user.get_session_auth_hash()


def _in_use() -> QuerySet[CounterDevice]:
    return CounterDevice.objects.filter(retired_at=None)


def _is_same_password(seat: CounterSeat) -> bool:
    user = seat.employee.user
    return user is not None and constant_time_compare(auth_hash_of(user), seat.auth_hash)

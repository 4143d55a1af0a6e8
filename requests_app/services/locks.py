"""Lock a counter computer, and unlock it with a PIN."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.db.models import F

from requests_app.models import CounterDevice, CounterSeat, Employee
from requests_app.selectors.access import SYSTEM, Actor, actor_for_employee
from requests_app.selectors.counters import WRONG_PINS_LIMIT, seats_to_unlock
from requests_app.services.drafts import keep_draft
from requests_app.services.events import record_audit
from requests_app.services.pins import is_pin_of


class PinRefusal(StrEnum):
    """Why a PIN did not unlock."""

    WRONG = "wrong"
    USED_UP = "used_up"
    SIGN_IN = "sign_in"


class PinRefused(Exception):
    """A PIN that does not unlock; `refusal` says what to tell."""

    def __init__(self, refusal: PinRefusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What a person leaves behind at a locked computer: the page, and a half-typed form if there is one."""

    path: str
    form_key: str = ""
    typed: Mapping[str, Sequence[str]] | None = None


@transaction.atomic
def lock_counter(device: CounterDevice, leaving: Leaving, *, actor: Actor, at: datetime) -> None:
    """Keep where somebody was and what was half typed, for that person's return; the session is the view's to end."""
    if actor.employee is None:
        return
    CounterSeat.objects.filter(device=device, employee=actor.employee).update(return_to=leaving.path)
    if leaving.typed is not None:
        keep_draft(leaving.form_key, leaving.typed, actor=actor, at=at)
    record_audit("locked", device, actor=actor, at=at)


def unlock_counter(device: CounterDevice, *, employee_id: int, pin: str, at: datetime) -> tuple[Employee, str]:
    """Give the person whose PIN it is and where they were. Raises PinRefused.

    Not one transaction: a guess is counted, and stays counted, before it is judged, so that many at once are no
    more than many in a row.
    """
    seat = next((seat for seat in seats_to_unlock(device, now=at) if seat.employee_id == employee_id), None)
    if seat is None:
        raise PinRefused(PinRefusal.SIGN_IN)
    if not _count_guess(seat):
        raise PinRefused(PinRefusal.USED_UP)
    if not is_pin_of(seat.employee, pin):
        raise PinRefused(_note_wrong(seat, at=at))
    return _open(seat, at=at)


def _count_guess(seat: CounterSeat) -> bool:
    left = CounterSeat.objects.filter(pk=seat.pk, wrong_pins__lt=WRONG_PINS_LIMIT)
    return bool(left.update(wrong_pins=F("wrong_pins") + 1))


@transaction.atomic
def _note_wrong(seat: CounterSeat, *, at: datetime) -> PinRefusal:
    seat.refresh_from_db(fields=["wrong_pins"])
    is_last = seat.wrong_pins >= WRONG_PINS_LIMIT
    # Whoever typed it is not known: the entry names the seat, and with it whose PIN was tried, not an actor.
    record_audit("pin_used_up" if is_last else "pin_failed", seat, actor=SYSTEM, at=at)
    return PinRefusal.USED_UP if is_last else PinRefusal.WRONG


@transaction.atomic
def _open(seat: CounterSeat, *, at: datetime) -> tuple[Employee, str]:
    CounterSeat.objects.filter(pk=seat.pk).update(wrong_pins=0, return_to="")
    record_audit("unlocked", seat.device, actor=actor_for_employee(seat.employee), at=at)
    return seat.employee, seat.return_to

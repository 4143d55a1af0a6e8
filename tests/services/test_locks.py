"""Locking keeps where somebody was; a PIN unlocks, five wrong ones do not, and guesses are counted before judged."""

from datetime import datetime

import pytest

from requests_app.models import AuditEntry, CounterDevice, CounterSeat, Draft
from requests_app.services.counters import note_full_sign_in
from requests_app.services.locks import Leaving, PinRefusal, PinRefused, lock_counter, unlock_counter
from tests.cast import Cast, actor
from tests.counter_computer import OTHER_PIN, PIN, register, sit_down


@pytest.fixture
def device(cast: Cast, now: datetime) -> CounterDevice:
    """A counter computer with Fay and Alice."""
    device, _ = register(cast, at=now)
    sit_down(device, cast.fay, at=now)
    sit_down(device, cast.alice, at=now, pin=OTHER_PIN)
    return device


def tried(device: CounterDevice, employee_id: int, pin: str, at: datetime) -> PinRefusal | None:
    """Try a PIN; say why it was refused."""
    try:
        unlock_counter(device, employee_id=employee_id, pin=pin, at=at)
    except PinRefused as refused:
        return refused.refusal
    return None


def test_each_returns_to_where_they_were(cast: Cast, device: CounterDevice, now: datetime) -> None:
    lock_counter(device, Leaving(path="/queue/?q=pear"), actor=actor(cast.fay), at=now)
    lock_counter(device, Leaving(path="/overdue/"), actor=actor(cast.alice), at=now)

    assert unlock_counter(device, employee_id=cast.fay.pk, pin=PIN, at=now) == (cast.fay, "/queue/?q=pear")
    assert unlock_counter(device, employee_id=cast.alice.pk, pin=OTHER_PIN, at=now) == (cast.alice, "/overdue/")
    assert unlock_counter(device, employee_id=cast.fay.pk, pin=PIN, at=now) == (cast.fay, "")
    told = list(AuditEntry.objects.filter(action__in=["locked", "unlocked"]).values_list("action", "actor__name"))
    assert told == [
        ("locked", "Fay Desk"),
        ("locked", "Alice Owner"),
        ("unlocked", "Fay Desk"),
        ("unlocked", "Alice Owner"),
        ("unlocked", "Fay Desk"),
    ]


def test_locking_keeps_the_half_typed_form(cast: Cast, device: CounterDevice, now: datetime) -> None:
    leaving = Leaving(path="/log/", form_key="log-1", typed={"title": ["Where is"], "csrfmiddlewaretoken": ["x"]})
    lock_counter(device, leaving, actor=actor(cast.fay), at=now)

    draft = Draft.objects.get()
    assert (draft.employee, draft.typed) == (cast.fay, {"title": ["Where is"]})


def test_five_wrong_pins_use_it_up_until_the_next_full_sign_in(
    cast: Cast, device: CounterDevice, now: datetime
) -> None:
    told = [tried(device, cast.fay.pk, OTHER_PIN, now) for _ in range(5)]
    right = tried(device, cast.fay.pk, PIN, now)
    somebody_else = tried(device, cast.alice.pk, OTHER_PIN, now)
    note_full_sign_in(device, cast.fay, at=now)

    assert told == [PinRefusal.WRONG] * 4 + [PinRefusal.USED_UP]
    assert (right, somebody_else) == (PinRefusal.USED_UP, None)
    assert tried(device, cast.fay.pk, PIN, now) is None
    seat = CounterSeat.objects.get(employee=cast.fay)
    failed = AuditEntry.objects.filter(object_kind="counterseat", object_id=seat.pk).order_by("pk")
    assert [entry.action for entry in failed] == ["pin_failed"] * 4 + ["pin_used_up"]


def test_the_right_pin_forgives_the_wrong_ones(cast: Cast, device: CounterDevice, now: datetime) -> None:
    for pin in (OTHER_PIN,) * 4 + (PIN,):
        tried(device, cast.fay.pk, pin, now)
    assert CounterSeat.objects.get(employee=cast.fay).wrong_pins == 0


def test_a_pin_opens_no_computer_one_has_not_signed_in_at(cast: Cast, device: CounterDevice, now: datetime) -> None:
    other, _ = register(cast, at=now, name="Back office")
    assert tried(other, cast.fay.pk, PIN, now) is PinRefusal.SIGN_IN


def test_somebody_who_left_is_not_let_in_by_pin(cast: Cast, device: CounterDevice, now: datetime) -> None:
    cast.fay.is_active = False
    cast.fay.save()
    assert tried(device, cast.fay.pk, PIN, now) is PinRefusal.SIGN_IN
    assert CounterSeat.objects.get(employee=cast.fay).wrong_pins == 0

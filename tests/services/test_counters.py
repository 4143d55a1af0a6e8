"""A counter computer knows its token only, its people by their last full sign-in, and every change is evidence."""

from datetime import datetime, timedelta

import pytest

from requests_app.models import AuditEntry, CounterDevice, CounterSeat
from requests_app.selectors.counters import device_in, seats_to_unlock
from requests_app.services.choices import change_choice
from requests_app.services.counters import note_full_sign_in, retire_device
from requests_app.services.pins import is_pin_of, remove_pin, set_pin
from tests.cast import Cast, actor, login_of
from tests.counter_computer import PIN, register, sit_down


def names(device: CounterDevice, now: datetime) -> list[str]:
    return [seat.employee.name for seat in seats_to_unlock(device, now=now)]


def test_the_token_is_long_and_not_kept(cast: Cast, now: datetime) -> None:
    device, token = register(cast, at=now)

    assert len(token) >= 43  # 256 bits
    assert token not in str(CounterDevice.objects.values().get())
    assert device_in({"counter": token}) == device
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.actor, entry.object_id) == ("device_registered", cast.ada, device.pk)


def test_another_token_is_no_computer(cast: Cast, now: datetime) -> None:
    register(cast, at=now)
    assert [device_in({"counter": token}) for token in ("", "x", "\ud800", "0" * 43)] == [None] * 4


def test_a_retired_computer_is_none_and_is_retired_once(cast: Cast, now: datetime) -> None:
    device, token = register(cast, at=now)
    sit_down(device, cast.fay, at=now)

    told = [retire_device(device_id=device.pk, actor=actor(cast.ada), at=now) for _ in range(2)]

    assert told == [True, False]
    assert device_in({"counter": token}) is None
    assert not CounterSeat.objects.exists()
    assert AuditEntry.objects.filter(action="device_retired").count() == 1


def test_a_pin_is_kept_as_a_slow_hash_and_leaves_no_value_in_the_evidence(cast: Cast, now: datetime) -> None:
    row = set_pin(PIN, employee=cast.fay, actor=actor(cast.fay), at=now)

    assert PIN not in row.pin_hash
    assert (is_pin_of(cast.fay, PIN), is_pin_of(cast.fay, "493818")) == (True, False)
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.actor, entry.fields) == ("pin_set", cast.fay, {})


def test_without_the_secret_key_the_table_tells_nothing(cast: Cast, now: datetime, settings: object) -> None:
    set_pin(PIN, employee=cast.fay, actor=actor(cast.fay), at=now)
    settings.SECRET_KEY = "another key"  # type: ignore[attr-defined]  # pytest-django's fixture
    assert not is_pin_of(cast.fay, PIN)


def test_a_pin_taken_away_opens_nothing(cast: Cast, now: datetime) -> None:
    device, _ = register(cast, at=now)
    sit_down(device, cast.fay, at=now)
    for _ in range(2):
        remove_pin(employee=cast.fay, actor=actor(cast.fay), at=now)

    assert names(device, now) == []
    assert AuditEntry.objects.filter(action="pin_removed").count() == 1


def test_those_with_a_pin_who_signed_in_there_may_unlock(cast: Cast, now: datetime) -> None:
    device, _ = register(cast, at=now)
    other, _ = register(cast, at=now, name="Back office")
    sit_down(device, cast.fay, at=now)
    sit_down(device, cast.alice, at=now)
    sit_down(other, cast.bob, at=now)
    note_full_sign_in(device, cast.sam, at=now)  # no PIN

    assert names(device, now) == ["Alice Owner", "Fay Desk"]


@pytest.mark.parametrize(("hours", "expected"), [(11, ["Fay Desk"]), (12, []), (13, [])])
def test_a_pin_works_for_so_many_hours_after_the_full_sign_in(
    cast: Cast, now: datetime, hours: int, expected: list[str]
) -> None:
    device, _ = register(cast, at=now)
    sit_down(device, cast.fay, at=now)
    assert names(device, now + timedelta(hours=hours)) == expected


def test_the_city_chooses_how_many(cast: Cast, now: datetime) -> None:
    device, _ = register(cast, at=now)
    sit_down(device, cast.fay, at=now)
    change_choice("counter_pin_hours", 2, actor=actor(cast.ada), at=now)
    assert names(device, now + timedelta(hours=3)) == []


@pytest.mark.parametrize("what", ["left", "login off", "password changed"])
def test_somebody_who_left_or_changed_the_password_may_not(cast: Cast, now: datetime, what: str) -> None:
    device, _ = register(cast, at=now)
    sit_down(device, cast.fay, at=now)
    user = login_of(cast.fay)
    if what == "left":
        cast.fay.is_active = False
        cast.fay.save()
    elif what == "login off":
        user.is_active = False
    else:
        user.set_password("another long phrase for tests")
    user.save()
    assert names(device, now) == []

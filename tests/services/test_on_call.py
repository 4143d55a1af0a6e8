"""The numbers shown in danger are kept by services, each change with evidence."""

from datetime import datetime

from django.utils import timezone

from requests_app.models import AuditEntry, OnCallNumber
from requests_app.services.on_call import (
    OnCallEntry,
    add_on_call_number,
    change_on_call_number,
    check_on_call_numbers,
    remove_on_call_number,
)
from tests.cast import Cast, actor

YARD = OnCallEntry(name="Corporation yard, night", phone="510-555-0163", hours="closed")


def actions() -> list[str]:
    return list(AuditEntry.objects.filter(object_kind="oncallnumber").order_by("pk").values_list("action", flat=True))


def test_a_number_is_added_at_the_end_and_once(cast: Cast, now: datetime) -> None:
    first = add_on_call_number(YARD, actor=actor(cast.ada), at=now)
    again = add_on_call_number(YARD, actor=actor(cast.ada), at=now)

    assert again == first
    assert OnCallNumber.objects.last() == first
    assert (first.checked_on, actions()) == (timezone.localdate(now), ["on_call_added"])


def test_whoever_changes_a_number_has_checked_it(cast: Cast, now: datetime) -> None:
    number = OnCallNumber.objects.earliest("position")
    changed = change_on_call_number(number.pk, YARD, actor=actor(cast.ada), at=now)

    assert (changed.name, changed.phone, changed.hours) == (YARD.name, YARD.phone, YARD.hours)
    assert changed.position == number.position
    assert changed.checked_on == timezone.localdate(now)


def test_a_number_that_is_removed_twice_leaves_one_entry(cast: Cast, now: datetime) -> None:
    number = OnCallNumber.objects.earliest("position")
    for _ in range(2):
        remove_on_call_number(number.pk, actor=actor(cast.ada), at=now)

    assert not OnCallNumber.objects.filter(pk=number.pk).exists()
    assert actions() == ["on_call_removed"]


def test_checking_all_dates_all(cast: Cast, now: datetime) -> None:
    count = OnCallNumber.objects.count()
    assert check_on_call_numbers(actor=actor(cast.ada), at=now) == count
    assert set(OnCallNumber.objects.values_list("checked_on", flat=True)) == {timezone.localdate(now)}

"""A lost second factor is replaced once Human Resources knew the person, never by the person, and only once."""

from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator

from requests_app.models import AuditEntry, CounterPin, CounterSeat, Employee, FactorRecovery, OutgoingMail
from requests_app.selectors.recoveries import has_recovered, recovery_by_code
from requests_app.services.recoveries import (
    RecoveryRefusal,
    RecoveryRefused,
    ask_recovery,
    confirm_recovery,
    refuse_recovery,
    use_recovery,
)
from tests.cast import Cast, actor, login_of
from tests.counter_computer import register, sit_down
from tests.house.second_factors import give_app

BADGE = "Came to the office, badge seen"


def confirmed(employee: Employee, by: Employee, at: datetime) -> str:
    row = ask_recovery(employee, at=at)
    return confirm_recovery(row.pk, identified_how=BADGE, actor=actor(by), at=at)


def actions() -> list[str]:
    return list(
        AuditEntry.objects.filter(action__startswith="recovery").order_by("pk").values_list("action", flat=True)
    )


def test_asking_twice_waits_once_and_the_person_is_told(cast: Cast, now: datetime) -> None:
    rows = {ask_recovery(cast.fay, at=now).pk for _ in range(2)}

    assert len(rows) == 1
    assert actions() == ["recovery_requested"]
    assert AuditEntry.objects.latest("pk").actor is None
    assert OutgoingMail.objects.get().to_address == cast.fay.email


def test_the_code_is_long_not_kept_and_mailed_to_nobody(cast: Cast, now: datetime) -> None:
    code = confirmed(cast.fay, cast.hana, now)
    plain = code.replace("-", "")

    assert len(plain) * 5 >= 128  # bits
    kept = [str(row) for row in (*FactorRecovery.objects.values(), *OutgoingMail.objects.values())]
    assert not any(code in text or plain in text for text in kept)
    row = FactorRecovery.objects.get()
    assert (row.decided_by, row.identified_how, row.is_confirmed) == (cast.hana, BADGE, True)


@pytest.mark.parametrize("typed", [str, str.lower, lambda code: code.replace("-", " ")])
def test_however_it_is_typed_it_is_the_persons_alone(cast: Cast, now: datetime, typed: object) -> None:
    code = typed(confirmed(cast.fay, cast.hana, now))  # type: ignore[operator]  # a table of functions

    assert recovery_by_code(login_of(cast.fay).pk, code, now=now) == FactorRecovery.objects.get()
    assert recovery_by_code(login_of(cast.alice).pk, code, now=now) is None
    assert recovery_by_code(login_of(cast.fay).pk, "", now=now) is None


@pytest.mark.parametrize(("hours", "is_good"), [(23, True), (24, False)])
def test_it_is_good_for_a_day(cast: Cast, now: datetime, hours: int, is_good: bool) -> None:
    code = confirmed(cast.fay, cast.hana, now)
    found = recovery_by_code(login_of(cast.fay).pk, code, now=now + timedelta(hours=hours))
    assert (found is not None) == is_good


def test_a_later_code_voids_the_earlier(cast: Cast, now: datetime) -> None:
    first, second = confirmed(cast.fay, cast.hana, now), confirmed(cast.fay, cast.hana, now)
    found = [recovery_by_code(login_of(cast.fay).pk, code, now=now) is not None for code in (first, second)]
    assert found == [False, True]


def test_nobody_confirms_or_refuses_their_own(cast: Cast, now: datetime) -> None:
    row = ask_recovery(cast.hana, at=now)
    with pytest.raises(RecoveryRefused) as refused:
        confirm_recovery(row.pk, identified_how="It is me", actor=actor(cast.hana), at=now)
    assert refused.value.refusal is RecoveryRefusal.OWN
    with pytest.raises(RecoveryRefused):
        refuse_recovery(row.pk, actor=actor(cast.hana), at=now)
    assert FactorRecovery.objects.get().decided_at is None


def test_what_was_decided_is_not_decided_again(cast: Cast, now: datetime) -> None:
    row = ask_recovery(cast.fay, at=now)
    refuse_recovery(row.pk, actor=actor(cast.hana), at=now)
    with pytest.raises(RecoveryRefused) as refused:
        confirm_recovery(row.pk, identified_how=BADGE, actor=actor(cast.hana), at=now)
    assert refused.value.refusal is RecoveryRefusal.DECIDED
    assert actions() == ["recovery_requested", "recovery_refused"]


def test_using_it_takes_every_old_factor_the_pin_and_its_seats(cast: Cast, now: datetime) -> None:
    device, _ = register(cast, at=now)
    for person in (cast.fay, cast.alice):
        give_app(login_of(person))
        sit_down(device, person, at=now)
    code = confirmed(cast.fay, cast.hana, now)
    row = recovery_by_code(login_of(cast.fay).pk, code, now=now)
    assert row is not None

    used = [use_recovery(row, at=now) for _ in range(2)]

    assert used == [True, False]
    assert set(Authenticator.objects.values_list("user__email", flat=True)) == {cast.alice.email}
    assert CounterPin.objects.get().employee == CounterSeat.objects.get().employee == cast.alice
    assert (has_recovered(login_of(cast.fay).pk), has_recovered(login_of(cast.alice).pk)) == (True, False)
    assert actions() == ["recovery_requested", "recovery_confirmed", "recovery_used"]
    assert recovery_by_code(login_of(cast.fay).pk, code, now=now) is None

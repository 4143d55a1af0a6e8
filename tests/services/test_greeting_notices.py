"""Who is told of greetings: once, inside business hours, somebody who is there, and never why (III.b.ii.5)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from requests_app.domain.absences import AbsenceKind, AbsenceReason
from requests_app.models import Absence, Employee, Notice, OutgoingMail
from requests_app.selectors.greeting_warnings import absences_without_greeting
from requests_app.selectors.watchdog import watchdog_findings
from requests_app.services.greeting_notices import tell_of_greetings
from requests_app.services.sweeps import sweep_clocks
from tests.cast import Cast
from tests.factories import NOW, AbsenceFactory
from tests.greeting_cases import DAY, ENDS, HOUR, STARTS, Away, alice_away

SATURDAY = datetime(2026, 11, 28, 20, tzinfo=UTC)


@pytest.fixture
def away(cast: Cast) -> Away:
    return alice_away(cast)


def told() -> list[tuple[str, str]]:
    rows = Notice.objects.filter(kind=Notice.Kind.ABSENCE).order_by("pk")
    return [(row.recipient.name.split()[0], row.dedupe_key.split(":")[2]) for row in rows]


def ill(employee: Employee, **facts: object) -> Absence:
    known = {
        "kind": AbsenceKind.UNFORESEEN,
        "reason": AbsenceReason.ILLNESS,
        "starts_at": STARTS,
        "ends_at": None,
        "ask_again_on": date(2026, 11, 25),
    }
    return AbsenceFactory.create(employee=employee, **{**known, **facts})


def test_the_person_is_told_the_business_day_before_and_their_lead_once_they_are_gone(cast: Cast, away: Away) -> None:
    assert tell_of_greetings(now=NOW) == 1
    assert tell_of_greetings(now=NOW) == 0
    tell_of_greetings(now=STARTS + HOUR)
    tell_of_greetings(now=STARTS + 2 * HOUR)
    assert told() == [("Alice", "before"), ("Sam", "started")]
    assert Notice.objects.get(recipient=cast.sam).in_place_of == cast.alice


def test_what_is_set_is_not_asked_for_and_on_return_it_is_to_be_taken_down(cast: Cast, away: Away) -> None:
    away.set(cast.alice, NOW - HOUR)
    tell_of_greetings(now=NOW)
    tell_of_greetings(now=STARTS + HOUR)
    assert told() == []
    tell_of_greetings(now=ENDS + HOUR)
    tell_of_greetings(now=ENDS + DAY)
    tell_of_greetings(now=ENDS + 2 * DAY)
    assert told() == [("Alice", "returned"), ("Sam", "left_up")]


def test_once_it_is_taken_down_nobody_is_told(cast: Cast, away: Away) -> None:
    away.set(cast.alice)
    away.clear(cast.alice)
    tell_of_greetings(now=ENDS + DAY)
    assert told() == []


def test_of_somebody_ill_the_supervisor_is_told_before_the_first_day_ends_and_when_to_ask_again(cast: Cast) -> None:
    ill(cast.alice)
    tell_of_greetings(now=STARTS + HOUR)
    assert told() == []
    tell_of_greetings(now=STARTS + 7 * HOUR)
    tell_of_greetings(now=STARTS + DAY)
    tell_of_greetings(now=STARTS + DAY)
    assert told() == [("Sam", "first_day"), ("Sam", "ask_again")]


@pytest.mark.parametrize(
    ("gone", "hears"), [((), "Sam"), (("sam",), "Dora"), (("sam", "dora"), "Max"), (("sam", "dora", "max"), "Hana")]
)
def test_the_nearest_who_is_there_is_told(cast: Cast, away: Away, gone: tuple[str, ...], hears: str) -> None:
    for who in gone:
        AbsenceFactory.create(employee=getattr(cast, who), starts_at=NOW - DAY, ends_at=ENDS)
    tell_of_greetings(now=STARTS + HOUR)
    assert (hears, "started") in told()
    assert not [name for name, _occasion in told() if name.lower() in gone]


def test_nobody_is_told_of_their_own_as_their_own_lead(cast: Cast) -> None:
    ill(cast.sam)
    tell_of_greetings(now=STARTS + 7 * HOUR)
    assert told() == [("Dora", "first_day")]


def test_outside_business_hours_nobody_is_told(cast: Cast, away: Away) -> None:
    assert tell_of_greetings(now=SATURDAY) == 0
    assert tell_of_greetings(now=STARTS - HOUR) == 0


@pytest.mark.parametrize("reason", list(AbsenceReason))
def test_why_is_in_no_notice_and_no_mail(cast: Cast, reason: AbsenceReason) -> None:
    canary = "canary-in-the-mine"
    ill(cast.alice, reason=reason, no_alternate_reason=canary, one_text_reason=canary)
    AbsenceFactory.create(employee=cast.bob, reason=reason, starts_at=STARTS, ends_at=ENDS)
    for at in (NOW, STARTS + 7 * HOUR, STARTS + DAY, ENDS + DAY):
        tell_of_greetings(now=at)
    said = " ".join(
        [*Notice.objects.values_list("text", flat=True), *OutgoingMail.objects.values_list("body", flat=True)]
    )
    assert "Alice Owner" in said
    assert not [word for word in (canary, "illness", "on leave", "family", "training", "civic", "unforeseen", "planned")
                if word in said.casefold()]  # fmt: skip


def test_a_removed_absence_says_nothing_unless_its_greeting_is_up(cast: Cast, away: Away) -> None:
    Absence.objects.filter(pk=away.absence.pk).update(removed_at=NOW - HOUR)
    assert tell_of_greetings(now=NOW) == 0


def test_the_sweep_tells_it_too(cast: Cast, away: Away) -> None:
    assert sweep_clocks(now=NOW)["greetings_told"] == 1
    assert sweep_clocks(now=NOW)["greetings_told"] == 0


def test_the_watchdog_names_absences_without_a_greeting(cast: Cast, away: Away) -> None:
    at = STARTS + timedelta(minutes=1)
    assert absences_without_greeting(STARTS) == []
    assert absences_without_greeting(at) == [away.absence]
    assert [finding for finding in watchdog_findings(at) if "greeting" in finding] == [
        "Away without greeting and automatic reply, though due: 1 (Alice Owner)"
    ]
    away.set(cast.ada, at)
    assert absences_without_greeting(at + HOUR) == []

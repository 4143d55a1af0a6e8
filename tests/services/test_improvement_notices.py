"""Who is reminded of a suggestion that waits for its decision: before its day, on it, and further up after it."""

from datetime import UTC, date, datetime

import pytest

from requests_app.models import Notice, NoticePreference
from requests_app.services.choices import change_choice
from requests_app.services.improvement_notices import tell_of_undecided
from requests_app.services.improvements import decide_improvement
from requests_app.services.sweeps import sweep_clocks
from tests.cast import Cast, actor
from tests.factories import NOW, AbsenceFactory
from tests.improvement_cases import decided, make_improvement

DUE_ON = date(2026, 12, 11)  # a Friday


def at(day: int) -> datetime:
    """Give noon in Pinole on a day of December 2026."""
    return datetime(2026, 12, day, 20, tzinfo=UTC)


def told() -> list[tuple[str, str]]:
    rows = Notice.objects.filter(kind=Notice.Kind.UNDECIDED).order_by("pk")
    return [(row.recipient.name.split()[0], row.text.splitlines()[0]) for row in rows]


def test_whoever_decides_is_reminded_and_then_who_is_above(cast: Cast) -> None:
    make_improvement(cast.bob, now=NOW, due_on=DUE_ON)
    assert [tell_of_undecided(now=at(day)) for day in (3, 4, 7, 11, 12, 14, 15, 17, 18, 19)] == [
        0, 1, 0, 1, 0, 2, 0, 0, 3, 0,
    ]  # fmt: skip
    late = "Was to be decided by Fri 11 Dec: A sign at the side door"
    assert told() == [
        ("Dora", "To be decided by Fri 11 Dec: A sign at the side door"),
        ("Dora", "To be decided today: A sign at the side door"),
        ("Dora", late),
        ("Max", late),
        ("Dora", late),
        ("Max", late),
        ("Hana", late),
    ]


def test_days_are_the_citys_choice_and_a_missed_run_tells_the_last_only(cast: Cast) -> None:
    change_choice("suggestion_reminder_business_days", 0, actor=actor(cast.ada), at=NOW)
    change_choice("suggestion_escalation_business_days", 2, actor=actor(cast.ada), at=NOW)
    make_improvement(cast.bob, now=NOW, due_on=DUE_ON)
    assert [tell_of_undecided(now=at(day)) for day in (10, 15)] == [0, 3]


def test_who_is_away_or_proposed_it_is_passed_over(cast: Cast) -> None:
    make_improvement(cast.dora, now=NOW, due_on=DUE_ON)
    AbsenceFactory.create(employee=cast.max, starts_at=NOW, ends_at=at(30))
    tell_of_undecided(now=at(11))
    assert [name for name, _text in told()] == ["Hana"]


@pytest.mark.parametrize("step", ["decided before", "decided meanwhile"])
def test_of_what_is_decided_nobody_is_reminded(cast: Cast, step: str) -> None:
    if step == "decided before":
        make_improvement(cast.bob, now=NOW, due_on=DUE_ON, **decided(date(2026, 11, 30)))
    else:
        row = make_improvement(cast.bob, now=NOW, due_on=DUE_ON)
        decide_improvement(improvement_id=row.pk, is_adopted=False, reason="Too dear", actor=actor(cast.dora), at=at(9))
    assert tell_of_undecided(now=at(14)) == 0


def test_the_sweep_tells_by_a_mail_of_its_own_that_no_one_may_put_off(cast: Cast) -> None:
    NoticePreference.objects.create(employee=cast.dora, is_daily=True, changed_at=NOW)
    row = make_improvement(cast.bob, now=NOW, due_on=DUE_ON)
    assert [sweep_clocks(now=at(11))["undecided_told"] for _run in range(2)] == [1, 0]
    mail = Notice.objects.get(kind=Notice.Kind.UNDECIDED).mail
    assert mail
    assert mail.subject == "A suggestion is to be decided"
    assert row.get_absolute_url() in mail.body

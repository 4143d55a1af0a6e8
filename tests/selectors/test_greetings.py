"""What greetings say and when they are due: from the directory, the absence and the calendar (III.b.ii.5)."""

from datetime import UTC, date, datetime

import pytest

from requests_app.domain.absences import AbsenceKind, AbsenceReason
from requests_app.domain.greetings import Element, ElementState, GreetingKind
from requests_app.domain.refusals import ActionRefused
from requests_app.models import Absence, Alternate, Employee, Greeting
from requests_app.selectors.greetings import GreetingDesk, absences_with_greetings
from requests_app.services.greetings import write_greetings
from tests.cast import Cast, actor
from tests.factories import NOW, AbsenceFactory
from tests.greeting_cases import DAY, ENDS, HOUR, INSIDE, OUTSIDE, STARTS, VOICEMAIL, Away, alice_away


@pytest.fixture
def away(cast: Cast) -> Away:
    return alice_away(cast)


def test_the_texts_say_who_is_back_when_and_whom_to_turn_to(cast: Cast, away: Away) -> None:
    texts = away.texts()
    assert list(texts) == [VOICEMAIL, OUTSIDE, INSIDE]
    for text in texts.values():
        assert "Alice Owner" in text
        assert cast.streets.name in text
        assert "Monday 30 November" in text
        assert "Bob Teammate" in text
        assert "510-724-9010 ext. 12" in text
        assert cast.bob.email in text


def test_looking_at_them_writes_nothing(away: Away) -> None:
    away.texts()
    assert not Greeting.objects.exists()


def test_the_day_of_return_follows_the_work_pattern(cast: Cast, away: Away) -> None:
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    pattern = {day: [["08:00", "17:00"]] if day in days[1:5] else [] for day in days}
    Employee.objects.filter(pk=cast.alice.pk).update(work_pattern={"weekly_hours": pattern})
    assert "Tuesday 1 December" in away.texts()[VOICEMAIL]


@pytest.mark.parametrize("reason", list(AbsenceReason))
def test_why_somebody_is_away_is_in_no_text(cast: Cast, away: Away, reason: AbsenceReason) -> None:
    canary = "canary-in-the-mine"
    Absence.objects.filter(pk=away.absence.pk).update(reason=reason, one_text_reason="", removed_reason=canary)
    write_greetings(
        absence_id=away.absence.pk,
        keys=[(kind, language) for kind in GreetingKind for language in ("en", "es")],
        actor=actor(cast.alice),
        at=NOW,
    )
    said = " ".join(away.texts().values()).casefold()
    assert canary not in said
    assert not [word for word in ("illness", "on leave", "family", "training", "civic", "planned") if word in said]


def test_the_first_of_the_directory_stands_in_where_the_absence_names_nobody(cast: Cast, away: Away) -> None:
    Absence.objects.filter(pk=away.absence.pk).update(alternate_person=None)
    assert GreetingDesk().elements(away.again())[Element.ALTERNATIVE] is ElementState.LACKING
    Alternate.objects.create(employee=cast.alice, position=1, department=cast.public_works)
    assert cast.public_works.name in away.texts()[VOICEMAIL]


def test_unforeseen_is_due_by_the_end_of_the_first_day(cast: Cast) -> None:
    ill = AbsenceFactory.create(
        employee=cast.alice,
        kind=AbsenceKind.UNFORESEEN,
        starts_at=STARTS,
        ends_at=None,
        ask_again_on=date(2026, 11, 30),
    )
    closes_at = datetime(2026, 11, 25, 1, tzinfo=UTC)
    assert GreetingDesk().track(absences_with_greetings().get(pk=ill.pk)).due_at == closes_at
    assert "not known yet" in Away(ill).texts()[VOICEMAIL]


def test_an_afternoon_off_needs_no_greeting(cast: Cast) -> None:
    short = AbsenceFactory.create(employee=cast.alice, starts_at=STARTS + 4 * HOUR, ends_at=STARTS + 9 * HOUR)
    assert GreetingDesk().track(absences_with_greetings().get(pk=short.pk)).due_at is None


def test_a_later_return_than_the_texts_give_is_noticed_and_written_anew(cast: Cast, away: Away) -> None:
    away.set(cast.alice)
    Absence.objects.filter(pk=away.absence.pk).update(ends_at=ENDS + 7 * DAY)
    assert GreetingDesk().track(away.again()).says_too_early
    with pytest.raises(ActionRefused):
        away.set(cast.alice)
    write_greetings(absence_id=away.absence.pk, keys=away.texts(), actor=actor(cast.sam), at=STARTS)
    away.set(cast.ada, STARTS)
    assert not GreetingDesk().track(away.again()).says_too_early

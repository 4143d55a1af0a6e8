"""Greetings: set once, looked at by whoever leads, taken down on return (III.b.ii.5)."""

from datetime import date

import pytest

from requests_app.domain.greetings import Element, ElementState, GreetingKind, TextKey
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.models import Absence, AuditEntry, Greeting
from requests_app.selectors.greetings import GreetingDesk
from requests_app.services.greetings import decline_element, drop_greeting, set_greetings, write_greetings
from tests.cast import Cast, actor
from tests.factories import NOW, AbsenceFactory
from tests.greeting_cases import ENDS, HOUR, INSIDE, OUTSIDE, SPANISH, STARTS, VOICEMAIL, Away, alice_away


@pytest.fixture
def away(cast: Cast) -> Away:
    return alice_away(cast)


def audited(action: str) -> int:
    return AuditEntry.objects.filter(action=action).count()


@pytest.mark.parametrize("who", ["alice", "sam", "dora", "hana", "max", "ada"])
def test_the_person_who_leads_them_hr_and_it_set_all_texts_in_one_act(cast: Cast, away: Away, who: str) -> None:
    away.set(getattr(cast, who))
    rows = Greeting.objects.all()
    assert [(row.set_at, row.first_set_at, row.set_by) for row in rows] == [(NOW, NOW, getattr(cast, who))] * 3
    assert {row.said_back_on for row in rows} == {date(2026, 11, 30)}
    assert audited("greetings_set") == 1


@pytest.mark.parametrize("who", ["bob", "charlie", "fay", "cleo", "otto"])
def test_nobody_else_sets_clears_or_checks(cast: Cast, away: Away, who: str) -> None:
    somebody = getattr(cast, who)
    for act in (away.set, away.check, away.clear):
        with pytest.raises(ActionRefused) as refused:
            act(somebody)
        assert refused.value.refusal is Refusal.GREETING_NOT_YOURS
    assert not Greeting.objects.exists()


@pytest.mark.parametrize("who", ["bob", "charlie", "fay", "ada", "otto"])
def test_the_words_are_for_the_person_who_leads_them_and_hr(cast: Cast, away: Away, who: str) -> None:
    with pytest.raises(ActionRefused) as refused:
        away.change(VOICEMAIL, "Gone fishing", getattr(cast, who))
    assert refused.value.refusal is Refusal.GREETING_NOT_YOURS


def test_a_second_click_leaves_one_act_and_the_first_time(cast: Cast, away: Away) -> None:
    away.set(cast.alice)
    away.set(cast.alice, NOW + HOUR)
    assert audited("greetings_set") == 1
    assert {row.set_at for row in Greeting.objects.all()} == {NOW}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Alice Owner, {department}: back on Monday 30 November.", "whom to turn to meanwhile"),
        ("Alice Owner, {department}: turn to Bob Teammate.", "expected return date"),
        ("Back Monday 30 November; turn to Bob Teammate.", "name and department"),
        ("Gone.", "name and department, expected return date, whom to turn to meanwhile"),
    ],
)
def test_what_lacks_is_refused_and_named(cast: Cast, away: Away, text: str, named: str) -> None:
    away.change(VOICEMAIL, text.format(department=cast.streets.name), cast.alice)
    with pytest.raises(ActionRefused) as refused:
        away.set(cast.alice)
    assert (refused.value.refusal, refused.value.params) == (Refusal.GREETING_LACKS, {"elements": named})
    assert not Greeting.objects.filter(set_at__isnull=False).exists()


def test_one_text_for_both_needs_a_reason_and_leaves_out_the_one_for_colleagues(cast: Cast, away: Away) -> None:
    away.change(INSIDE, away.texts()[OUTSIDE], cast.alice)
    with pytest.raises(ActionRefused):
        away.set(cast.alice)
    decline_element(
        absence_id=away.absence.pk,
        element=Element.INSIDE_AND_OUTSIDE,
        reason=" Colleagues call the same number ",
        actor=actor(cast.alice),
        at=NOW,
    )
    away.set(cast.alice)
    assert away.again().one_text_reason == "Colleagues call the same number"
    assert list(away.texts()) == [VOICEMAIL, OUTSIDE]
    assert GreetingDesk().elements(away.again())[Element.INSIDE_AND_OUTSIDE] is ElementState.DECLINED


def test_nobody_standing_in_needs_a_reason(cast: Cast, away: Away) -> None:
    Absence.objects.filter(pk=away.absence.pk).update(alternate_person=None)
    with pytest.raises(ActionRefused):
        away.set(cast.alice)
    for _twice in range(2):
        decline_element(
            absence_id=away.absence.pk,
            element=Element.ALTERNATIVE,
            reason="The counter answers",
            actor=actor(cast.sam),
            at=NOW,
        )
    assert audited("greeting_element_declined") == 1
    away.set(cast.alice)


@pytest.mark.parametrize("element", [Element.NAME_AND_DEPARTMENT, Element.RETURN_DATE])
def test_name_and_return_cannot_be_declined(cast: Cast, away: Away, element: Element) -> None:
    with pytest.raises(KeyError):
        decline_element(absence_id=away.absence.pk, element=element, reason="No", actor=actor(cast.alice), at=NOW)


def test_a_text_that_changed_is_set_anew_and_the_first_time_stays(cast: Cast, away: Away) -> None:
    away.set(cast.alice)
    longer = away.texts()[VOICEMAIL] + " Thank you."
    away.change(VOICEMAIL, longer, cast.alice, STARTS + HOUR)
    away.change(VOICEMAIL, longer, cast.alice, STARTS + HOUR)
    assert audited("greeting_changed") == 1
    assert GreetingDesk().track(away.again()).set_at is None
    away.set(cast.alice, STARTS + 2 * HOUR)
    track = GreetingDesk().track(away.again())
    assert (track.first_set_at, track.set_at) == (NOW, STARTS + 2 * HOUR)
    assert away.texts()[VOICEMAIL] == longer


def test_an_absence_that_changed_meanwhile_is_looked_at_first(cast: Cast, away: Away) -> None:
    Absence.objects.filter(pk=away.absence.pk).update(version=2)
    with pytest.raises(ActionRefused) as refused:
        set_greetings(absence_id=away.absence.pk, version=1, actor=actor(cast.alice), at=NOW)
    assert refused.value.refusal is Refusal.ABSENCE_CHANGED


def test_spanish_and_a_voicemail_for_colleagues_on_demand_and_left_out_again(cast: Cast, away: Away) -> None:
    colleagues: TextKey = (GreetingKind.VOICEMAIL_INTERNAL, "en")
    for _twice in range(2):
        write_greetings(absence_id=away.absence.pk, keys=[SPANISH, colleagues], actor=actor(cast.alice), at=NOW)
    assert audited("greeting_written") == 2
    assert "lunes 30 de noviembre" in away.texts()[SPANISH]
    assert list(away.texts()) == [VOICEMAIL, OUTSIDE, INSIDE, colleagues, SPANISH]
    drop_greeting(absence_id=away.absence.pk, key=SPANISH, actor=actor(cast.alice), at=NOW)
    assert SPANISH not in away.texts()
    with pytest.raises(ActionRefused):
        drop_greeting(absence_id=away.absence.pk, key=VOICEMAIL, actor=actor(cast.alice), at=NOW)


@pytest.mark.parametrize("who", ["sam", "dora", "hana"])
def test_who_leads_looks_whether_it_is_right(cast: Cast, away: Away, who: str) -> None:
    with pytest.raises(ActionRefused) as refused:
        away.check(getattr(cast, who))
    assert refused.value.refusal is Refusal.GREETING_UNSET
    away.set(cast.alice)
    away.check(getattr(cast, who))
    away.check(getattr(cast, who), NOW + HOUR)
    assert {(row.checked_at, row.is_right) for row in Greeting.objects.all()} == {(NOW, True)}
    assert audited("greetings_checked") == 1


def test_nobody_checks_their_own_and_it_checks_nothing(cast: Cast) -> None:
    own = Away(AbsenceFactory.create(employee=cast.sam, no_alternate_reason="The counter answers"))
    own.set(cast.sam)
    for who, refusal in ((cast.sam, Refusal.OWN_GREETING), (cast.ada, Refusal.GREETING_NOT_YOURS)):
        with pytest.raises(ActionRefused) as refused:
            own.check(who)
        assert refused.value.refusal is refusal
    own.check(cast.dora)


def test_what_was_found_wrong_is_set_and_looked_at_anew(cast: Cast, away: Away) -> None:
    away.set(cast.alice)
    for _twice in range(2):
        away.check(cast.sam, NOW + HOUR, is_right=False)
    track = GreetingDesk().track(away.again())
    assert (track.set_at, track.is_right, track.awaits_check) == (None, False, False)
    away.set(cast.ada, NOW + 2 * HOUR)
    assert GreetingDesk().track(away.again()).awaits_check
    away.check(cast.sam, NOW + 3 * HOUR)
    assert GreetingDesk().track(away.again()).is_right
    assert audited("greetings_checked") == 2


def test_on_return_it_is_taken_down_once_and_not_while_they_are_away(cast: Cast, away: Away) -> None:
    with pytest.raises(ActionRefused) as refused:
        away.clear(cast.alice)
    assert refused.value.refusal is Refusal.GREETING_UNSET
    away.set(cast.alice)
    with pytest.raises(ActionRefused) as refused:
        away.clear(cast.alice, STARTS + HOUR)
    assert refused.value.refusal is Refusal.STILL_AWAY
    away.clear(cast.alice, ENDS - HOUR)
    away.clear(cast.sam, ENDS + HOUR)
    assert {(row.cleared_at, row.cleared_by) for row in Greeting.objects.all()} == {(ENDS - HOUR, cast.alice)}
    assert audited("greetings_cleared") == 1


def test_what_is_over_is_set_no_more(cast: Cast, away: Away) -> None:
    with pytest.raises(ActionRefused) as refused:
        away.set(cast.alice, ENDS)
    assert refused.value.refusal is Refusal.ABSENCE_OVER


def test_of_a_removed_absence_the_greeting_is_only_taken_down(cast: Cast, away: Away) -> None:
    away.set(cast.alice)
    Absence.objects.filter(pk=away.absence.pk).update(removed_at=NOW + HOUR)
    with pytest.raises(ActionRefused) as refused:
        away.set(cast.alice, NOW + 2 * HOUR)
    assert refused.value.refusal is Refusal.ABSENCE_OVER
    away.clear(cast.alice, NOW + 2 * HOUR)
    assert GreetingDesk().track(away.again()).cleared_at == NOW + 2 * HOUR

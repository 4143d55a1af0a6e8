"""Amending a standard: from a coming date on, with evidence, labelled by where its number comes from."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from requests_app.domain.deadlines import Rule
from requests_app.domain.vocabulary import Channel, StandardSource, Unit, Verdict
from requests_app.models import AuditEntry, ResponseClock, ServiceStandard
from requests_app.selectors.standard_effect import effect_of
from requests_app.selectors.standard_versions import StandardHistory, standard_histories, standard_history
from requests_app.services.answers import answer_request
from requests_app.services.edits import ChangedMeanwhile
from requests_app.services.entries import AnswerEntry
from requests_app.services.standards import (
    EffectiveDateTaken,
    EffectiveTooEarly,
    InForceAlready,
    StandardEntry,
    add_standard_version,
    proposed_version,
    withdraw_standard_version,
)
from tests.cast import Cast, actor
from tests.services.conftest import Log

TODAY = date(2026, 11, 23)
PHONE = "phone_response"
TWO_DAYS = StandardEntry(
    number=2,
    unit=Unit.BUSINESS_DAYS,
    rule=Rule.END_OF_NTH_BUSINESS_DAY,
    target_rate=Decimal("0.900"),
    effective_from=date(2026, 12, 1),
)


def history(code: str = PHONE, on: date = TODAY) -> StandardHistory:
    found = standard_history(code, on=on)
    assert found is not None
    return found


def add(cast: Cast, now: datetime, entry: StandardEntry = TWO_DAYS, *, seen: str = "") -> ServiceStandard:
    return add_standard_version(PHONE, entry, seen=seen or history().mark, actor=actor(cast.ada), at=now)


def test_a_version_begins_on_its_date_and_leaves_evidence(cast: Cast, now: datetime) -> None:
    add(cast, now)

    assert history().in_force.version == 1
    assert [each.version for each in history().coming] == [2]
    assert history(on=date(2026, 12, 1)).in_force.number == 2
    assert [each.version for each in history(on=date(2026, 12, 1)).past] == [1]
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.actor, len(entry.fields)) == ("standard_version_added", cast.ada, 5)


@pytest.mark.parametrize("on", [TODAY, TODAY - timedelta(days=1), date(2020, 1, 1)])
def test_nothing_received_already_is_judged_anew(cast: Cast, now: datetime, on: date) -> None:
    with pytest.raises(EffectiveTooEarly):
        add(cast, now, replace(TWO_DAYS, effective_from=on))
    assert ServiceStandard.objects.filter(code=PHONE).count() == 1


def test_tomorrow_is_tomorrow_in_pinole(cast: Cast, now: datetime) -> None:
    """At 7:10 pm in Pinole it is the next day in UTC already."""
    evening = now + timedelta(hours=5)
    with pytest.raises(EffectiveTooEarly):
        add(cast, evening, replace(TWO_DAYS, effective_from=TODAY))
    assert add(cast, evening, replace(TWO_DAYS, effective_from=TODAY + timedelta(days=1))).version == 2


def test_another_number_than_the_policys_is_a_local_choice_until_it_is_the_policys_again(
    cast: Cast, now: datetime
) -> None:
    assert history().departs(2, Unit.BUSINESS_DAYS)
    assert add(cast, now).source == StandardSource.LOCAL_CHOICE
    back = replace(TWO_DAYS, number=1, effective_from=date(2027, 1, 1))
    assert not history().departs(1, Unit.BUSINESS_DAYS)
    assert add(cast, now, back).source == StandardSource.POLICY
    law = history("records_determination")
    assert law.source_of(10, Unit.CALENDAR_DAYS) == StandardSource.LAW
    assert law.source_of(10, Unit.BUSINESS_DAYS) == StandardSource.LOCAL_CHOICE
    assert not history("letter_response").departs(7, Unit.BUSINESS_DAYS)


def test_a_second_click_adds_no_second_version_and_two_on_one_date_are_refused(cast: Cast, now: datetime) -> None:
    seen = history().mark
    assert add(cast, now, seen=seen) == add(cast, now, seen=seen)

    with pytest.raises(ChangedMeanwhile):
        add(cast, now, replace(TWO_DAYS, number=3), seen=seen)
    with pytest.raises(EffectiveDateTaken):
        add(cast, now, replace(TWO_DAYS, number=3))
    assert ServiceStandard.objects.filter(code=PHONE).count() == 2


def test_a_version_that_has_not_begun_is_withdrawn_and_one_that_has_stays(cast: Cast, now: datetime) -> None:
    add(cast, now)
    for _ in range(2):
        withdraw_standard_version(PHONE, 2, actor=actor(cast.ada), at=now)
    assert AuditEntry.objects.filter(action="standard_version_withdrawn").count() == 1

    with pytest.raises(InForceAlready):
        withdraw_standard_version(PHONE, 1, actor=actor(cast.ada), at=now)
    assert [each.version for each in history().versions] == [1]


def test_the_preview_tells_how_the_last_weeks_would_have_been_judged(cast: Cast, log: Log, now: datetime) -> None:
    late = log(received_at=now - timedelta(days=4))  # due Fri 20 Nov, 5:00 pm; answered on Monday
    told = AnswerEntry(channel=Channel.PHONE, text="Told", occurred_at=now)
    answer_request(request_id=late.pk, entry=told, actor=actor(cast.alice), at=now)
    log(received_at=now - timedelta(days=5))  # due Thu 19 Nov, overdue; with two days more due Fri 20 Nov
    log()
    before = list(ResponseClock.objects.values_list("pk", "due_at", "verdict"))

    effect = effect_of(proposed_version(history(), TWO_DAYS), instead_of=history().in_force, now=now)

    assert dict(effect.before) == {"late": 1, "overdue": 1, "open": 1}
    assert dict(effect.after) == {"met": 1, "overdue": 1, "open": 1}
    assert str(effect.due_at) == "2026-11-25 01:00:00+00:00"
    assert str(effect.would_be_due_at) == "2026-11-26 01:00:00+00:00"
    assert list(ResponseClock.objects.values_list("pk", "due_at", "verdict")) == before
    assert late.clocks.get().verdict == Verdict.LATE


def test_every_standard_is_listed_with_what_is_in_force(cast: Cast, now: datetime) -> None:
    add(cast, now)
    found = {each.in_force.code: (each.in_force.number, len(each.coming)) for each in standard_histories(TODAY)}
    assert found[PHONE] == (1, 1)
    assert len(found) == 11

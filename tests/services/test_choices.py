"""What the city chose stands over the defaults, and every change of it is evidence."""

from datetime import datetime

import pytest

from requests_app.domain.choices import DEFAULT_CHOICES
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.models import AuditEntry, CitySetting
from requests_app.selectors.choices import current_choices
from requests_app.services.choices import UnknownChoice, change_choice
from tests.cast import Cast, actor


def test_without_a_change_the_defaults_hold(city: None) -> None:
    assert current_choices() == DEFAULT_CHOICES


def test_a_change_holds_from_then_on_and_is_evidence(cast: Cast, now: datetime) -> None:
    change_choice("small_number", 7, actor=actor(cast.ada), at=now)

    assert current_choices().small_number == 7
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.actor, list(entry.fields)) == ("choice_changed", cast.ada, ["small_number"])


def test_choosing_what_is_so_already_leaves_no_trace(cast: Cast, now: datetime) -> None:
    entries = AuditEntry.objects.count()
    change_choice("small_number", DEFAULT_CHOICES.small_number, actor=actor(cast.ada), at=now)

    assert not CitySetting.objects.exists()
    assert AuditEntry.objects.count() == entries


def test_a_key_no_choice_goes_by_is_refused(cast: Cast, now: datetime) -> None:
    with pytest.raises(UnknownChoice):
        change_choice("colour_of_the_sky", "blue", actor=actor(cast.ada), at=now)


def test_the_small_number_is_not_for_whoever_reads_what_it_hides(cast: Cast, now: datetime) -> None:
    with pytest.raises(ActionRefused) as refused:
        change_choice("small_number", 1, actor=actor(cast.hana), at=now)
    assert refused.value.refusal is Refusal.ROLE
    change_choice("target_rate", 0.9, actor=actor(cast.hana), at=now)
    with pytest.raises(ActionRefused):
        change_choice("target_rate", 0.8, actor=actor(cast.sam), at=now)
    assert current_choices().target_rate == 0.9


def test_a_row_no_choice_goes_by_is_passed_over(cast: Cast, now: datetime) -> None:
    CitySetting.objects.create(key="forgotten", value=1, changed_at=now)
    assert current_choices() == DEFAULT_CHOICES

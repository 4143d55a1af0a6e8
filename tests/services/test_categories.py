"""Keeping the categories: evidence of what changed, no second row of a second click, nobody overwritten."""

from dataclasses import replace
from datetime import datetime

import pytest

from requests_app.domain.vocabulary import RequestKind
from requests_app.models import AuditEntry, Category
from requests_app.selectors.categories import active_categories, suggest_categories
from requests_app.selectors.category_upkeep import category_rows, mark_of
from requests_app.services.categories import CategoryEntry, NameTaken, add_category, change_category
from requests_app.services.edits import ChangedMeanwhile
from tests.cast import Cast, actor


@pytest.fixture
def drone(cast: Cast) -> CategoryEntry:
    return CategoryEntry(
        name="Drones over parks",
        kind=RequestKind.SERVICE.value,
        department_id=cast.streets.pk,
        keywords="quadcopter, flying camera",
        default_owner_id=cast.alice.pk,
        backup_owner_id=cast.bob.pk,
    )


def test_a_category_is_found_by_its_words_once_added(cast: Cast, drone: CategoryEntry, now: datetime) -> None:
    first = add_category(drone, actor=actor(cast.ada), at=now)
    again = add_category(drone, actor=actor(cast.ada), at=now)

    assert first == again
    assert suggest_categories("flying camera", active_categories())[0] == first
    entry = AuditEntry.objects.get(action="category_added")
    assert (entry.actor, entry.object_id) == (cast.ada, first.pk)


def test_a_name_is_taken_once_and_an_address_too(cast: Cast, drone: CategoryEntry, now: datetime) -> None:
    add_category(drone, actor=actor(cast.ada), at=now)
    with pytest.raises(NameTaken):
        add_category(replace(drone, keywords="other"), actor=actor(cast.ada), at=now)

    slugs = [
        add_category(replace(drone, name=name), actor=actor(cast.ada), at=now).slug
        for name in ("Drones, over parks!", "New", "¿?")
    ]
    assert slugs == ["drones-over-parks-2", "new-2", "category-2"]


def test_a_retired_category_is_offered_no_more_and_says_who_retired_it(
    cast: Cast, drone: CategoryEntry, now: datetime
) -> None:
    category = add_category(drone, actor=actor(cast.ada), at=now)
    retired = replace(drone, is_active=False)
    seen = mark_of(category)

    for _ in range(2):
        change_category(category.pk, retired, seen=seen, actor=actor(cast.ada), at=now)

    assert category not in active_categories()
    entry = AuditEntry.objects.get(action="category_changed")
    assert (entry.actor, list(entry.fields)) == (cast.ada, ["is_active"])


def test_whoever_saves_second_overwrites_nobody(cast: Cast, drone: CategoryEntry, now: datetime) -> None:
    category = add_category(drone, actor=actor(cast.ada), at=now)
    seen = mark_of(category)
    change_category(category.pk, replace(drone, name_es="Drones"), seen=seen, actor=actor(cast.ada), at=now)

    with pytest.raises(ChangedMeanwhile):
        change_category(category.pk, replace(drone, is_hazard=True), seen=seen, actor=actor(cast.ada), at=now)
    taken = replace(drone, name=Category.objects.exclude(pk=category.pk)[0].name)
    category.refresh_from_db()
    with pytest.raises(NameTaken):
        change_category(category.pk, taken, seen=mark_of(category), actor=actor(cast.ada), at=now)
    category.refresh_from_db()
    assert (category.name_es, category.is_hazard) == ("Drones", False)


def test_owners_who_left_are_noticed(cast: Cast, drone: CategoryEntry, now: datetime) -> None:
    category = add_category(drone, actor=actor(cast.ada), at=now)
    cast.alice.is_active = False
    cast.alice.save()

    assert {row.category.pk: row.left for row in category_rows() if row.left} == {category.pk: [cast.alice]}

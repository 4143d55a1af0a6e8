"""The administrator's categories: words to try, a form that keeps what was typed."""

import pytest
from django.test import Client

from requests_app.models import Category
from tests.cast import Cast, login_of


@pytest.fixture
def ada(cast: Cast, client: Client) -> Client:
    client.force_login(login_of(cast.ada))
    return client


def typed(cast: Cast, **changed: str) -> dict[str, str]:
    facts = {
        "name": "Drones over parks", "name_es": "", "keywords": "quadcopter;quadcopter\nflying camera",
        "kind": "service", "department": str(cast.streets.pk), "default_owner": str(cast.alice.pk),
        "backup_owner": "", "referral_agency": "", "is_active": "on",
    }  # fmt: skip
    return {**facts, **changed}


def test_everyday_words_are_tried_and_nothing_found_is_said(ada: Client) -> None:
    found = ada.get("/categories/?words=pothole").content.decode()
    assert "brings up, best first" in found
    assert "brings up nothing" in ada.get("/categories/?words=zzzzqqqq").content.decode()


def test_a_category_is_added_and_a_second_click_harmless(cast: Cast, ada: Client) -> None:
    assert [ada.post("/categories/new/", typed(cast)).status_code for _ in range(2)] == [302, 302]

    category = Category.objects.get(name="Drones over parks")
    assert (category.keywords, category.default_owner) == ("quadcopter, flying camera", cast.alice)


def test_what_is_wrong_is_said_and_what_was_typed_stays(cast: Cast, ada: Client) -> None:
    ada.post("/categories/new/", typed(cast))
    taken = ada.post("/categories/new/", typed(cast, keywords="hum"))
    self_backed = ada.post("/categories/new/", typed(cast, name="Kites", backup_owner=str(cast.alice.pk)))

    assert (taken.status_code, self_backed.status_code) == (422, 422)
    assert "Another category goes by this name" in taken.content.decode()
    assert "hum</textarea>" in taken.content.decode()
    assert "cannot stand in for themselves" in self_backed.content.decode()


def test_a_category_is_retired_and_an_edit_in_between_is_told(cast: Cast, ada: Client) -> None:
    ada.post("/categories/new/", typed(cast))
    page = ada.get("/categories/drones-over-parks/").content.decode()
    seen = page.partition('name="seen" value="')[2].partition('"')[0]

    retired = ada.post("/categories/drones-over-parks/", {**typed(cast), "is_active": "", "seen": seen})
    late = ada.post("/categories/drones-over-parks/", typed(cast, name_es="Drones", seen=seen))

    assert (retired.status_code, late.status_code) == (302, 409)
    assert 'value="Drones"' in late.content.decode()
    assert not Category.objects.get(slug="drones-over-parks").is_active
    assert ada.get("/categories/no-such/").status_code == 404


def test_an_owner_who_left_is_warned_of_and_no_longer_a_choice(cast: Cast, ada: Client) -> None:
    ada.post("/categories/new/", typed(cast))
    cast.alice.is_active = False
    cast.alice.save()

    assert "1 category goes to somebody who has left" in ada.get("/categories/").content.decode()
    assert "Alice Owner has left" in ada.get("/categories/drones-over-parks/").content.decode()
    assert ada.post("/categories/new/", typed(cast, name="Kites")).status_code == 422


def test_human_resources_reads_the_list_only(cast: Cast, client: Client) -> None:
    client.force_login(login_of(cast.hana))
    assert client.get("/categories/").status_code == 200
    assert "New category" not in client.get("/categories/").content.decode()
    assert client.post("/categories/new/", typed(cast)).status_code == 403

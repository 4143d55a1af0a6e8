"""Likely duplicates: open, visible, and with evidence."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from requests_app.domain.vocabulary import Channel
from requests_app.models import Category, ServiceRequest
from requests_app.selectors.duplicates import Evidence, Why, likely_duplicates
from requests_app.selectors.places import are_near, spot_of
from requests_app.services.customers import CustomerEntry
from requests_app.services.entries import ContactEntry, ContactOutcome
from requests_app.services.requests import log_request
from tests.cast import Cast, actor
from tests.factories import concern


@pytest.fixture
def pothole(cast: Cast) -> Category:
    return Category.objects.get(slug="pothole")


def logged(cast: Cast, at: datetime, **facts: Any) -> ServiceRequest:
    defaults: dict[str, Any] = {
        "channel": Channel.PHONE,
        "title": "Pothole by the school gate",
        "received_at": at,
        "customer": CustomerEntry(name="Jun Castellanos", phone="510 555 0101"),
    }
    return log_request(ContactEntry(**{**defaults, **facts}), actor=actor(cast.fay), at=at)


def found(cast: Cast, now: datetime, **evidence: Any) -> list[tuple[str, Why]]:
    rows = likely_duplicates(Evidence(**evidence), actor=actor(cast.fay), now=now)
    return [(row.service_request.number, row.why) for row in rows]


def test_open_requests_of_the_same_customer_come_with_their_last_words(cast: Cast, now: datetime) -> None:
    request = logged(cast, now, text="Deep enough to break an axle.")
    rows = likely_duplicates(Evidence(customer_id=request.customer_id), actor=actor(cast.fay), now=now)
    assert [(row.service_request, row.why, row.last_words) for row in rows] == [
        (request, Why.CUSTOMER, "Deep enough to break an axle.")
    ]


def test_a_phone_typed_anew_points_at_open_requests(cast: Cast, now: datetime) -> None:
    request = logged(cast, now)
    assert found(cast, now, contact_values=("+15105550101",)) == [(request.number, Why.CONTACT)]


@pytest.mark.parametrize(
    ("place", "title", "why"),
    [
        ("Pear Street and Tennent Ave", "", Why.PLACE),
        ("pear street & tennent avenue", "Hole in the road", Why.PLACE),
        ("2131 Pear St", "Hole", Why.PLACE),
        ("", "Huge hole, Pear St at the light", Why.PLACE),
        ("", "Pothole on Plum Street", None),
        ("1200 Fitzgerald Drive", "Pothole by the school gate", None),
        ("", "pothole by school gate", Why.TEXT),
        ("", "gate", None),
        ("", "Sidewalk lifted by a tree root", None),
    ],
)
def test_place_and_words_are_weighed(
    cast: Cast, now: datetime, pothole: Category, place: str, title: str, why: Why | None
) -> None:
    request = logged(cast, now, category_id=pothole.pk, place="Pear Street and Tennent Avenue")
    expected = [(request.number, why)] if why else []
    assert found(cast, now, category_id=pothole.pk, place=place, title=title) == expected


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        (("2131 Pear Street", ""), ("2188 Pear St.", ""), True),
        (("2131 Pear Street", ""), ("1204 Pear St.", ""), False),  # nine blocks away
        (("2131 Pear Street", ""), ("", "Pothole on Pear street again"), True),
        (("", "Deep hole, Pear St"), ("", "Pothole at 2131 Pear Street"), True),
        (("", "Deep hole, Pear St"), ("", "Pothole at 2131 Plum Street"), False),
        (("San Pablo Ave and Tennent", ""), ("", "Hole at Tennent Avenue"), True),
        (("Fernandez Park", ""), ("fernandez park, by the swings", ""), True),
    ],
)
def test_spots_are_near_by_street_and_block(one: tuple[str, str], other: tuple[str, str], *, near: bool) -> None:
    assert are_near(spot_of(*one), spot_of(*other)) == near
    assert are_near(spot_of(*other), spot_of(*one)) == near


@pytest.mark.parametrize("line", ["Broken street light", "Hole in the street", "On my street", "", "Tree down"])
def test_a_line_without_a_street_names_no_spot(line: str) -> None:
    assert spot_of("", line) == ""


def test_without_evidence_nothing_is_asked(cast: Cast, now: datetime, pothole: Category) -> None:
    logged(cast, now, category_id=pothole.pk)
    assert found(cast, now) == []
    assert found(cast, now, category_id=pothole.pk) == []
    assert found(cast, now, title="Pothole by the school gate") == []


def test_closed_old_and_hidden_requests_are_left_out(cast: Cast, now: datetime, pothole: Category) -> None:
    logged(cast, now, category_id=pothole.pk, outcome=ContactOutcome.ANSWERED)
    logged(cast, now - timedelta(days=90), category_id=pothole.pk)
    concern(logged(cast, now, category_id=pothole.pk), cast.fay)
    assert found(cast, now, category_id=pothole.pk, title="Pothole by the school gate") == []


def test_five_are_enough(cast: Cast, now: datetime, pothole: Category) -> None:
    for _ in range(7):
        logged(cast, now, category_id=pothole.pk)
    assert len(found(cast, now, category_id=pothole.pk, title="Pothole by the school gate")) == 5

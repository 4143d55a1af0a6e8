"""The page that hands over the work of somebody away: what goes to whom, and one click that does it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from requests_app.models import Absence, ServiceRequest
from tests.cast import Cast
from tests.factories import AbsenceFactory, ServiceRequestFactory, concern, start_clock_row
from tests.views.log_form import Shown, as_, text_of


@pytest.fixture(autouse=True)
def _monday_afternoon(now: datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def absence(cast: Cast) -> Absence:
    return AbsenceFactory.create(employee=cast.alice, alternate_person=cast.bob, reason="illness")


@pytest.fixture
def soon(cast: Cast, now: datetime) -> ServiceRequest:
    found = ServiceRequestFactory.create(department=cast.streets, owner=cast.alice, title="Due while away")
    start_clock_row(found, due_at=now + timedelta(days=2))
    return found


def page_of(absence: Absence) -> str:
    return f"/absences/{absence.pk}/hand-over/"


def test_the_page_shows_what_goes_to_whom_and_ticks_what_is_due(
    cast: Cast, absence: Absence, soon: ServiceRequest
) -> None:
    later = ServiceRequestFactory.create(department=cast.streets, owner=cast.alice, title="No hurry")
    shown = text_of(as_(cast.sam).get(page_of(absence)))
    for words in (
        "Hand over the work of Alice Owner",
        "away until Mon 30 Nov, Bob Teammate stands in",
        "Due while away",
        "to Bob Teammate, who stands in",
        "during the absence",
    ):
        assert words in shown
    assert f'value="{soon.pk}" aria-label="{soon.number}, Due while away" checked' in shown
    assert f'value="{later.pk}" aria-label="{later.number}, No hurry">' in shown
    assert "illness" not in shown.lower()


def test_looking_changes_nothing(cast: Cast, absence: Absence, soon: ServiceRequest) -> None:
    as_(cast.sam).get(f"{page_of(absence)}?to=person&person={cast.charlie.pk}")
    soon.refresh_from_db()
    assert soon.owner == cast.alice


def test_another_person_is_shown_before_it_is_done(cast: Cast, absence: Absence, soon: ServiceRequest) -> None:
    shown: Shown = as_(cast.sam).get(f"{page_of(absence)}?to=person&person={cast.charlie.pk}")
    (row,) = shown.context["plan"].rows
    assert row.handover.owner == cast.charlie


def test_what_is_ticked_is_handed_over_and_a_second_click_is_harmless(
    cast: Cast, absence: Absence, soon: ServiceRequest
) -> None:
    client, data = as_(cast.sam), {"to": "alternate", "picked": [soon.pk]}
    first = client.post(page_of(absence), data, follow=True)
    second = client.post(page_of(absence), data, follow=True)
    soon.refresh_from_db()
    assert soon.owner == cast.bob
    assert "1 request was handed over; its date stays." in text_of(first)
    assert "nothing was changed" in text_of(second)
    assert soon.events.count() == 1


def test_without_a_person_chosen_nothing_is_handed_over(cast: Cast, absence: Absence, soon: ServiceRequest) -> None:
    answer = as_(cast.sam).post(page_of(absence), {"to": "person", "picked": [soon.pk]})
    assert answer.status_code == 422
    assert "Choose the person who takes over." in text_of(answer)


def test_what_may_not_go_says_why_and_has_no_tick(cast: Cast, absence: Absence, soon: ServiceRequest) -> None:
    concern(soon, cast.bob)
    shown = text_of(as_(cast.sam).get(page_of(absence)))
    assert "stays: Bob Teammate may not have it" in shown
    assert 'name="picked"' not in shown


def test_what_the_reader_may_not_see_is_counted_only(cast: Cast, absence: Absence, soon: ServiceRequest) -> None:
    concern(soon, cast.sam)
    shown = text_of(as_(cast.sam).get(page_of(absence)))
    assert soon.number not in shown
    assert "1 more is confidential and stays" in shown


def test_an_absence_that_is_over_offers_nothing(cast: Cast, absence: Absence, soon: ServiceRequest) -> None:
    Absence.objects.filter(pk=absence.pk).update(ends_at=absence.starts_at + timedelta(hours=1))
    client = as_(cast.sam)
    assert "This absence is over" in text_of(client.get(page_of(absence)))
    told = client.post(page_of(absence), {"to": "alternate", "picked": [soon.pk]}, follow=True)
    assert "was removed, or is over" in text_of(told)


def test_the_person_hands_over_before_leaving(cast: Cast, soon: ServiceRequest, now: datetime) -> None:
    to_come = AbsenceFactory.create(
        employee=cast.alice,
        starts_at=now + timedelta(days=1),
        ends_at=now + timedelta(days=8),
        alternate_person=cast.bob,
    )
    as_(cast.alice).post(page_of(to_come), {"to": "alternate", "picked": [soon.pk]})
    soon.refresh_from_db()
    assert soon.owner == cast.bob


def test_nobody_else_and_nobody_unknown_gets_in(cast: Cast, absence: Absence) -> None:
    assert Client().get(page_of(absence)).status_code == 302
    assert as_(cast.charlie).get(page_of(absence)).status_code == 403
    Absence.objects.filter(pk=absence.pk).update(removed_at=absence.starts_at)
    assert as_(cast.sam).get(page_of(absence)).status_code == 404


def test_thirty_requests_cost_no_more_queries_than_three(
    cast: Cast, absence: Absence, django_assert_max_num_queries: Any
) -> None:
    client = as_(cast.sam)

    def fill(count: int) -> None:
        for _ in range(count):
            ServiceRequestFactory.create(department=cast.streets, owner=cast.alice)

    fill(3)
    client.get(page_of(absence))
    with django_assert_max_num_queries(200) as few:
        client.get(page_of(absence))
    fill(27)
    with django_assert_max_num_queries(len(few)):
        client.get(page_of(absence))


def test_the_page_of_the_absence_leads_to_it_for_whoever_may(
    cast: Cast, absence: Absence, soon: ServiceRequest
) -> None:
    address = f"/absences/{absence.pk}/"
    shown = text_of(as_(cast.sam).get(address))
    assert page_of(absence) in shown
    assert "1 open request stays with its owner" in shown
    assert page_of(absence) not in text_of(as_(cast.bob).get(address))

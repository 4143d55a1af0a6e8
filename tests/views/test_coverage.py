"""Tomorrow's coverage: answers due whose owner is away then, who is there, and who is told so elsewhere."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from requests_app.models import Absence, Alternate, Employee, RoleAssignment, ServiceRequest
from tests.cast import Cast
from tests.factories import AbsenceFactory, EmployeeFactory, ServiceRequestFactory, concern, start_clock_row
from tests.views.log_form import Shown, as_, text_of

PAGE = "/coverage/"
# Tue 24 Nov 2026, 5:00 pm in Pinole is 27 hours less ten minutes after NOW.
TUESDAY = timedelta(hours=26, minutes=50)


@pytest.fixture(autouse=True)
def _monday_afternoon(now: datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


def due(cast: Cast, now: datetime, **facts: Any) -> ServiceRequest:
    """Owe an answer of Alice by Tuesday, 5:00 pm."""
    found: ServiceRequest = ServiceRequestFactory.create(**{"department": cast.streets, "owner": cast.alice, **facts})
    start_clock_row(found, due_at=now + TUESDAY)
    return found


def absent(employee: Employee, **facts: Any) -> Absence:
    absence: Absence = AbsenceFactory.create(employee=employee, **facts)
    return absence


def test_tomorrow_shows_what_is_due_while_its_owner_is_away(cast: Cast, now: datetime) -> None:
    found, absence = due(cast, now), absent(cast.alice, alternate_person=cast.charlie, reason="illness")
    due(cast, now, owner=cast.bob, title="Somebody is there for it")
    shown = text_of(as_(cast.sam).get(PAGE))
    for words in (
        "Tomorrow's coverage",
        "Tue 24 Nov: 1 answer is due whose owner is away then.",
        "Away until Mon 30 Nov, Charlie Outsider stands in",
        found.number,
        reverse("absence_hand_over", args=[absence.pk]),
    ):
        assert words in shown
    assert "Somebody is there for it" not in shown
    assert "illness" not in shown.lower()


def test_another_day_shows_who_is_away_then(cast: Cast, now: datetime) -> None:
    found = due(cast, now)
    absent(cast.alice, starts_at=now + timedelta(days=1, hours=12), ends_at=now + timedelta(days=3))
    client = as_(cast.sam)
    assert found.number not in text_of(client.get(PAGE))
    wednesday: Shown = client.get(f"{PAGE}?on=2026-11-25")
    assert wednesday.context["day"] == "Wed 25 Nov"
    (owner,) = [each for cover in wednesday.context["coverage"].departments for each in cover.away]
    assert owner.person == cast.alice


def test_somebody_who_is_back_before_it_is_due_is_not_away_for_it(cast: Cast, now: datetime) -> None:
    found = due(cast, now)
    absent(cast.alice, ends_at=now + TUESDAY - timedelta(hours=2))
    assert found.number not in text_of(as_(cast.sam).get(PAGE))


def test_a_day_that_is_not_offered_is_the_next_business_day(cast: Cast) -> None:
    for on in ("2026-11-26", "yesterday", "2031-01-01"):
        shown: Shown = as_(cast.sam).get(PAGE, {"on": on})
        assert shown.context["day"] == "Tue 24 Nov"


@pytest.mark.parametrize(
    ("alternates", "words"),
    [
        ({}, "Nobody is named to stand in."),
        ({"alice": "bob"}, "Everybody named to stand in is away, or has left."),
        ({"alice": "bob", "bob": "alice"}, "lead back to each other"),
        ({"alice": "bob", "bob": "charlie"}, "The first who was named to stand in is away too."),
    ],
)
def test_it_warns_of_circles_and_of_who_is_away_too(
    cast: Cast, now: datetime, alternates: dict[str, str], words: str
) -> None:
    due(cast, now)
    for who in ("alice", "bob"):
        absent(getattr(cast, who))
    for who, to in alternates.items():
        Alternate.objects.create(employee=getattr(cast, who), position=1, person=getattr(cast, to))
    shown: Shown = as_(cast.sam).get(PAGE)
    (owner,) = shown.context["coverage"].owners
    assert words in owner.trouble


def test_a_department_where_everybody_is_away_is_told_in_words(cast: Cast) -> None:
    for person in Employee.objects.filter(department=cast.streets):
        absent(person)
    assert "Nobody covers: everybody is away." in text_of(as_(cast.dora).get(PAGE))


def test_a_supervisor_sees_their_own_departments_only(cast: Cast, now: datetime) -> None:
    elsewhere = due(cast, now, department=cast.finance, owner=cast.charlie)
    absent(cast.charlie)
    assert elsewhere.number not in text_of(as_(cast.sam).get(PAGE))
    for who in (cast.max, cast.hana):
        assert elsewhere.number in text_of(as_(who).get(PAGE))


def test_what_is_about_the_reader_is_not_there(cast: Cast, now: datetime) -> None:
    found = due(cast, now)
    concern(found, cast.sam)
    absent(cast.alice)
    assert found.number not in text_of(as_(cast.sam).get(PAGE))


def test_it_is_for_those_who_lead_others(cast: Cast) -> None:
    assert Client().get(PAGE).status_code == 302
    assert as_(cast.alice).get(PAGE).status_code == 403
    assert as_(cast.sam).post(PAGE).status_code == 405


def test_thirty_rows_cost_no_more_queries_than_three(
    cast: Cast, now: datetime, django_assert_max_num_queries: Any
) -> None:
    client = as_(cast.sam)

    def fill(count: int) -> None:
        for _ in range(count):
            person = EmployeeFactory.create(department=cast.streets)
            due(cast, now, owner=person)
            absent(person, alternate_person=cast.bob)

    fill(3)
    client.get(PAGE)
    with django_assert_max_num_queries(60) as few:
        client.get(PAGE)
    fill(27)
    with django_assert_max_num_queries(len(few)):
        client.get(PAGE)


def test_the_overdue_page_leads_there_and_says_which_owner_is_away(cast: Cast, now: datetime) -> None:
    late = ServiceRequestFactory.create(department=cast.streets, owner=cast.alice)
    start_clock_row(late, due_at=now - timedelta(minutes=5))
    due(cast, now)
    absent(cast.alice, alternate_person=cast.bob)
    shown = text_of(as_(cast.sam).get("/overdue/"))
    assert "Next business day: 1 due whose owner is away" in shown
    assert "away until Mon 30 Nov, Bob Teammate stands in" in shown
    assert "Alice Owner: away until Mon 30 Nov</option>" in shown
    assert "Next business day" not in text_of(as_(cast.bob).get("/overdue/"))


def test_my_work_shows_what_one_looks_after_for_an_absent_colleague(cast: Cast, now: datetime) -> None:
    due(cast, now, title="Alice had promised")
    due(cast, now, title="Not for everybody", confidentiality="confidential")
    absent(cast.alice, alternate_person=cast.charlie)
    shown = text_of(as_(cast.charlie).get(reverse("my_work")))
    assert "Covering for an absent colleague" in shown
    assert "Alice had promised" in shown
    assert "away until Mon 30 Nov" in shown
    assert "You look after 1 for somebody who is away." in shown
    assert "Not for everybody" not in shown


def test_a_list_says_which_owner_is_away(cast: Cast, now: datetime) -> None:
    due(cast, now)
    absent(cast.alice, alternate_person=cast.bob)
    assert "away until Mon 30 Nov" in text_of(as_(cast.sam).get(reverse("request_list")))


def test_the_page_of_a_request_says_that_its_owner_is_away_and_who_is_when_choosing(cast: Cast, now: datetime) -> None:
    found = due(cast, now)
    absent(cast.alice, alternate_person=cast.bob, reason="illness")
    absent(cast.dora)
    shown = text_of(as_(cast.sam).get(found.get_absolute_url()))
    assert "Alice Owner, Operations and Maintenance; away until Mon 30 Nov, Bob Teammate stands in" in shown
    assert "Dora Head, Public Works: away until Mon 30 Nov</option>" in shown
    assert "illness" not in shown.lower()


@pytest.mark.parametrize("is_away", [False, True])
def test_giving_to_somebody_away_is_done_and_warns(cast: Cast, now: datetime, *, is_away: bool) -> None:
    found = due(cast, now)
    if is_away:
        absent(cast.bob, alternate_person=cast.charlie)
    data = {"owner": cast.bob.pk}
    shown = text_of(as_(cast.sam).post(f"{found.get_absolute_url()}give/", data, follow=True))
    found.refresh_from_db()
    assert found.owner == cast.bob
    assert ("Bob Teammate is away until Mon 30 Nov. Charlie Outsider stands in." in shown) == is_away


def test_giving_many_to_somebody_away_warns_once(cast: Cast, now: datetime) -> None:
    picked = [due(cast, now).number, due(cast, now).number]
    absent(cast.bob)
    data = {"picked": picked, "to": cast.bob.pk, "next": "/overdue/"}
    shown = text_of(as_(cast.sam).post(reverse("bulk_act", args=["give"]), data, follow=True))
    assert shown.count("Bob Teammate is away until Mon 30 Nov. Nobody stands in.") == 1


def test_suggested_colleagues_say_that_they_are_away(cast: Cast) -> None:
    absent(cast.bob)
    shown = text_of(as_(cast.fay).get(reverse("suggest_people"), {"q": "bob"}))
    assert "away until Mon 30 Nov" in shown
    assert "away" not in text_of(as_(cast.fay).get(reverse("suggest_people"), {"q": "alice"}))


def test_nobody_leads_whom_they_have_no_role_over(cast: Cast) -> None:
    RoleAssignment.objects.filter(employee=cast.sam).delete()
    assert as_(cast.sam).get(PAGE).status_code == 403

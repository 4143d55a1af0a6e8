"""Where a contact for somebody who is away goes: along the alternates, once round, and at last to a supervisor."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from requests_app.domain.absences import AbsenceKind
from requests_app.domain.vocabulary import Confidentiality, Role
from requests_app.models import Alternate, Category, Department, Employee, RoleAssignment
from requests_app.selectors.away_words import detour_words
from requests_app.selectors.routing import Route, Wanted, restricted_route, route_contact
from tests.cast import Cast
from tests.factories import NOW, AbsenceFactory, ServiceRequestFactory, concern

WEEK = timedelta(days=7)


def route(cast: Cast, *, at: Any = NOW, answered_by: Employee | None = None, **wanted: Any) -> Route:
    return route_contact(Wanted(**wanted), answered_by=answered_by, taker=cast.fay, at=at)


def goes_to(found: Route) -> tuple[Employee | None, Department]:
    return found.owner, found.department


def away(employee: Employee, *, to: Employee | Department | None = None, **facts: Any) -> None:
    if isinstance(to, Department):
        facts["alternate_department"] = to
    elif to:
        facts["alternate_person"] = to
    AbsenceFactory.create(employee=employee, **facts)


def of_category(cast: Cast, **owners: Employee) -> int:
    Category.objects.filter(slug="pothole").update(department=cast.streets, **owners)
    return Category.objects.get(slug="pothole").pk


@pytest.mark.parametrize("kind", [AbsenceKind.PLANNED, AbsenceKind.UNFORESEEN])
def test_what_is_for_somebody_away_goes_to_whoever_stands_in(cast: Cast, kind: AbsenceKind) -> None:
    away(cast.alice, to=cast.charlie, kind=kind)
    found = route(cast, for_employee_id=cast.alice.pk)
    assert goes_to(found) == (cast.charlie, cast.streets)
    assert found.detour is not None
    words = detour_words(found.detour, at=NOW)
    assert words == "Alice Owner is away until Mon 30 Nov. Charlie Outsider stands in."


def test_the_words_say_nothing_of_why_and_that_the_return_is_not_known(cast: Cast) -> None:
    away(cast.alice, to=cast.bob, kind=AbsenceKind.UNFORESEEN, reason="illness", ends_at=None, ask_again_on=NOW.date())
    found = route(cast, for_employee_id=cast.alice.pk)
    assert found.detour is not None
    words = detour_words(found.detour, at=NOW)
    assert words == "Alice Owner is away, return not known yet. Bob Teammate stands in."


def test_whoever_is_back_gets_their_own_again(cast: Cast) -> None:
    """An absence that is over is not shown any more (zammad#5566): it is asked by date."""
    away(cast.alice, to=cast.bob)
    found = route(cast, at=NOW + WEEK, for_employee_id=cast.alice.pk)
    assert goes_to(found) == (cast.alice, cast.streets)
    assert found.detour is None


def test_an_alternate_who_is_away_too_is_followed_to_the_next(cast: Cast) -> None:
    """The chain is followed and nobody on it lost (zammad#3694, PEERS 4.7 case 40)."""
    away(cast.alice, to=cast.bob)
    away(cast.bob, to=cast.charlie)
    found = route(cast, for_employee_id=cast.alice.pk)
    assert goes_to(found) == (cast.charlie, cast.streets)
    assert found.detour is not None
    assert found.detour.away == cast.alice


def test_a_circle_of_alternates_ends_at_the_nearest_supervisor_who_is_there(cast: Cast) -> None:
    away(cast.alice, to=cast.bob)
    away(cast.bob, to=cast.alice)
    found = route(cast, for_employee_id=cast.alice.pk)
    assert goes_to(found) == (cast.sam, cast.streets)
    assert found.detour is not None
    assert "Nobody stands in: it goes to Sam Supervisor." in detour_words(found.detour, at=NOW)


def test_with_the_supervisor_away_too_it_goes_to_the_head(cast: Cast) -> None:
    away(cast.alice, to=cast.bob)
    away(cast.bob)
    away(cast.sam)
    assert goes_to(route(cast, for_employee_id=cast.alice.pk)) == (cast.dora, cast.streets)


def test_with_nobody_there_at_all_it_goes_to_the_queue(cast: Cast) -> None:
    away(cast.alice)
    RoleAssignment.objects.filter(role__in=[Role.SUPERVISOR, Role.DEPARTMENT_HEAD]).delete()
    found = route(cast, for_employee_id=cast.alice.pk)
    assert goes_to(found) == (None, cast.streets)
    assert found.detour is not None
    assert "it goes to the queue of" in detour_words(found.detour, at=NOW)


def test_a_department_that_stands_in_gets_it_in_its_queue(cast: Cast) -> None:
    away(cast.alice, to=cast.finance)
    assert goes_to(route(cast, for_employee_id=cast.alice.pk)) == (None, cast.finance)


def test_a_default_owner_who_is_away_is_passed_over_for_the_backup(cast: Cast) -> None:
    category_id = of_category(cast, default_owner=cast.alice, backup_owner=cast.bob)
    away(cast.alice, to=cast.charlie)
    found = route(cast, category_id=category_id)
    assert found.owner == cast.bob
    assert found.detour is not None
    assert found.detour.away == cast.alice


def test_with_owner_and_backup_away_whoever_stands_in_for_either_gets_it(cast: Cast) -> None:
    category_id = of_category(cast, default_owner=cast.alice, backup_owner=cast.bob)
    away(cast.alice)
    away(cast.bob, to=cast.charlie)
    assert route(cast, category_id=category_id).owner == cast.charlie


def test_whoever_answers_is_never_replaced(cast: Cast) -> None:
    away(cast.fay, to=cast.bob)
    found = route(cast, answered_by=cast.fay)
    assert (found.owner, found.detour) == (cast.fay, None)


def test_it_may_be_left_with_the_person_asked_for_and_with_nobody_else(cast: Cast) -> None:
    away(cast.alice, to=cast.bob)
    kept = route(cast, for_employee_id=cast.alice.pk, leave_with_id=cast.alice.pk)
    assert kept.owner == cast.alice
    assert kept.detour is not None
    assert kept.detour.is_left
    assert route(cast, for_employee_id=cast.alice.pk, leave_with_id=cast.bob.pk).owner == cast.bob


def test_what_few_may_read_goes_where_they_work_and_says_nothing_of_absences(cast: Cast) -> None:
    away(cast.alice, to=cast.bob)
    found = restricted_route(route(cast, for_employee_id=cast.alice.pk), Confidentiality.IMPROPER_ACTIVITY)
    assert (found.owner, found.department.slug, found.detour) == (None, "human-resources", None)


def test_a_complaint_about_whoever_stands_in_goes_to_the_next(cast: Cast) -> None:
    about = ServiceRequestFactory.create(department=cast.streets, owner=cast.bob)
    concern(about, cast.charlie)
    for position, person in enumerate((cast.bob, cast.charlie), start=1):
        Alternate.objects.create(employee=cast.alice, position=position, person=person)
    away(cast.alice)
    assert route(cast, for_employee_id=cast.alice.pk, about_request_id=about.pk).owner == cast.sam


def test_a_day_off_in_the_work_pattern_routes_as_an_absence_does(cast: Cast) -> None:
    days = {day: [["08:00", "17:00"]] for day in ("tue", "wed", "thu", "fri")} | {
        day: [] for day in ("mon", "sat", "sun")
    }
    Employee.objects.filter(pk=cast.alice.pk).update(work_pattern={"weekly_hours": days})
    Alternate.objects.create(employee=cast.alice, position=1, person=cast.bob)
    assert route(cast, for_employee_id=cast.alice.pk).owner == cast.bob
    assert route(cast, at=NOW + timedelta(days=1), for_employee_id=cast.alice.pk).owner == cast.alice


def test_absences_cost_nothing_while_whoever_is_meant_is_there(cast: Cast) -> None:
    category_id = of_category(cast, default_owner=cast.alice, backup_owner=cast.bob)
    away(cast.charlie, to=cast.bob)

    def queries(**wanted: Any) -> int:
        with CaptureQueriesContext(connection) as captured:
            route(cast, **wanted)
        return len(captured)

    assert queries(for_employee_id=cast.bob.pk) == 1
    assert queries(category_id=category_id) == 1
    away(cast.alice, to=cast.dora)
    assert queries(for_employee_id=cast.alice.pk) <= 6

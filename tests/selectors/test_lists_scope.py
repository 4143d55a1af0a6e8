"""No list, filter, search or count shows what its reader may not see."""

from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

import pytest

from requests_app.domain.vocabulary import Confidentiality, Status
from requests_app.models import ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.counts import NavCounts, nav_counts
from requests_app.selectors.list_filters import (
    DANGER_CODE,
    FROM_COLLEAGUES,
    FROM_PUBLIC,
    NOBODY,
    UNFINISHED_CODE,
    ListFilters,
)
from requests_app.selectors.lists import ListQuestion, RequestList, Section, all_requests, my_work, overdue_list, queue
from requests_app.selectors.visibility import requests_visible_to
from requests_app.selectors.worklists import reads_requests
from tests.cast import Cast, actor
from tests.factories import CategoryFactory, ServiceRequestFactory, concern

PEOPLE = ["alice", "bob", "sam", "dora", "max", "hana", "fay", "ada", "charlie"]
BUILDERS = [all_requests, my_work, queue, overdue_list]


@pytest.fixture
def mixed(cast: Cast, now: datetime) -> None:
    """Requests of three departments and every confidentiality, owned and not, late and not, some about Alice."""
    category = CategoryFactory.create(name="Deck permits")
    for index in range(48):
        found = ServiceRequestFactory.create(
            title=f"Deck permit {index}",
            search_text=f"deck permit {index}",
            department=[cast.streets, cast.finance, cast.public_works][index % 3],
            owner=[cast.alice, None, cast.charlie, None][index % 4],
            category=category,
            confidentiality=[*Confidentiality][index % 4] if index % 5 == 0 else Confidentiality.ORDINARY.value,
            answer_by_at=now + timedelta(hours=index - 24) if index % 6 else None,
            is_from_colleague=index % 8 == 0,
            is_hazard=index % 12 == 0,
            hazard_told="Police dispatch" if index % 12 == 0 else "",
            hazard_told_at=now if index % 12 == 0 else None,
        )
        if index % 7 == 0:
            concern(found, cast.alice)
            concern(found, cast.sam)


def asked(now: datetime, cast: Cast) -> list[ListFilters]:
    category = ServiceRequest.objects.exclude(category=None).values_list("category", flat=True)[0]
    today = now.date()
    return [
        ListFilters(),
        ListFilters(text="deck"),
        ListFilters(status=Status.NEW.value),
        ListFilters(status=UNFINISHED_CODE),
        ListFilters(department_id=cast.public_works.pk),
        ListFilters(department_id=cast.finance.pk),
        ListFilters(category_id=category),
        ListFilters(channel="phone"),
        ListFilters(kind="service"),
        ListFilters(asker=FROM_PUBLIC),
        ListFilters(asker=FROM_COLLEAGUES),
        ListFilters(danger=DANGER_CODE),
        ListFilters(owner=str(cast.charlie.pk)),
        ListFilters(owner=NOBODY),
        ListFilters(due="overdue"),
        ListFilters(due="today"),
        ListFilters(due_on=today),
        ListFilters(received_from=today, received_to=today),
    ]


@pytest.mark.parametrize("name", PEOPLE)
def test_no_filter_of_any_list_widens_what_somebody_sees(name: str, cast: Cast, mixed: None, now: datetime) -> None:
    who = actor(getattr(cast, name))
    allowed = set(requests_visible_to(who).values_list("pk", flat=True))
    for filters in asked(now, cast):
        for build in BUILDERS:
            found: RequestList = build(ListQuestion(actor=who, now=now, filters=filters))
            shown = {row.pk for segment in found.segments for row in segment.rows}
            assert shown <= allowed
            assert found.count == len(shown)


def test_every_filter_is_tried_above(cast: Cast, mixed: None, now: datetime) -> None:
    tried = {field.name for field in fields(ListFilters) for each in asked(now, cast) if getattr(each, field.name)}
    assert tried == {field.name for field in fields(ListFilters)}


def test_whoever_a_request_is_about_finds_it_nowhere(cast: Cast, now: datetime) -> None:
    found = ServiceRequestFactory.create(
        department=cast.streets, owner=cast.bob, answer_by_at=now - timedelta(days=1), search_text="rude at the counter"
    )
    concern(found, cast.sam)
    question = ListQuestion(actor=actor(cast.sam), now=now, filters=ListFilters(text=found.number))

    assert [build(question).count for build in BUILDERS] == [0, 0, 0, 0]
    assert nav_counts(actor(cast.sam), now=now) == NavCounts(0, 0, 0)
    assert nav_counts(actor(cast.fay), now=now) == NavCounts(my_work=0, queue=0, overdue=1)


@pytest.mark.parametrize("name", PEOPLE)
def test_the_rail_counts_what_the_lists_show(name: str, cast: Cast, mixed: None, now: datetime) -> None:
    who = actor(getattr(cast, name))
    question = ListQuestion(actor=who, now=now)
    work = my_work(question)
    nobodys = work.part_counts.get((Section.MY_DEPARTMENT,), 0)

    counts = nav_counts(who, now=now)
    assert counts == NavCounts(work.count - nobodys, queue(question).count, overdue_list(question).count)


def test_the_rail_is_one_query(cast: Cast, mixed: None, now: datetime, django_assert_num_queries: Any) -> None:
    who = actor(cast.sam)
    with django_assert_num_queries(1):
        nav_counts(who, now=now)
    with django_assert_num_queries(0):
        nav_counts(Actor(employee=None), now=now)


def test_an_administrator_reads_no_requests(cast: Cast) -> None:
    assert not reads_requests(actor(cast.ada))
    assert all(reads_requests(actor(getattr(cast, name))) for name in PEOPLE if name != "ada")


def test_my_work_puts_the_most_pressing_first(cast: Cast, now: datetime) -> None:
    def mine(title: str, **facts: Any) -> None:
        ServiceRequestFactory.create(title=title, **{"department": cast.streets, "owner": cast.alice, **facts})

    mine("later", answer_by_at=now + timedelta(days=3))
    mine("answered", answer_by_at=None)
    mine("waiting", status=Status.WAITING.value, answer_by_at=None)
    mine("today", answer_by_at=now + timedelta(hours=1))
    mine("late", answer_by_at=now - timedelta(hours=1))
    mine("danger", is_hazard=True, hazard_told="Dispatch", hazard_told_at=now)
    mine("nobody's", owner=None, answer_by_at=now - timedelta(days=9))
    mine("done", status=Status.CLOSED.value, closed_at=now, disposition="done")
    mine("elsewhere", owner=None, department=cast.finance)

    found = my_work(ListQuestion(actor=actor(cast.alice), now=now))
    titles = [row.title for segment in found.segments for row in segment.ordered()]
    assert titles == ["danger", "late", "today", "later", "answered", "waiting", "nobody's"]


def test_the_queue_of_the_front_desk_is_the_whole_intake(cast: Cast, now: datetime) -> None:
    ours = ServiceRequestFactory.create(department=cast.streets)
    theirs = ServiceRequestFactory.create(department=cast.finance)
    ServiceRequestFactory.create(department=None, is_imported=True)

    def shown(who: Actor) -> set[int]:
        return set(queue(ListQuestion(actor=who, now=now)).rows.values_list("pk", flat=True))

    assert shown(actor(cast.fay)) == {ours.pk, theirs.pk}
    assert shown(actor(cast.alice)) == {ours.pk}
    assert shown(actor(cast.dora)) == {ours.pk}
    assert shown(actor(cast.charlie)) == {theirs.pk}


def test_a_department_is_asked_for_with_its_divisions(cast: Cast, now: datetime) -> None:
    ServiceRequestFactory.create(department=cast.streets)
    ServiceRequestFactory.create(department=cast.finance)
    filters = ListFilters(department_id=cast.public_works.pk)
    assert all_requests(ListQuestion(actor=actor(cast.fay), now=now, filters=filters)).count == 1


def test_a_day_runs_from_midnight_to_midnight_in_the_city(cast: Cast, now: datetime) -> None:
    # 11:30 pm on the 22nd in Pinole is the 23rd in UTC.
    ServiceRequestFactory.create(
        department=cast.streets, received_at=datetime.fromisoformat("2026-11-23T07:30:00+00:00")
    )
    on = datetime(2026, 11, 22).date()
    asked_for = ListFilters(received_from=on, received_to=on)
    assert all_requests(ListQuestion(actor=actor(cast.fay), now=now, filters=asked_for)).count == 1

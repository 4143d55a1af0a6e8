"""Pages by position: walked either way, every row is met once, with ties and without a date alike."""

import base64
import json
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import product

import pytest

from requests_app.models import ServiceRequest
from requests_app.selectors.keysets import (
    InvalidCursor,
    Key,
    KeyKind,
    Page,
    Segment,
    every_row,
    page_after,
    page_before,
)
from requests_app.selectors.lists import ListQuestion, RequestList, Sort, all_requests, my_work, overdue_list, queue
from tests.cast import Cast, actor
from tests.factories import ServiceRequestFactory

RECEIVED = Key("received_at", KeyKind.INSTANT)


@pytest.fixture
def many(cast: Cast, now: datetime) -> None:
    """Sixty requests: few instants, so there are ties; every third without a date, every seventh a danger."""
    chance = random.Random(20261123)
    rows = ServiceRequestFactory.build_batch(60, department=cast.streets)
    for index, row in enumerate(rows):
        row.received_at = row.recorded_at = row.last_touch_at = now - timedelta(hours=chance.randrange(5))
        row.answer_by_at = None if index % 3 == 0 else now + timedelta(hours=chance.randrange(-4, 4))
        row.owner = chance.choice([cast.alice, cast.bob, None])
        if index % 7 == 0:
            row.is_hazard, row.hazard_told, row.hazard_told_at = True, "Dispatch", now
    ServiceRequest.objects.bulk_create(rows)


def walk_forwards(found: RequestList, size: int) -> list[Page]:
    pages = [page_after(found.segments, size=size)]
    while pages[-1].next:
        pages.append(page_after(found.segments, size=size, cursor=pages[-1].next))
    return pages


def walk_backwards(found: RequestList, last: Page, size: int) -> list[Page]:
    pages = [last]
    while pages[0].previous:
        pages.insert(0, page_before(found.segments, size=size, cursor=pages[0].previous))
    return pages


def ids(pages: list[Page]) -> list[int]:
    return [row.pk for page in pages for row in page.rows]


@pytest.mark.parametrize("build", [all_requests, my_work, queue, overdue_list])
def test_every_row_is_met_once_in_both_directions(
    build: Callable[[ListQuestion], RequestList], cast: Cast, many: None, now: datetime
) -> None:
    asked_by = actor(cast.fay if build is queue else cast.alice)
    for sort, size in product(Sort, (1, 7, 25, 100)):
        found = build(ListQuestion(actor=asked_by, now=now, sort=sort))
        forwards = walk_forwards(found, size)

        expected = set(found.rows.values_list("pk", flat=True))
        assert expected
        assert sorted(ids(forwards)) == sorted(expected)
        assert ids(walk_backwards(found, forwards[-1], size)) == ids(forwards)
        assert [row.pk for row in every_row(found.segments, chunk_size=10)] == ids(forwards)


def test_pages_say_where_they_stand(cast: Cast, many: None, now: datetime) -> None:
    found = all_requests(ListQuestion(actor=actor(cast.alice), now=now, sort=Sort.DUE))
    pages = walk_forwards(found, 25)

    assert [(page.first, page.last) for page in pages] == [(1, 25), (26, 50), (51, 60)]
    assert found.count == 60
    back = page_before(found.segments, size=25, cursor=pages[2].previous)
    assert (back.first, back.last) == (26, 50)


def test_danger_stands_on_top_in_every_order(cast: Cast, many: None, now: datetime) -> None:
    for sort in Sort:
        found = all_requests(ListQuestion(actor=actor(cast.alice), now=now, sort=sort))
        dangers = [row.is_hazard for page in walk_forwards(found, 25) for row in page.rows]
        assert dangers == sorted(dangers, reverse=True)
        assert any(dangers)


def test_what_has_no_date_comes_last_either_way(cast: Cast, many: None, now: datetime) -> None:
    for sort in (Sort.DUE, Sort.DUE_LAST):
        found = all_requests(ListQuestion(actor=actor(cast.alice), now=now, sort=sort))
        rows = [row for page in walk_forwards(found, 25) for row in page.rows if not row.is_hazard]
        undated = [row.answer_by_at is None for row in rows]
        assert undated == sorted(undated)


def test_a_row_that_came_in_meanwhile_moves_no_other_off_its_page(cast: Cast, many: None, now: datetime) -> None:
    question = ListQuestion(actor=actor(cast.alice), now=now, sort=Sort.NEWEST)
    first = page_after(all_requests(question).segments, size=25)
    ServiceRequestFactory.create(department=cast.streets, received_at=now)

    second = page_after(all_requests(question).segments, size=25, cursor=first.next)
    assert not {row.pk for row in first.rows} & {row.pk for row in second.rows}


def encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


INVALID = [
    "x", "%%%", "é", "A" * 5000, encoded("text"), encoded({}), encoded([]), encoded([0, 1]),
    encoded([9, 1, "2026-11-23T00:00:00+00:00", 1]), encoded([-1, 1, "2026-11-23T00:00:00+00:00", 1]),
    encoded([True, 1, "2026-11-23T00:00:00+00:00", 1]), encoded([0, 1, "2026-11-23T00:00:00", 1]),
    encoded([0, 1, "0001-01-01T00:00:00+00:00", 1]), encoded([0, 1, "2026-11-23T00:00:00+00:00", 2**70]),
    encoded([0, 1, "2026-11-23T00:00:00+00:00", "1"]), encoded([0, 1, None, None]), encoded([[[[]]]]),
    encoded([0, 1, "2026-11-23T00:00:00+00:00", 1, 1]),
]  # fmt: skip


@pytest.mark.parametrize("cursor", INVALID)
def test_a_cursor_nobody_gave_out_is_refused(cursor: str) -> None:
    segments = [Segment(ServiceRequest.objects.all(), (RECEIVED, Key("pk")))]
    with pytest.raises(InvalidCursor):
        page_after(segments, size=25, cursor=cursor)
    with pytest.raises(InvalidCursor):
        page_before(segments, size=25, cursor=cursor)

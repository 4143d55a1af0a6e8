"""What a supervisor clears: by person, with what was done already and what the next days bring."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from requests_app.models import Employee, Excusal, Notice, ServiceRequest
from tests.cast import Cast, login_of
from tests.factories import ServiceRequestFactory, start_clock_row

Shown = Any  # the test client's answer


@pytest.fixture(autouse=True)
def _monday(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


def as_(employee: Employee) -> Client:
    client = Client()
    client.force_login(login_of(employee))
    return client


def due(cast: Cast, owner: Employee | None, due_at: datetime, **facts: Any) -> ServiceRequest:
    found = ServiceRequestFactory.create(
        department=cast.streets, owner=owner, received_at=due_at - timedelta(days=2), **facts
    )
    start_clock_row(found, due_at=due_at)
    return found


def titles(shown: Shown) -> dict[str, list[str]]:
    return {str(group["title"]): [item["row"].title for item in group["rows"]] for group in shown.context["groups"]}


def test_overdue_is_grouped_by_who_has_it_the_longest_late_first(cast: Cast, now: datetime) -> None:
    due(cast, cast.bob, now - timedelta(days=1), title="one day")
    due(cast, cast.bob, now - timedelta(days=4), title="four days")
    due(cast, cast.alice, now - timedelta(hours=2), title="two hours")
    due(cast, None, now - timedelta(hours=1), title="nobody's")
    due(cast, cast.alice, now + timedelta(hours=1), title="today")
    shown = as_(cast.sam).get("/overdue/")

    assert titles(shown) == {
        "Nobody yet": ["nobody's"],
        "Alice Owner": ["two hours"],
        "Bob Teammate": ["four days", "one day"],
    }
    text = shown.content.decode()
    assert "4 past their answer-by date, held by 2 people in 1 department." in text
    assert "1 has nobody yet." in text
    assert titles(as_(cast.sam).get("/overdue/?tab=today")) == {"Alice Owner": ["today"]}


def test_both_tabs_say_how_much(cast: Cast, now: datetime) -> None:
    due(cast, cast.alice, now - timedelta(hours=1))
    due(cast, cast.alice, now + timedelta(hours=1))
    due(cast, cast.alice, now + timedelta(hours=2))
    tabs = as_(cast.sam).get("/overdue/").context["tabs"]
    assert [(tab["label"], tab["count"], tab["is_current"]) for tab in tabs] == [
        ("Overdue", 1, True),
        ("Due today", 2, False),
    ]


def test_the_due_instant_itself_is_not_late(cast: Cast, now: datetime) -> None:
    due(cast, cast.alice, now, title="now")
    assert titles(as_(cast.sam).get("/overdue/")) == {}
    assert titles(as_(cast.sam).get("/overdue/?tab=today")) == {"Alice Owner": ["now"]}


def test_the_strip_counts_the_next_five_business_days_and_leads_to_them(cast: Cast, now: datetime) -> None:
    for days in (1, 1, 2, 7):
        due(cast, cast.alice, now + timedelta(days=days))
    client = as_(cast.sam)
    days = client.get("/overdue/").context["days"]

    # Thanksgiving and the day after are closed.
    assert [(day["label"], day["count"], day["share"]) for day in days] == [
        ("Tue 24 Nov", 2, 100),
        ("Wed 25 Nov", 1, 50),
        ("Mon 30 Nov", 1, 50),
        ("Tue 1 Dec", 0, 0),
        ("Wed 2 Dec", 0, 0),
    ]
    assert len(client.get(days[0]["url"]).context["rows"]) == 2
    assert days[3]["url"] == ""


def test_reminders_already_sent_are_counted(cast: Cast, now: datetime) -> None:
    found = due(cast, cast.alice, now - timedelta(hours=1))
    for index, kind in enumerate([Notice.Kind.REMINDER, Notice.Kind.NUDGE, Notice.Kind.ASSIGNED]):
        Notice.objects.create(
            kind=kind,
            dedupe_key=f"{index}",
            recipient=cast.alice,
            service_request=found,
            created_at=now - timedelta(hours=3 - index),
        )
    (group,) = as_(cast.sam).get("/overdue/").context["groups"]
    reminders = group["rows"][0]["reminders"]
    assert (reminders.count, reminders.last_at) == (2, now - timedelta(hours=2))


def test_an_excused_one_stays_and_says_so(cast: Cast, now: datetime) -> None:
    found = due(cast, cast.alice, now - timedelta(hours=1))
    Excusal.objects.create(clock=found.clocks.get(), reason="Storm", decided_by=cast.sam, decided_at=now)
    assert "late answer excused" in as_(cast.sam).get("/overdue/").content.decode()


def test_only_those_who_decide_excuses_are_offered_to(cast: Cast, now: datetime) -> None:
    due(cast, cast.alice, now - timedelta(hours=1))
    assert "Excuse…" in as_(cast.sam).get("/overdue/").content.decode()
    assert "Excuse…" not in as_(cast.bob).get("/overdue/").content.decode()
    assert "Excuse…" not in as_(cast.fay).get("/overdue/").content.decode()


def test_danger_stands_above_the_people(cast: Cast, now: datetime) -> None:
    due(cast, cast.alice, now - timedelta(days=9))
    due(
        cast,
        cast.bob,
        now - timedelta(hours=1),
        title="Wire down",
        is_hazard=True,
        hazard_told="911",
        hazard_told_at=now,
    )
    (first, *_) = as_(cast.sam).get("/overdue/").context["groups"]
    assert first["rows"][0]["row"].title == "Wire down"


def test_a_person_over_two_pages_is_counted_whole(cast: Cast, now: datetime) -> None:
    for hours in range(30):
        due(cast, cast.alice, now - timedelta(hours=hours + 1))
    client = as_(cast.sam)
    first = client.get("/overdue/")
    second = client.get(first.context["next_url"])
    counts = [(group["count"], len(group["rows"])) for shown in (first, second) for group in shown.context["groups"]]
    assert counts == [(30, 25), (30, 5)]

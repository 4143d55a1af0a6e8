"""What if: who asks, what is counted, what is listed, what is written to a file; and that no clock ever changes."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localtime

from requests_app.domain.replays import Question
from requests_app.domain.vocabulary import Channel, Confidentiality
from requests_app.models import AuditEntry, BackgroundJob, Employee, Replay, ResponseClock, ServiceRequest
from requests_app.services import replays
from requests_app.services.answers import answer_request
from requests_app.services.customers import CustomerEntry
from requests_app.services.entries import AnswerEntry, ContactEntry
from requests_app.services.jobs import run_next_jobs
from requests_app.services.replays import KEPT, remove_old_replays
from requests_app.services.requests import log_request
from tests.cast import Cast, actor, login_of
from tests.factories import concern

WHAT_IF = "/compliance/what-if/"
DATES = {"from": "2026-11-01", "to": "2026-11-23"}
ASK = f"{WHAT_IF}?from=2026-11-01&to=2026-11-23"


def as_(employee: Employee) -> Client:
    client = Client()
    client.force_login(login_of(employee))
    return client


def call(cast: Cast, at: datetime, *, answered_after: timedelta | None = None, **facts: Any) -> ServiceRequest:
    """Log a call for Alice and have it answered so long after."""
    customer = CustomerEntry(name="Jun Castellanos", phone="510 555 0101")
    facts = {"channel": Channel.PHONE, "customer": customer, "for_employee_id": cast.alice.pk, **facts}
    entry = ContactEntry(received_at=at, **facts)
    found = log_request(entry, actor=actor(cast.fay), at=at)
    if answered_after is not None:
        told = AnswerEntry(channel=Channel.PHONE, text="Told", occurred_at=at + answered_after)
        answer_request(request_id=found.pk, entry=told, actor=actor(cast.alice), at=told.occurred_at)
    return found


@pytest.fixture
def calls(cast: Cast, now: datetime, time_machine: Any) -> dict[str, ServiceRequest]:
    """Calls of Tue 17 Nov, due Wed 18 at five, and of today; Mon 23 Nov, 2:10 pm is now."""
    time_machine.move_to(now, tick=False)
    tuesday = now - timedelta(days=6)
    return {
        "kept": call(cast, tuesday, answered_after=timedelta(hours=3), title="Kept whatever the rule"),
        "late": call(cast, tuesday, answered_after=timedelta(days=2), title="Late by a day"),
        "overdue": call(cast, now - timedelta(days=4), title="Due on Friday, not answered"),
        "secret": call(
            cast,
            tuesday,
            answered_after=timedelta(days=2),
            title="Told in confidence",
            confidentiality=Confidentiality.CONFIDENTIAL,
        ),
        "open": call(cast, now, title="Came in just now"),
    }


def ask(who: Employee, **question: Any) -> Replay:
    answer = as_(who).post(ASK, {"submission_key": str(uuid4()), **question})
    assert answer.status_code == 302, answer.content.decode()
    return Replay.objects.latest("pk")


def shown(who: Employee, url: str, **params: str) -> str:
    answer = as_(who).get(url, params)
    assert answer.status_code == 200
    return (b"".join(answer) if answer.streaming else answer.content).decode()


def moves(replay: Replay) -> set[tuple[str, str]]:
    return set(replay.changes.values_list("clock__service_request__title", "move"))


def test_two_days_keep_what_one_day_made_late_and_change_nothing(cast: Cast, calls: dict[str, Any]) -> None:
    before = list(ResponseClock.objects.order_by("pk").values())

    replay = ask(cast.hana, number="2")

    assert moves(replay) == {
        ("Late by a day", "became_kept"),
        ("Told in confidence", "became_kept"),
        ("Due on Friday, not answered", "became_open"),
    }
    assert list(ResponseClock.objects.order_by("pk").values()) == before
    page = shown(cast.hana, replay.get_absolute_url())
    assert "What if: 2 days allowed" in page
    assert "1 of 4" in page  # kept of those that had to wait, as recorded: too few for a percentage
    assert "3 of 3" in page
    assert AuditEntry.objects.filter(action="replay_asked", count=1).count() == 1


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ({"rule": "rolling_business_hours"}, {("Due on Friday, not answered", "became_open")} - {("", "")}),
        ({"closed_weekdays": ["2"]}, {("Late by a day", "became_kept"), ("Told in confidence", "became_kept")}),
        ({"closed_on": "2026-11-20\n\n2026-11-23"}, {("Due on Friday, not answered", "became_open")}),
        ({"target": "50"}, set()),
    ],
)
def test_rule_calendar_and_target_are_replayed_too(
    cast: Cast, calls: dict[str, Any], question: dict[str, Any], expected: set[tuple[str, str]]
) -> None:
    replay = ask(cast.hana, **question)
    if "rule" in question:
        # Nine open hours from Thu 2:10 pm end on Fri 2:10 pm: it stays overdue, and nobody became kept.
        expected = set()
    assert moves(replay) == expected


def test_every_figure_has_its_list_with_as_many_rows(cast: Cast, calls: dict[str, Any]) -> None:
    replay = ask(cast.hana, number="2")
    url = replay.get_absolute_url()
    for move, count in (("became_kept", 2), ("became_open", 1), ("became_late", 0)):
        assert f'requests/?move={move}">{count}</a>' in shown(cast.hana, url)
        rows = shown(cast.hana, f"{url}requests/", move=move, format="csv").splitlines()
        assert len(rows) == 1 + count
        assert shown(cast.hana, f"{url}requests/", move=move).count("row-title") == count
        assert len(shown(cast.hana, f"{url}requests/", move=move, department="finance").split("row-title")) == 1
    departments = shown(cast.hana, url, format="csv").splitlines()
    assert departments[1:] == [f"{name},4,1 of 4,3 of 3,0,2,0,1" for name in (cast.streets.name, "All departments")]
    load = shown(cast.hana, url, format="csv", table="load").splitlines()
    assert "2026-11-18,3,0" in load
    assert "2026-11-19,0,3" in load
    assert AuditEntry.objects.filter(action="exported").count() == 5


def test_everybody_replays_what_they_see_and_nobody_reads_anothers(cast: Cast, calls: dict[str, Any]) -> None:
    hers, his = ask(cast.hana, number="2"), ask(cast.otto, number="2")
    assert moves(hers) - moves(his) == {("Told in confidence", "became_kept")}
    ServiceRequest.objects.update(department=cast.finance)
    ResponseClock.objects.update(department=cast.finance)
    assert moves(ask(cast.sam, number="2")) == set()
    for url in (hers.get_absolute_url(), f"{hers.get_absolute_url()}requests/"):
        assert as_(cast.sam).get(url).status_code == 404
    assert "2 days allowed" in shown(cast.sam, WHAT_IF)


def test_what_one_may_no_longer_see_leaves_the_list_and_its_file(cast: Cast, calls: dict[str, Any]) -> None:
    replay = ask(cast.hana, number="2")
    concern(calls["late"], cast.hana)
    for params in ({}, {"format": "csv"}):
        rows = shown(cast.hana, f"{replay.get_absolute_url()}requests/", **params)
        assert "Late by a day" not in rows
        assert "Told in confidence" in rows


def test_figures_made_for_a_wider_reach_are_not_shown_in_a_narrower_one(cast: Cast, calls: dict[str, Any]) -> None:
    replay = ask(cast.hana, number="2")
    cast.hana.role_assignments.update(role="supervisor", department=cast.finance)
    assert as_(cast.hana).get(replay.get_absolute_url()).status_code == 404


def test_the_auditor_reads_the_list_without_what_people_typed(cast: Cast, calls: dict[str, Any]) -> None:
    replay = ask(cast.otto, number="2")
    rows = shown(cast.otto, f"{replay.get_absolute_url()}requests/")
    assert "Late by a day" not in rows
    assert "Title withheld" in rows


def test_a_second_click_asks_once(cast: Cast, calls: dict[str, Any]) -> None:
    form = {"submission_key": str(uuid4()), "number": "2"}
    first, second = (as_(cast.hana).post(ASK, form) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Replay.objects.count() == 1


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"number": "0"},
        {"number": "367"},
        {"rule": "by_feeling"},
        {"calendar": "lunar"},
        {"closed_weekdays": ["0", "1", "2", "3", "4"]},
        {"closed_on": "next Friday"},
        {"closed_on": "0001-01-01"},
        {"left_out": ["Columbus Day"]},
        {"target": "101"},
        {"submission_key": "x", "number": "2"},
    ],
)
def test_what_cannot_be_replayed_is_said_and_nothing_is_kept(cast: Cast, form: dict[str, Any]) -> None:
    answer = as_(cast.hana).post(ASK, form)
    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()
    assert not Replay.objects.exists()


def test_a_long_one_runs_in_the_background_and_its_page_can_be_left(
    cast: Cast, calls: dict[str, Any], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replays, "AT_ONCE", 2)
    replay = ask(cast.hana, number="2")
    url = replay.get_absolute_url()
    assert "You can leave this page" in shown(cast.hana, url)
    assert as_(cast.hana).get(f"{url}load-light-wide.svg").status_code == 404

    run_next_jobs(clock=lambda: now)

    job = BackgroundJob.objects.get(kind=replays.JOB)
    assert (job.status, job.result) == ("done", {"changed": 3})
    assert "Department by department" in shown(cast.hana, url)
    assert as_(cast.hana).get(url, headers={"HX-Request": "true"}).headers["HX-Redirect"] == url
    BackgroundJob.objects.update(status="waiting")
    run_next_jobs(clock=lambda: now)  # taken up again after a crash: the result takes the place of the first
    assert len(moves(Replay.objects.get())) == 3


def test_a_failed_one_says_so(cast: Cast, calls: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replays, "AT_ONCE", 2)
    replay = ask(cast.hana, number="2")
    BackgroundJob.objects.update(status="failed")
    assert "It could not be made" in shown(cast.hana, replay.get_absolute_url())


def test_a_question_can_be_asked_again_with_something_changed(cast: Cast, calls: dict[str, Any]) -> None:
    replay = ask(cast.hana, number="2", closed_on="2026-11-20", target="90")
    page = shown(cast.hana, WHAT_IF, **DATES, again=str(replay.pk))
    assert 'name="number" value="2"' in page
    assert "2026-11-20</textarea>" in page.replace("\n", "")
    assert Question.from_json(replay.question).to_json() == replay.question
    assert as_(cast.sam).get(WHAT_IF, {"again": replay.pk}).status_code == 200  # another's is not taken over


def test_the_figures_are_those_of_the_report_of_that_day(cast: Cast, calls: dict[str, Any], now: datetime) -> None:
    """As known on Wed 18 Nov nothing was late yet: nobody had answered late, and the answer was due at five."""
    as_(cast.hana).post(f"{ASK}&as_of=2026-11-18", {"number": "2"})
    assert moves(Replay.objects.get()) == {
        ("Late by a day", "became_open"),
        ("Told in confidence", "became_open"),
    }


def test_old_ones_go_and_the_trail_says_so(cast: Cast, calls: dict[str, Any], now: datetime) -> None:
    ask(cast.hana, number="2")
    asked_at = localtime(Replay.objects.get().requested_at)
    assert remove_old_replays(now=asked_at + KEPT - timedelta(seconds=1)) == 0
    assert remove_old_replays(now=asked_at + KEPT) == 1
    assert AuditEntry.objects.filter(action="replays_removed").count() == 1


def test_the_page_asks_as_much_of_the_database_for_many_as_for_few(cast: Cast, calls: dict[str, Any]) -> None:
    few, many = ask(cast.hana, target="50"), ask(cast.hana, number="2")
    client = as_(cast.hana)
    counts = []
    for replay in (few, many):
        client.get(replay.get_absolute_url())
        with CaptureQueriesContext(connection) as asked:
            client.get(replay.get_absolute_url())
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 25

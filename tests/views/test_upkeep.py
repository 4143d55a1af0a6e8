"""This month and the first run: what needs an administrator, with one act each."""

import json
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from requests_app.models import AuditEntry, Confirmation, OnCallNumber, OutgoingMail, RestoreDrill, SweepRun
from requests_app.selectors.access import SYSTEM
from requests_app.selectors.first_run import QUESTIONS, asked_questions, open_questions
from requests_app.selectors.upkeep import GOOD, OVER, SOON, UPDATE_CHECK, UpkeepItem, upkeep_items
from requests_app.services.confirmations import confirm
from requests_app.services.updates import NoAnnouncement, look_for_update
from tests.cast import Cast, actor, login_of
from tests.factories import free_text_mail


@pytest.fixture
def ada(client: Client, cast: Cast) -> Client:
    client.force_login(login_of(cast.ada))
    return client


@pytest.fixture
def announced(settings: Any) -> Iterator[list[bytes]]:
    """A server that announces versions; the last answer put in is what it says."""
    says = [b'{"version": "9.1.0"}']

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(says[-1])

        def log_message(self, *_: object) -> None:
            """Keep it out of the tests' output."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.UPDATES_URL = f"http://127.0.0.1:{server.server_port}/"
    yield says
    server.shutdown()
    server.server_close()


def item(title: str, now: datetime) -> UpkeepItem:
    return next(each for each in upkeep_items(now) if str(each.title) == title)


def test_what_is_pressing_comes_first(cast: Cast, now: datetime) -> None:
    states = [each.state for each in upkeep_items(now)]
    assert states == sorted(states, key=(OVER, SOON, GOOD).index)
    assert len(set(states)) > 1


def test_a_season_that_is_over_and_a_login_nobody_uses_are_named(cast: Cast, now: datetime) -> None:
    assert item("People who may have left", now).state == GOOD
    cast.bob.work_pattern = {"season_until": "2026-09-30"}
    cast.bob.save(update_fields=["work_pattern"])
    User.objects.filter(employee=cast.charlie).update(last_login=now - timedelta(days=91))
    User.objects.filter(employee=cast.alice).update(last_login=now - timedelta(days=89))
    assert item("People who may have left", now).lines == ("Bob Teammate", "Charlie Outsider")


def test_mail_that_was_given_up_is_counted(cast: Cast, now: datetime) -> None:
    assert item("Failed mail", now).state == GOOD
    free_text_mail(to="x@pinole.example")
    OutgoingMail.objects.update(status=OutgoingMail.Status.FAILED)
    assert "1 mail was given up" in item("Failed mail", now).said


def test_a_restore_counts_while_it_is_fresh(cast: Cast, now: datetime) -> None:
    assert item("Last proven restore", now).state == OVER
    drill = RestoreDrill.objects.create(
        backup_name="b", started_at=now, finished_at=now - timedelta(days=32), is_proven=True
    )
    assert item("Last proven restore", now).state == SOON
    drill.finished_at = now
    drill.save()
    assert item("Last proven restore", now).state == GOOD


def test_numbers_nobody_called_for_a_year_are_named(cast: Cast, now: datetime) -> None:
    assert item("On-call numbers", now).state == SOON
    OnCallNumber.objects.update(checked_on=timezone.localdate(now))
    assert item("On-call numbers", now).state == GOOD


def test_the_disk_is_measured(cast: Cast, now: datetime) -> None:
    assert "GB free" in item("Disk", now).said


def test_the_newest_version_is_asked_for_and_kept(announced: list[bytes], cast: Cast, now: datetime) -> None:
    assert look_for_update(actor=actor(cast.ada), at=now) == "9.1.0"
    assert "9.1.0 is available" in item("Update", now).said
    assert item("Update", now + timedelta(days=9)).said.endswith("lately.")
    assert AuditEntry.objects.filter(action="update_looked_for", actor=cast.ada).exists()


@pytest.mark.parametrize("answer", [b"", b"{}", b"[]", b'{"version": 9}', b'{"version": "<b>"}', b"x" * 20_000])
def test_anything_else_is_no_version(announced: list[bytes], city: None, now: datetime, answer: bytes) -> None:
    announced.append(answer)
    with pytest.raises(NoAnnouncement):
        look_for_update(actor=SYSTEM, at=now)
    assert SweepRun.objects.get(name=UPDATE_CHECK).last_error
    assert item("Update", now).state == SOON


def test_the_same_version_is_the_newest(announced: list[bytes], city: None, now: datetime, settings: Any) -> None:
    announced.append(json.dumps({"version": settings.VERSION}).encode())
    look_for_update(actor=SYSTEM, at=now)
    assert item("Update", now).state == GOOD


def test_the_page_says_who_is_to_look_where(ada: Client) -> None:
    page = ada.get("/this-month/").content.decode()
    assert "need you" in page
    assert 'action="/backups/try/"' in page
    told = ada.post("/this-month/look-for-update/", follow=True).content.decode()
    assert "UPDATES_URL is not set." in told


def test_every_question_has_an_answer_a_default_and_a_place_to_change_it(ada: Client, now: datetime) -> None:
    asked = asked_questions(timezone.localdate(now))
    answers = {each.question.key: each.answer for each in asked}
    assert answers["business_days"] == "Mon–Fri 8:00–17:00"
    assert answers["counter_hours"] == "Mon–Thu 8:00–16:30"
    assert answers["target_rate"] == "95 %"
    assert all(answers.values())
    page = ada.get("/first-run/").content.decode()
    assert page.count("That is right") == len(QUESTIONS)
    for each in asked:
        assert each.question.url
        assert str(each.question.effect) in page


def test_a_confirmed_answer_carries_name_and_date(ada: Client, cast: Cast) -> None:
    page = ada.post("/first-run/target_rate/", follow=True).content.decode()
    assert "confirmed by Ada Administrator" in page
    assert open_questions() == len(QUESTIONS) - 1
    ada.post("/first-run/target_rate/")
    assert Confirmation.objects.count() == 1
    assert ada.post("/first-run/the_weather/").status_code == 404


def test_once_all_are_confirmed_the_month_no_longer_asks(cast: Cast, now: datetime) -> None:
    for question in QUESTIONS:
        confirm(f"first-run-{question.key}", actor=actor(cast.ada), at=now)
    assert item("First run", now).state == GOOD

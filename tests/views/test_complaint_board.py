"""The board of complaints: five columns through the scope, the same as a file, at a constant price."""

import csv
from datetime import datetime
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from requests_app.domain.vocabulary import Channel, Confidentiality, Disposition, FollowUpOutcome, RequestKind
from requests_app.models import AuditEntry, Complaint, Employee, Escalation, ServiceRequest
from requests_app.services.answers import answer_request
from requests_app.services.closing import close_request
from requests_app.services.complaints import begin_investigation
from requests_app.services.entries import AnswerEntry, CloseEntry
from tests.cast import Cast, actor, login_of
from tests.factories import concern
from tests.services.complaint_steps import DAY, complain, decide, follow_up, review

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(now: datetime, time_machine: Any) -> None:
    time_machine.move_to(now, tick=False)


def as_(person: Employee) -> Client:
    client = Client()
    client.force_login(login_of(person))
    return client


def board(person: Employee, **asked: Any) -> str:
    response = as_(person).get(reverse("complaint_board"), asked)
    assert response.status_code == 200
    return response.content.decode()


def column(page: str, phase: str) -> str:
    return page.split(f'id="phase-{phase}"')[1].split("</section>", maxsplit=1)[0]


def in_file(person: Employee, **asked: Any) -> list[dict[str, str]]:
    response = as_(person).get(reverse("complaint_board"), {"format": "csv", **asked})
    text = b"".join(response).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


@pytest.fixture
def five(cast: Cast, now: datetime) -> dict[str, ServiceRequest]:
    """Make one complaint of each column."""
    found = {
        phase: complain(cast, now, title=f"The {phase} one")
        for phase in ("received", "acknowledged", "investigating", "answered", "followed_up")
    }
    told = AnswerEntry(channel=Channel.PHONE, text="We look into it.", occurred_at=now)
    for phase in ("acknowledged", "investigating"):
        answer_request(request_id=found[phase].pk, entry=told, actor=actor(cast.alice), at=now)
    begin_investigation(
        request_id=found["investigating"].pk, investigator_id=None, began_at=now, actor=actor(cast.sam), at=now
    )
    for phase in ("answered", "followed_up"):
        decide(found[phase], cast.sam, now)
    follow_up(found["followed_up"], cast.alice, now, FollowUpOutcome.CONFIRMED)
    return found


def test_each_stands_where_it_has_come_to_with_what_is_owed_next(cast: Cast, five: dict[str, ServiceRequest]) -> None:
    page = board(cast.sam)
    for phase, found in five.items():
        shown = column(page, phase)
        assert found.number in shown
        assert "<span>1</span>" in shown
        assert "Alice Owner" in shown
    assert "Wed 25 Nov, 5:00 pm" in column(page, "received")  # to be acknowledged
    assert "Wed 9 Dec, 5:00 pm" in column(page, "investigating")
    assert "Follow up" in column(page, "answered")
    assert "5 complaints or concerns" in page


def test_a_review_and_an_escalation_are_marked(cast: Cast, now: datetime, five: dict[str, ServiceRequest]) -> None:
    review(five["answered"], cast.fay, now)
    Escalation.objects.create(
        service_request=five["received"],
        from_employee=cast.sam,
        to_employee=cast.dora,
        level=2,
        reason="x",
        sent_at=now,
    )
    page = board(cast.sam)
    assert "Review" in column(page, "acknowledged")
    assert "Escalated" in column(page, "received")
    assert column(page, "investigating").count("tag") == 0


def test_what_was_closed_long_ago_or_was_no_complaint_is_not_on_it(cast: Cast, now: datetime) -> None:
    old = decide(complain(cast, now - 60 * DAY, title="The old one"), cast.sam, now - 40 * DAY)
    follow_up(old, cast.alice, now - 31 * DAY, FollowUpOutcome.CONFIRMED)
    spam = complain(cast, now, title="An advertisement")
    entry = CloseEntry(disposition=Disposition.SPAM, note="x")
    close_request(request_id=spam.pk, entry=entry, actor=actor(cast.alice), at=now)
    complain(cast, now, kind=RequestKind.SERVICE, title="A pothole")
    page = board(cast.hana)
    assert "No complaint to show" in page
    for title in ("The old one", "An advertisement", "A pothole"):
        assert title not in page


def test_it_shows_only_what_one_may_read(cast: Cast, now: datetime) -> None:
    theirs = complain(cast, now, title="About Sam", confidentiality=Confidentiality.CONFIDENTIAL)
    concern(theirs, cast.sam)
    elsewhere = complain(cast, now, title="In finance", for_employee_id=cast.charlie.pk)
    assert "About Sam" not in board(cast.sam)
    assert "In finance" not in board(cast.sam)
    assert not {theirs.number, elsewhere.number} & {row["Tracking number"] for row in in_file(cast.sam)}
    page = board(cast.hana)
    assert "About Sam" in page
    assert "In finance" in page


def test_a_department_is_shown_with_its_divisions(cast: Cast, now: datetime) -> None:
    complain(cast, now, title="In streets")
    complain(cast, now, title="In finance", for_employee_id=cast.charlie.pk)
    page = board(cast.hana, department=cast.public_works.pk)
    assert "In streets" in page
    assert "In finance" not in page
    assert "In finance" in board(cast.hana, department="no such thing")


def test_the_file_holds_exactly_what_is_shown(cast: Cast, now: datetime, five: dict[str, ServiceRequest]) -> None:
    ServiceRequest.objects.filter(pk=five["received"].pk).update(confidentiality=Confidentiality.CONFIDENTIAL)
    complain(cast, now, title="In finance", for_employee_id=cast.charlie.pk)
    rows = in_file(cast.hana, department=cast.public_works.pk)
    assert [row["Tracking number"] for row in rows] == [found.number for found in five.values()]
    assert rows[0]["Answer by"] == "2026-11-25 17:00"
    assert [row["Stage"] for row in rows] == ["1"] * 5
    exported = AuditEntry.objects.get(action="exported")
    assert (exported.actor, exported.count) == (cast.hana, 5)
    assert AuditEntry.objects.get(action="restricted_exported").object_id == five["received"].pk


def test_thirty_cost_no_more_than_three(cast: Cast, now: datetime) -> None:
    client = as_(cast.sam)

    def queries_with(n: int) -> int:
        for _n in range(n):
            complain(cast, now)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("complaint_board"))
        return len(asked)

    queries_with(3)
    assert queries_with(3) == queries_with(30)
    assert Complaint.objects.count() == 36

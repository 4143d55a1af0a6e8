"""Where Human Resources and the city manager begin: what waits, with as many rows behind each number as it says."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from requests_app.domain.vocabulary import Channel, Confidentiality
from requests_app.models import (
    AuditEntry,
    ContactCount,
    Employee,
    FactorRecovery,
    PolicyQuestion,
    ServiceRequest,
    StaffQuestion,
)
from requests_app.selectors.glance import glance_at_city
from requests_app.selectors.hr_home import hr_home
from requests_app.services.answers import answer_request
from requests_app.services.choices import change_choice, change_choices
from requests_app.services.customers import CustomerEntry
from requests_app.services.entries import AnswerEntry, ContactEntry
from requests_app.services.requests import log_request
from requests_app.views.glance_lines import glance_lines
from tests.cast import Cast, actor, login_of
from tests.factories import PASSWORD, ServiceRequestFactory, concern
from tests.improvement_cases import make_improvement


@pytest.fixture(autouse=True)
def clock(now: datetime, time_machine: Any) -> None:
    time_machine.move_to(now, tick=False)


def as_(employee: Employee) -> Client:
    client = Client()
    client.force_login(login_of(employee))
    return client


def shown(who: Employee, url: str) -> str:
    answer = as_(who).get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def complaint(cast: Cast, **facts: Any) -> ServiceRequest:
    return ServiceRequestFactory.create(
        **{"kind": "complaint", "department": cast.streets, "owner": cast.alice, "status": "open", **facts}
    )


@pytest.mark.parametrize(
    ("who", "begins_on"),
    [
        ("hana", "/home/hr/"),
        ("max", "/home/city-manager/"),
        ("alice", "/"),
        ("sam", "/"),
        ("fay", "/front-desk/"),
        ("ada", "/"),
    ],
)
def test_everybody_begins_where_their_work_is(cast: Cast, who: str, begins_on: str) -> None:
    person: Employee = getattr(cast, who)
    client = Client()
    form = {"login": person.email, "password": PASSWORD}
    signed_in = client.post("/accounts/login/", form, follow=False)
    assert signed_in.headers["Location"] == "/home/"
    assert as_(person).get("/home/").headers["Location"] == begins_on
    if begins_on != "/":
        assert 'href="/"' in shown(person, begins_on)  # my work is one click away


def test_nothing_to_decide_says_so(cast: Cast, now: datetime) -> None:
    codes = [line.code for line in hr_home(actor(cast.hana), now=now)]
    assert set(codes) <= {"policy_review", "feedback", "contact", "courses"}  # what a new city alone asks for


def test_what_waits_for_human_resources_is_listed_with_as_many_rows(cast: Cast, now: datetime) -> None:
    late = now - timedelta(days=1)
    complaint(cast, owner=None, answer_by_at=late)
    complaint(cast, answer_by_at=late, confidentiality=Confidentiality.CONFIDENTIAL)
    complaint(cast, answer_by_at=now + timedelta(days=1))
    complaint(cast, owner=None, status="closed", closed_at=now, disposition="done")
    PolicyQuestion.objects.create(question="Does a text count as a call?", raised_by=cast.dora, raised_at=now)
    StaffQuestion.objects.create(question="Is a text a call?", asked_by=cast.bob, asked_at=now)
    FactorRecovery.objects.create(employee=cast.bob, asked_at=now)

    lines = {line.code: line for line in hr_home(actor(cast.hana), now=now)}

    assert {code: lines[code].count for code in ("past_date", "without_owner", "questions", "asked", "recoveries")} == {
        "past_date": 2,
        "without_owner": 1,
        "questions": 1,
        "asked": 1,
        "recoveries": 1,
    }
    for code in ("past_date", "without_owner"):
        assert shown(cast.hana, lines[code].url).count('class="row-title"') == lines[code].count
    page = shown(cast.hana, "/home/hr/")
    assert "1 complaint has nobody yet." in page
    assert page.index("line-recoveries") < page.index("line-questions")  # the most pressing first


def test_suggestions_to_be_decided_within_a_week_are_listed_apart_from_the_late(cast: Cast, now: datetime) -> None:
    for days in (-1, 0, 6, 7):
        make_improvement(cast.bob, now=now, due_on=timezone.localdate(now) + timedelta(days=days))
    lines = {line.code: line for line in hr_home(actor(cast.hana), now=now)}
    assert {code: lines[code].count for code in ("suggestions", "suggestions_due")} == {
        "suggestions": 1,
        "suggestions_due": 2,
    }
    for code in ("suggestions", "suggestions_due"):
        assert shown(cast.hana, lines[code].url).count('class="row-title"') == lines[code].count


def test_whether_feedback_is_asked_for_yet_is_the_citys_choice(cast: Cast, now: datetime) -> None:
    assert "feedback" in {line.code for line in hr_home(actor(cast.hana), now=now)}  # 38 days before the end of 2026
    change_choice("feedback_reminder_calendar_days", 30, actor=actor(cast.ada), at=now)
    assert "feedback" not in {line.code for line in hr_home(actor(cast.hana), now=now)}


def test_days_with_few_logged_and_months_nobody_counted_open_lists_of_that_length(cast: Cast, now: datetime) -> None:
    # Five a day on Mondays for ten weeks, none on the last but one; counted in October only.
    for weeks in (1, *range(3, 11)):
        ServiceRequestFactory.create_batch(6, department=cast.streets, received_at=now - timedelta(weeks=weeks))
    ContactCount.objects.create(
        on=date(2026, 10, 5), department=cast.streets, channel="phone", count=3, recorded_at=now
    )
    lines = {line.code: line for line in hr_home(actor(cast.hana), now=now)}
    assert (lines["few_logged"].count, lines["uncounted"].count) == (1, 1)  # 9 November; September
    for code, mark in (("few_logged", 'class="few-day"'), ("uncounted", 'class="uncounted-month"')):
        page = shown(cast.hana, lines[code].url)
        assert page.count(mark) == lines[code].count, code
    assert "September 2026" in page


def test_whom_a_complaint_is_about_counts_it_nowhere(cast: Cast, now: datetime) -> None:
    concern(complaint(cast, owner=None, answer_by_at=now - timedelta(days=1)), cast.hana)
    assert not {"past_date", "without_owner"} & {line.code for line in hr_home(actor(cast.hana), now=now)}


def test_the_manager_has_seven_lines_with_as_many_rows(cast: Cast, now: datetime) -> None:
    late = now - timedelta(days=1)
    ServiceRequestFactory.create(department=cast.streets, status="open", answer_by_at=late)
    ServiceRequestFactory.create(department=cast.streets, status="open", answer_by_at=late, is_from_colleague=True)
    complaint(cast, answer_by_at=late)
    ServiceRequestFactory.create(department=cast.finance, kind="compliment", title="The crew was kind")
    ServiceRequestFactory.create(
        department=cast.finance, status="open", is_hazard=True, hazard_told="Dispatch", hazard_told_at=now
    )

    figures = glance_at_city(actor(cast.max), now=now)
    lines = {line.code: line for line in glance_lines(figures, now=now)}

    assert len(lines) == 7
    assert (figures.late, figures.late_of_colleagues, figures.complaints, figures.hazards) == (3, 1, 1, 1)
    assert (figures.compliments, figures.logged_today) == (1, 5)
    for code in ("hazards", "late", "complaints", "storm", "praise"):
        assert shown(cast.max, lines[code].url).count('class="row-title"') == lines[code].count, code
    page = shown(cast.max, "/home/city-manager/")
    assert "2 answers to the public are late." in page
    ((beside, url),) = lines["late"].items
    assert (beside, shown(cast.max, url).count('class="row-title"')) == ("And 1 to a colleague", 1)
    assert "The crew was kind" in page


@pytest.mark.parametrize(("today", "state"), [(0, "good"), (1, "good"), (2, "soon"), (4, "over")])
def test_a_day_of_three_times_the_mean_is_a_storm(cast: Cast, now: datetime, today: int, state: str) -> None:
    # 19 business days in the four weeks before: Veterans Day was one less.
    for _ in range(19):
        ServiceRequestFactory.create(department=cast.streets, received_at=now - timedelta(days=5))
    for _ in range(today):
        ServiceRequestFactory.create(department=cast.streets)
    figures = glance_at_city(actor(cast.max), now=now)
    assert figures.mean == 1
    line = next(line for line in glance_lines(figures, now=now) if line.code == "storm")
    assert (line.count, line.state) == (today, state)
    change_choices({"busy_day_ratio": 4.5, "storm_day_ratio": 9}, actor=actor(cast.ada), at=now)
    assert next(line for line in glance_lines(figures, now=now) if line.code == "storm").state == "good"


def test_both_homes_ask_as_much_for_many_as_for_few(cast: Cast, now: datetime) -> None:
    for who, url, most in ((cast.hana, "/home/hr/", 45), (cast.max, "/home/city-manager/", 35)):
        client, counts = as_(who), []
        for _ in range(2):
            client.get(url)
            with CaptureQueriesContext(connection) as asked:
                client.get(url)
            counts.append(len(asked))
            for _ in range(8):
                complaint(cast, owner=None, answer_by_at=now - timedelta(days=1))
        assert counts[0] == counts[1] <= most


def council_contact(cast: Cast, now: datetime, **facts: Any) -> ServiceRequest:
    customer = CustomerEntry(name="Rosalia Nunez", phone="510 555 0143")
    given = {"title": "Light on Plum Street", "customer": customer, "for_employee_id": cast.alice.pk, **facts}
    entry = ContactEntry(channel=Channel.COUNCIL, received_at=now, **given)
    return log_request(entry, actor=actor(cast.fay), at=now)


def test_the_council_member_is_told_of_the_answer_and_not_who_asked(cast: Cast, now: datetime) -> None:
    found = council_contact(cast, now)
    council_contact(cast, now, title="Told in confidence", confidentiality=Confidentiality.CONFIDENTIAL)
    words = r"readonly>([^<]*)</textarea>"
    (before,) = re.findall(words, shown(cast.max, "/council-contacts/"))
    assert "is being dealt with; our standard is an answer by" in before

    told = AnswerEntry(channel=Channel.PHONE, text="Fixed for Rosalia", occurred_at=now)
    answer_request(request_id=found.pk, entry=told, actor=actor(cast.alice), at=now)

    (after,) = re.findall(words, shown(cast.max, "/council-contacts/"))
    assert "was answered on Monday 23 November at 2:10 pm" in after
    written = b"".join(as_(cast.max).get("/council-contacts/?format=csv")).decode()
    assert written.count("2026-11-23") == 2  # received and answered, of the one that is not confidential
    after += written
    assert AuditEntry.objects.filter(action="exported").count() == 1
    for secret in ("Rosalia", "Nunez", "0143", found.number, "Plum Street", "Fixed"):
        assert secret not in after


def test_the_council_member_is_told_of_no_answer_where_there_was_none(cast: Cast, now: datetime) -> None:
    found = council_contact(cast, now)
    ServiceRequest.objects.filter(pk=found.pk).update(status="closed", disposition="withdrawn", closed_at=now)
    page = shown(cast.max, "/council-contacts/")
    assert "was closed on Monday 23 November at 2:10 pm" in page
    assert "was answered on" not in page
    assert "closed, no answer" in page


def test_what_came_via_the_council_is_on_pages_of_its_own_length(cast: Cast) -> None:
    ServiceRequestFactory.create_batch(27, channel="council", department=cast.streets)
    pages = [shown(cast.max, f"/council-contacts/?page={number}") for number in (1, 2)]
    assert [page.count("readonly>") for page in pages] == [25, 2]
    assert "27 matters" in pages[0]

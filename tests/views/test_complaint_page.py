"""The page of a complaint: led by what comes next, with its facts as far as the reader may know them."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from requests_app.domain.vocabulary import AttemptOutcome, Confidentiality, FollowUpOutcome, RequestKind, Status
from requests_app.models import Complaint, ComplaintDecision, Employee, ServiceRequest
from tests.cast import Cast, login_of
from tests.services.complaint_steps import DAY, complain, decide, follow_up, review

pytestmark = pytest.mark.django_db
WRITTEN = {
    "outcome": "upheld",
    "findings": "The slip was lost.",
    "text": "You were right.",
    "channel": "letter",
    "root_cause": "handover",
    "remedy": "A new bin",
    "lesson": "One list",
}


@pytest.fixture(autouse=True)
def today(now: datetime, time_machine: Any) -> None:
    time_machine.move_to(now + timedelta(minutes=1), tick=False)


@pytest.fixture
def complaint(cast: Cast, now: datetime) -> ServiceRequest:
    return complain(cast, now)


def page_for(person: Employee, found: ServiceRequest) -> str:
    client = Client()
    client.force_login(login_of(person))
    response = client.get(found.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def post(who: Employee, found: ServiceRequest, verb: str, **typed: Any) -> Any:
    client = Client()
    client.force_login(login_of(who))
    return client.post(reverse(f"request_{verb}", args=[found.number]), typed)


def what_comes_next(page: str) -> str:
    return page.split('id="next-duty">')[1].split("</h2>", maxsplit=1)[0]


def test_it_is_led_by_what_comes_next_from_the_first_word_to_the_last(cast: Cast, complaint: ServiceRequest) -> None:
    steps = [
        ("Acknowledge it", "answer", {"channel": "phone", "text": "We look into it.", "answer": "full"}),
        ("Say what it is about", "describe", {"subject": "timeliness", "desired_outcome": "A call back"}),
        ("Look into it", "investigate", {}),
        ("Answer it in writing", "decide", WRITTEN),
        ("Follow up", "follow_up", {"came_of_it": "confirmed", "channel": "phone", "text": "All is well."}),
    ]
    for duty, verb, typed in steps:
        page = page_for(cast.sam, complaint)
        assert what_comes_next(page) == duty
        panel = verb.replace("_", "-")
        assert f'<a class="btn btn-primary" href="#{panel}">' in page
        assert f'<details class="fold" id="{panel}" open>' in page
        assert page.count(" open>") == 1
        assert post(cast.sam, complaint, verb, **typed).status_code == 302

    page = page_for(cast.sam, complaint)
    assert "next-duty" not in page
    assert "A call back" in page
    assert "You were right." in page
    assert "The slip was lost." in page
    complaint.refresh_from_db()
    assert complaint.status == Status.CLOSED


def test_the_date_is_that_of_the_duty(cast: Cast, complaint: ServiceRequest) -> None:
    card = page_for(cast.sam, complaint).split('id="next-duty">')[1].split("</section>")[0]
    assert "Wed 25 Nov, 5:00 pm" in card  # acknowledged in two business days, though a call back is due tomorrow


def test_who_cannot_do_it_reads_it_without_a_button(cast: Cast, complaint: ServiceRequest) -> None:
    page = page_for(cast.hana, complaint)
    assert what_comes_next(page) == "Acknowledge it"
    assert 'href="#answer"' not in page


def test_what_was_found_is_for_colleagues_and_what_was_told_for_the_front_desk_too(
    cast: Cast, complaint: ServiceRequest, now: datetime
) -> None:
    decide(complaint, cast.sam, now)
    page = page_for(cast.fay, complaint)
    assert "You were right, and we are sorry." in page
    assert "The call was never passed on." not in page
    assert "Messages are passed on in writing." not in page
    assert "The call was never passed on." in page_for(cast.bob, complaint)


def test_an_auditor_reads_no_words_of_it(cast: Cast, complaint: ServiceRequest, now: datetime) -> None:
    post(cast.sam, complaint, "describe", subject="access", desired_outcome="An interpreter")
    decide(complaint, cast.sam, now)
    page = page_for(cast.otto, complaint)
    assert "Access: language" in page
    for words in ("An interpreter", "You were right", "never passed on", "Somebody called", "Messages are"):
        assert words not in page


def test_attempts_and_outcome_of_the_follow_up_are_shown(cast: Cast, complaint: ServiceRequest, now: datetime) -> None:
    decide(complaint, cast.sam, now)
    follow_up(complaint, cast.alice, now, attempt=AttemptOutcome.LEFT_MESSAGE, text="")
    page = page_for(cast.alice, complaint)
    assert "1 attempt so far. After 3 it may end unreached." in page
    assert "They could not be reached: close it" not in page
    follow_up(complaint, cast.alice, now, FollowUpOutcome.DECLINED)
    page = page_for(cast.alice, complaint)
    assert "Left a message" in page
    assert "Wants no follow-up" in page


def test_ended_unreached_too_early_is_a_wrong_choice(cast: Cast, complaint: ServiceRequest, now: datetime) -> None:
    decide(complaint, cast.sam, now)
    response = post(cast.alice, complaint, "follow_up", came_of_it="not_reached", channel="phone", text="kept words")
    assert response.status_code == 422
    assert "kept words" in response.content.decode()


def test_what_they_said_is_asked_for(cast: Cast, complaint: ServiceRequest, now: datetime) -> None:
    decide(complaint, cast.sam, now)
    response = post(cast.alice, complaint, "follow_up", came_of_it="confirmed", channel="phone")
    assert response.status_code == 422
    assert "Write what they said." in response.content.decode()


def test_who_decided_is_not_offered_the_review_and_is_told_why(
    cast: Cast, complaint: ServiceRequest, now: datetime
) -> None:
    decide(complaint, cast.sam, now)
    review(complaint, cast.fay, now)
    page = page_for(cast.sam, complaint)
    assert "Stage 2: review" in page
    assert "Nobody asked me." in page
    assert 'id="decide"' not in page
    assert "/take/" not in page
    response = post(cast.sam, complaint, "decide", **WRITTEN)
    assert response.status_code == 409
    assert "Whoever decided the first stage" in response.content.decode()
    assert 'id="decide"' in page_for(cast.dora, complaint)


def test_a_complaint_closes_only_as_what_was_none(cast: Cast, complaint: ServiceRequest, now: datetime) -> None:
    closing = page_for(cast.sam, complaint).split('id="close"')[1].split("</details>")[0]
    assert [code for code in ("duplicate", "spam", "wrong_number") if f'value="{code}"' in closing] == [
        "duplicate", "spam", "wrong_number",
    ]  # fmt: skip
    assert 'value="answered"' not in closing
    assert 'value="done"' not in closing
    decide(complaint, cast.sam, now)
    follow_up(complaint, cast.alice, now, FollowUpOutcome.NOT_RESOLVED)
    assert 'id="close"' not in page_for(cast.sam, complaint)


def test_nothing_of_it_is_offered_on_another_request(cast: Cast, now: datetime) -> None:
    page = page_for(cast.sam, complain(cast, now, kind=RequestKind.SERVICE))
    for panel in ("describe", "investigate", "decide", "put-off"):
        assert f'id="{panel}"' not in page
    assert "next-duty" not in page


def test_putting_off_is_offered_once(cast: Cast, complaint: ServiceRequest) -> None:
    assert 'id="put-off"' in page_for(cast.sam, complaint)
    typed = {"extended_to": "2026-12-14", "channel": "email", "text": "A witness is away"}
    for status in (302, 409):
        assert post(cast.sam, complaint, "put_off", **typed).status_code == status
    assert 'id="put-off"' not in page_for(cast.sam, complaint)


@pytest.mark.parametrize("verb", ["decide", "follow_up", "review", "put_off"])
def test_two_clicks_do_it_once(cast: Cast, complaint: ServiceRequest, now: datetime, verb: str) -> None:
    if verb in ("follow_up", "review"):
        decide(complaint, cast.sam, now)
    typed = {
        "decide": WRITTEN,
        "follow_up": {"came_of_it": "no_answer", "channel": "phone"},
        "review": {"channel": "phone", "text": "Look again"},
        "put_off": {"extended_to": "2026-12-14", "channel": "email", "text": "A witness is away"},
    }[verb]
    for _click in range(2):
        response = post(cast.dora, complaint, verb, submission_key="6a1d9a40-93c4-4c39-8f0a-1f0e2a2f7a11", **typed)
        assert response.status_code == 302
    assert complaint.events.filter(kind__in=["decided", "followed_up", "review_asked", "extended"]).count() == (
        2 if verb in ("follow_up", "review") else 1
    )


def test_who_looks_into_it_may_be_somebody_else(cast: Cast, complaint: ServiceRequest) -> None:
    assert post(cast.sam, complaint, "investigate", investigator=cast.bob.pk).status_code == 302
    assert Complaint.objects.get(service_request=complaint).investigated_by == cast.bob


def test_whom_it_is_about_is_out_of_it_at_once_even_who_wrote_it(cast: Cast, complaint: ServiceRequest) -> None:
    response = post(cast.sam, complaint, "describe", subject="staff_conduct", person=cast.alice.pk)
    assert response.status_code == 302
    complaint.refresh_from_db()
    assert complaint.confidentiality == Confidentiality.CONFIDENTIAL
    assert complaint.owner != cast.alice
    client = Client()
    client.force_login(login_of(cast.alice))
    assert client.get(complaint.get_absolute_url()).status_code == 404


def test_the_requests_complained_of_and_complaining_are_linked_as_far_as_one_may_see(cast: Cast, now: datetime) -> None:
    first = complain(cast, now, kind=RequestKind.SERVICE, title="A bin was not emptied")
    about = complain(cast, now, about_request_id=first.pk, confidentiality=Confidentiality.CONFIDENTIAL)
    assert about.number in page_for(cast.sam, first)
    assert about.number not in page_for(cast.bob, first)
    assert first.number in page_for(cast.sam, about)


def test_a_long_complaint_costs_no_more_queries(cast: Cast, complaint: ServiceRequest, now: datetime) -> None:
    client = Client()
    client.force_login(login_of(cast.sam))

    def one_more_round(n: int) -> int:
        at = now + n * DAY
        decide(complaint, cast.sam, at, told_at=now)
        for _attempt in range(n):
            follow_up(complaint, cast.alice, at, attempt=AttemptOutcome.NO_ANSWER, text="", occurred_at=now)
        follow_up(complaint, cast.alice, at, FollowUpOutcome.NOT_RESOLVED, occurred_at=now)
        with CaptureQueriesContext(connection) as asked:
            client.get(complaint.get_absolute_url())
        return len(asked)

    one_more_round(1)
    assert len({one_more_round(n) for n in range(2, 5)}) == 1
    assert ComplaintDecision.objects.count() == 4

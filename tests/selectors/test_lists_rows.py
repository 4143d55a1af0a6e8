"""What a row says: its date in words, its last touch, its age."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from requests_app.domain.vocabulary import AttemptOutcome, Channel, Direction, Status, Verdict
from requests_app.models import Excusal, Interaction, ResponseClock, ServiceRequest
from requests_app.selectors.due_words import DueState, DueView, DueWording
from requests_app.selectors.list_rows import ListRow, present_rows, with_row_facts
from requests_app.selectors.visibility import requests_visible_to
from tests.cast import Cast, actor
from tests.factories import CustomerFactory, EmployeeFactory, ServiceRequestFactory, start_clock_row


def row_of(found: ServiceRequest, cast: Cast, now: datetime, *, seen_by: Any = None) -> ListRow:
    who = actor(seen_by or cast.alice)
    rows = list(with_row_facts(requests_visible_to(who).filter(pk=found.pk), who))
    return present_rows(rows, wording=DueWording(now=now))[0]


def shown(view: DueView) -> tuple[str, str]:
    return view.state, view.words


@pytest.fixture
def deck(cast: Cast, now: datetime) -> ServiceRequest:
    """A request of Alice, received Wed 18 Nov at 9:10 am."""
    return ServiceRequestFactory.create(
        department=cast.streets, owner=cast.alice, received_at=now - timedelta(days=5, hours=5)
    )


def settle(found: ServiceRequest, *, due_at: datetime, met_at: datetime | None, verdict: Verdict) -> ResponseClock:
    clock = start_clock_row(
        found, due_at=due_at, met_at=met_at, verdict=verdict, verdict_recorded_at=met_at or due_at,
        ended_reason="withdrawn" if verdict is Verdict.CANCELLED else "",
    )  # fmt: skip
    ServiceRequest.objects.filter(pk=found.pk).update(answer_by_at=None)
    return clock


def test_a_date_that_is_owed_reads_by_how_far_it_is(deck: ServiceRequest, cast: Cast, now: datetime) -> None:
    clock = start_clock_row(deck, due_at=now)
    words = {}
    for due_at in (
        now - timedelta(days=5),
        now - timedelta(hours=3),
        now,
        now + timedelta(hours=2),
        now + timedelta(days=2),
    ):
        ResponseClock.objects.filter(pk=clock.pk).update(due_at=due_at)
        ServiceRequest.objects.filter(pk=deck.pk).update(answer_by_at=due_at)
        row = row_of(deck, cast, now)
        assert row.due.at == due_at
        words[due_at - now] = shown(row.due)
    assert words == {
        timedelta(days=-5): (DueState.OVERDUE, "3 business days late"),
        timedelta(hours=-3): (DueState.OVERDUE, "3 h late"),
        timedelta(0): (DueState.TODAY, "due now"),
        timedelta(hours=2): (DueState.TODAY, "due in 2 h"),
        timedelta(days=2): (DueState.LATER, "due in 2 business days"),
    }


def test_an_answer_reads_as_kept_or_late(deck: ServiceRequest, cast: Cast, now: datetime) -> None:
    clock = settle(deck, due_at=now, met_at=now - timedelta(hours=1), verdict=Verdict.MET)
    assert shown(row_of(deck, cast, now).due) == (DueState.MET, "kept")
    ResponseClock.objects.filter(pk=clock.pk).update(is_answered_on_the_spot=True)
    assert shown(row_of(deck, cast, now).due) == (DueState.MET, "answered on the spot")
    ResponseClock.objects.filter(pk=clock.pk).update(verdict=Verdict.LATE, due_at=now - timedelta(hours=4))
    assert shown(row_of(deck, cast, now).due) == (DueState.LATE, "answered 3 h late")


def test_an_excuse_stands_beside_the_lateness(deck: ServiceRequest, cast: Cast, now: datetime) -> None:
    clock = settle(deck, due_at=now - timedelta(hours=4), met_at=now - timedelta(hours=1), verdict=Verdict.LATE)
    Excusal.objects.create(clock=clock, reason="Storm day", decided_by=cast.sam, decided_at=now)
    assert shown(row_of(deck, cast, now).due) == (DueState.EXCUSED, "excused, answered 3 h late")


def test_an_excused_date_that_is_still_owed_stays_overdue(deck: ServiceRequest, cast: Cast, now: datetime) -> None:
    clock = start_clock_row(deck, due_at=now - timedelta(hours=3))
    Excusal.objects.create(clock=clock, reason="Storm day", decided_by=cast.sam, decided_at=now)
    row = row_of(deck, cast, now)
    assert (shown(row.due), row.is_excused) == ((DueState.OVERDUE, "3 h late"), True)


def test_the_last_answer_tells_more_than_what_was_let_go(deck: ServiceRequest, cast: Cast, now: datetime) -> None:
    settle(deck, due_at=now, met_at=now - timedelta(hours=1), verdict=Verdict.MET)
    settle(deck, due_at=now, met_at=None, verdict=Verdict.CANCELLED)
    assert shown(row_of(deck, cast, now).due) == (DueState.MET, "kept")


def test_no_date_says_why(deck: ServiceRequest, cast: Cast, now: datetime) -> None:
    assert shown(row_of(deck, cast, now).due) == (DueState.NONE, "no promise")
    ServiceRequest.objects.filter(pk=deck.pk).update(no_reply="not_wanted")
    assert row_of(deck, cast, now).due.at_text == "No reply wanted"
    ServiceRequest.objects.filter(pk=deck.pk).update(no_reply="")
    clock = start_clock_row(deck, due_at=now)
    ResponseClock.objects.filter(pk=clock.pk).update(due_at=None, undated_reason="no_calendar")
    ServiceRequest.objects.filter(pk=deck.pk).update(answer_by_at=None)
    assert shown(row_of(deck, cast, now).due) == (DueState.UNDATED, "no date yet")


def touch(found: ServiceRequest, at: datetime, **facts: Any) -> None:
    defaults = {"direction": Direction.OUTBOUND.value, "channel": Channel.PHONE.value}
    Interaction.objects.create(service_request=found, occurred_at=at, recorded_at=at, **{**defaults, **facts})


def test_the_last_touch_reads_as_what_happened(deck: ServiceRequest, cast: Cast, now: datetime) -> None:
    touches: list[tuple[dict[str, Any], str]] = [
        ({"direction": Direction.INBOUND.value}, "Nothing yet"),
        ({"outcome": AttemptOutcome.NO_ANSWER.value}, "Called, no answer"),
        ({"direction": Direction.INBOUND.value, "is_calling_again": True}, "Calling again"),
        ({"answer": "holding", "is_qualifying": True}, "Holding answer"),
        ({"answer": "full", "is_qualifying": True}, "Answered"),
        ({"direction": Direction.INBOUND.value}, "From the customer"),
        ({"direction": Direction.NOTE.value, "channel": ""}, "Internal note"),
    ]
    for hours, (facts, words) in enumerate(touches):
        at = deck.received_at + timedelta(hours=hours)
        touch(deck, at, **facts)
        last = row_of(deck, cast, now).last_touch
        assert (last.words, last.at) == (words, at)


def test_the_front_desk_reads_nothing_of_an_internal_note(deck: ServiceRequest, cast: Cast, now: datetime) -> None:
    touch(deck, deck.received_at, direction=Direction.INBOUND.value)
    touch(deck, now, direction=Direction.NOTE.value, channel="", department=cast.streets, employee=cast.bob)
    assert row_of(deck, cast, now, seen_by=cast.fay).last_touch.words == "Nothing yet"
    for insider in (cast.sam, cast.hana, cast.max):
        assert row_of(deck, cast, now, seen_by=insider).last_touch.words == "Internal note"


def test_the_age_is_in_business_hours(deck: ServiceRequest, cast: Cast, now: datetime) -> None:
    # Wed 9:10 am to Mon 2:10 pm: 7 h 50 min, two days of 9 h, 6 h 10 min.
    assert row_of(deck, cast, now).age_hours == 32
    ServiceRequest.objects.filter(pk=deck.pk).update(status=Status.CLOSED, closed_at=now, disposition="done")
    assert row_of(deck, cast, now).age_hours is None


def test_an_age_the_calendar_does_not_know_is_left_out(deck: ServiceRequest, cast: Cast, now: datetime) -> None:
    ServiceRequest.objects.filter(pk=deck.pk).update(received_at=now - timedelta(days=9000))
    assert row_of(deck, cast, now).age_hours is None


def test_whoever_asked_is_named_as_known(deck: ServiceRequest, cast: Cast, now: datetime) -> None:
    assert row_of(deck, cast, now).customer == "Name not given"
    ServiceRequest.objects.filter(pk=deck.pk).update(customer=CustomerFactory.create(name="Rosalía Núñez"))
    assert row_of(deck, cast, now).customer == "Rosalía Núñez"
    colleague = EmployeeFactory.create(name="Dana Whitfield")
    ServiceRequest.objects.filter(pk=deck.pk).update(customer=None, colleague=colleague, is_from_colleague=True)
    assert row_of(deck, cast, now).customer == "Dana Whitfield, a colleague"


def test_without_a_calendar_a_date_still_reads(db: None, now: datetime) -> None:
    wording = DueWording(now=now)
    assert shown(wording.of_due_at(now - timedelta(hours=1))) == (DueState.OVERDUE, "past its date")
    assert shown(wording.of_due_at(now + timedelta(days=3))) == (DueState.LATER, "not due yet")

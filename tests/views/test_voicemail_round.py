"""The voicemail round: each message is a contact from when it was left, and the round is kept (III.b.ii.3)."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from requests_app.domain.vocabulary import Role
from requests_app.models import AuditEntry, Event, Interaction, ResponseClock, ServiceRequest, VoicemailCheck
from tests.cast import Cast
from tests.factories import (
    NOW,
    AbsenceFactory,
    ContactPointFactory,
    CustomerFactory,
    EmployeeFactory,
    ServiceRequestFactory,
    give_role,
    make_login,
)
from tests.views.log_form import as_, text_of

PAGE = "/front-desk/voicemail/"
MESSAGE, FINISH, PREVIEW = f"{PAGE}message/", f"{PAGE}finish/", f"{PAGE}preview/"
DAYS = "/compliance/coverage/voicemail/"


@pytest.fixture(autouse=True)
def clock(time_machine: Any) -> Any:
    time_machine.move_to(NOW, tick=False)
    return time_machine


def message(client: Client, **facts: Any) -> Any:
    typed = {
        "left_at": "7:42",
        "who": "510 555 0177, Rosa",
        "title": "A hole at Pear and Tennent",
        "submission_key": uuid4(),
        "round": client.get(PAGE).context["round"],
        **facts,
    }
    return client.post(MESSAGE, typed, follow=True)


def finish(client: Client, messages: object) -> Any:
    form = {"round": client.get(PAGE).context["round"], "messages": messages}
    return client.post(FINISH, form, follow=True)


def at(hour: int, minute: int = 0, day: int = 23) -> datetime:
    return datetime(2026, 11, day, 8, minute, tzinfo=UTC) + timedelta(hours=hour)


def test_a_message_is_a_contact_from_when_it_was_left_and_the_next_may_come(cast: Cast) -> None:
    answer = message(as_(cast.fay), left_at="Sat 4:50 pm")
    assert answer.redirect_chain == [(PAGE, 302)]
    logged = ServiceRequest.objects.get()
    assert (logged.channel, logged.received_at, logged.title) == (
        "voicemail", datetime(2026, 11, 22, 0, 50, tzinfo=UTC), "A hole at Pear and Tennent",
    )  # fmt: skip
    assert logged.customer is not None
    assert logged.customer.name == "Rosa"
    clock = ResponseClock.objects.get()
    assert (clock.started_at, clock.due_at) == (logged.received_at, at(17))  # Saturday: Monday, close of business
    assert clock.standard.clause == "III.b.ii.3"
    assert Event.objects.filter(kind="backdated").exists()  # left long before it was written down
    assert answer.context["logged"] == 1
    assert answer.context["form"]["title"].value() is None


def test_box_checked_with_so_many_messages_is_kept_and_silent_ones_count(cast: Cast) -> None:
    fay = as_(cast.fay)
    message(fay)
    message(fay)
    answer = finish(fay, 6)
    assert "Box checked 2:10 pm, 6 messages." in text_of(answer)
    check = VoicemailCheck.objects.get()
    assert (check.on, check.finished_at, check.checked_by) == (NOW.date(), NOW, cast.fay)
    assert (check.messages, check.logged) == (6, 2)
    assert AuditEntry.objects.filter(action="voicemail_box_checked").count() == 1
    assert "Box checked 2:10 pm, 6 messages" in text_of(fay.get("/front-desk/"))


def test_an_empty_box_is_kept_too_and_once(cast: Cast) -> None:
    fay = as_(cast.fay)
    form = {"round": fay.get(PAGE).context["round"], "messages": "0"}
    for _click in range(2):
        assert "0 messages" in text_of(fay.post(FINISH, form, follow=True))
    assert VoicemailCheck.objects.get().messages == 0
    assert AuditEntry.objects.filter(action="voicemail_box_checked").count() == 1


def test_the_box_held_at_least_what_was_logged(cast: Cast) -> None:
    fay = as_(cast.fay)
    message(fay)
    assert finish(fay, 0).status_code == 409
    assert finish(fay, "").status_code == 422
    assert VoicemailCheck.objects.get().finished_at is None


def test_a_message_posted_twice_is_logged_and_counted_once(cast: Cast) -> None:
    fay, key = as_(cast.fay), uuid4()
    for _click in range(2):
        assert message(fay, submission_key=key).status_code == 200
    assert ServiceRequest.objects.count() == VoicemailCheck.objects.get().logged == 1


def test_a_round_goes_on_after_a_break_and_belongs_to_whoever_began_it(cast: Cast) -> None:
    fay = as_(cast.fay)
    message(fay)
    begun = VoicemailCheck.objects.get().key
    assert fay.get(PAGE).context["round"] == begun
    give_role(cast.bob, Role.FRONT_DESK, cast.streets)
    bob = as_(cast.bob)
    assert bob.get(PAGE).context["round"] != begun
    assert message(bob, round=begun).status_code == 409
    assert VoicemailCheck.objects.get().logged == 1


@pytest.mark.parametrize("damaged", ["", "no-key", "0"])
def test_a_message_or_an_end_without_its_round_is_asked_for_once_more(cast: Cast, damaged: str) -> None:
    fay = as_(cast.fay)
    assert message(fay, round=damaged).status_code == 422
    assert fay.post(FINISH, {"round": damaged, "messages": "0"}).status_code == 422
    assert not ServiceRequest.objects.exists()
    assert not VoicemailCheck.objects.exists()


@pytest.mark.parametrize("left_at", ["", "noonish", "25:00", "today 5 pm"])
def test_without_the_time_it_was_left_nothing_is_logged_and_the_text_stays(cast: Cast, left_at: str) -> None:
    answer = message(as_(cast.fay), left_at=left_at)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["left_at"]
    assert "A hole at Pear and Tennent" in text_of(answer)
    assert not ServiceRequest.objects.exists()


def test_what_the_page_does_not_ask_is_asked_on_the_full_form(cast: Cast) -> None:
    fay = as_(cast.fay)
    answer = message(fay, is_danger="on")
    assert answer.status_code == 422
    assert "needs the full form" in text_of(answer)
    assert not ServiceRequest.objects.exists()
    typed = {"left_at": "7:42", "channel": "voicemail", "title": "Wires down", "check": "1"}
    full = fay.post("/log/", typed)
    assert "Wires down" in text_of(full)


@pytest.mark.parametrize("spelling", ["(510) 555-0177", "+1 510 555 0177", "5550177", "0177"])
def test_a_number_in_any_spelling_suggests_whom_we_know(cast: Cast, spelling: str) -> None:
    known = CustomerFactory.create(name="Rosa Díaz")
    ContactPointFactory.create(
        customer=known, kind="phone", value="+15105550177", as_typed="510-555-0177", reversed_digits="77105550151"
    )
    ServiceRequestFactory.create(customer=known, department=cast.fay.department)
    answer = as_(cast.fay).post(MESSAGE, {"who": spelling, "check": "1"})
    assert "Rosa Díaz" in text_of(answer)


def test_a_message_about_an_open_matter_is_added_to_it_and_counts_in_the_round(cast: Cast) -> None:
    fay = as_(cast.fay)
    message(fay)
    number, key = ServiceRequest.objects.get().number, uuid4()
    for _click in range(2):
        answer = message(fay, add_to=number, left_at="9:15", submission_key=key)
    assert answer.redirect_chain == [(PAGE, 302)]
    assert ServiceRequest.objects.count() == 1
    assert Interaction.objects.latest("pk").occurred_at == at(9, 15)
    assert ResponseClock.objects.get().calling_again_count == 1
    assert VoicemailCheck.objects.get().logged == 2


def test_the_preview_says_when_it_was_left_by_when_and_who_stands_in(cast: Cast) -> None:
    AbsenceFactory.create(employee=cast.alice, alternate_person=cast.bob)
    fay = as_(cast.fay)
    typed = {"left_at": "7:42", "who": "510 555 0177", "for_whom": cast.alice.name, "title": "Call me"}
    answer = text_of(fay.post(PREVIEW, typed))
    assert "Mon 23 Nov, 7:42 am" in answer
    assert "Tue 24 Nov, 5:00 pm" in answer
    assert cast.bob.name in answer
    assert "Leave it with" in answer
    assert not ServiceRequest.objects.exists()


def test_a_message_for_somebody_away_goes_to_whoever_stands_in_unless_it_is_left(cast: Cast) -> None:
    AbsenceFactory.create(employee=cast.alice, alternate_person=cast.bob)
    fay = as_(cast.fay)
    message(fay, for_whom=cast.alice.name)
    assert ServiceRequest.objects.latest("pk").owner == cast.bob
    message(fay, for_whom=cast.alice.name, leave_with=cast.alice.pk)
    assert ServiceRequest.objects.latest("pk").owner == cast.alice


def test_by_the_set_hour_it_is_late_at_the_desk_and_for_its_supervisor(cast: Cast, clock: Any) -> None:
    lead = EmployeeFactory.create(department=cast.fay.department, email="lead@pinole.example")
    give_role(lead, Role.SUPERVISOR, cast.fay.department)
    make_login(lead)
    words = "The voicemail box was not checked yet"
    clock.move_to(at(10), tick=False)
    assert words not in text_of(as_(lead).get("/"))
    assert "To be checked by 10:00 am" in text_of(as_(cast.fay).get("/front-desk/"))
    clock.move_to(at(10, 1), tick=False)
    assert words in text_of(as_(lead).get("/"))
    assert "not checked yet" in text_of(as_(cast.fay).get("/front-desk/"))
    finish(as_(cast.fay), 0)
    assert words not in text_of(as_(lead).get("/"))


def test_on_a_closed_day_the_box_may_wait(cast: Cast, clock: Any) -> None:
    clock.move_to(at(12, day=26), tick=False)  # Thanksgiving
    assert "it may wait" in text_of(as_(cast.fay).get("/front-desk/"))


def test_coverage_lists_each_business_day_with_its_rounds_and_the_day_nobody_checked(cast: Cast, clock: Any) -> None:
    hana = as_(cast.hana)
    assert hana.get(DAYS).context["total"] == 0
    clock.move_to(at(8, 10, day=19), tick=False)  # Thursday; nobody checks on Friday
    fay = as_(cast.fay)
    message(fay, left_at="7:00")
    finish(fay, 3)
    clock.move_to(NOW, tick=False)
    finish(as_(cast.fay), 0)
    page = as_(cast.hana).get(DAYS)
    days = [(day.on.day, day.messages, day.logged, day.is_late) for day in page.context["days"]]
    assert days == [(23, 0, 0, True), (20, 0, 0, False), (19, 3, 1, False)]
    assert (page.context["checked"], page.context["total"]) == (2, 3)
    coverage = as_(cast.hana).get("/compliance/coverage/")
    assert len(coverage.context["box_days"]) == 3
    file = as_(cast.hana).get(f"{DAYS}?format=csv").getvalue().decode()
    assert "2026-11-19,2026-11-19 08:10,no,1,3,1" in file
    assert AuditEntry.objects.filter(action="exported").count() == 1

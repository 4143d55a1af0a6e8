"""One verb on many rows: each on its own, refusals told, and a way back."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.vocabulary import Confidentiality, Status
from requests_app.models import Employee, Event, Excusal, Notice, ServiceRequest
from tests.cast import Cast, login_of
from tests.factories import ServiceRequestFactory, concern, start_clock_row

Shown = Any  # the test client's answer


@pytest.fixture(autouse=True)
def _monday(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def three(cast: Cast, now: datetime) -> list[ServiceRequest]:
    """Three requests of Alice, overdue since an hour."""
    rows = [
        ServiceRequestFactory.create(
            title=f"Deck {index}", department=cast.streets, owner=cast.alice, received_at=now - timedelta(days=3)
        )
        for index in range(3)
    ]
    for row in rows:
        start_clock_row(row, due_at=now - timedelta(hours=1))
    return rows


def as_(employee: Employee) -> Client:
    client = Client()
    client.force_login(login_of(employee))
    return client


def act(client: Client, verb: str, rows: list[ServiceRequest], **data: Any) -> Shown:
    picked = {"picked": [row.number for row in rows], "next": "/overdue/", **data}
    return client.post(reverse("bulk_act", args=[verb]), picked, follow=True)


def told(shown: Shown) -> str:
    return " ".join(str(message) for message in shown.context["messages"])


def owners(rows: list[ServiceRequest]) -> list[Employee | None]:
    return [ServiceRequest.objects.get(pk=row.pk).owner for row in rows]


def undo_of(shown: Shown) -> str:
    (message,) = shown.context["messages"]
    address: str = message.extra_tags.removeprefix("undo:")
    return address


def test_the_ticked_are_given_and_the_receiver_is_told(cast: Cast, three: list[ServiceRequest]) -> None:
    shown = act(as_(cast.sam), "give", three[:2], to=cast.bob.pk)

    assert told(shown) == "2 given to Bob Teammate."
    assert shown.redirect_chain[-1][0] == "/overdue/"
    assert owners(three) == [cast.bob, cast.bob, cast.alice]
    assert Event.objects.filter(kind=EventKind.GIVEN).count() == 2
    assert Notice.objects.filter(recipient=cast.bob, kind=Notice.Kind.ASSIGNED).count() == 2


def test_one_refusal_stops_no_other_and_is_told(cast: Cast, three: list[ServiceRequest]) -> None:
    concern(three[0], cast.bob)
    ServiceRequest.objects.filter(pk=three[1].pk).update(owner=cast.bob)
    shown = act(as_(cast.sam), "give", three, to=cast.bob.pk)

    assert told(shown).startswith("1 given to Bob Teammate. 1 refused: This person cannot be given the request.")
    assert "1 refused: This person owns the request already." in told(shown)
    assert owners(three) == [cast.alice, cast.bob, cast.bob]


def test_giving_can_be_undone_once(cast: Cast, three: list[ServiceRequest]) -> None:
    client = as_(cast.sam)
    address = undo_of(act(client, "give", three[:2], to=cast.bob.pk))

    assert told(client.post(address, follow=True)) == "Undone: 2 handed back."
    assert owners(three) == [cast.alice] * 3
    assert told(client.post(address, follow=True)) == "2 had moved on since and stayed where they are."
    assert owners(three) == [cast.alice] * 3


def test_what_moved_on_meanwhile_stays_where_it_is(cast: Cast, three: list[ServiceRequest]) -> None:
    client = as_(cast.sam)
    address = undo_of(act(client, "give", three[:2], to=cast.bob.pk))
    act(as_(cast.sam), "take", three[:1])

    assert told(client.post(address, follow=True)).startswith("Undone: 1 handed back. 1 had moved on")
    assert owners(three[:2]) == [cast.sam, cast.alice]


def test_what_left_the_department_cannot_be_called_back(cast: Cast, three: list[ServiceRequest]) -> None:
    shown = act(as_(cast.sam), "give", three[:1], to=cast.charlie.pk)
    assert told(shown) == "1 given to Charlie Outsider."
    assert undo_of(shown) == ""


def test_the_way_back_is_the_givers_own(cast: Cast, three: list[ServiceRequest]) -> None:
    address = undo_of(act(as_(cast.sam), "give", three[:1], to=cast.bob.pk))
    assert as_(cast.bob).post(address).status_code == 404
    assert as_(cast.sam).get(address).status_code == 405
    assert "no longer be undone" in told(as_(cast.sam).post(f"{address}x", follow=True))
    assert owners(three[:1]) == [cast.bob]


def test_taking_over_makes_them_mine_and_a_second_click_changes_nothing(
    cast: Cast, three: list[ServiceRequest]
) -> None:
    client = as_(cast.sam)
    shown = act(client, "take", three[:1])
    assert told(shown) == "1 is yours now."
    act(client, "take", three[:1])

    assert owners(three[:1]) == [cast.sam]
    assert Event.objects.filter(kind=EventKind.TAKEN).count() == 1
    assert told(client.post(undo_of(shown), follow=True)) == "Undone: 1 handed back."
    assert owners(three[:1]) == [cast.alice]


def test_one_tap_takes_a_request_from_the_queue(cast: Cast) -> None:
    found = ServiceRequestFactory.create(department=cast.streets)
    client = as_(cast.bob)
    assert "Take it" in client.get("/queue/").content.decode()
    shown = act(client, "take", [found], next="/queue/")

    assert owners([found]) == [cast.bob]
    assert shown.redirect_chain[-1][0] == "/queue/"
    address = undo_of(shown)
    client.post(address)
    assert owners([found]) == [None]


def test_a_reminder_goes_to_each_owner(cast: Cast, three: list[ServiceRequest]) -> None:
    ServiceRequest.objects.filter(pk=three[2].pk).update(owner=None)
    shown = act(as_(cast.sam), "remind", three)

    assert told(shown).startswith("2 reminders are on their way. 1 refused: Nobody owns this request yet.")
    assert Notice.objects.filter(recipient=cast.alice, kind=Notice.Kind.NUDGE).count() == 2


def test_excusing_asks_for_a_reason_first(cast: Cast, three: list[ServiceRequest]) -> None:
    client = as_(cast.sam)
    asked = act(client, "excuse", three[:2])
    assert asked.status_code == 200
    assert "Why are they excused?" in asked.content.decode()
    assert not Excusal.objects.exists()

    empty = act(client, "excuse", three[:2], asked="1", reason=" ")
    assert empty.status_code == 422
    assert "Write why the late answer is excused." in empty.content.decode()

    assert told(act(client, "excuse", three[:2], asked="1", reason="Storm day")) == "2 late answers excused."
    assert set(Excusal.objects.values_list("reason", flat=True)) == {"Storm day"}


def test_what_is_not_late_is_not_excused(cast: Cast, three: list[ServiceRequest], now: datetime) -> None:
    early = ServiceRequestFactory.create(department=cast.streets, owner=cast.alice)
    start_clock_row(early, due_at=now + timedelta(days=1))
    shown = act(as_(cast.sam), "excuse", [early, three[0]], asked="1", reason="Storm day")
    assert told(shown).startswith("1 late answer excused. 1 refused: This answer is not late")


@pytest.mark.parametrize(("verb", "data"), [("excuse", {"reason": "x", "asked": "1"}), ("remind", {})])
def test_staff_neither_excuse_nor_remind(
    verb: str, data: dict[str, str], cast: Cast, three: list[ServiceRequest]
) -> None:
    assert "3 refused: Your role" in told(act(as_(cast.bob), verb, three, **data))
    assert not Excusal.objects.exists()
    assert not Notice.objects.filter(kind=Notice.Kind.NUDGE).exists()


def test_giving_to_nobody_asks_to_whom(cast: Cast, three: list[ServiceRequest]) -> None:
    shown = act(as_(cast.sam), "give", three[:1], to="")
    assert "Who is to have them?" in shown.content.decode()
    assert owners(three[:1]) == [cast.alice]
    assert act(as_(cast.sam), "give", three[:1], to="999999", asked="1").status_code == 422


@pytest.mark.parametrize("verb", ["give", "take", "remind", "excuse"])
def test_what_one_may_not_see_is_not_touched(verb: str, cast: Cast, three: list[ServiceRequest]) -> None:
    secret = ServiceRequestFactory.create(
        department=cast.streets, confidentiality=Confidentiality.IMPROPER_ACTIVITY.value, owner=cast.alice
    )
    about_sam = three[0]
    concern(about_sam, cast.sam)
    shown = act(as_(cast.sam), verb, [secret, about_sam], to=cast.bob.pk, reason="x", asked="1")

    assert "Nothing was ticked" in told(shown)
    assert owners([secret, about_sam]) == [cast.alice, cast.alice]
    assert not Excusal.objects.exists()


def test_numbers_that_are_none_are_told(cast: Cast, three: list[ServiceRequest]) -> None:
    data = {"picked": [three[0].number, "PN-NONSENSE", "\x00"], "next": ""}
    shown = as_(cast.sam).post(reverse("bulk_act", args=["take"]), data, follow=True)
    assert told(shown) == "1 is yours now. 2 were not found, or are too many at once."


@pytest.mark.parametrize("verb", ["give", "take", "remind", "excuse"])
def test_a_verb_is_never_done_by_a_link_or_a_stranger(verb: str, cast: Cast, three: list[ServiceRequest]) -> None:
    address = reverse("bulk_act", args=[verb])
    assert as_(cast.sam).get(address).status_code == 405
    assert Client().post(address, {"picked": three[0].number}).status_code == 302
    assert Client(enforce_csrf_checks=True).post(address).status_code == 403
    assert owners(three[:1]) == [cast.alice]


def test_an_unknown_verb_is_not_found(cast: Cast) -> None:
    assert as_(cast.sam).post(reverse("bulk_act", args=["burn"])).status_code == 404


def test_the_way_back_leads_nowhere_else(cast: Cast, three: list[ServiceRequest]) -> None:
    shown = act(as_(cast.sam), "take", three[:1], next="https://elsewhere.example/")
    assert shown.redirect_chain[-1][0] == "/"


def test_closed_ones_are_refused(cast: Cast, three: list[ServiceRequest], now: datetime) -> None:
    ServiceRequest.objects.filter(pk=three[0].pk).update(status=Status.CLOSED, closed_at=now, disposition="done")
    assert told(act(as_(cast.sam), "take", three[:1])).startswith("1 refused: That is not possible")

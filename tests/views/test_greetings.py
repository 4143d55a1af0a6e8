"""The page of one absence's greetings, and the list of those that wait (III.b.ii.5)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from requests_app.domain.absences import AbsenceKind, AbsenceReason
from requests_app.models import Absence, AuditEntry, Greeting
from tests.cast import Cast
from tests.factories import AbsenceFactory, EmployeeFactory
from tests.greeting_cases import DAY, ENDS, HOUR, STARTS, Away, alice_away
from tests.views.log_form import as_, text_of

VERBS = ("change", "write", "drop", "decline", "set", "check", "clear")
LIST = "/greetings/"


@pytest.fixture(autouse=True)
def fixed_clock(now: datetime, time_machine: Any) -> None:
    time_machine.move_to(now, tick=False)


@pytest.fixture
def away(cast: Cast) -> Away:
    return alice_away(cast)


def page(client: Client, away: Away) -> str:
    return text_of(client.get(reverse("greeting", args=[away.absence.pk])))


def act(client: Client, away: Away, verb: str, **typed: object) -> Any:
    return client.post(reverse(f"greeting_{verb}", args=[away.absence.pk]), typed)


def test_the_texts_stand_side_by_side_with_their_checklist(cast: Cast, away: Away) -> None:
    shown = page(as_(cast.alice), away)
    for words in ("Voicemail greeting", "Automatic reply to the public", "Automatic reply to colleagues"):
        assert words in shown
    assert shown.count("readonly") == 3
    assert shown.count("data-copy=") == 3
    assert "Expected return date" in shown
    assert "Due by Tue 24 Nov, 8:00 am" in shown
    assert "lacking" not in shown
    assert not Greeting.objects.exists()


@pytest.mark.parametrize("who", ["alice", "sam", "dora", "hana", "max", "ada"])
def test_who_may_set_reads_it_and_nobody_reads_why(cast: Cast, away: Away, who: str) -> None:
    Absence.objects.filter(pk=away.absence.pk).update(reason=AbsenceReason.FAMILY)
    shown = page(as_(getattr(cast, who)), away)
    assert "All set" in shown
    assert ("Word it otherwise" in shown) is (who != "ada")
    assert "Family" not in shown
    assert "Planned" not in shown


@pytest.mark.parametrize("who", ["bob", "charlie", "fay", "cleo", "otto", "lena"])
def test_for_everybody_else_it_is_not_there(cast: Cast, away: Away, who: str) -> None:
    client = as_(getattr(cast, who))
    assert client.get(reverse("greeting", args=[away.absence.pk])).status_code == 404
    assert {act(client, away, verb).status_code for verb in VERBS} == {404}


def test_nobody_signed_in_is_asked_to_sign_in_and_a_verb_is_posted(cast: Cast, away: Away) -> None:
    assert {act(Client(), away, verb).status_code for verb in VERBS} == {302}
    client = as_(cast.alice)
    assert {client.get(reverse(f"greeting_{verb}", args=[away.absence.pk])).status_code for verb in VERBS} == {405}


def test_from_all_set_over_the_spot_check_to_taken_down(
    cast: Cast, away: Away, now: datetime, time_machine: Any
) -> None:
    alice, sam = as_(cast.alice), as_(cast.sam)
    assert act(alice, away, "set", version=1).status_code == 302
    assert "Set Mon 23 Nov, 2:10 pm, in time" in page(alice, away)
    assert "set by Alice Owner" in page(alice, away)
    assert "it is right" not in page(alice, away)
    assert "All set</button>" not in page(alice, away)

    assert act(alice, away, "check", is_right="yes").status_code == 403
    assert act(sam, away, "check", is_right="yes").status_code == 302
    assert "found right by Sam Supervisor" in page(sam, away)

    assert act(alice, away, "clear").status_code == 409
    time_machine.move_to(ENDS + HOUR, tick=False)
    assert "To be taken down by Mon 30 Nov, 5:00 pm" in page(as_(cast.alice), away)
    assert act(as_(cast.alice), away, "clear").status_code == 302
    assert "Taken down Mon 30 Nov, 9:00 am" in page(as_(cast.alice), away)


def test_a_second_click_sets_nothing_twice(cast: Cast, away: Away) -> None:
    alice = as_(cast.alice)
    assert [act(alice, away, "set", version=1).status_code for _twice in range(2)] == [302, 302]
    assert AuditEntry.objects.filter(action="greetings_set").count() == 1


def test_what_lacks_is_named_and_nothing_is_set(cast: Cast, away: Away) -> None:
    alice = as_(cast.alice)
    typed = {"kind": "voicemail", "language": "en", "text": "Gone fishing, on vacation"}
    assert act(alice, away, "change", **typed).status_code == 302
    shown = page(alice, away)
    assert "Gone fishing" in shown
    assert "lacking" in shown
    assert "“vacation” tells why" in shown
    answer = act(alice, away, "set", version=1)
    assert answer.status_code == 409
    assert "name and department, expected return date, whom to turn to meanwhile" in text_of(answer)
    assert not Greeting.objects.filter(set_at__isnull=False).exists()


@pytest.mark.parametrize(
    ("verb", "typed"),
    [
        ("change", {"kind": "voicemail", "language": "en", "text": " "}),
        ("change", {"kind": "voicemail", "language": "en", "text": "x" * 2001}),
        ("change", {"kind": "fax", "language": "en"}),
        ("write", {"what": "klingon"}),
        ("drop", {"kind": "voicemail", "language": "xx"}),
        ("decline", {"element": "a", "reason": "No"}),
        ("decline", {"element": "d", "reason": "x" * 201}),
        ("set", {"version": ""}),
        ("check", {"is_right": "perhaps"}),
    ],
)
def test_what_is_typed_wrongly_is_said_and_changes_nothing(
    cast: Cast, away: Away, verb: str, typed: dict[str, str]
) -> None:
    answer = act(as_(cast.sam), away, verb, **typed)
    assert answer.status_code == 422
    assert "Not saved yet" in text_of(answer)
    assert typed.get("text", "").strip() in text_of(answer)
    assert not Greeting.objects.exists()


def test_spanish_colleagues_and_one_text_on_demand(cast: Cast, away: Away) -> None:
    alice = as_(cast.alice)
    for what in ("spanish", "colleagues"):
        assert act(alice, away, "write", what=what).status_code == 302
    shown = page(alice, away)
    assert "Voicemail greeting, Spanish" in shown
    assert "Voicemail greeting for colleagues" in shown
    assert "Spanish as well" not in shown
    assert act(alice, away, "drop", kind="voicemail", language="es").status_code == 302
    assert "Voicemail greeting, Spanish" not in page(alice, away)
    assert act(alice, away, "drop", kind="voicemail", language="en").status_code == 409

    assert act(alice, away, "decline", element="d", reason="Colleagues call the same number").status_code == 302
    shown = page(alice, away)
    assert "left out, with a reason" in shown
    assert "Automatic reply to colleagues" not in shown
    assert act(alice, away, "decline", element="d", reason="").status_code == 302
    assert "Automatic reply to colleagues" in page(alice, away)


def test_an_absence_that_changed_meanwhile_is_said(cast: Cast, away: Away) -> None:
    Absence.objects.filter(pk=away.absence.pk).update(version=2)
    assert act(as_(cast.alice), away, "set", version=1).status_code == 409


def test_of_a_removed_absence_only_what_is_still_up_is_there(cast: Cast, away: Away, now: datetime) -> None:
    Absence.objects.filter(pk=away.absence.pk).update(removed_at=now)
    assert as_(cast.alice).get(reverse("greeting", args=[away.absence.pk])).status_code == 404
    Absence.objects.filter(pk=away.absence.pk).update(removed_at=None)
    away.set(cast.alice)
    Absence.objects.filter(pk=away.absence.pk).update(removed_at=now)
    assert "To be taken down" in page(as_(cast.alice), away)


@pytest.mark.parametrize(
    ("who", "leads"), [("alice", True), ("sam", True), ("ada", True), ("bob", False), ("fay", False)]
)
def test_the_page_of_the_absence_leads_there_whoever_may_set_them(
    cast: Cast, away: Away, who: str, *, leads: bool
) -> None:
    shown = text_of(as_(getattr(cast, who)).get(reverse("absence_detail", args=[away.absence.pk])))
    assert (reverse("greeting", args=[away.absence.pk]) in shown) is leads
    Absence.objects.filter(pk=away.absence.pk).update(removed_at=STARTS)
    shown = text_of(as_(getattr(cast, who)).get(reverse("absence_detail", args=[away.absence.pk])))
    assert reverse("greeting", args=[away.absence.pk]) not in shown


def test_an_afternoon_off_is_said_to_need_none(cast: Cast) -> None:
    short = AbsenceFactory.create(employee=cast.alice, starts_at=STARTS + 4 * HOUR, ends_at=STARTS + 9 * HOUR)
    assert "No whole business day is missed" in page(as_(cast.alice), Away(short))


def test_the_list_offers_one_step_each(cast: Cast, away: Away, time_machine: Any) -> None:
    ada, sam = as_(cast.ada), as_(cast.sam)
    assert "Coming up" in text_of(ada.get(LIST))
    time_machine.move_to(STARTS + HOUR, tick=False)
    ada, sam = as_(cast.ada), as_(cast.sam)
    shown = text_of(ada.get(LIST))
    assert "Alice Owner" in shown
    assert "Not set. It was due by Tue 24 Nov, 8:00 am." in shown
    answer = act(ada, away, "set", version=1, back="list")
    assert answer["Location"] == LIST
    assert "It is right" not in text_of(ada.get(LIST))
    assert "It is right" in text_of(sam.get(LIST))
    assert act(sam, away, "check", is_right="yes", back="list")["Location"] == LIST
    time_machine.move_to(ENDS + HOUR, tick=False)
    sam = as_(cast.sam)
    assert "To be taken down by" in text_of(sam.get(LIST))
    assert act(sam, away, "clear", back="list")["Location"] == LIST
    assert "Alice Owner" not in text_of(sam.get(LIST))


@pytest.mark.parametrize(("who", "sees"), [("sam", True), ("dora", True), ("hana", True), ("ada", True), ("max", True)])
def test_the_list_is_of_those_one_leads(cast: Cast, away: Away, who: str, *, sees: bool) -> None:
    AbsenceFactory.create(employee=cast.charlie, starts_at=STARTS, ends_at=ENDS)
    shown = text_of(as_(getattr(cast, who)).get(LIST))
    assert ("Alice Owner" in shown) is sees
    assert ("Charlie Outsider" in shown) is (who in ("hana", "ada", "max"))


def test_the_list_says_what_else_is_wrong_and_never_why(cast: Cast, away: Away, now: datetime) -> None:
    AbsenceFactory.create(employee=cast.bob, starts_at=STARTS, ends_at=ENDS, reason=AbsenceReason.FAMILY)
    AbsenceFactory.create(
        employee=cast.charlie,
        kind=AbsenceKind.UNFORESEEN,
        reason=AbsenceReason.ILLNESS,
        starts_at=now - DAY,
        ends_at=None,
        ask_again_on=now.date(),
    )
    AbsenceFactory.create(employee=cast.otto, starts_at=STARTS, ends_at=ENDS)
    shown = text_of(as_(cast.hana).get(LIST))
    assert "Whoever stands in is away too." in shown
    assert "the day to ask again has come" in shown
    assert "Departments with nobody there" in shown
    assert "Everybody is away" in shown
    for words in ("Family", "Illness", "Unforeseen"):
        assert words not in shown


@pytest.mark.parametrize("who", ["sam", "hana", "ada"])
def test_the_list_asks_as_much_with_thirty_rows_as_with_three(cast: Cast, now: datetime, who: str) -> None:
    counts = []
    for more in (3, 27):
        for _n in range(more):
            person = EmployeeFactory.create(department=cast.streets)
            facts = {"starts_at": now - timedelta(hours=2), "alternate_person": cast.bob}
            AbsenceFactory.create(employee=person, ends_at=ENDS, **facts)
        client = as_(getattr(cast, who))
        client.get(LIST)
        with CaptureQueriesContext(connection) as asked:
            client.get(LIST)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_my_work_says_what_is_to_be_set_or_taken_down_of_ones_own(cast: Cast, away: Away, time_machine: Any) -> None:
    link = "Greeting and automatic reply for your absence from"
    assert link in text_of(as_(cast.alice).get(reverse("my_work")))
    assert link not in text_of(as_(cast.sam).get(reverse("my_work")))
    away.set(cast.alice)
    assert link not in text_of(as_(cast.alice).get(reverse("my_work")))
    time_machine.move_to(ENDS + HOUR, tick=False)
    assert link in text_of(as_(cast.alice).get(reverse("my_work")))
    away.clear(cast.alice, at=ENDS + HOUR)
    assert link not in text_of(as_(cast.alice).get(reverse("my_work")))

"""The page of excuses: decide one or several, see what was decided, propose for oneself (III.d.i)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from requests_app.domain.absences import AbsenceKind, AbsenceReason
from requests_app.domain.vocabulary import Channel
from requests_app.models import Absence, Excusal, ExcusalProposal, ServiceRequest
from requests_app.services.absences import AbsenceEntry, record_absence
from requests_app.services.customers import CustomerEntry
from requests_app.services.entries import ContactEntry
from requests_app.services.excusal_decisions import decide_excusal
from requests_app.services.requests import log_request
from tests.absences_of import DUE, LATE, OPENS, call_in_sick
from tests.cast import Cast, actor
from tests.factories import NOW, concern
from tests.views.log_form import as_, text_of

PAGE = "excusal_list"


@pytest.fixture(autouse=True)
def fixed_clock(time_machine: Any) -> None:
    time_machine.move_to(LATE, tick=False)


def logged(cast: Cast, title: str = "Pothole") -> ServiceRequest:
    entry = ContactEntry(
        channel=Channel.PHONE,
        title=title,
        received_at=NOW,
        customer=CustomerEntry(name="Jun", phone="510 555 0101"),
        for_employee_id=cast.alice.pk,
    )
    return log_request(entry, actor=actor(cast.fay), at=NOW)


@pytest.fixture
def pothole(cast: Cast) -> ServiceRequest:
    """Alice's, late; she was ill the day it was due."""
    found = logged(cast)
    call_in_sick(cast.alice, by=cast.fay)
    return found


def decide(client: Client, *proposals: ExcusalProposal, verdict: str = "grant", reason: str = "Ill") -> Any:
    typed = {"picked": [row.pk for row in proposals], "verdict": verdict, "reason": reason}
    return client.post(reverse("excusal_decide"), typed, follow=True)


def test_a_supervisor_sees_what_waits_with_the_reasons_for_it(cast: Cast, pothole: ServiceRequest) -> None:
    page = text_of(as_(cast.sam).get(reverse(PAGE)))
    assert "1 late or due answer waits for your decision." in page
    assert pothole.number in page
    assert "away Tue 24 Nov, 8:00 am to Tue 24 Nov, 5:00 pm" in page
    assert "The answer was due Tue 24 Nov, and the absence covers all of that day, 8:00 am to 5:00 pm." in page
    assert "It was with Alice Owner when the absence was recorded, Tue 24 Nov, 3:00 pm." in page
    assert "Illness" in page  # he leads her
    assert "1 excuse to decide" in text_of(as_(cast.sam).get(reverse("overdue")))


def test_what_was_recorded_late_is_marked(cast: Cast) -> None:
    logged(cast)
    call_in_sick(cast.alice, by=cast.fay, at=LATE)
    assert "absence recorded after it was late" in text_of(as_(cast.sam).get(reverse(PAGE)))


def test_the_head_may_decide_and_is_told_for_whom_it_waits(cast: Cast, pothole: ServiceRequest) -> None:
    page = text_of(as_(cast.dora).get(reverse(PAGE)))
    assert "0 late or due answers wait for your decision." in page
    assert "Waits for Sam Supervisor." in page


@pytest.mark.parametrize("who", ["bob", "fay", "ada", "charlie", "max", "cleo", "otto"])
def test_whoever_does_not_decide_sees_nothing_of_it(cast: Cast, pothole: ServiceRequest, who: str) -> None:
    page = text_of(as_(getattr(cast, who)).get(reverse(PAGE)))
    assert pothole.number not in page
    assert "Illness" not in page


def test_the_absent_person_sees_it_but_decides_nothing(cast: Cast, pothole: ServiceRequest) -> None:
    client = as_(cast.alice)
    page = client.get(reverse(PAGE)).content.decode()
    assert "Out of your own absence" in page
    assert 'name="picked"' not in page
    answer = decide(client, ExcusalProposal.objects.get())
    assert "1 not decided: Nobody decides on an excuse out of their own absence." in text_of(answer)
    assert not Excusal.objects.exists()


def test_deciding_needs_a_tick_a_verdict_and_a_reason_and_keeps_what_was_typed(
    cast: Cast, pothole: ServiceRequest
) -> None:
    client, url = as_(cast.sam), reverse("excusal_decide")
    proposal = ExcusalProposal.objects.get()
    for typed, said in [
        ({"verdict": "grant", "reason": "Ill"}, "Tick what you decide on."),
        ({"picked": proposal.pk, "reason": "Ill"}, "Choose whether it is excused."),
        ({"picked": proposal.pk, "verdict": "grant"}, "Write why it is excused, or why not."),
    ]:
        answer = client.post(url, typed)
        assert answer.status_code == 422
        assert said in text_of(answer)
    assert "checked" in answer.content.decode()
    assert not Excusal.objects.exists()


def test_one_reason_decides_on_several_and_a_second_click_is_harmless(cast: Cast, pothole: ServiceRequest) -> None:
    logged(cast, "Second")
    ExcusalProposal.objects.all().delete()
    Absence.objects.all().delete()
    call_in_sick(cast.alice, by=cast.fay)
    proposals, client = list(ExcusalProposal.objects.all()), as_(cast.sam)

    answer = decide(client, *proposals)
    again = decide(client, *proposals)

    assert "2 late answers excused." in text_of(answer)
    assert "2 not decided: This proposal was decided, or withdrawn, already." in text_of(again)
    assert Excusal.objects.count() == 2
    past = text_of(client.get(reverse(PAGE) + "?tab=decided"))
    assert past.count("excused") >= 2
    assert "Alice Owner" in past


def test_refusing_is_kept_with_its_reason(cast: Cast, pothole: ServiceRequest) -> None:
    answer = decide(as_(cast.sam), ExcusalProposal.objects.get(), verdict="refuse", reason="Bob could have answered")
    assert "1 proposal refused." in text_of(answer)
    assert "Bob could have answered" in text_of(as_(cast.alice).get(reverse(PAGE) + "?tab=decided"))
    assert "excuse refused by Sam Supervisor" in text_of(as_(cast.alice).get(pothole.get_absolute_url()))


def test_an_auditor_reads_past_decisions_without_names_and_words(cast: Cast, pothole: ServiceRequest) -> None:
    decide(as_(cast.sam), ExcusalProposal.objects.get(), reason="Ill that day")
    page = text_of(as_(cast.otto).get(reverse(PAGE) + "?tab=decided"))
    assert pothole.number in page
    assert "Alice Owner" not in page
    assert "Ill that day" not in page
    assert "Pothole" not in page


def test_whoever_the_request_is_about_does_not_even_see_it(cast: Cast, pothole: ServiceRequest) -> None:
    concern(pothole, cast.sam)
    assert pothole.number not in text_of(as_(cast.sam).get(reverse(PAGE)))
    decide(as_(cast.sam), ExcusalProposal.objects.get())
    assert not Excusal.objects.exists()


def test_what_is_not_late_yet_says_so(cast: Cast, pothole: ServiceRequest, time_machine: Any) -> None:
    time_machine.move_to(DUE - timedelta(hours=1), tick=False)
    client = as_(cast.sam)
    assert "It can be excused only once it is late." in text_of(client.get(reverse(PAGE)))
    assert "nothing to excuse" in text_of(decide(client, ExcusalProposal.objects.get()))


def test_the_request_says_for_whom_the_excuse_waits(cast: Cast, pothole: ServiceRequest) -> None:
    assert "excuse proposed, waits for Sam Supervisor" in text_of(as_(cast.bob).get(pothole.get_absolute_url()))


def test_the_owner_proposes_from_the_request(cast: Cast) -> None:
    found, client = logged(cast), as_(cast.alice)
    absence = call_in_sick(cast.alice, by=cast.fay)
    ExcusalProposal.objects.all().delete()
    url = reverse("request_propose_excusal", args=[found.number])
    assert url in client.get(found.get_absolute_url()).content.decode()
    assert "the absence covers all of that day" in text_of(client.get(url))

    typed = {"clock": found.clocks.get().pk, "absence": absence.pk, "note": "I could not reach anybody"}
    client.post(url, typed)
    again = client.post(url, typed)

    assert again.status_code == 302
    assert ExcusalProposal.objects.get().note == "I could not reach anybody"
    assert url not in as_(cast.bob).get(found.get_absolute_url()).content.decode()


def test_planned_leave_is_refused_with_the_clause(cast: Cast) -> None:
    found, client = logged(cast), as_(cast.alice)
    leave = record_absence(
        AbsenceEntry(
            kind=AbsenceKind.PLANNED,
            reason=AbsenceReason.LEAVE,
            starts_at=OPENS,
            ends_at=DUE,
            no_alternate_reason="One day",
        ),
        employee_id=cast.alice.pk,
        actor=actor(cast.alice),
        at=NOW,
    )
    url = reverse("request_propose_excusal", args=[found.number])
    assert "Planned leave excuses nothing" in text_of(client.get(url))

    answer = client.post(url, {"clock": found.clocks.get().pk, "absence": leave.pk, "note": ""})

    assert answer.status_code == 409
    assert "III.b.ii.3 and III.b.ii.4 speak of unforeseen reasons only" in text_of(answer)
    assert not ExcusalProposal.objects.exists()


def test_part_of_the_day_is_explained_before_it_is_refused(cast: Cast) -> None:
    found, client = logged(cast), as_(cast.alice)
    call_in_sick(cast.alice, by=cast.fay, since=OPENS + timedelta(hours=1))
    url = reverse("request_propose_excusal", args=[found.number])
    page = text_of(client.get(url))
    assert "the absence covers part of that day, 8:00 am to 5:00 pm. The whole day is needed (local choice)." in page


def test_the_page_costs_the_same_with_three_and_with_thirty(cast: Cast) -> None:
    def queries() -> int:
        client = as_(cast.sam)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(reverse(PAGE)).status_code == 200
        return len(captured)

    clocks = [logged(cast, f"Row {number}").clocks.get() for number in range(3)]
    absence = call_in_sick(cast.alice, by=cast.fay)
    few = queries()
    for number in range(27):
        clock = logged(cast, f"More {number}").clocks.get()
        ExcusalProposal.objects.create(absence=absence, clock=clock, proposed_at=LATE)
    assert len(clocks) == 3
    assert queries() == few


def test_a_decided_proposal_waits_for_nobody(cast: Cast, pothole: ServiceRequest) -> None:
    decide_excusal(
        proposal_id=ExcusalProposal.objects.get().pk, is_granted=True, reason="x", actor=actor(cast.sam), at=LATE
    )
    assert pothole.number not in text_of(as_(cast.sam).get(reverse(PAGE)))
    assert "to decide" not in text_of(as_(cast.sam).get(reverse("overdue")))


def test_the_absence_tells_those_who_may_know_what_became_of_its_excuses(cast: Cast, pothole: ServiceRequest) -> None:
    page = reverse("absence_detail", args=[Absence.objects.get().pk])
    assert "waits for Sam Supervisor" in text_of(as_(cast.alice).get(page))
    decide(as_(cast.sam), ExcusalProposal.objects.get(), reason="I was told at eight")
    for who in (cast.alice, cast.sam, cast.hana):
        assert "I was told at eight" in text_of(as_(who).get(page))
    for who in (cast.bob, cast.charlie, cast.fay):
        answer = as_(who).get(page)
        assert answer.status_code == 404 or pothole.number not in text_of(answer)

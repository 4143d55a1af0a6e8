"""What nobody accepts climbs by itself, once, and is never left with nobody (III.b.v.2)."""

from datetime import datetime, timedelta

import pytest

from requests_app.domain.departures import Heir, Receiver
from requests_app.domain.vocabulary import Confidentiality, Disposition, Involvement, Milestone, Verdict
from requests_app.models import Employee, Escalation, Notice, OutgoingMail, ResponseClock, ServiceRequest
from requests_app.selectors.departures import Wish, departure_plan
from requests_app.selectors.watchdog import watchdog_findings
from requests_app.services.closing import close_request
from requests_app.services.confidentiality import name_person, set_confidentiality
from requests_app.services.departures import DepartureEntry, record_departure
from requests_app.services.entries import CloseEntry
from requests_app.services.escalation_climbs import climb_unaccepted
from requests_app.services.escalations import accept_escalation
from requests_app.services.sweeps import fire_due_stages, sweep_clocks
from tests.cast import Cast, actor
from tests.escalating import OUTSIDE, chain, name_independent_recipient, running, sees, send, told
from tests.factories import EmployeeFactory, ServiceRequestFactory, concern, give_role

SECOND = timedelta(seconds=1)
DUE_AT = datetime.fromisoformat("2026-11-25T01:00:00+00:00")  # Tue 24 Nov, 5:00 pm in Pinole


@pytest.fixture
def pothole(cast: Cast) -> ServiceRequest:
    return ServiceRequestFactory.create(department=cast.streets, owner=cast.alice, title="Pothole, again")


@pytest.fixture
def sent(cast: Cast, pothole: ServiceRequest, now: datetime) -> Escalation:
    return send(pothole, cast.alice, now)


@pytest.mark.parametrize(("after", "climbs"), [(-SECOND, 0), (0 * SECOND, 0), (SECOND, 1)])
def test_it_climbs_strictly_after_its_date(sent: Escalation, after: timedelta, climbs: int) -> None:
    assert sent.clock
    assert sent.clock.due_at == DUE_AT
    assert climb_unaccepted(now=DUE_AT + after) == climbs
    assert Escalation.objects.count() == 1 + climbs


def test_the_old_clock_ends_late_at_the_climb_and_the_next_level_gets_one_of_its_own(
    cast: Cast, pothole: ServiceRequest, sent: Escalation
) -> None:
    at = DUE_AT + SECOND

    assert sweep_clocks(now=at)["escalations_climbed"] == 1

    first, second = Escalation.objects.order_by("pk")
    assert (first.climbed_at, second.climbed_from, second.sent_at, second.reason) == (at, first, at, sent.reason)
    assert (second.from_employee, second.to_employee, second.level) == (None, cast.dora, 2)
    assert first.clock
    assert second.clock
    assert (first.clock.verdict, first.clock.met_at) == (Verdict.LATE, at)
    assert (second.clock.verdict, second.clock.started_at) == (Verdict.OPEN, at)
    event = pothole.events.get(kind="escalation_climbed")
    assert (event.actor, event.data) == (None, {"to": "Dora Head", "level": "2"})
    assert pothole.interactions.last().text == "Not accepted in time, so it goes on to: Dora Head"  # type: ignore[union-attr]  # there is one
    assert told("escalated") == ["Sam", "Dora"]
    assert told("escalation") == ["Sam", "Alice"]


def test_sweeping_again_changes_nothing(sent: Escalation) -> None:
    assert [climb_unaccepted(now=DUE_AT + SECOND) for _ in range(3)] == [1, 0, 0]
    assert Notice.objects.filter(kind="escalation").count() == 2


def test_what_was_accepted_or_is_outside_does_not_climb(cast: Cast, sent: Escalation, now: datetime) -> None:
    accept_escalation(escalation_id=sent.pk, actor=actor(cast.sam), at=now)
    assert climb_unaccepted(now=DUE_AT + timedelta(days=9)) == 0


def test_it_climbs_to_the_top_and_out_of_the_house_and_stays_there(
    cast: Cast, pothole: ServiceRequest, sent: Escalation
) -> None:
    name_independent_recipient()
    for day in range(12):
        climb_unaccepted(now=DUE_AT + SECOND + timedelta(days=day))
    assert chain() == [(1, ["Sam"]), (2, ["Dora"]), (3, ["Max"]), (4, ["Hana"]), (5, [])]
    assert OutgoingMail.objects.filter(to_address=OUTSIDE).count() == 1
    assert running().to_outside


def test_without_an_independent_recipient_it_stays_with_the_last_who_have_it(sent: Escalation) -> None:
    for day in range(12):
        climb_unaccepted(now=DUE_AT + SECOND + timedelta(days=day))
    assert chain()[-1] == (4, ["Hana"])
    assert running().is_waiting
    found = [finding for finding in watchdog_findings(DUE_AT + timedelta(days=12)) if "nobody above" in finding]
    assert len(found) == 1, "an administrator is told to name one"


def test_whoever_is_concerned_or_has_left_is_passed_over(cast: Cast, pothole: ServiceRequest, sent: Escalation) -> None:
    concern(pothole, cast.dora)
    Employee.objects.filter(pk=cast.max.pk).update(is_active=False)
    climb_unaccepted(now=DUE_AT + SECOND)
    assert chain()[-1] == (4, ["Hana"])


def test_it_never_climbs_back_to_the_sender(cast: Cast, pothole: ServiceRequest, now: datetime) -> None:
    send(pothole, cast.dora, now, employee_id=cast.sam.pk)
    climb_unaccepted(now=DUE_AT + SECOND)
    assert chain() == [(1, ["Sam"]), (3, ["Max"])]


def test_reminders_of_the_acceptance_go_to_the_receivers_not_to_the_owner(cast: Cast, sent: Escalation) -> None:
    fire_due_stages(now=DUE_AT - timedelta(hours=1))
    rows = Notice.objects.filter(kind="reminder").values_list("recipient__name", "clock__milestone")
    assert set(rows) == {("Sam Supervisor", Milestone.ESCALATION_ACCEPTED)}
    assert "Due, and yours to answer" in OutgoingMail.objects.filter(recipient=cast.sam).latest("pk").body


def test_of_what_is_outside_those_are_reminded_who_speak_for_the_recipient(
    cast: Cast, pothole: ServiceRequest, now: datetime
) -> None:
    name_independent_recipient()
    for who in (cast.sam, cast.dora, cast.hana):
        concern(pothole, who)
    send(pothole, cast.max, now)
    fire_due_stages(now=DUE_AT - timedelta(hours=1))
    assert set(told("reminder")) == {"Max"}


def test_closing_withdraws_it_and_cancels_its_clock(cast: Cast, pothole: ServiceRequest, sent: Escalation) -> None:
    at = DUE_AT - timedelta(hours=1)
    close(pothole, cast, Disposition.DONE, at)
    sent.refresh_from_db()
    assert sent.withdrawn_at == at
    assert sent.clock
    assert (sent.clock.verdict, sent.clock.ended_reason) == (Verdict.CANCELLED, "withdrawn")
    assert climb_unaccepted(now=DUE_AT + SECOND) == 0


def test_merging_withdraws_it_and_the_other_request_takes_over_no_clock_of_it(
    cast: Cast, pothole: ServiceRequest, sent: Escalation
) -> None:
    winner = ServiceRequestFactory.create(department=cast.streets)
    close(pothole, cast, Disposition.DUPLICATE, DUE_AT - timedelta(hours=1), duplicate_of=winner.number)
    assert Escalation.objects.get().withdrawn_at
    assert not ResponseClock.objects.filter(service_request=winner).exists()


def close(found: ServiceRequest, cast: Cast, disposition: Disposition, at: datetime, duplicate_of: str = "") -> None:
    entry = CloseEntry(disposition=disposition, note="Filled.", duplicate_of=duplicate_of)
    close_request(request_id=found.pk, entry=entry, actor=actor(cast.alice), at=at)


@pytest.mark.parametrize("is_accepted", [False, True])
def test_whoever_is_named_as_concerned_loses_it_at_once_and_it_goes_on(
    cast: Cast, pothole: ServiceRequest, sent: Escalation, now: datetime, is_accepted: bool
) -> None:
    if is_accepted:
        accept_escalation(escalation_id=sent.pk, actor=actor(cast.sam), at=now)
    name_person(
        request_id=pothole.pk,
        employee_id=cast.sam.pk,
        involvement=Involvement.CONCERNED,
        reason="It is about Sam",
        actor=actor(cast.hana),
        at=now,
    )
    assert chain() == [(1, []), (2, ["Dora"])]
    assert (running().climbed_from, running().is_waiting) == (sent, True)
    assert not sees(cast.sam, pothole)
    neutral = Notice.objects.get(kind="relieved")
    assert (neutral.recipient, neutral.service_request) == (cast.sam, None)
    sent.refresh_from_db()
    assert sent.clock
    assert sent.clock.verdict == (Verdict.MET if is_accepted else Verdict.CANCELLED)


def test_one_of_two_receivers_who_is_concerned_leaves_it_to_the_other(
    cast: Cast, pothole: ServiceRequest, now: datetime
) -> None:
    zoe = EmployeeFactory.create(name="Zoe Second", department=cast.streets)
    give_role(zoe, "supervisor", cast.streets)  # type: ignore[arg-type]  # the stored code of the role
    send(pothole, cast.alice, now)
    name_person(
        request_id=pothole.pk,
        employee_id=cast.sam.pk,
        involvement=Involvement.CONCERNED,
        reason="It is about Sam",
        actor=actor(cast.hana),
        at=now,
    )
    assert chain() == [(1, ["Zoe"])]


def test_where_only_the_sender_is_left_they_are_told_to_choose_somebody(
    cast: Cast, pothole: ServiceRequest, now: datetime
) -> None:
    for who in (cast.sam, cast.dora, cast.max):
        concern(pothole, who)
    sent = send(pothole, cast.alice, now)
    Employee.objects.filter(pk=cast.hana.pk).update(is_active=False)
    assert climb_unaccepted(now=now) == 1
    sent.refresh_from_db()
    assert sent.withdrawn_at == now
    notice = Notice.objects.get(kind="escalation")
    assert (notice.recipient, notice.text) == (
        cast.alice, "Nobody is there to receive it. Escalate it to somebody else.",
    )  # fmt: skip


def test_a_matter_that_few_may_read_now_is_taken_from_those_who_may_not(
    cast: Cast, pothole: ServiceRequest, sent: Escalation, now: datetime
) -> None:
    level = Confidentiality.IMPROPER_ACTIVITY
    set_confidentiality(request_id=pothole.pk, level=level, reason="Money", actor=actor(cast.hana), at=now)
    assert chain() == [(1, []), (3, ["Max"])]
    assert not sees(cast.sam, pothole)


@pytest.mark.parametrize("is_accepted", [False, True])
def test_leaving_leaves_no_escalation_with_nobody(
    cast: Cast, pothole: ServiceRequest, sent: Escalation, now: datetime, is_accepted: bool
) -> None:
    if is_accepted:
        accept_escalation(escalation_id=sent.pk, actor=actor(cast.sam), at=now)
    wish = Wish(Heir(Receiver.QUEUE))
    entry = DepartureEntry(left_on=now.date(), wish=wish, digest=departure_plan(cast.sam, wish).digest)
    record_departure(employee_id=cast.sam.pk, entry=entry, actor=actor(cast.ada), at=now)
    assert chain()[-1] == (2, ["Dora"])
    assert running().is_waiting


def test_somebody_gone_without_a_word_is_found_by_the_sweep(cast: Cast, sent: Escalation, now: datetime) -> None:
    accept_escalation(escalation_id=sent.pk, actor=actor(cast.sam), at=now)
    Employee.objects.filter(pk=cast.sam.pk).update(is_active=False)
    assert climb_unaccepted(now=now) == 1
    assert chain()[-1] == (2, ["Dora"])

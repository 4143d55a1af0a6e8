"""Whoever stands in is told in the place of whoever is away, and hears for whom; nobody why (III.b.ii.5)."""

from datetime import UTC, datetime, timedelta

import pytest

from requests_app.domain.absences import AbsenceReason
from requests_app.domain.event_kinds import EventKind
from requests_app.domain.vocabulary import Confidentiality
from requests_app.models import Alternate, Employee, Notice, OutgoingMail, ServiceRequest
from requests_app.selectors.access import SYSTEM
from requests_app.services.escalations import EscalationEntry, escalate
from requests_app.services.outgoing_mail import retry_mail, send_due_mail
from requests_app.services.ownership import pass_unowned_requests
from requests_app.services.reminders import send_reminder
from requests_app.services.sweeps import fire_due_stages
from tests.cast import Cast, actor
from tests.factories import NOW, AbsenceFactory, ServiceRequestFactory, free_text_mail, start_clock_row

DAY = timedelta(days=1)
DUE_AT = datetime(2026, 11, 24, 1, tzinfo=UTC)
MONDAY_OPENS = datetime(2026, 11, 23, 16, tzinfo=UTC)
TUESDAY_OPENS = MONDAY_OPENS + DAY


def away(employee: Employee, **facts: object) -> None:
    AbsenceFactory.create(employee=employee, reason=AbsenceReason.ILLNESS.value, **facts)


def a_request(cast: Cast, **facts: object) -> ServiceRequest:
    found = ServiceRequestFactory.create(
        **{"department": cast.streets, "owner": cast.alice, "received_at": DUE_AT - 2 * DAY, **facts}
    )
    start_clock_row(found, due_at=DUE_AT)
    return found


def told(kind: str) -> list[tuple[str, str]]:
    rows = Notice.objects.filter(kind=kind).order_by("pk").values_list("recipient__name", "in_place_of__name")
    return [(name.split()[0], (instead or "").split(" ")[0]) for name, instead in rows]


def test_whoever_stands_in_gets_the_reminders_of_the_ladder(cast: Cast) -> None:
    away(cast.alice, alternate_person=cast.bob)
    a_request(cast, title="Lamp out")
    fire_due_stages(now=MONDAY_OPENS)
    assert told("reminder") == [("Bob", "Alice")]
    body = OutgoingMail.objects.get(recipient=cast.bob).body
    assert body.startswith("Due, and yours to answer while somebody is away")
    assert "for Alice Owner, away until Mon 30 Nov" in body
    assert "ill" not in body.lower()


def test_several_who_are_away_with_one_stand_in_make_one_mail(cast: Cast) -> None:
    for person in (cast.alice, cast.sam):
        away(person, alternate_person=cast.bob)
        for _ in range(3):
            a_request(cast, owner=person)
    a_request(cast, owner=cast.bob, title="Bob's own")
    fire_due_stages(now=MONDAY_OPENS)
    assert Notice.objects.filter(recipient=cast.bob).count() == 7
    body = OutgoingMail.objects.get(recipient=cast.bob).body
    mine, covered = body.split("Due, and yours to answer while somebody is away")
    assert "Bob's own" in mine
    assert "away" not in mine
    assert covered.count("for Alice Owner, away until Mon 30 Nov") == 3
    assert covered.count("for Sam Supervisor, away until Mon 30 Nov") == 3


def test_the_supervisor_reads_in_the_digest_that_the_owner_is_away(cast: Cast) -> None:
    away(cast.alice, alternate_person=cast.bob)
    a_request(cast)
    fire_due_stages(now=TUESDAY_OPENS)
    assert ", Alice Owner, away until Mon 30 Nov" in OutgoingMail.objects.get(recipient=cast.sam).body


def test_a_digest_of_a_supervisor_who_is_away_goes_up_and_says_for_whom(cast: Cast) -> None:
    away(cast.sam)
    a_request(cast)
    fire_due_stages(now=TUESDAY_OPENS)
    assert told("digest") == [("Dora", "Sam")]
    assert "for Sam Supervisor, away until Mon 30 Nov" in OutgoingMail.objects.get(recipient=cast.dora).body


def test_a_reminder_by_a_person_goes_to_whoever_stands_in_and_the_story_says_so(cast: Cast) -> None:
    away(cast.alice, alternate_person=cast.bob)
    found = a_request(cast)
    send_reminder(request_id=found.pk, actor=actor(cast.sam), at=NOW)
    assert told("nudge") == [("Bob", "Alice")]
    assert found.events.get(kind=EventKind.REMINDED).text == "Bob Teammate, for Alice Owner who is away"
    assert "for Alice Owner, away until Mon 30 Nov" in OutgoingMail.objects.get().body


def test_whoever_reminds_an_owner_in_whose_place_they_stand_leaves_it_to_the_owner(cast: Cast) -> None:
    away(cast.alice)
    found = a_request(cast)
    send_reminder(request_id=found.pk, actor=actor(cast.sam), at=NOW)
    assert told("nudge") == [("Alice", "")]


def test_a_stand_in_is_not_told_of_a_confidential_matter(cast: Cast) -> None:
    away(cast.alice, alternate_person=cast.bob)
    a_request(cast, confidentiality=Confidentiality.CONFIDENTIAL)
    fire_due_stages(now=MONDAY_OPENS)
    assert told("reminder") == [("Sam", "Alice")]


def test_an_escalation_passes_over_who_is_away(cast: Cast) -> None:
    away(cast.sam)
    found = a_request(cast)
    going = escalate(request_id=found.pk, entry=EscalationEntry(reason="Again"), actor=actor(cast.alice), at=NOW)
    assert going.to_employee == cast.dora


def test_an_escalation_to_people_who_are_all_away_goes_to_the_nearest_all_the_same(cast: Cast) -> None:
    for person in (cast.sam, cast.dora, cast.max, cast.hana):
        away(person)
    found = a_request(cast)
    going = escalate(request_id=found.pk, entry=EscalationEntry(reason="Again"), actor=actor(cast.alice), at=NOW)
    assert going.to_employee == cast.sam


def test_an_escalation_to_a_department_goes_to_the_lead_who_is_there(cast: Cast) -> None:
    away(cast.sam)
    found = a_request(cast)
    entry = EscalationEntry(reason="Again", department_id=cast.streets.pk)
    going = escalate(request_id=found.pk, entry=entry, actor=actor(cast.alice), at=NOW)
    assert [row.employee for row in going.receivers.all()] == [cast.dora]


def test_what_nobody_took_goes_to_a_supervisor_who_is_there(cast: Cast) -> None:
    away(cast.sam)
    second = Employee.objects.get(pk=cast.bob.pk)
    second.role_assignments.update(role="supervisor")
    ServiceRequestFactory.create(department=cast.streets, unowned_until_at=NOW)
    pass_unowned_requests(now=NOW)
    assert told("unowned") == [("Bob", "")]


def test_a_stand_in_of_the_directory_is_told_on_a_day_off(cast: Cast) -> None:
    Alternate.objects.create(employee=cast.alice, person=cast.bob, position=1)
    away(cast.alice)
    a_request(cast)
    fire_due_stages(now=MONDAY_OPENS)
    assert told("reminder") == [("Bob", "Alice")]


@pytest.mark.usefixtures("city")
def test_a_mail_that_is_tried_again_keeps_its_words() -> None:
    mail = free_text_mail(to="alice@pinole.example", subject="An invitation")
    OutgoingMail.objects.filter(pk=mail.pk).update(status="failed", attempts=3)
    retry_mail(mail_id=mail.pk, actor=SYSTEM, at=NOW + DAY)
    send_due_mail(clock=lambda: NOW + DAY, worker="test")
    mail.refresh_from_db()
    assert (mail.status, mail.subject, mail.body) == ("sent", "An invitation", "A body.\n")

"""The watchdog tells administrators once a business morning what did not happen."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from requests_app.domain.vocabulary import Confidentiality
from requests_app.models import (
    BackgroundJob,
    CalendarVersion,
    Employee,
    LadderRung,
    Notice,
    OutgoingMail,
    ResponseClock,
    ServiceRequest,
)
from requests_app.selectors.ladder import reminder_ladder
from requests_app.selectors.watchdog import watchdog_findings
from requests_app.services.sweeps import fire_due_stages, note_finish
from requests_app.services.watchdog import run_watchdog
from tests.cast import Cast, login_of
from tests.factories import NOW, AbsenceFactory, ServiceRequestFactory, free_text_mail, start_clock_row

MONDAY_OPENS = datetime(2026, 11, 23, 16, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def well(cast: Cast) -> None:
    """A city in which nothing needs an administrator."""
    for name in ("sweep_clocks", "send_due_mail", "seal_audit_entries"):
        note_finish(name, at=NOW, counts={})


def findings(at: datetime = NOW) -> str:
    return "\n".join(watchdog_findings(at))


@pytest.mark.usefixtures("well")
def test_on_a_good_morning_nobody_gets_mail() -> None:
    assert findings() == ""
    assert run_watchdog(now=NOW) == {"findings": 0, "told": 0}
    assert not OutgoingMail.objects.exists()


def test_it_acts_once_a_business_morning_however_often_it_ticks(cast: Cast) -> None:
    ticks = [MONDAY_OPENS + timedelta(minutes=10 * number) for number in range(-200, 7 * 144)]
    told = [at for at in ticks if run_watchdog(now=at)["told"]]
    assert told == [MONDAY_OPENS + day * DAY for day in range(3)]  # Thanksgiving closes Thursday and Friday


def test_administrators_are_told_in_one_mail(cast: Cast) -> None:
    ServiceRequestFactory.create(department=cast.streets, number="PN-LOST-0001")
    LadderRung.objects.all().delete()
    run_watchdog(now=NOW)
    mail = OutgoingMail.objects.get()
    assert mail.to_address == cast.ada.email
    assert "Open requests without an answer-by date and without a reason for it: 1 (PN-LOST-0001)" in mail.body
    assert "The reminder ladder is empty" in mail.body
    assert "sweep_clocks has never finished" in mail.body


@pytest.mark.usefixtures("well")
def test_a_confidential_request_is_counted_but_not_named(cast: Cast) -> None:
    ServiceRequestFactory.create(confidentiality=Confidentiality.CONFIDENTIAL.value, number="PN-HUSH-0001")
    assert "for it: 1" in findings()
    assert "HUSH" not in findings()


@pytest.mark.usefixtures("well")
@pytest.mark.parametrize("facts", [{"no_reply": "not_wanted"}, {"is_imported": True}])
def test_a_request_that_owes_no_answer_is_none(facts: dict[str, object]) -> None:
    ServiceRequestFactory.create(**facts)
    assert findings() == ""


@pytest.mark.usefixtures("well")
def test_an_undated_clock_is_reported(cast: Cast) -> None:
    clock = start_clock_row(ServiceRequestFactory.create(department=cast.streets), due_at=NOW)
    ResponseClock.objects.filter(pk=clock.pk).update(due_at=None, undated_reason="no_calendar", next_stage_at=None)
    assert "wait for a calendar" in findings()


@pytest.mark.usefixtures("well")
def test_a_reminder_that_does_not_go_out_is_reported(cast: Cast) -> None:
    clock = start_clock_row(ServiceRequestFactory.create(department=cast.streets), due_at=NOW)
    ResponseClock.objects.filter(pk=clock.pk).update(next_stage_at=NOW - DAY)
    assert "a reminder that does not go out" in findings()


@pytest.mark.usefixtures("well")
def test_mail_that_waits_and_mail_given_up_are_reported() -> None:
    free_text_mail(to="slow@pinole.example")
    lost = free_text_mail(to="gone@pinole.example")
    lost.status, lost.last_error = OutgoingMail.Status.FAILED, "550 no such person"
    lost.save()
    assert findings(NOW + timedelta(minutes=14)) == "A mail to gone@pinole.example was given up: 550 no such person"
    assert "Mails waiting for more than 15 minutes: 1" in findings(NOW + timedelta(minutes=16))


@pytest.mark.usefixtures("well")
def test_a_notice_without_mail_is_reported(cast: Cast) -> None:
    Notice.objects.create(
        kind=Notice.Kind.REMINDER, recipient=cast.alice, dedupe_key="lost", created_at=NOW - timedelta(hours=1)
    )
    assert "Notices without a mail: 1" in findings()


@pytest.mark.usefixtures("well")
def test_a_request_nobody_may_take_is_reported(cast: Cast) -> None:
    ServiceRequestFactory.create(
        no_reply="not_wanted", number="PN-NONE-0001", unowned_until_at=NOW - timedelta(hours=1)
    )
    assert "no supervisor may take: 1 (PN-NONE-0001)" in findings()


@pytest.mark.usefixtures("well")
def test_a_failed_job_is_reported_for_a_week() -> None:
    BackgroundJob.objects.create(
        kind="recompute_clocks", status=BackgroundJob.Status.FAILED, created_at=NOW, finished_at=NOW, error="no disk"
    )
    assert findings() == "The job recompute_clocks failed: no disk"
    assert "no disk" not in findings(NOW + 8 * DAY)


@pytest.mark.usefixtures("well")
def test_a_sweep_not_heard_from_is_reported() -> None:
    assert findings(NOW + timedelta(minutes=15)) == ""
    assert "sweep_clocks was last heard from at 2026-11-23 14:10" in findings(NOW + timedelta(minutes=16))


@pytest.mark.usefixtures("well")
@pytest.mark.parametrize(
    ("known_through", "is_told"),
    [("2026-12-31", True), ("2027-06-30", True), ("2027-11-22", True), ("2027-11-23", False), ("2027-12-31", False)],
)
def test_closures_missing_within_the_next_twelve_months_are_asked_for(known_through: str, is_told: bool) -> None:
    version = CalendarVersion.objects.get(calendar__slug="response")
    CalendarVersion.objects.create(
        calendar=version.calendar, number=2, confirmed_at=NOW,
        definition={**version.definition, "known_through": known_through, "closures": []},
    )  # fmt: skip
    assert ("Confirm those of" in findings()) is is_told


def test_before_the_city_is_set_up_that_is_the_finding(db: None) -> None:
    assert "The city has no calendar. Run setup_city." in findings()
    assert run_watchdog(now=NOW)["findings"] > 0


@pytest.mark.usefixtures("well")
def test_a_rung_that_cannot_be_read_is_reported_and_the_others_go_on() -> None:
    LadderRung.objects.filter(code="due_today").update(definition={"anchor": "full_moon"})
    assert findings() == "The rung due_today of the reminder ladder cannot be read and is passed over."
    assert "due_soon" in {stage.code for stage in reminder_ladder()}


@pytest.mark.usefixtures("well")
def test_a_late_request_of_which_nobody_could_be_told_is_reported(cast: Cast) -> None:
    service_request = ServiceRequestFactory.create(department=cast.streets, received_at=NOW - 5 * DAY)
    start_clock_row(service_request, due_at=NOW - 4 * DAY)
    Employee.objects.exclude(pk=cast.ada.pk).update(is_active=False)
    assert fire_due_stages(now=NOW).unreached > 0
    assert findings() == f"Late requests of which the city has nobody to tell: 1 ({service_request.number})"


@pytest.mark.usefixtures("well")
def test_rows_the_sweep_could_not_do_are_reported() -> None:
    note_finish("sweep_clocks", at=NOW, counts={"errors": 2})
    assert "sweep_clocks could not do 2 rows" in findings()


@pytest.mark.usefixtures("well")
def test_a_broken_audit_trail_is_told_until_it_is_found_whole() -> None:
    note_finish("verify_audit", at=NOW, counts={}, error="entry 7 is a copy of another entry.")
    assert findings() == "The audit trail was found broken: entry 7 is a copy of another entry."
    note_finish("verify_audit", at=NOW, counts={"entries": 7})
    assert findings() == ""


@pytest.mark.usefixtures("well")
@pytest.mark.parametrize("how", ["left", "away", "nobody"])
def test_an_answer_that_nobody_there_owes_is_reported(cast: Cast, how: str) -> None:
    found = ServiceRequestFactory.create(department=cast.streets, owner=cast.alice, number="PN-LOST-0002")
    start_clock_row(found, due_at=NOW + DAY)
    assert findings() == ""
    if how == "left":
        Employee.objects.filter(pk=cast.alice.pk).update(is_active=False)
    elif how == "away":
        away_with_greeting(cast.alice)
    else:
        ServiceRequest.objects.update(owner=None, unowned_until_at=NOW - timedelta(minutes=16))
    assert "away with nobody standing in, or by nobody: 1 (PN-LOST-0002)" in findings()


@pytest.mark.usefixtures("well")
def test_with_somebody_standing_in_the_answer_is_theirs(cast: Cast) -> None:
    found = ServiceRequestFactory.create(department=cast.streets, owner=cast.alice)
    start_clock_row(found, due_at=NOW + DAY)
    away_with_greeting(cast.alice, alternate_person=cast.bob)
    assert "standing in" not in findings()


def away_with_greeting(person: Employee, **facts: object) -> None:
    AbsenceFactory.create(employee=person, starts_at=NOW - DAY, **facts)


def test_the_administrator_sees_the_findings_as_things_stand(cast: Cast, client: Client) -> None:
    ServiceRequestFactory.create(department=cast.streets, number="PN-LOST-0001")
    client.force_login(login_of(cast.ada))
    page = client.get("/administration/health/").content.decode()
    assert "without an answer-by date and without a reason for it: 1 (PN-LOST-0001)" in page
    assert "sweep_clocks has never finished" in page
    assert "silent" in page
    client.force_login(login_of(cast.sam))
    assert client.get("/administration/health/").status_code == 403

"""`compliance_report`: the shape of its JSON, its CSV, and the definitions through the real services."""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command

from requests_app.domain.vocabulary import AnswerKind, Channel, Disposition
from requests_app.models import ImportedCase, ResponseClock, ServiceRequest
from requests_app.selectors.reports.compliance import CLOCK_COLUMNS
from requests_app.services.answers import answer_request
from requests_app.services.assignments import give_request
from requests_app.services.closing import close_request
from requests_app.services.customers import CustomerEntry
from requests_app.services.entries import AnswerEntry, CloseEntry, ContactEntry, ContactOutcome
from requests_app.services.requests import log_request
from tests.cast import Cast, actor
from tests.clock_histories import excuse, write_history
from tests.factories import NOW, ServiceRequestFactory

HOUR = timedelta(hours=1)
MONDAY = datetime(2026, 11, 16, 18, 0, tzinfo=UTC)  # 10 am in Pinole
PHONE_DUE_AT = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)  # Tuesday's close of business


@pytest.fixture(autouse=True)
def _fixed_clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def _run(*args: str) -> str:
    out = StringIO()
    call_command("compliance_report", *args, stdout=out)
    return out.getvalue()


def _report(*args: str, first: str = "2026-11-01", last: str = "2026-11-30") -> dict[str, Any]:
    report: dict[str, Any] = json.loads(_run("--from", first, "--to", last, *args))
    return report


def _only(report: dict[str, Any]) -> dict[str, Any]:
    (row,) = report["clocks"]
    assert isinstance(row, dict)
    return row


def _log(cast: Cast, *, at: datetime = MONDAY, channel: Channel = Channel.PHONE, **facts: Any) -> ServiceRequest:
    entry = ContactEntry(
        channel=channel,
        title="A broken bench",
        received_at=at,
        for_employee_id=cast.alice.pk,
        customer=facts.pop("customer", CustomerEntry(name="Wren Okafor", phone="(510) 555-0143")),
        **facts,
    )
    return log_request(entry, actor=actor(cast.fay), at=facts.get("recorded_at", at))


def _answer(cast: Cast, service_request: ServiceRequest, *, occurred_at: datetime, **facts: Any) -> None:
    at = facts.pop("recorded_at", occurred_at)
    entry = AnswerEntry(channel=Channel.PHONE, text="It will be mended.", occurred_at=occurred_at, **facts)
    answer_request(request_id=service_request.pk, entry=entry, actor=actor(cast.alice), at=at)


def test_the_json_has_the_shape_that_was_agreed(cast: Cast) -> None:
    _log(cast)
    report = _report()
    assert list(report) == [
        "from", "to", "as_of", "clocks", "first_contact", "imported_targets", "generated_at", "columns", "definitions",
    ]  # fmt: skip
    assert datetime.fromisoformat(report["generated_at"]) == NOW
    assert (report["from"], report["to"]) == ("2026-11-01", "2026-11-30")
    assert datetime.fromisoformat(report["as_of"]) == NOW
    assert list(_only(report)) == [
        "standard", "milestone", "clause", "department", "channel", "month", "received", "met", "late", "overdue",
        "open", "excused", "merged", "cancelled", "answered_on_the_spot", "holding_only", "recorded_late", "corrected",
        "n", "on_time_rate", "waited_n", "waited_on_time_rate", "median_business_minutes", "p90_business_minutes",
    ]  # fmt: skip
    assert report["first_contact"] == [
        {
            "department": "operations-and-maintenance", "channel": "phone", "month": "2026-11",
            "contacts": 1, "resolved": 0, "rate": None,
        }
    ]  # fmt: skip


def test_the_csv_is_the_table_of_clocks(cast: Cast) -> None:
    for _ in range(5):
        _answer(cast, _log(cast), occurred_at=MONDAY + HOUR)
    rows = list(csv.reader(_run("--from", "2026-11-01", "--to", "2026-11-30", "--format", "csv").splitlines()))
    assert rows[0] == list(CLOCK_COLUMNS)
    assert dict(zip(*rows, strict=True))["on_time_rate"] == "1.0"


@pytest.mark.parametrize(("late_by", "kind"), [(timedelta(0), "met"), (timedelta(seconds=1), "late")])
def test_an_answer_at_the_due_instant_is_on_time(cast: Cast, late_by: timedelta, kind: str) -> None:
    _answer(cast, _log(cast), occurred_at=PHONE_DUE_AT + late_by)
    row = _only(_report())
    assert (row[kind], row["n"], row["waited_n"]) == (1, 1, 1)
    # Monday 10 am to 5 pm and Tuesday 8 am to 5 pm.
    assert row["median_business_minutes"] == row["p90_business_minutes"] == 7 * 60 + 9 * 60


def test_a_clock_is_open_at_its_due_instant_and_overdue_after_it(cast: Cast) -> None:
    _log(cast)
    at_due = _only(_report("--as-of", PHONE_DUE_AT.isoformat()))
    after = _only(_report("--as-of", (PHONE_DUE_AT + timedelta(seconds=1)).isoformat()))
    assert (at_due["open"], at_due["overdue"], at_due["n"]) == (1, 0, 0)
    assert (after["open"], after["overdue"], after["n"]) == (0, 1, 1)


def test_an_answer_counts_from_when_it_was_recorded_not_from_when_it_happened(cast: Cast) -> None:
    service_request = _log(cast)
    _answer(cast, service_request, occurred_at=MONDAY + HOUR, recorded_at=PHONE_DUE_AT + 2 * HOUR)
    before = _only(_report("--as-of", (PHONE_DUE_AT + HOUR).isoformat()))
    after = _only(_report("--as-of", (PHONE_DUE_AT + 2 * HOUR).isoformat()))
    assert (before["overdue"], before["met"], before["recorded_late"]) == (1, 0, 0)
    assert (after["overdue"], after["met"], after["recorded_late"]) == (0, 1, 1)
    assert _report("--as-of", (MONDAY - HOUR).isoformat())["clocks"] == []


def test_answered_on_the_spot_counts_of_all_and_not_of_those_that_waited(cast: Cast) -> None:
    for _ in range(5):
        _log(cast, outcome=ContactOutcome.ANSWERED, outcome_note="Told how.")
    report = _report()
    row = _only(report)
    assert (row["met"], row["answered_on_the_spot"], row["n"], row["on_time_rate"]) == (5, 5, 5, 1.0)
    assert (row["waited_n"], row["waited_on_time_rate"], row["median_business_minutes"]) == (0, None, None)
    assert report["first_contact"][0]["rate"] == 1.0


def test_a_holding_answer_keeps_the_first_response_and_opens_a_promise(cast: Cast) -> None:
    promised_on = (MONDAY + timedelta(days=4)).date()
    _answer(cast, _log(cast), occurred_at=MONDAY + HOUR, answer=AnswerKind.HOLDING, promised_on=promised_on)
    by_milestone = {row["milestone"]: row for row in _report()["clocks"]}
    assert (by_milestone["response"]["met"], by_milestone["response"]["holding_only"]) == (1, 1)
    assert by_milestone["promised_answer"]["overdue"] == 1


def test_nobody_to_answer_starts_no_clock_and_is_still_a_contact(cast: Cast) -> None:
    _log(cast, customer=CustomerEntry())
    report = _report()
    assert report["clocks"] == []
    assert report["first_contact"][0]["contacts"] == 1


def test_a_colleagues_request_has_a_standard_of_its_own(cast: Cast) -> None:
    _log(cast, is_from_colleague=True, colleague_id=cast.charlie.pk)
    row = _only(_report())
    assert (row["standard"], row["clause"], row["channel"]) == ("colleague_response", "III.b.iv.3", "phone")


def test_cancelled_and_merged_stand_beside_the_rate(cast: Cast) -> None:
    winner, loser, withdrawn = _log(cast), _log(cast), _log(cast)
    for service_request, entry in (
        (loser, CloseEntry(disposition=Disposition.DUPLICATE, note="Twice", duplicate_of=winner.number)),
        (withdrawn, CloseEntry(disposition=Disposition.WITHDRAWN, note="Not needed")),
    ):
        close_request(request_id=service_request.pk, entry=entry, actor=actor(cast.alice), at=MONDAY + HOUR)
    row = _only(_report())
    assert (row["received"], row["merged"], row["cancelled"], row["overdue"], row["n"]) == (3, 1, 1, 1, 1)


def test_the_department_is_the_one_that_had_it_when_it_was_decided(cast: Cast) -> None:
    answered, waiting = _log(cast), _log(cast)
    _answer(cast, answered, occurred_at=MONDAY + HOUR)
    for service_request in (answered, waiting):
        give_request(
            request_id=service_request.pk, owner_id=None, department_id=cast.finance.pk, note="Yours",
            actor=actor(cast.sam), at=MONDAY + 2 * HOUR,
        )  # fmt: skip
    by_department = {row["department"]: row for row in _report()["clocks"]}
    assert by_department["operations-and-maintenance"]["met"] == 1
    assert (by_department["finance"]["received"], by_department["finance"]["overdue"]) == (1, 1)
    before = _only(_report("--as-of", (MONDAY + HOUR).isoformat()))
    assert (before["department"], before["met"], before["open"]) == ("operations-and-maintenance", 1, 1)


def _written(cast: Cast, *, received_at: datetime = MONDAY, **ending: Any) -> ResponseClock:
    service_request = ServiceRequestFactory.create(department=cast.streets, received_at=received_at)
    due_at = received_at + 24 * HOUR
    changes = [(received_at, {"due_at": due_at})]
    return write_history(service_request, *changes, *([(received_at + 30 * HOUR, ending)] if ending else []))


def test_an_excusal_leaves_the_rate_until_it_is_revoked(cast: Cast) -> None:
    clock = _written(cast, verdict="late", met_at=MONDAY + 26 * HOUR, business_minutes=500)
    excuse(clock, cast.sam, at=MONDAY + 40 * HOUR, revoked_at=MONDAY + 50 * HOUR)
    standing = _only(_report("--as-of", (MONDAY + 45 * HOUR).isoformat()))
    revoked = _only(_report())
    assert (standing["excused"], standing["late"], standing["n"], standing["median_business_minutes"]) == (
        1,
        0,
        0,
        None,
    )
    assert (revoked["excused"], revoked["late"], revoked["n"], revoked["median_business_minutes"]) == (0, 1, 1, 500)


def test_an_excused_clock_answered_on_time_counts_as_kept(cast: Cast) -> None:
    clock = _written(cast, verdict="met", met_at=MONDAY + HOUR, business_minutes=60)
    excuse(clock, cast.sam, at=MONDAY + 40 * HOUR)
    assert (_only(_report())["met"], _only(_report())["excused"]) == (1, 0)


def test_an_undated_clock_is_open(cast: Cast) -> None:
    service_request = ServiceRequestFactory.create(department=cast.streets, received_at=MONDAY)
    write_history(service_request, (MONDAY, {"due_at": None, "undated_reason": "no_calendar"}))
    assert _only(_report())["open"] == 1


def test_a_month_begins_at_local_midnight(cast: Cast) -> None:
    # 11:30 pm on 31 October in Pinole is already November in UTC.
    _written(cast, received_at=datetime(2026, 11, 1, 6, 30, tzinfo=UTC))
    assert _report()["clocks"] == []
    assert _only(_report(first="2026-10-31", last="2026-10-31"))["month"] == "2026-10"


def test_the_last_day_is_included(cast: Cast) -> None:
    _written(cast, received_at=datetime(2026, 11, 17, 7, 59, tzinfo=UTC))
    assert _only(_report(first="2026-11-16", last="2026-11-16"))["received"] == 1
    assert _report(first="2026-11-17", last="2026-11-17")["clocks"] == []


@pytest.mark.parametrize(("count", "rate"), [(4, None), (5, 1.0)])
def test_below_the_small_number_there_is_no_percentage(cast: Cast, count: int, rate: float | None) -> None:
    for _ in range(count):
        _written(cast, verdict="met", met_at=MONDAY + HOUR, business_minutes=60)
    row = _only(_report())
    assert (row["n"], row["on_time_rate"], row["waited_on_time_rate"]) == (count, rate, rate)
    assert row["median_business_minutes"] == 60


def test_a_department_comes_with_its_divisions(cast: Cast) -> None:
    _written(cast)
    assert _only(_report("--department", "public-works"))["department"] == "operations-and-maintenance"
    assert _report("--department", "finance")["clocks"] == []


def test_imported_targets_are_those_of_their_source(cast: Cast) -> None:
    opened_at = MONDAY
    for closed_at, target_at in (
        (opened_at + HOUR, opened_at + HOUR),
        (opened_at + 2 * HOUR, opened_at + HOUR),
        (None, opened_at + HOUR),
        (None, NOW + HOUR),
        (None, None),
    ):
        service_request = ServiceRequestFactory.create(
            department=None, is_imported=True, received_at=opened_at, closed_at=closed_at,
            status="closed" if closed_at else "open",
        )  # fmt: skip
        ImportedCase.objects.create(
            service_request=service_request, source="boston311", source_case_id=service_request.number,
            imported_due_at=target_at, agency="Public Works Department", imported_at=NOW, content_hash="x",
        )  # fmt: skip
    report = _report()
    assert report["imported_targets"] == [
        {
            "source": "boston311", "department": "Public Works Department", "month": "2026-11", "received": 5,
            "no_target": 1, "on_time": 1, "late": 1, "overdue": 1, "open": 1, "n": 3, "on_time_rate": None,
        }
    ]  # fmt: skip
    assert (report["clocks"], report["first_contact"]) == ([], [])
    # At the target itself nothing is past it, and what was closed a moment later was not closed yet.
    (then,) = _report("--as-of", (opened_at + HOUR).isoformat())["imported_targets"]
    assert (then["on_time"], then["late"], then["overdue"], then["open"]) == (1, 0, 0, 3)


@pytest.mark.parametrize(
    "args",
    [
        ("--from", "2026-11-02", "--to", "2026-11-01"),
        ("--from", "2026-11-01", "--to", "2026-11-30", "--department", "nowhere"),
        ("--from", "yesterday", "--to", "2026-11-30"),
        ("--from", "0001-01-01", "--to", "9999-12-31"),
        ("--from", "2026-11-01", "--to", "2026-11-30", "--as-of", "then"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(cast: Cast, args: tuple[str, ...]) -> None:
    with pytest.raises(CommandError) as refusal:
        _run(*args)
    assert "\n" not in str(refusal.value)


def test_an_instant_without_an_offset_is_the_citys(cast: Cast) -> None:
    assert datetime.fromisoformat(_report("--as-of", "2026-11-16T10:00")["as_of"]) == MONDAY

"""The complaint register against complaints counted by hand, and each figure against the list behind it."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from requests_app.domain.periods import Period
from requests_app.models import CitySetting, ClockRevision, ServiceRequest
from requests_app.selectors.reports.complaint_lists import register_list
from requests_app.selectors.reports.complaint_register import ComplaintRegister, complaint_register
from requests_app.selectors.reports.complaints import BREAKDOWNS, BY_CODE, RegisterQuery, counts_of
from requests_app.selectors.reports.scope import department_with_divisions
from tests.cast import Cast, actor
from tests.complaint_cases import counted_complaint, owe
from tests.factories import NOW, concern

pytestmark = pytest.mark.django_db
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
ACKNOWLEDGED, ANSWER = "complaint_acknowledged", "complaint_answer"


def query(cast: Cast, now: datetime, *, who: str = "hana", **narrow: object) -> RegisterQuery:
    return RegisterQuery(actor=actor(getattr(cast, who)), period=NOVEMBER, now=now, **narrow)  # type: ignore[arg-type]


def show_everything() -> None:
    CitySetting.objects.update_or_create(key="small_number", defaults={"value": 1, "changed_at": NOW})


def shown(register: ComplaintRegister, code: str) -> dict[str, int | None]:
    """Give the cells of a table that are not nought."""
    return {cell.code: cell.number for cell in register.table(code).cells if cell.number != 0}


@pytest.fixture
def twelve(cast: Cast, now: datetime) -> list[ServiceRequest]:
    """Twelve complaints of November, and some that are none of them."""
    day = timedelta(days=1)
    rows = [counted_complaint(cast, at=now - day, subject="timeliness", outcome="upheld") for _ in range(4)]
    rows += [
        counted_complaint(cast, at=now - 2 * day, subject="timeliness", outcome="not_upheld", follow_up="confirmed")
        for _ in range(3)
    ]
    rows += [counted_complaint(cast, at=now - 3 * day, subject="access", level=2, department=cast.finance)]
    rows += [counted_complaint(cast, at=now - 4 * day, level=1, stage=2) for _ in range(2)]
    rows += [counted_complaint(cast, at=now - 5 * day, confidentiality="confidential") for _ in range(2)]
    for place, row in enumerate(rows):
        owe(row, ACKNOWLEDGED, due_at=now, met_at=now - timedelta(hours=1), minutes=54 * (place + 1))
        late = {"met_at": now + timedelta(hours=1), "minutes": 5400} if place < 5 else {}
        owe(row, ANSWER, due_at=now if place < 9 else now + 9 * day, **late)  # type: ignore[arg-type]
    counted_complaint(cast, at=now - timedelta(days=40))
    counted_complaint(cast, at=now, is_imported=True, department=None, no_reply="imported", kind="service")
    return rows


def test_each_table_counts_as_by_hand(cast: Cast, now: datetime, twelve: list[ServiceRequest]) -> None:
    show_everything()
    clock = twelve[0].clocks.get(milestone=ANSWER)
    facts = {name: getattr(clock, name) for name in ("started_at", "due_at", "department", "channel", "standard")}
    ClockRevision.objects.create(clock=clock, number=2, reason="extended", recorded_at=now, **facts)

    register = complaint_register(query(cast, now + timedelta(minutes=1)))

    assert register.total == 12
    assert shown(register, "subject") == {"timeliness": 7, "access": 1, "none": 4}
    # Streets is a division of public works; asked for by itself, it stands by itself.
    assert shown(register, "department") == {str(cast.public_works.pk): 11, str(cast.finance.pk): 1}
    of_works = query(cast, now, department_ids=department_with_divisions("public-works"))
    assert shown(complaint_register(of_works), "department") == {str(cast.streets.pk): 11}
    assert shown(register, "outcome") == {"upheld": 4, "not_upheld": 3, "undecided": 5}
    assert shown(register, "stage") == {"1": 10, "2": 2}
    assert shown(register, "acknowledgement") == {"met": 12}
    assert shown(register, "answer") == {"late": 5, "overdue": 4, "open": 3}
    assert shown(register, "extended") == {"yes": 1, "no": 11}
    assert shown(register, "escalation") == {"0": 9, "1": 2, "2": 1}
    assert shown(register, "follow_up") == {"confirmed": 3, "none": 4, "undecided": 5}
    assert shown(register, "root_cause") == {"delay": 7, "undecided": 5}


def test_times_are_in_business_days_by_nearest_rank(cast: Cast, now: datetime, twelve: list[ServiceRequest]) -> None:
    show_everything()
    acknowledged, answered = complaint_register(query(cast, now)).times
    # 54 minutes are a tenth of a nine-hour day: 0.1 to 1.2 days, the 6th and the 11th of twelve.
    assert (acknowledged.median, acknowledged.nine_of_ten, acknowledged.number) == (Decimal("0.6"), Decimal("1.1"), 12)
    assert (answered.median, answered.nine_of_ten, answered.number) == (Decimal("10.0"), Decimal("10.0"), 5)


def test_a_clock_is_overdue_seconds_after_its_date_and_not_before(
    cast: Cast, now: datetime, twelve: list[ServiceRequest]
) -> None:
    counts = [
        counts_of(query(cast, now + timedelta(seconds=seconds)), BY_CODE["answer"])["overdue"] for seconds in (-1, 0, 1)
    ]
    assert counts == [0, 0, 4]


def test_each_figure_is_its_list(cast: Cast, now: datetime, twelve: list[ServiceRequest]) -> None:
    asked = query(cast, now)
    for breakdown in BREAKDOWNS:
        counts = counts_of(asked, breakdown)
        listed = {cell: register_list(asked, breakdown, cell=cell) for cell in counts}
        assert {cell: rows.count() for cell, rows in listed.items()} == counts
        assert {cell: len(rows.lines()) for cell, rows in listed.items()} == counts
        assert register_list(asked, breakdown).count() == sum(counts.values())


def test_small_numbers_are_withheld_and_a_shared_cell_everywhere(
    cast: Cast, now: datetime, twelve: list[ServiceRequest]
) -> None:
    register = complaint_register(query(cast, now + timedelta(minutes=1)))
    assert shown(register, "subject") == {"timeliness": 7, "access": None, "none": None}
    # Two small ones hide each other there; here the five without an outcome hide the three confirmed.
    assert shown(register, "outcome") == {"upheld": None, "not_upheld": None, "undecided": 5}
    assert shown(register, "answer") == {"late": 5, "overdue": None, "open": None}
    assert register.times[1].number == 5
    shared = {code: shown(register, code).get("undecided") for code in ("outcome", "follow_up", "root_cause")}
    assert len(set(shared.values())) == 1


def test_a_cell_withheld_in_one_table_is_not_shown_by_another(cast: Cast, now: datetime) -> None:
    for _ in range(6):
        counted_complaint(cast, at=now)
    for follow_up in ("", *["confirmed"] * 6):
        counted_complaint(cast, at=now, outcome="upheld", follow_up=follow_up)
    register = complaint_register(query(cast, now))
    # One answered and not followed up: the six confirmed hide it rather than the shared six without an outcome.
    assert shown(register, "follow_up") == {"confirmed": None, "none": None, "undecided": 6}

    counted_complaint(cast, at=now, outcome="withdrawn", follow_up="confirmed")
    register = complaint_register(query(cast, now))
    assert shown(register, "outcome")["withdrawn"] is None
    shared = {shown(register, code)["undecided"] for code in ("outcome", "follow_up", "root_cause")}
    assert len(shared) == 1


def test_the_number_behind_a_median_gives_nothing_away(cast: Cast, now: datetime) -> None:
    for place in range(16):
        row = counted_complaint(cast, at=now - timedelta(days=1))
        met_at = None if place >= 12 else now + timedelta(hours=1) if place < 2 else now - timedelta(hours=1)
        owe(row, ANSWER, due_at=now, met_at=met_at, minutes=60)
    register = complaint_register(query(cast, now))
    assert None in shown(register, "answer").values()
    assert (register.times[1].number, register.times[1].median) == (None, None)


def test_few_complaints_in_all_are_withheld_whole(cast: Cast, now: datetime) -> None:
    for _ in range(3):
        counted_complaint(cast, at=now)
    register = complaint_register(query(cast, now))
    assert register.total is None
    assert {cell.number for cell in register.table("subject").cells} == {None}


def test_nobody_counts_what_they_may_not_know(cast: Cast, now: datetime, twelve: list[ServiceRequest]) -> None:
    show_everything()
    totals = {who: complaint_register(query(cast, now, who=who)).total for who in ("hana", "max", "otto")}
    assert totals == {"hana": 12, "max": 12, "otto": 10}  # two are confidential
    concern(twelve[0], cast.hana)
    assert complaint_register(query(cast, now)).total == 11


def test_a_department_narrows_and_midnight_is_local(cast: Cast, now: datetime, twelve: list[ServiceRequest]) -> None:
    show_everything()
    finance = query(cast, now, department_ids=frozenset({cast.finance.pk}))
    assert complaint_register(finance).total == 1
    counted_complaint(cast, at=datetime.fromisoformat("2026-11-01T00:00:00-07:00"))
    counted_complaint(cast, at=datetime.fromisoformat("2026-10-31T23:59:59-07:00"))
    assert complaint_register(query(cast, now)).total == 13


def test_no_table_goes_by_a_person() -> None:
    by = {breakdown.code for breakdown in BREAKDOWNS}
    assert by == {
        "subject", "department", "outcome", "stage", "acknowledgement", "answer", "extended", "escalation", "follow_up",
        "root_cause",
    }  # fmt: skip


def test_many_cost_no_more_queries_than_few(cast: Cast, now: datetime) -> None:
    asked_for = []
    for number in (3, 30):
        for _ in range(number):
            owe(counted_complaint(cast, at=now, outcome="upheld", level=1), ANSWER, due_at=now, met_at=now, minutes=9)
        with CaptureQueriesContext(connection) as asked:
            complaint_register(query(cast, now))
        asked_for.append(len(asked))
    assert asked_for[0] == asked_for[1]

"""The figures of III.b.ii.5: every number opens its list, small numbers have no share, and no name leaks."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from requests_app.domain.absences import AbsenceKind, AbsenceReason
from requests_app.models import Absence, AuditEntry, Employee
from tests.cast import Cast
from tests.factories import AbsenceFactory, EmployeeFactory
from tests.greeting_cases import DAY, ENDS, HOUR, STARTS, Away
from tests.views.log_form import as_, text_of

PAGE = "/compliance/greetings/"
NOW = ENDS + 2 * DAY  # Wed 2 Dec 2026
NOVEMBER = "?period=last_month"


@pytest.fixture(autouse=True)
def fixed_clock(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


def away(employee: Employee, *, set_after: timedelta | None, **facts: object) -> Absence:
    """Somebody over Thanksgiving; set so long after the start, or never."""
    known = {"starts_at": STARTS, "ends_at": ENDS, "no_alternate_reason": "The counter answers", **facts}
    absence = AbsenceFactory.create(employee=employee, **known)
    if set_after is not None:
        Away(absence).set(employee, STARTS + set_after)
    return absence


def row_of(page: str, label: str) -> list[str]:
    """Give the numbers and the share in the row of a label."""
    row = next(row for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL) if f">{label}<" in row)
    return [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r'<td class="num">(.*?)</td>', row)]


def read(client: Client, query: str = NOVEMBER) -> str:
    return text_of(client.get(PAGE + query)).replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def crew(cast: Cast) -> list[Employee]:
    """Five more in streets, so that a share can be said."""
    return [EmployeeFactory.create(department=cast.streets) for _n in range(5)]


def test_planned_and_unforeseen_are_counted_apart_by_when_they_were_set(cast: Cast, crew: list[Employee]) -> None:
    for person, after in zip(crew, (-HOUR, -HOUR, timedelta(0), HOUR, None), strict=True):
        away(person, set_after=after)
    away(cast.bob, set_after=8 * HOUR, kind=AbsenceKind.UNFORESEEN, reason=AbsenceReason.ILLNESS)
    page = read(as_(cast.hana))
    assert row_of(page, "Planned: before it starts") == ["3", "1", "1", "5", "60.0 %"]
    assert row_of(page, "Unforeseen: by the end of the first day") == ["1", "0", "0", "1", "about one person: no share"]
    assert row_of(page, "Name and department") == ["5", "0", "1", "6", "83.3 %"]
    assert row_of(page, "Whom to turn to meanwhile") == ["0", "5", "1", "6", "83.3 %"]
    assert row_of(page, "Colleagues and the public kept apart") == ["5", "0", "1", "6", "83.3 %"]


def test_looked_at_and_taken_down_are_counted(cast: Cast, crew: list[Employee]) -> None:
    rows = [Away(away(person, set_after=-HOUR)) for person in crew]
    rows[0].check(cast.sam, STARTS)
    rows[1].check(cast.sam, STARTS, is_right=False)
    for row, at in zip(rows[1:], (ENDS, ENDS + HOUR, ENDS + DAY, None), strict=True):
        if at:
            row.clear(cast.sam, at)
    page = read(as_(cast.hana))
    assert row_of(page, "Looked at, of those set") == ["2", "5", "40.0 %"]
    assert row_of(page, "Found right, of those looked at") == ["1", "2", "1 of 2"]
    assert row_of(page, "By close of business on the day of return") == ["2", "1", "2", "5", "40.0 %"]


def test_without_an_absence_there_is_no_data(cast: Cast) -> None:
    assert row_of(read(as_(cast.hana)), "Planned: before it starts") == ["0", "0", "0", "0", "no data"]
    assert "attested" in read(as_(cast.hana))


def test_what_is_short_removed_or_due_in_another_month_is_not_counted(cast: Cast, now: datetime) -> None:
    away(cast.alice, set_after=None, starts_at=STARTS + 4 * HOUR, ends_at=STARTS + 9 * HOUR)
    away(cast.bob, set_after=None, removed_at=NOW)
    away(cast.sam, set_after=None, starts_at=ENDS + DAY, ends_at=ENDS + 9 * DAY)
    assert row_of(read(as_(cast.hana)), "Planned: before it starts")[3] == "0"
    assert row_of(read(as_(cast.hana), ""), "Planned: before it starts")[3] == "1"


@pytest.mark.parametrize("who", ["hana", "sam", "otto", "max"])
def test_every_number_opens_a_list_of_that_length(cast: Cast, crew: list[Employee], who: str) -> None:
    for person, after in zip(crew, (-HOUR, HOUR, None, -HOUR, HOUR), strict=True):
        away(person, set_after=after)
    client = as_(getattr(cast, who))
    links = re.findall(r'href="(/compliance/greetings/[a-z_]+/\?[^"]*)">(\d+)<', read(client).replace("&amp;", "&"))
    assert len(links) > 20
    for url, number in links:
        listed = text_of(client.get(url.replace("&amp;", "&")))
        assert listed.count('<td class="cell-title"') == int(number), url


@pytest.mark.parametrize(
    ("who", "is_named"), [("hana", True), ("sam", True), ("dora", True), ("max", True), ("otto", False)]
)
def test_names_are_for_who_leads_them_and_for_hr_and_why_for_nobody_there(
    cast: Cast, who: str, *, is_named: bool
) -> None:
    away(cast.alice, set_after=None, reason=AbsenceReason.FAMILY)
    listed = text_of(as_(getattr(cast, who)).get(f"{PAGE}due/{NOVEMBER}"))
    assert ("Alice Owner" in listed) is is_named
    assert ("name withheld" in listed) is not is_named
    assert "Family" not in listed


def test_a_supervisor_counts_their_department_and_a_filter_narrows_it(cast: Cast) -> None:
    away(cast.alice, set_after=None)
    away(cast.charlie, set_after=None)
    assert row_of(read(as_(cast.sam)), "Planned: before it starts")[3] == "1"
    assert row_of(read(as_(cast.hana)), "Planned: before it starts")[3] == "2"
    assert row_of(read(as_(cast.hana), f"{NOVEMBER}&department=finance"), "Planned: before it starts")[3] == "1"


@pytest.mark.parametrize("who", ["alice", "fay", "ada", "cleo", "charlie"])
def test_who_reads_no_reports_reads_none_of_it(cast: Cast, who: str) -> None:
    client = as_(getattr(cast, who))
    assert {client.get(PAGE).status_code, client.get(f"{PAGE}due/").status_code} == {403}


def test_an_unknown_part_is_not_there(cast: Cast) -> None:
    assert as_(cast.hana).get(f"{PAGE}nothing/").status_code == 404


def test_the_file_has_the_figures_and_that_it_left_is_recorded(cast: Cast) -> None:
    away(cast.alice, set_after=None, reason=AbsenceReason.FAMILY)
    answer = as_(cast.hana).get(f"{PAGE}{NOVEMBER}&format=csv")
    written = b"".join(answer).decode()
    assert "Planned: before it starts: Not set,1,1," in written
    assert "Alice" not in written
    assert "Family" not in written
    assert AuditEntry.objects.filter(action="exported", object_kind="absence").count() == 1


def test_the_compliance_page_leads_there(cast: Cast) -> None:
    assert f'href="{PAGE}"' in text_of(as_(cast.hana).get("/compliance/"))


def test_it_asks_as_much_with_thirty_absences_as_with_three(cast: Cast) -> None:
    counts = []
    for more in (3, 27):
        for _n in range(more):
            away(EmployeeFactory.create(department=cast.streets), set_after=-HOUR)
        client = as_(cast.sam)
        for url in (PAGE + NOVEMBER, f"{PAGE}due/{NOVEMBER}"):
            client.get(url)
            with CaptureQueriesContext(connection) as asked:
                client.get(url)
            counts.append(len(asked))
    assert counts[:2] == counts[2:]

"""The register of absences as a list: narrowed, sorted, paged, and as a file of the same (III.b.ii.5)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from requests_app.models import Absence, AuditEntry, Employee
from tests.cast import Cast
from tests.factories import AbsenceFactory, EmployeeFactory
from tests.views.log_form import as_
from tests.views.test_absences import shown, text_of

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def fixed_clock(now: datetime, time_machine: Any) -> None:
    time_machine.move_to(now, tick=False)


@pytest.fixture
def ill(cast: Cast, now: datetime) -> Absence:
    return AbsenceFactory.create(
        employee=cast.alice, ends_at=None, ask_again_on=date(2026, 11, 25), starts_at=now - DAY
    )


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"Alice", "Dora"}),
        ("when=now", {"Alice"}),
        ("when=ahead", {"Dora"}),
        ("when=past", {"Charlie"}),
        ("when=all", {"Alice", "Charlie", "Dora"}),
        ("when=all&department={finance}", {"Charlie"}),
        ("when=all&department={public_works}", {"Alice", "Dora"}),
        ("when=all&person={dora}", {"Dora"}),
        ("when=never&department=x&person=0&size=7&sort=why", {"Alice", "Dora"}),
    ],
)
def test_the_list_and_its_file_are_narrowed_by_the_address(
    cast: Cast, ill: Absence, now: datetime, query: str, names: set[str]
) -> None:
    AbsenceFactory.create(employee=cast.charlie, starts_at=now - 9 * DAY, ends_at=now - DAY)
    AbsenceFactory.create(employee=cast.dora, starts_at=now + DAY, ends_at=now + 2 * DAY)
    AbsenceFactory.create(employee=cast.max, removed_at=now)
    query = query.format(finance=cast.finance.pk, public_works=cast.public_works.pk, dora=cast.dora.pk)
    client = as_(cast.ada)
    page = client.get(f"{reverse('absence_list')}?{query}")
    file = text_of(client.get(f"{reverse('absence_list')}?{query}&format=csv")).splitlines()[1:]
    assert {row.absence.employee.name.split()[0] for row in page.context["rows"]} == names
    assert {line.split()[0] for line in file} == names


def test_the_list_is_sorted_and_paged(cast: Cast, now: datetime) -> None:
    people = [EmployeeFactory.create(name=f"Person {number:02}") for number in range(30)]
    for number, person in enumerate(people):
        AbsenceFactory.create(employee=person, starts_at=now - number * DAY)
    client = as_(cast.ada)

    def named(**query: Any) -> list[str]:
        rows = client.get(reverse("absence_list"), query).context["rows"]
        return [row.absence.employee.name.removeprefix("Person ") for row in rows]

    assert named()[:2] == ["29", "28"], "the earliest first"
    assert named(sort="name") == [f"{number:02}" for number in range(25)]
    assert named(sort="name", page=2) == ["25", "26", "27", "28", "29"]
    assert named(sort="-name", size=50)[::29] == ["29", "00"]


def test_a_file_that_leaves_the_house_is_evidence(cast: Cast, ill: Absence) -> None:
    shown(as_(cast.ada), "absence_list", format="csv")
    assert AuditEntry.objects.get(action="exported", actor=cast.ada).object_kind == "absence"


def test_the_list_asks_as_much_for_many_absences_as_for_few(cast: Cast) -> None:
    client = as_(cast.sam)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            text_of(client.get(reverse("absence_list")))
            text_of(client.get(reverse("absence_list"), {"format": "csv"}))
        return len(asked)

    AbsenceFactory.create_batch(3, recorded_by=cast.sam, alternate_person=cast.bob)
    queries()
    few = queries()
    AbsenceFactory.create_batch(27, recorded_by=cast.sam, alternate_person=cast.bob)
    assert queries() == few


def test_days_off_in_somebodys_own_pattern_are_told_apart(cast: Cast) -> None:
    hours = {day: [["08:00", "16:30"]] for day in ("mon", "tue", "wed", "thu", "fri")}
    pattern = {
        "weekly_hours": {**hours, "sat": [], "sun": []},
        "alternate_days_off": [{"weekday": "fri", "anchor": "2026-12-04"}],
    }
    Employee.objects.filter(pk=cast.bob.pk).update(work_pattern=pattern)
    client = as_(cast.fay)
    page = client.get(reverse("absence_list"))
    assert [(day.on, day.people) for day in page.context["by_pattern"]] == [(date(2026, 12, 4), [cast.bob])]
    assert "never excuses a late answer" in text_of(page)
    assert "off by their own work pattern" in shown(client, "absence_list", format="csv")
    assert "2026-12-04" not in shown(client, "absence_list", department=cast.finance.pk, format="csv")
    assert "2026-12-04" not in shown(client, "absence_list", when="past", format="csv")


@pytest.mark.parametrize(
    "value", ["\x00", "9" * 40, "-1", "٣", "2026-02-30", "0001-01-01", "9999-12-31", "25:61", "🙂" * 300, "\u202e"]
)
def test_whatever_is_typed_there_is_an_answer(cast: Cast, ill: Absence, value: str) -> None:
    hana = as_(cast.hana)
    for name in ("when", "department", "person", "sort", "size", "page"):
        assert hana.get(reverse("absence_list"), {name: value}).status_code == 200
    assert hana.get(reverse("absence_new"), {"person": value}).status_code == 200
    forms = {
        reverse("absence_new"): ("person", "kind", "reason", "first_on", "last_on", "from_time", "stand_in"),
        reverse("absence_called_in"): ("person", "since", "back", "on"),
        reverse("absence_change", args=[ill.pk]): ("version", "first_on", "ask_again_on", "until_time", "kind"),
        reverse("absence_import"): ("file", "person"),
    }
    for url, names in forms.items():
        assert hana.post(url, dict.fromkeys(names, value)).status_code == 422

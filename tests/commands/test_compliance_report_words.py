"""`compliance_report` names and defines what it counts as the page does, and counts what the page counts."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from tests.cast import Cast, login_of
from tests.clock_histories import write_history
from tests.factories import NOW, ServiceRequestFactory

HOUR = timedelta(hours=1)
MONDAY = datetime(2026, 11, 16, 18, 0, tzinfo=UTC)  # 10 am in Pinole


@pytest.fixture(autouse=True)
def _fixed_clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def page(cast: Cast, client: Client) -> Client:
    """Somebody who reads the whole city; six answers kept, one late on Thursday, one still to come."""
    endings = [*[("met", 1 + number) for number in range(6)], ("late", 72), ("", 0)]
    for verdict, hours in endings:
        row = ServiceRequestFactory.create(department=cast.streets, received_at=MONDAY, recorded_at=MONDAY)
        met_at = MONDAY + hours * HOUR
        ending = {"verdict": verdict, "met_at": met_at, "business_minutes": 60 * hours}
        write_history(row, (MONDAY, {"due_at": MONDAY + 31 * HOUR}), *([(met_at, ending)] if verdict else []))
    client.force_login(login_of(cast.hana))
    return client


def run(*args: str) -> str:
    out = StringIO()
    call_command("compliance_report", "--from", "2026-11-01", "--to", "2026-11-30", *args, stdout=out)
    return out.getvalue()


def test_every_counted_column_has_the_name_and_the_definition_of_the_page(page: Client) -> None:
    report = json.loads(run())
    shown = page.get("/compliance/definitions/").content.decode()
    words = {"standard", "milestone", "clause", "department", "channel", "month"}
    for table in ("clocks", "first_contact"):
        assert set(report["columns"][table]) == set(report[table][0]) - words
    for code in {code for columns in report["columns"].values() for code in columns.values()}:
        meant = report["definitions"][code]
        assert f'id="{code}"' in shown
        assert escape(meant["name"]) in shown
        assert escape(meant["meaning"]) in shown


@pytest.mark.parametrize(("args", "asked"), [((), ""), (("--as-of", "2026-11-18T00:00"), "&as_of=2026-11-17")])
def test_in_words_it_says_the_figures_of_the_page(page: Client, args: tuple[str, ...], asked: str) -> None:
    text = run("--format", "text", *args)
    found = page.get(f"/compliance/?from=2026-11-01&to=2026-11-30{asked}").context["page"].headline
    first = text.split("\n\n")[1].splitlines()
    assert first[0] == f"First response, n = {found.count('n')}"
    said = {column: (value, " ".join(name)) for column, value, *name in map(str.split, first[1:])}
    for part, name in (("met", "Kept"), ("late", "Late"), ("overdue", "Overdue"), ("open", "Open, not yet due")):
        assert said[part] == (str(found.count(part)), name)
    assert said["waited_on_time_rate"] == (str(found.waited_rate(small_number=5)), "On time")
    assert said["median_business_minutes"][0] == str(found.within(50))
    assert (said["late"][0], said["overdue"][0]) == (("0", "2") if args else ("1", "1"))
    assert f"generated at {timezone.localtime(NOW).isoformat()}" in text
    assert ("As of 2026-11-18T00:00:00-08:00" in text) is bool(args)
    assert "Kept (III.b.ii.3, III.b.ii.4): A personal answer was given" in text

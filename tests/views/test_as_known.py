"""What a report said of a day it says again, whatever was done since (III.d.i)."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from requests_app.domain.periods import Month, Period, midnight
from requests_app.selectors.access import SYSTEM
from requests_app.selectors.packets import packet_data
from requests_app.selectors.reports.compliance import compliance_report
from requests_app.selectors.reports.lists import clock_list, contact_list
from requests_app.selectors.reports.scope import (
    Narrowing,
    ReportQuery,
    ReportScope,
    whole_city,
)
from requests_app.views.report_access import reading_of
from requests_app.views.report_grids import grid_lines
from requests_app.views.report_page import CompliancePage
from requests_app.views.report_paper import report_parts
from requests_app.views.report_tables import department_rows, standard_rows
from tests.cast import Cast
from tests.later_acts import ACTS, go_on
from tests.pages.scene import crowded_city

DAY = timedelta(days=1)
PERIOD = Period(date(2026, 10, 1), date(2026, 11, 30))
ASKED: tuple[dict[str, str], ...] = (
    {},
    {"kind": "service"},
    {"kind": "complaint"},
    {"channel": "phone"},
    {"channel": "letter"},
    {"department": "public-works"},
    {"department": "finance"},
)
LISTED = (Narrowing(language="zh"), Narrowing(language="en"), Narrowing(weekday=1), Narrowing(hour=17))


def figures(at: datetime, **asked: str) -> dict[str, Any]:
    """Give every figure of every part of the report as somebody who sees everything reads it at an instant."""
    scope = whole_city()
    dates = {"from": str(PERIOD.from_on), "to": str(PERIOD.to_on)}
    reading = reading_of(SYSTEM, scope, {**dates, **asked}, now=at)
    address = reading.address
    report = compliance_report(scope, address.query())
    page = CompliancePage(scope, address)
    tables = {part.name: list(grid_lines(part.grids)) for part in report_parts(reading)}
    rows = {"standards": standard_rows(page), "departments": department_rows(page)}
    shown = {name: [_without_links(str(row)) for row in found] for name, found in rows.items()}
    counted = {name: report[name] for name in ("clocks", "first_contact", "imported_targets")}
    return {**counted, **shown, **tables}


def _without_links(text: str) -> str:
    return re.sub(r"url='[^']*'", "", text)


def narrowed(scope: ReportScope, as_of: datetime, narrowing: Narrowing) -> list[str]:
    """Give the tracking numbers behind the figures of one language or hour, of clocks and of contacts."""
    query = ReportQuery(period=PERIOD, as_of=as_of, is_past=True, narrowing=narrowing)
    clocks, contacts = clock_list(scope, query, part="received"), contact_list(scope, query, part="contacts")
    return [*(line.number for line in clocks.lines()), *(line.number for line in contacts.lines())]


def everything(at: datetime, **as_of: str) -> dict[str, Any]:
    """Give the figures under each filter, each by a name of its own."""
    return {f"{asked}: {name}": rows for asked in ASKED for name, rows in figures(at, **asked, **as_of).items()}


def differing(known: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """Name the parts that differ, with the lines of each that do."""
    pairs = ((name, rows, other[name]) for name, rows in known.items() if other[name] != rows)
    return [
        f"{name}: {[row for row in rows if row not in now]}, now {[row for row in now if row not in rows]}"
        for name, rows, now in pairs
    ]


@pytest.fixture
def noon(cast: Cast, now: datetime, time_machine: Any) -> datetime:
    """Give the noon of a day on which all was done that can be done."""
    found = now + timedelta(hours=22)
    time_machine.move_to(found, tick=False)
    crowded_city(cast, now=found)
    return found


@pytest.fixture
def evening(noon: datetime) -> datetime:
    return midnight(timezone.localdate(noon) + DAY, timezone.get_default_timezone())


@pytest.mark.django_db
def test_every_figure_of_a_day_is_the_same_later(cast: Cast, noon: datetime, evening: datetime) -> None:
    known = everything(evening)
    packet = packet_data(Month.of(timezone.localdate(noon)), as_of=evening)
    behind = [narrowed(whole_city(), evening, asked) for asked in LISTED]

    done = go_on(cast, at=noon + DAY) + go_on(cast, at=noon + 2 * DAY)

    assert [name for name in ACTS if not done[name]] == []
    later = noon + 3 * DAY
    assert differing(known, everything(later)) != []
    assert differing(known, everything(later, as_of=str(timezone.localdate(noon)))) == []
    assert packet_data(Month.of(timezone.localdate(noon)), as_of=evening) == packet
    assert [narrowed(whole_city(), evening, asked) for asked in LISTED] == behind

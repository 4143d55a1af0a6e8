"""The complaint register of Human Resources: figures, the lists behind them, files, the report to the council."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from requests_app.domain.periods import Half
from requests_app.domain.vocabulary import Role
from requests_app.forms.complaint_register import RegisterAddress, half_so_far, half_words, read_register_address
from requests_app.models import Complaint
from requests_app.selectors.access import Actor
from requests_app.selectors.reports.choices import report_choices
from requests_app.selectors.reports.complaint_lists import RegisterLine, RegisterList, register_list
from requests_app.selectors.reports.complaint_register import ComplaintRegister, RegisterTable, complaint_register
from requests_app.selectors.reports.complaints import BY_CODE, RegisterQuery, cell_names
from requests_app.selectors.reports.scope import report_scope
from requests_app.selectors.visibility import sees_confidential
from requests_app.services.council_reports import council_pdf
from requests_app.services.exports import record_export
from requests_app.views.csv_files import csv_file
from requests_app.views.gates import actor_holding
from requests_app.views.procedure_forms import pdf_answer
from requests_app.views.report_lists import keyset_page
from requests_app.views.report_parts import definitions_of

READERS = (Role.HR, Role.CITY_MANAGER, Role.AUDITOR)
REPORTERS = (Role.HR, Role.CITY_MANAGER)
_SIZE = 50
_WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reader's look at the register."""

    actor: Actor
    address: RegisterAddress

    @property
    def query(self) -> RegisterQuery:
        return self.address.query(self.actor)

    @property
    def opens_lists(self) -> bool:
        """Say whether the reader opens the lists behind the figures; for everybody else they are counts."""
        return self.actor.holds(Role.HR)


@login_required
@require_GET
def register(request: HttpRequest) -> HttpResponseBase:
    """Show the figures, or write them to a file."""
    reading = _read(request, *READERS)
    found = complaint_register(reading.query)
    if request.GET.get("format") == "csv":
        rows = list(_figures(found))
        address = request.get_full_path()
        record_export(actor=reading.actor, address=address, rows=len(rows), at=reading.address.now, of=Complaint)
        columns = [gettext("Table"), gettext("Figure"), gettext("Number")]
        return csv_file(f"complaints-{reading.address.period.from_on}-to-{reading.address.period.to_on}", columns, rows)
    return render(request, "complaints/register.html", _context(reading, found))


@login_required
@require_GET
def register_rows(request: HttpRequest, code: str) -> HttpResponseBase:
    """Show or write the rows behind a figure, to Human Resources alone."""
    reading, cell = _read(request, Role.HR), request.GET.get("cell", "")[:_SIZE]
    breakdown = BY_CODE.get(code)
    if breakdown is None or "\x00" in cell:
        raise Http404(code)
    found = register_list(reading.query, breakdown, cell=cell)
    if request.GET.get("format") == "csv":
        return _rows_file(request, reading, found)
    page = keyset_page(request, [found.segment()], size=_SIZE)
    params = {**reading.address.params(), "cell": cell}
    context = {
        "reading": reading,
        "breakdown": breakdown,
        "total": found.count(),
        "cell_words": cell_names(breakdown).get(cell, cell),
        "rows": _told(found, found.lines(page.rows)),
        "csv_url": f"?{urlencode({**params, 'format': 'csv'})}",
        "previous_url": f"?{urlencode({**params, 'before': page.previous})}" if page.previous else "",
        "next_url": f"?{urlencode({**params, 'after': page.next})}" if page.next else "",
        "shown": "",
        "register_url": _url("complaint_register", reading),
    }
    return render(request, "complaints/register_list.html", context)


@login_required
@require_GET
def council_report(request: HttpRequest) -> HttpResponse:
    """Draw the half-yearly report to the council; that it left the house is recorded first."""
    actor, now = actor_holding(request, *REPORTERS), timezone.now()
    today = timezone.localdate(now)
    try:
        half = Half.parse(request.GET.get("half") or str(Half.of(today)))
    except ValueError:
        raise Http404 from None
    if half.period.from_on > today:
        raise Http404
    found = complaint_register(RegisterQuery(actor=actor, period=half_so_far(half, today=today), now=now))
    record_export(actor=actor, address=request.get_full_path(), rows=len(found.tables), at=now, of=Complaint)
    drawn = council_pdf(
        found, title=half_words(half), period=half_so_far(half, today=today), at=now, is_whole=sees_confidential(actor)
    )
    return pdf_answer(drawn, name=f"complaints-{half}")


def _read(request: HttpRequest, *roles: Role) -> _Reading:
    actor, now = actor_holding(request, *roles), timezone.now()
    departments = report_choices(report_scope(actor), now=now).departments
    return _Reading(actor, read_register_address(request.GET.dict(), departments=departments, now=now))


def _context(reading: _Reading, found: ComplaintRegister) -> dict[str, Any]:
    half = reading.address.half or Half.of(timezone.localdate(reading.address.now))
    may_report = reading.actor.holds(*REPORTERS)
    return {
        "reading": reading,
        "register": found,
        "tables": [_drawn(reading, table) for table in found.tables],
        "definitions": definitions_of(("complaints",)),
        "filters": reading.address.form(),
        "clear_url": reverse("complaint_register"),
        "csv_url": _url("complaint_register", reading, format="csv"),
        "council_url": f"{reverse('complaint_council_report')}?{urlencode({'half': half})}" if may_report else "",
        "leaves_out_confidential": not sees_confidential(reading.actor),
    }


def _drawn(reading: _Reading, table: RegisterTable) -> dict[str, Any]:
    """Give a table with the address of the list behind each figure, for whoever opens them."""
    opens, code = reading.opens_lists, table.breakdown.code

    def url(**narrow: str) -> str:
        return _url("complaint_register_rows", reading, code=code, **narrow) if opens else ""

    rows = [{"label": cell.label, "number": cell.number, "url": url(cell=cell.code)} for cell in table.cells]
    return {"breakdown": table.breakdown, "rows": rows, "total": table.total, "url": url()}


def _url(name: str, reading: _Reading, *, code: str = "", **more: str) -> str:
    return f"{reverse(name, args=[code] if code else [])}?{urlencode({**reading.address.params(), **more})}"


def _figures(found: ComplaintRegister) -> Iterator[list[object]]:
    """Give every figure of the page as a row of the file."""
    yield [gettext("Complaints"), "n", _written(found.total)]
    for table in found.tables:
        yield from ([table.breakdown.title, cell.label, _written(cell.number)] for cell in table.cells)
        yield [table.breakdown.title, "n", _written(table.total)]
    for time in found.times:
        title = gettext("%(what)s, business days") % {"what": time.breakdown.title}
        yield [title, gettext("Median"), _written(time.median, time.number)]
        yield [title, gettext("9 of 10 within"), _written(time.nine_of_ten, time.number)]
        yield [title, "n", _written(time.number)]


def _written(value: object, number: int | None = None) -> object:
    return value if value is not None else gettext("no data") if number == 0 else gettext(_WITHHELD)


def _rows_file(request: HttpRequest, reading: _Reading, found: RegisterList) -> HttpResponseBase:
    lines = _told(found, found.lines())
    record_export(
        actor=reading.actor, address=request.get_full_path(), rows=len(lines), at=reading.address.now,
        numbers=found.numbers(),
    )  # fmt: skip
    columns = [
        gettext("Tracking number"), gettext("Request"), gettext("Department"), gettext("Received or started"),
        gettext("Counted as"), gettext("Answer by"), gettext("Answered"),
    ]  # fmt: skip
    rows = (
        [line.number, line.title, line.department, _local(line.at), words, _local(line.due_at), _local(line.met_at)]
        for line, words in lines
    )
    return csv_file(f"complaints-{found.breakdown.code}", columns, rows)


def _told(found: RegisterList, lines: list[RegisterLine]) -> list[tuple[RegisterLine, str]]:
    names = cell_names(found.breakdown)
    return [(line, names.get(str(line.cell), str(line.cell))) for line in lines]


def _local(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""

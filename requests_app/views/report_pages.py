"""The parts of the compliance report that are tables: contacts, times, handling; each as a page and as a file."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from requests_app.forms.look import LOOKS, chosen_look
from requests_app.services.exports import record_export
from requests_app.views.csv_files import csv_file
from requests_app.views.report_access import Reading, read_report
from requests_app.views.report_drawings import SIZES, draw_bars
from requests_app.views.report_figures import Links
from requests_app.views.report_grids import Grid, grid_lines
from requests_app.views.report_handling import handling_grids
from requests_app.views.report_load import load_grids
from requests_app.views.report_parts import links_of, part_context, pictures, with_filters
from requests_app.views.report_rows import short_time_bin_words
from requests_app.views.report_times import tallies_of_times, time_bins, time_grids


@dataclass(frozen=True, slots=True)
class ReportPart:
    """One part of the report: its address's name, what it is called, what it is made of and how that is defined."""

    name: str
    title: str | Promise
    build: Callable[[Reading, Links], list[Grid]]
    groups: tuple[str, ...]
    chart: str = ""


@dataclass(frozen=True, slots=True)
class GridPage:
    """The tables of one part, and every figure in them."""

    grids: list[Grid]
    links: Links


LOAD = ReportPart("compliance_load", _("Contacts"), load_grids, ("contacts",))
TIMES = ReportPart("compliance_times", _("Time to answer"), time_grids, ("times",), "compliance_times_chart")
HANDLING = ReportPart("compliance_handling", _("Handling"), handling_grids, ("handling",))


@require_GET
@login_required
def report_part(request: HttpRequest, part: ReportPart) -> HttpResponseBase:
    """Show one part of the report, or write its tables to a file."""
    reading = read_report(request)
    links = links_of(reading)
    page = GridPage(part.build(reading, links), links)
    if request.GET.get("format") == "csv":
        return _file(request, reading, part, page)
    context: dict[str, Any] = {
        **part_context(request, reading, part.name, part.groups),
        "page": page,
        "part": part,
        "csv_url": with_filters(part.name, reading, format="csv"),
        "pictures": pictures(part.chart, reading, chosen_look(request.COOKIES)) if part.chart else [],
    }
    return render(request, "reports/part.html", context)


@require_GET
@login_required
def times_chart(request: HttpRequest, look: str, size: str) -> HttpResponse:
    """Draw the histogram for a light or dark page, wide or narrow."""
    if look not in LOOKS or size not in SIZES:
        raise Http404(size)
    bins = time_bins(tallies_of_times(read_report(request)))
    drawn = draw_bars([short_time_bin_words(code) for code in bins], list(bins.values()), look=look, size=size)
    return HttpResponse(drawn, content_type="image/svg+xml")


def _file(request: HttpRequest, reading: Reading, part: ReportPart, page: GridPage) -> HttpResponseBase:
    lines = list(grid_lines(page.grids))
    record_export(actor=reading.actor, address=request.get_full_path(), rows=len(lines), at=reading.now)
    period = reading.address.period
    name = f"{part.name.replace('_', '-')}-{period.from_on}-to-{period.to_on}"
    return csv_file(name, [gettext("Table"), gettext("Row"), gettext("Figure"), gettext("Value")], lines)

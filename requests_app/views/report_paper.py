"""The compliance report on paper: the figures, tables and drawings of its pages, as a tagged PDF for the council."""

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation

from requests_app.selectors.reports.definitions import ON_PAPER, shown_definitions
from requests_app.services.mail_texts import STAFF_LANGUAGE
from requests_app.services.pdf_drawing import draw_pdf
from requests_app.views.report_access import Reading
from requests_app.views.report_drawings import draw_bars
from requests_app.views.report_figures import whole_per_cent
from requests_app.views.report_grids import Grid
from requests_app.views.report_page import CompliancePage
from requests_app.views.report_pages import HANDLING, LOAD, TIMES
from requests_app.views.report_parts import links_of
from requests_app.views.report_rows import short_time_bin_words
from requests_app.views.report_tables import department_rows, imported_rows, standard_rows
from requests_app.views.report_times import tallies_of_times, time_bins
from requests_app.views.report_trend import draw_trend


@dataclass(frozen=True, slots=True)
class PaperPart:
    """One part of the report under its heading; one with a chart shows the drawing of its name before its tables."""

    name: str
    title: str
    chart: str
    grids: list[Grid]


def report_parts(reading: Reading) -> list[PaperPart]:
    """Give the parts of the report that are tables, as their pages show them."""
    links = links_of(reading)
    return [
        PaperPart(part.name, str(part.title), part.chart, part.build(reading, links))
        for part in (TIMES, LOAD, HANDLING)
    ]


def draw_report(reading: Reading) -> bytes:
    """Draw the report its reader asks for; the same data at the same instant gives the same bytes."""
    as_of = reading.address.query().as_of
    with translation.override(STAFF_LANGUAGE):
        page = CompliancePage(reading.scope, reading.address)
        text = render_to_string("reports/council.html", {**_context(reading, page), "as_of": as_of})
        bins = time_bins(tallies_of_times(reading))
        labels = [short_time_bin_words(code) for code in bins]
        pictures = {
            "trend": draw_trend(page.months, page.target, look="light", size="wide"),
            TIMES.name: draw_bars(labels, list(bins.values()), look="light", size="wide"),
        }
    words = f"compliance {reading.address.scope_words} {as_of:%Y-%m-%dT%H:%M:%S}"
    return draw_pdf(text, sheet="reports/council.css", identifier=words, pictures=pictures)


def _context(reading: Reading, page: CompliancePage) -> dict[str, Any]:
    target = whole_per_cent(page.target)
    return {
        "reading": reading,
        "page": page,
        "target": target,
        "standards": standard_rows(page),
        "departments": department_rows(page),
        "imported": imported_rows(page),
        "parts": report_parts(reading),
        "definitions": shown_definitions(target=target, choices=reading.address.choices.local, groups=ON_PAPER),
        "made": timezone.localtime(reading.now).isoformat(timespec="seconds"),
    }

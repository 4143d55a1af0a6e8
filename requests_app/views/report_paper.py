"""The compliance report on paper: the figures, tables and drawing of its page, as a tagged PDF for the council."""

from django.template.loader import render_to_string
from django.utils import timezone, translation

from requests_app.selectors.choices import current_choices
from requests_app.selectors.reports.definitions import shown_definitions
from requests_app.services.mail_texts import STAFF_LANGUAGE
from requests_app.services.pdf_drawing import draw_pdf
from requests_app.views.report_access import Reading
from requests_app.views.report_figures import whole_per_cent
from requests_app.views.report_page import CompliancePage
from requests_app.views.report_tables import channel_rows, department_rows, imported_rows, standard_rows
from requests_app.views.report_trend import draw_trend


def draw_report(reading: Reading) -> bytes:
    """Draw the report its reader asks for; the same data at the same instant gives the same bytes."""
    with translation.override(STAFF_LANGUAGE):
        page = CompliancePage(reading.scope, reading.address)
        target = whole_per_cent(page.target)
        context = {
            "reading": reading,
            "page": page,
            "target": target,
            "standards": standard_rows(page),
            "departments": department_rows(page),
            "channels": channel_rows(page),
            "imported": imported_rows(page),
            "definitions": shown_definitions(target=target, choices=current_choices()),
            "as_of": reading.address.query().as_of,
            "made": timezone.localtime(reading.now).isoformat(timespec="seconds"),
        }
        text = render_to_string("reports/council.html", context)
        drawing = draw_trend(page.months, page.target, look="light", size="wide")
    words = f"compliance {reading.address.scope_words} {context['as_of']:%Y-%m-%dT%H:%M:%S}"
    return draw_pdf(text, sheet="reports/council.css", identifier=words, pictures={"trend": drawing})

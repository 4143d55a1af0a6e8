"""The compliance page, its drawing and its file."""

from urllib.parse import urlencode
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from requests_app.forms.look import LOOKS, chosen_look
from requests_app.models import Department
from requests_app.selectors.reports.compliance import CLOCK_COLUMNS, clock_rows
from requests_app.services.exports import record_export
from requests_app.views.csv_files import csv_file
from requests_app.views.report_access import Reading, read_report
from requests_app.views.report_figures import Links, whole_per_cent
from requests_app.views.report_page import CompliancePage
from requests_app.views.report_parts import defined, report_tabs
from requests_app.views.report_tables import channel_rows, department_rows, imported_rows, standard_rows
from requests_app.views.report_trend import SIZES, draw_trend, trend


@require_GET
@login_required
def compliance(request: HttpRequest) -> HttpResponse:
    """Show how the standards were kept (III.d.i)."""
    reading = read_report(request)
    page = CompliancePage(reading.scope, reading.address)
    context = {
        "reading": reading,
        "page": page,
        "target": whole_per_cent(page.target),
        "tabs": report_tabs(reading, "compliance"),
        "definitions": defined(("rate", "beside", "times", "contacts", "imported"), target=page.target),
        "filters": reading.address.form(),
        "clear_url": reverse("compliance") if request.GET else "",
        "csv_url": _with_filters("compliance_csv", reading),
        "files_url": _with_filters("report_files", reading),
        "file_key": uuid4(),
        "pictures": _pictures(reading, chosen_look(request.COOKIES)),
        "standards": standard_rows(page),
        "departments": department_rows(page),
        "channels": channel_rows(page),
        "imported": imported_rows(page),
    }
    return render(request, "reports/compliance.html", context)


@require_GET
@login_required
def compliance_chart(request: HttpRequest, look: str, size: str) -> HttpResponse:
    """Draw the trend for a light or dark page, wide or narrow."""
    if look not in LOOKS or size not in SIZES:
        raise Http404(size)
    reading = read_report(request)
    links = Links(
        reading.address.link_params(), reading.address.headline_milestone, reading.address.choices.small_number
    )
    months = trend(reading.scope, reading.address.query_of_headline(), links)
    return HttpResponse(draw_trend(months, reading.address.target, look=look, size=size), content_type="image/svg+xml")


@require_GET
@login_required
def compliance_csv(request: HttpRequest) -> HttpResponseBase:
    """Write the clocks of the report to a file, one row for each cell; the export is recorded first."""
    reading = read_report(request)
    query = reading.address.query()
    slugs = dict(Department.objects.values_list("pk", "slug"))
    rows = clock_rows(reading.scope, query, slugs=slugs)
    record_export(actor=reading.actor, address=request.get_full_path(), rows=len(rows), at=reading.now)
    name = f"compliance-{query.period.from_on}-to-{query.period.to_on}"
    return csv_file(name, CLOCK_COLUMNS, (row.values() for row in rows))


def _with_filters(name: str, reading: Reading, **kwargs: str) -> str:
    return f"{reverse(name, kwargs=kwargs)}?{urlencode(reading.address.link_params())}"


def _pictures(reading: Reading, look: str) -> list[dict[str, str]]:
    """List the sources of the drawing in the order a browser tries them; the last fits everything else."""

    def source(media: str, look: str, size: str) -> dict[str, str]:
        return {"media": media, "url": _with_filters("compliance_chart", reading, look=look, size=size)}

    narrow, dark = "(max-width: 575.98px)", "(prefers-color-scheme: dark)"
    sources = [source("print", "light", "wide")]
    if not look:
        sources += [source(f"{dark} and {narrow}", "dark", "narrow"), source(dark, "dark", "wide")]
    shown = look or "light"
    return [*sources, source(narrow, shown, "narrow"), source("", shown, "wide")]

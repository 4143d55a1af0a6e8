"""The compliance page, its drawing and its file."""

from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from requests_app.forms.look import LOOKS, chosen_look
from requests_app.models import Department
from requests_app.selectors.reports.compliance import CLOCK_COLUMNS, clock_rows
from requests_app.selectors.reports.logging_coverage import coverage_line
from requests_app.services.exports import record_export
from requests_app.views.csv_files import csv_file
from requests_app.views.report_access import read_report
from requests_app.views.report_drawings import SIZES
from requests_app.views.report_figures import whole_per_cent
from requests_app.views.report_page import CompliancePage
from requests_app.views.report_parts import links_of, part_context, pictures, with_filters
from requests_app.views.report_tables import department_rows, imported_rows, standard_rows
from requests_app.views.report_trend import draw_trend, trend


@require_GET
@login_required
def compliance(request: HttpRequest) -> HttpResponse:
    """Show how the standards were kept (III.d.i)."""
    reading = read_report(request)
    page = CompliancePage(reading.scope, reading.address)
    context = {
        **part_context(request, reading, "compliance", ("rate", "beside", "times", "imported")),
        "page": page,
        "target": whole_per_cent(page.target),
        "csv_url": with_filters("compliance_csv", reading),
        "files_url": with_filters("report_files", reading),
        "file_key": uuid4(),
        "pictures": pictures("compliance_chart", reading, chosen_look(request.COOKIES)),
        "standards": standard_rows(page),
        "departments": department_rows(page),
        "imported": imported_rows(page),
        "covered": coverage_line(reading.scope, reading.address.query()),
    }
    return render(request, "reports/compliance.html", context)


@require_GET
@login_required
def compliance_chart(request: HttpRequest, look: str, size: str) -> HttpResponse:
    """Draw the trend for a light or dark page, wide or narrow."""
    if look not in LOOKS or size not in SIZES:
        raise Http404(size)
    reading = read_report(request)
    months = trend(reading.scope, reading.address.query_of_headline(), links_of(reading))
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

"""This product's entry in the catalog of enterprise systems: to read, to copy, to download (SB 272)."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from requests_app.domain.enterprise_catalog import CATALOG_ENTRY, catalog_text
from requests_app.domain.vocabulary import Role
from requests_app.views.csv_files import csv_file
from requests_app.views.gates import actor_holding

_FILE = "enterprise-system-catalog"


@login_required
@require_GET
def enterprise_catalog(request: HttpRequest) -> HttpResponseBase:
    """Show the entry, or give it as CSV or JSON."""
    actor_holding(request, Role.RECORDS_CLERK, Role.ADMINISTRATOR)
    wanted = request.GET.get("format")
    if wanted == "json":
        disposition = {"Content-Disposition": f'attachment; filename="{_FILE}.json"'}
        return JsonResponse(dict(CATALOG_ENTRY), headers=disposition, json_dumps_params={"indent": 2})
    if wanted == "csv":
        return csv_file(_FILE, list(CATALOG_ENTRY), [CATALOG_ENTRY.values()])
    return render(request, "records/catalog.html", {"entry": CATALOG_ENTRY.items(), "text": catalog_text()})

"""The parts of the compliance report: the row of tabs, and the definitions, which have a page of their own."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from requests_app.selectors.choices import current_choices
from requests_app.selectors.reports.definitions import DefinitionGroup, ShownDefinition, shown_definitions
from requests_app.views.report_access import Reading, read_report
from requests_app.views.report_figures import whole_per_cent

_PARTS: tuple[tuple[str, str | Promise], ...] = (
    ("compliance", _("On time")),
    ("compliance_definitions", _("Definitions")),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """One part of the report, under the filters in use."""

    label: str
    url: str
    is_current: bool


def report_tabs(reading: Reading, current: str) -> list[Tab]:
    """Give the parts of the report, each under the same filters."""
    filters = urlencode(reading.address.link_params())
    return [Tab(str(label), f"{reverse(name)}?{filters}", name == current) for name, label in _PARTS]


def defined(groups: Collection[str], *, target: Decimal) -> list[ShownDefinition]:
    """Give the definitions a page shows at its foot."""
    return [definition for group in _groups(target) if group.code in groups for definition in group.definitions]


@require_GET
@login_required
def definitions(request: HttpRequest) -> HttpResponse:
    """Say of every figure what it means, how it is reckoned and which clause it is about."""
    reading = read_report(request)
    context = {
        "reading": reading,
        "tabs": report_tabs(reading, "compliance_definitions"),
        "groups": _groups(reading.address.choices.target_rate),
    }
    return render(request, "reports/definitions_page.html", context)


def _groups(target: Decimal) -> list[DefinitionGroup]:
    return shown_definitions(target=whole_per_cent(target), choices=current_choices())

"""The parts of the compliance report: the row of tabs, and the definitions, which have a page of their own."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from requests_app.selectors.choices import current_choices
from requests_app.selectors.reports.definitions import ShownDefinition, shown_definitions
from requests_app.selectors.reports.person_rates import may_open_person_rates
from requests_app.views.report_access import Reading, read_report
from requests_app.views.report_drawings import picture_sources
from requests_app.views.report_figures import Links, whole_per_cent

_PARTS: tuple[tuple[str, str | Promise], ...] = (
    ("compliance", _("On time")),
    ("compliance_times", _("Time to answer")),
    ("compliance_load", _("Contacts")),
    ("compliance_handling", _("Handling")),
    ("scorecard", _("Scorecard")),
    ("logging_coverage", _("Coverage of logging")),
    ("counter_figures", _("Counter")),
    ("what_if", _("What if")),
    ("compliance_definitions", _("Definitions")),
)
_PER_PERSON: tuple[tuple[str, str | Promise], ...] = (("person_rates", _("Per person")),)


@dataclass(frozen=True, slots=True)
class Tab:
    """One part of the report, under the filters in use."""

    label: str
    url: str
    is_current: bool


def links_of(reading: Reading) -> Links:
    """Give the maker of links to the lists behind a report's figures."""
    address = reading.address
    return Links(address.link_params(), address.headline_milestone, address.choices.small_number)


def with_filters(name: str, reading: Reading, *, parts: dict[str, str] | None = None, **params: str) -> str:
    """Give an address under the filters in use."""
    return f"{reverse(name, kwargs=parts)}?{urlencode({**reading.address.link_params(), **params})}"


def part_context(request: HttpRequest, reading: Reading, name: str, groups: Collection[str]) -> dict[str, Any]:
    """Give what every part of the report shows: tabs, filters, and the definitions at its foot."""
    return {
        "reading": reading,
        "tabs": report_tabs(reading, name),
        "filters": reading.address.form(),
        "clear_url": reverse(name) if request.GET else "",
        "definitions": definitions_of(groups, reading),
    }


def pictures(name: str, reading: Reading, look: str) -> list[dict[str, str]]:
    """List the sources of a report's drawing under the filters in use, as `picture_sources` does."""
    return picture_sources(lambda look, size: with_filters(name, reading, parts={"look": look, "size": size}), look)


def report_tabs(reading: Reading, current: str) -> list[Tab]:
    """Give the parts of the report, each under the same filters."""
    parts = [*_PARTS, *(_PER_PERSON if may_open_person_rates(reading.actor) else ())]
    return [Tab(str(label), with_filters(name, reading), name == current) for name, label in parts]


def definitions_of(groups: Collection[str], reading: Reading | None = None) -> list[ShownDefinition]:
    """Give the definitions of some groups, for the foot of a page; a reading of a past day has that day's choices."""
    choices = reading.address.choices.local if reading else current_choices()
    target = whole_per_cent(reading.address.target) if reading else ""
    shown = shown_definitions(target=target, choices=choices, groups=groups)
    return [definition for group in shown for definition in group.definitions]


@require_GET
@login_required
def definitions(request: HttpRequest) -> HttpResponse:
    """Say of every figure what it means, how it is reckoned and which clause it is about."""
    reading = read_report(request)
    context = {
        "reading": reading,
        "tabs": report_tabs(reading, "compliance_definitions"),
        "groups": shown_definitions(choices=reading.address.choices.local),
    }
    return render(request, "reports/definitions_page.html", context)

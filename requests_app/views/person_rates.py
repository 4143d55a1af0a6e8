"""Rates per person: off until Human Resources switch them on; then to each whom the table of DOMAIN 4 names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from requests_app.domain.person_rates import PersonRatesRefusal, PersonRatesRefused
from requests_app.domain.vocabulary import Role
from requests_app.forms.person_rates import PersonRatesForm
from requests_app.forms.reports import read_report_address
from requests_app.models import PersonRatesSwitch
from requests_app.selectors.access import actor_for
from requests_app.selectors.reports.choices import report_choices
from requests_app.selectors.reports.facts import clock_facts
from requests_app.selectors.reports.lists import CellList, listed_clocks
from requests_app.selectors.reports.person_rates import (
    PERSON_PARTS,
    PersonRate,
    TotalRate,
    departments_totalled,
    may_open_person_rates,
    past_switches,
    people_counted,
    people_seen,
    person_rates,
    person_scope,
    reaches_of,
    standing_switch,
    tallies_by_owner,
    total_rates,
    with_owner,
)
from requests_app.selectors.reports.scope import ReportQuery, may_read_reports
from requests_app.services.exports import record_export
from requests_app.services.person_rates import switch_person_rates_off, switch_person_rates_on
from requests_app.views.csv_files import csv_file
from requests_app.views.gates import actor_holding
from requests_app.views.report_access import Reading
from requests_app.views.report_figures import Figure, share_words
from requests_app.views.report_lists import EvidenceList, answer_list
from requests_app.views.report_parts import definitions_of, links_of, report_tabs
from requests_app.views.report_rows import clock_columns

# Nothing else narrows a rate: two narrowings of one line, subtracted, would tell of a few answers.
_ASKED = ("period", "from", "to", "department", "person", "part", "milestone")
_REFUSALS = {
    PersonRatesRefusal.NOT_TOLD_YET: ("unions_notified_on", _("That day has not come yet.")),
    PersonRatesRefusal.NO_NOTE: ("note", _("Say who was told, and how.")),
}


@dataclass(frozen=True, slots=True)
class RateLine:
    """A person's or a department's line; without cells there is too little to tell."""

    name: str
    beside: str
    cells: list[Figure]
    share: str
    depth: int = 0


@require_GET
@login_required
def rates(request: HttpRequest) -> HttpResponseBase:
    """Show the rates a reader may see, or write them to a file; to Human Resources also the switch."""
    reading, switch = _read(request)
    if switch is None:
        return _page(request, reading, switch, form=PersonRatesForm())
    people, totals = _lines(reading, switch)
    told = [line for line in people if line.cells]
    if request.GET.get("format") == "csv":
        return _file(request, reading, [*told, *totals])
    return _page(request, reading, switch, people=told, untold=len(people) - len(told), totals=totals)


@require_GET
@login_required
def rate_answers(request: HttpRequest) -> HttpResponseBase:
    """List or write the answers behind a rate; none behind a rate that is not told."""
    reading, switch = _read(request)
    if switch is None:
        raise Http404
    return answer_list(request, ANSWERS, reading)


@require_POST
@login_required
def switch_on(request: HttpRequest) -> HttpResponse:
    """Switch rates per person on."""
    actor = actor_holding(request, Role.HR)
    form = PersonRatesForm(request.POST)
    if form.is_valid():
        try:
            switch_person_rates_on(**form.cleaned_data, actor=actor, at=timezone.now())
        except PersonRatesRefused as refused:
            form.add_error(*_REFUSALS[refused.refusal])
        else:
            return redirect("person_rates")
    reading, switch = _read(request)
    return _page(request, reading, switch, form=form, status=422)


@require_POST
@login_required
def switch_off(request: HttpRequest) -> HttpResponse:
    """Switch rates per person off; a second click changes nothing."""
    switch_person_rates_off(actor=actor_holding(request, Role.HR), at=timezone.now())
    return redirect("person_rates")


def _read(request: HttpRequest) -> tuple[Reading, PersonRatesSwitch | None]:
    """Read what is asked for. Raises PermissionDenied for who never sees a rate, Http404 while they are off."""
    actor, now = actor_for(request.user), timezone.now()
    if actor.employee is None or not reaches_of(actor):
        raise PermissionDenied
    if not may_open_person_rates(actor):
        raise Http404
    scope = person_scope(actor)
    choices = report_choices(scope, now=now)
    asked = {name: value for name, value in request.GET.dict().items() if name in _ASKED}
    return Reading(actor, scope, read_report_address(asked, choices=choices, now=now), now), standing_switch()


def _lines(reading: Reading, switch: PersonRatesSwitch) -> tuple[list[RateLine], list[RateLine]]:
    people, totals = _rates(reading, switch)
    lines = [
        _line(reading, each.employee.name, str(each.employee.department), each.counts, person=str(each.employee.pk))
        for each in people
    ]
    return lines, [_total_line(reading, each) for each in totals]


def _rates(reading: Reading, switch: PersonRatesSwitch) -> tuple[list[PersonRate], list[TotalRate]]:
    """Give what a reader is told, all of it together."""
    choices = reading.address.choices
    found = tallies_by_owner(reading.scope, _of_all_departments(reading))
    people = person_rates(people_seen(reading.actor, switch), found, small_number=choices.small_number)
    told = [each.employee.pk for each in people if each.counts is not None]
    departments = departments_totalled(reading.actor, choices.departments)
    counted = people_counted(switch).values_list("pk", flat=True) if departments else []
    return people, total_rates(departments, counted, found, small_number=choices.small_number, told=told)


def _of_all_departments(reading: Reading) -> ReportQuery:
    """Ask for every department, whichever the address names: what may be told depends on what stands beside it."""
    return replace(reading.address.query_of_headline(), department_ids=None)


def _total_line(reading: Reading, total: TotalRate) -> RateLine:
    people = ngettext("%(n)s person", "%(n)s people", total.people) % {"n": total.people}
    line = _line(reading, total.department.name, people, total.counts, department=total.department.slug)
    return replace(line, depth=total.department.depth - 1)


def _line(reading: Reading, name: str, beside: str, counts: Mapping[str, int] | None, **narrow: str) -> RateLine:
    if counts is None:
        return RateLine(name, beside, [], "")
    cells = []
    for part in PERSON_PARTS:
        params = urlencode({**links_of(reading).params_of_clocks(part), **narrow})
        cells.append(Figure(f"{counts[part]:,}", f"{reverse('person_rate_answers')}?{params}", counts[part]))
    kept, whole = (counts[part] for part in PERSON_PARTS)
    return RateLine(name, beside, cells, share_words(kept, whole, small_number=reading.address.choices.small_number))


def _page(request: HttpRequest, reading: Reading, switch: PersonRatesSwitch | None, **given: Any) -> HttpResponse:
    is_hr = reading.actor.holds(Role.HR)
    filters = reading.address.form()
    filters.fields = {name: field for name, field in filters.fields.items() if name in ("period", "from", "to")}
    context = {
        "reading": reading,
        "switch": switch,
        "is_hr": is_hr,
        "past": past_switches() if is_hr else [],
        "filters": filters,
        "tabs": report_tabs(reading, "person_rates") if may_read_reports(reading.actor) else [],
        "clear_url": reverse("person_rates") if request.GET else "",
        "csv_url": f"?{urlencode({**reading.address.link_params(), 'format': 'csv'})}",
        "definitions": definitions_of(("people",), reading),
        **given,
    }
    return render(request, "reports/person_rates.html", context, status=given.get("status", 200))


def _file(request: HttpRequest, reading: Reading, lines: list[RateLine]) -> HttpResponseBase:
    address = request.get_full_path()
    record_export(actor=reading.actor, address=address, rows=len(lines), at=reading.now, of=PersonRatesSwitch)
    heads = [gettext("Name"), gettext("Department, or people"), gettext("Kept"), "n", gettext("On time")]
    return csv_file("rates-per-person", heads, _written(lines))


def _written(lines: list[RateLine]) -> Iterator[list[object]]:
    for line in lines:
        counts: list[object] = [cell.count for cell in line.cells] or ["", ""]
        yield [line.name, line.beside, *counts, line.share or gettext("too few to tell")]


def _answers(reading: Reading, part: str) -> CellList[Any]:
    """List the answers of one person, or of a department's people together. Raises Http404 for what is not told."""
    switch = standing_switch()
    is_of_person = bool(reading.address.cleaned.get("person"))
    query = _of_all_departments(reading) if is_of_person else reading.address.query_of_headline()
    owners = _owners(reading, switch) if switch and part in PERSON_PARTS else []
    if not owners:
        raise Http404(part)
    facts = with_owner(clock_facts(reading.scope, query), query)
    rows = facts.rows.filter(owner_then__in=[str(owner) for owner in owners])
    return listed_clocks(facts.over(rows), part=part)


def _owners(reading: Reading, switch: PersonRatesSwitch) -> list[int]:
    """Give whose answers are asked for; nobody's where the rate is not told to this reader."""
    asked, (people, totals) = reading.address.cleaned, _rates(reading, switch)
    if asked.get("person"):
        told = [each.employee.pk for each in people if each.counts is not None]
        return [pk for pk in told if pk == asked["person"]]
    wanted = [each for each in totals if each.department.slug == asked.get("department")]
    if not any(each.counts is not None for each in wanted):
        return []
    return list(people_counted(switch).values_list("pk", flat=True))


ANSWERS = EvidenceList(
    "person_rate_answers",
    _("Answers behind a rate"),
    "waited_n",
    _answers,
    clock_columns,
    report="person_rates",
    report_title=_("Rates per person"),
)

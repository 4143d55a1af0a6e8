"""How III.b.ii.5 is kept: the figures of greetings, their file, and the list behind each number."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from requests_app.domain.greeting_figures import PARTS
from requests_app.domain.greeting_tracks import stage_of
from requests_app.domain.greetings import Element
from requests_app.models import Absence
from requests_app.models.absence_words import GREETING_ELEMENTS
from requests_app.selectors.greeting_words import state_of
from requests_app.selectors.reports.greetings import CountedAbsence, GreetingFigures, greeting_figures, may_be_named
from requests_app.services.exports import record_export
from requests_app.views.csv_files import csv_file
from requests_app.views.report_access import Reading, read_report
from requests_app.views.report_figures import share_words
from requests_app.views.report_parts import definitions_of

_MOST_ROWS = 500
_TIMES = (_("In time"), _("Late"), _("Not set"))
_OTHER_PARTS = {"pending": _("Not due yet"), "in_time": _("Set in time")}
_STATES = (_("There"), _("Left out, with a reason"), _("Lacking"))


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of a table: parts of a whole, of which the first so many are what was asked for."""

    clause: str
    label: str | Promise
    parts: tuple[str, ...]
    whole: str
    kept: int = 1


@dataclass(frozen=True, slots=True)
class _Table:
    """One table of the page."""

    code: str
    title: str | Promise
    heads: tuple[str | Promise, ...]
    share: str | Promise
    rows: tuple[_Row, ...]


_TABLES = (
    _Table(
        "in-time",
        _("Set in time"),
        _TIMES,
        _("In time, of n"),
        tuple(
            _Row("III.b.ii.5", label, tuple(f"{kind}_{part}" for part in ("in_time", "late", "not_set")), kind)
            for kind, label in (
                ("planned", _("Planned: before it starts")),
                ("unforeseen", _("Unforeseen: by the end of the first day")),
            )
        ),
    ),
    _Table(
        "elements",
        _("The four elements"),
        _STATES,
        _("There or left out with a reason, of n"),
        tuple(
            _Row(
                f"III.b.ii.5.{element.value}",
                GREETING_ELEMENTS[element],
                tuple(f"{element.value}_{state}" for state in ("present", "declined", "lacking")),
                "due",
                kept=2,
            )
            for element in Element
        ),
    ),
    _Table(
        "checks",
        _("Looked at by the supervisor"),
        (_("So many"),),
        _("Of n"),
        (
            _Row("III.b.ii.5", _("Looked at, of those set"), ("checked",), "set"),
            _Row("III.b.ii.5", _("Found right, of those looked at"), ("right",), "checked"),
        ),
    ),
    _Table(
        "cleared",
        _("Taken down on return"),
        (_("In time"), _("Late"), _("Still up")),
        _("In time, of n"),
        (
            _Row(
                "III.b.ii.5",
                _("By close of business on the day of return"),
                ("cleared_in_time", "cleared_late", "cleared_not_cleared"),
                "returned",
            ),
        ),
    ),
)


@login_required
@require_GET
def greeting_report(request: HttpRequest) -> HttpResponseBase:
    """Show how III.b.ii.5 was kept, or write the figures to a file."""
    reading = read_report(request)
    figures = _figures(reading)
    tables = [_drawn(table, figures, reading) for table in _TABLES]
    if request.GET.get("format") == "csv":
        rows = list(_cells(tables))
        record_export(actor=reading.actor, address=request.get_full_path(), rows=len(rows), at=reading.now, of=Absence)
        heads = [gettext("Table"), gettext("Clause"), gettext("Figure"), gettext("Number"), "n", gettext("Share")]
        return csv_file(f"greetings-{reading.address.period.from_on}-to-{reading.address.period.to_on}", heads, rows)
    context = {
        "reading": reading,
        "filters": _filters(reading),
        "clear_url": reverse("greeting_figures") if request.GET else "",
        "csv_url": f"?{urlencode({**reading.address.link_params(), 'format': 'csv'})}",
        "tables": tables,
        "beside": [_linked(part, figures, reading) for part in ("obliged", "pending")],
        "definitions": definitions_of(("greetings",)),
    }
    return render(request, "reports/greetings.html", context)


@login_required
@require_GET
def greeting_rows(request: HttpRequest, part: str) -> HttpResponse:
    """List the absences behind a number; by name to those who lead them and to Human Resources, never why."""
    reading = read_report(request)
    if part not in PARTS:
        raise Http404(part)
    counted = _figures(reading).of(part)
    context = {
        "reading": reading,
        "total": len(counted),
        "rows": _listed(counted[:_MOST_ROWS], reading),
        "most_rows": _MOST_ROWS if len(counted) > _MOST_ROWS else 0,
        "back_url": f"{reverse('greeting_figures')}?{urlencode(reading.address.link_params())}",
        "part": _name_of(part),
    }
    return render(request, "reports/greeting_rows.html", context)


def _listed(counted: list[CountedAbsence], reading: Reading) -> list[dict[str, Any]]:
    named = may_be_named(reading.actor, counted)
    return [
        {
            "who": each.absence.employee.name if each.absence.employee_id in named else "",
            "pk": each.absence.pk,
            "department": each.absence.employee.department.name,
            "due_at": each.case.track.due_at,
            "state": state_of(each.case.track, stage_of(each.case.track, now=reading.now), now=reading.now),
        }
        for each in counted
    ]


def _figures(reading: Reading) -> GreetingFigures:
    query = reading.address.query()
    return greeting_figures(reading.scope, period=query.period, department_ids=query.department_ids, now=reading.now)


def _filters(reading: Reading) -> Any:
    form = reading.address.form()
    form.fields = {name: form.fields[name] for name in form.fields if name in ("period", "from", "to", "department")}
    return form


def _linked(part: str, figures: GreetingFigures, reading: Reading) -> dict[str, Any]:
    url = f"{reverse('greeting_rows', args=[part])}?{urlencode(reading.address.link_params())}"
    return {"count": figures.count(part), "url": url}


def _drawn(table: _Table, figures: GreetingFigures, reading: Reading) -> dict[str, Any]:
    rows = []
    for row in table.rows:
        counts = [_linked(part, figures, reading) for part in (*row.parts, row.whole)]
        rows.append(
            {"clause": row.clause, "label": row.label, "counts": counts, "share": _share(row, figures, reading)}
        )
    return {"code": table.code, "title": table.title, "heads": table.heads, "share": table.share, "rows": rows}


def _share(row: _Row, figures: GreetingFigures, reading: Reading) -> str:
    whole = figures.count(row.whole)
    if whole and figures.people(row.whole) == 1:
        return gettext("about one person: no share")
    kept = sum(figures.count(part) for part in row.parts[: row.kept])
    return share_words(kept, whole, small_number=reading.address.choices.small_number)


def _cells(tables: list[dict[str, Any]]) -> Iterator[list[object]]:
    for table in tables:
        for row in table["rows"]:
            *parts, whole = row["counts"]
            for place, (head, each) in enumerate(zip(table["heads"], parts, strict=True)):
                label = f"{row['label']}: {head}"
                share = row["share"] if place == 0 else ""
                yield [table["title"], row["clause"], label, each["count"], whole["count"], share]


def _name_of(part: str) -> str:
    """Name a part by its row and its column."""
    for table in _TABLES:
        for row in table.rows:
            if part in row.parts:
                return f"{row.label}: {table.heads[row.parts.index(part)]}"
    element, _dash, what = part.partition("_")
    if what == "kept":
        return f"{GREETING_ELEMENTS[Element(element)]}: {gettext('There or left out with a reason')}"
    for table in _TABLES:
        for row in table.rows:
            if part == row.whole:
                return f"{table.title}: n"
    return str(_OTHER_PARTS.get(part, _("Absences that oblige to a greeting")))

"""Feedback of residents: how many were asked and answered, what they said, and which department owes (III.c.ii)."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from requests_app.domain.surveys import CLAUSES, Question, Scores
from requests_app.domain.vocabulary import Role
from requests_app.forms.reports import read_report_address
from requests_app.models import SurveyAnswer
from requests_app.models.survey_words import SURVEY_QUESTIONS
from requests_app.selectors.access import actor_for
from requests_app.selectors.directory import every_department
from requests_app.selectors.feedback_figures import Cell, Departments, Feedback, grouped, survey_cells, total
from requests_app.selectors.feedback_told import Told, told_feedback
from requests_app.selectors.pulses import rounds_read_by
from requests_app.selectors.reports.choices import report_choices
from requests_app.selectors.reports.scope import may_read_reports, report_scope
from requests_app.services.exports import record_export
from requests_app.views.csv_files import csv_file
from requests_app.views.feedback_words import OpinionRow, opinion_row, told_rows
from requests_app.views.report_access import Reading
from requests_app.views.report_figures import share_words
from requests_app.views.report_parts import definitions_of

_SHOWN_FILTERS = ("period", "from", "to", "department")
_ROUNDS_SHOWN = 6


@login_required
@require_GET
def feedback(request: HttpRequest) -> HttpResponseBase:
    """Show what residents said and which rounds of the pulse there were, or write the figures to a file."""
    reading = read_feedback(request)
    period, asked, small_number = reading.address.period, departments_of(reading), reading.address.choices.small_number
    cells = survey_cells(period=period, department_ids=asked)
    told = told_feedback(period=period, reach=reading.scope.department_ids, asked=asked, small_number=small_number)
    tables = _tables(cells, told, small_number=small_number)
    if request.GET.get("format") == "csv":
        return _file(request, reading, tables)
    whole = total(cells)
    context = {
        "reading": reading,
        "filters": feedback_filters(reading),
        "clear_url": reverse("feedback") if request.GET else "",
        "csv_url": f"?{urlencode({**reading.address.link_params(), 'format': 'csv'})}",
        "whole": whole,
        "rate": share_words(min(whole.answered, whole.asked), whole.asked, small_number=small_number),
        "tables": tables,
        "rounds": rounds_read_by(reading.actor, today=timezone.localdate(reading.now))[:_ROUNDS_SHOWN],
        "is_hr": reading.actor.holds(Role.HR),
        "definitions": definitions_of(("feedback",)),
    }
    return render(request, "feedback/feedback.html", context)


def read_feedback(request: HttpRequest) -> Reading:
    """Read what is asked for, this year unless said otherwise. Raises PermissionDenied for who reads no reports."""
    actor, now = actor_for(request.user), timezone.now()
    if not may_read_reports(actor):
        raise PermissionDenied
    scope, given = report_scope(actor), request.GET.dict()
    if not any(given.get(name) for name in ("period", "from", "to")):
        given["period"] = "year_to_date"
    choices = report_choices(scope, now=now)
    return Reading(actor, scope, read_report_address(given, choices=choices, now=now), now)


def departments_of(reading: Reading) -> Departments:
    """Give the departments asked for, as far as the reader's figures reach; None for the whole city."""
    asked, own = reading.address.query().department_ids, reading.scope.department_ids
    if asked is None or own is None:
        return own if asked is None else asked
    return asked & own


def _tables(cells: list[Cell], told: Told, *, small_number: int) -> dict[str, list[OpinionRow]]:
    return {
        "questions": list(_question_rows(total(cells), total(told.of(cells)), small_number=small_number)),
        "departments": told_rows(_by_department(cells, told), small_number=small_number),
        "months": told_rows(_by_month(cells, told), small_number=small_number),
    }


def _question_rows(whole: Feedback, told: Feedback, *, small_number: int) -> Iterator[OpinionRow]:
    for question in Question:
        is_shown = told.of(question).n >= small_number
        scores = told.of(question) if is_shown else whole.of(question)
        clauses = ", ".join(CLAUSES[question])
        yield opinion_row(
            SURVEY_QUESTIONS[question], scores, of=None, is_shown=is_shown, small_number=small_number, clause=clauses
        )


def _by_department(cells: list[Cell], told: Told) -> Iterator[tuple[str, Feedback, Scores | None]]:
    names = dict(every_department().values_list("pk", "name"))
    scores = grouped(told.of(cells), lambda cell: cell.department_id)
    for (name, pk), found in grouped(cells, lambda cell: (names[cell.department_id], cell.department_id)).items():
        yield name, found, scores[pk].everything if pk in told.departments else None


def _by_month(cells: list[Cell], told: Told) -> Iterator[tuple[str, Feedback, Scores | None]]:
    """Give the months that are told of, those of few together, and the others with how many answered."""

    def stretch(cell: Cell) -> tuple[date, date]:
        return next(((each[0], each[-1]) for each in told.groups if each[0] <= cell.on <= each[-1]), (cell.on, cell.on))

    months = {group[0] for group in told.groups}
    for (first, last), found in grouped(cells, stretch).items():
        label = " – ".join(date_format(on, "F Y") for on in dict.fromkeys((first, last)))
        yield label, found, found.everything if first in months else None


def feedback_filters(reading: Reading) -> Any:
    """Give the filters to draw."""
    form = reading.address.form()
    form.fields = {name: form.fields[name] for name in form.fields if name in _SHOWN_FILTERS}
    return form


def _file(request: HttpRequest, reading: Reading, tables: dict[str, list[OpinionRow]]) -> HttpResponseBase:
    rows = list(_cells(tables))
    record_export(actor=reading.actor, address=request.get_full_path(), rows=len(rows), at=reading.now, of=SurveyAnswer)
    heads = ["Table", "Name", "Clause", "Asked", "Answered", "Response rate", "n", "Agree", "Mean of 5"]
    name = f"feedback-{reading.address.period.from_on}-to-{reading.address.period.to_on}"
    return csv_file(name, [gettext(head) if head != "n" else head for head in heads], rows)


def _cells(tables: dict[str, list[OpinionRow]]) -> Iterator[list[object]]:
    titles = {
        "questions": gettext("By question"),
        "departments": gettext("By department"),
        "months": gettext("By month"),
    }
    for code, rows in tables.items():
        for row in rows:
            yield [titles[code], *row.cells()]

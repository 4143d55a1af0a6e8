"""The staff pulse: the page everybody answers on, the round Human Resources opens, and what came of it (III.c.ii)."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from requests_app.domain.pulses import PULSE_CLAUSES, PulseQuestion, is_running
from requests_app.domain.vocabulary import Role
from requests_app.forms.pulses import PulseForm, RoundForm
from requests_app.models import PulseRound
from requests_app.models.survey_words import PULSE_QUESTIONS
from requests_app.selectors.access import actor_for
from requests_app.selectors.choices import current_choices
from requests_app.selectors.directory import every_department
from requests_app.selectors.feedback_figures import Cell, pulse_cells_of, total
from requests_app.selectors.pulses import RoundLine, pulse_departments_of, rounds_read_by, seats_of
from requests_app.selectors.reports.definitions import defined
from requests_app.selectors.reports.scope import may_read_reports
from requests_app.services.exports import record_export
from requests_app.services.pulses import PulseProblem, PulseRuns, Taken, answer_pulse, open_round
from requests_app.views.csv_files import csv_file
from requests_app.views.feedback_words import part_rows
from requests_app.views.gates import actor_holding, signed_in_employee

_USUAL = timedelta(days=14)
_PROBLEMS = {
    "too_short": gettext_lazy("Give people three days at least."),
    "too_long": gettext_lazy("Sixty days at most: an answer says how it is now."),
    "nobody": gettext_lazy("Nobody in these departments has a login."),
}
_TAKEN = {
    Taken.RECORDED: gettext_lazy("Thank you. It was counted, and nobody can tell that it was yours."),
    Taken.ALREADY: gettext_lazy("You answered before; nothing was added."),
    Taken.OVER: gettext_lazy("This round is over; nothing was added."),
}


@login_required
@require_http_methods(["GET", "POST"])
def pulse(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a colleague who sits in a round, once."""
    actor = signed_in_employee(request)
    seat = get_object_or_404(seats_of(actor), round=pk)
    now = timezone.now()
    is_open = not seat.is_used and is_running(
        opens_on=seat.round.opens_on, closes_on=seat.round.closes_on, today=timezone.localdate(now)
    )
    form = PulseForm(request.POST if request.method == "POST" else None, questions=seat.round.questions)
    if request.method == "POST" and (not is_open or form.is_valid()):
        scores = form.scores if is_open else {}
        messages.success(request, str(_TAKEN[answer_pulse(round_id=pk, scores=scores, actor=actor, at=now)]))
        return redirect("pulse", pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "feedback/pulse.html", {"seat": seat, "form": form, "is_open": is_open}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def pulse_new(request: HttpRequest) -> HttpResponse:
    """Open a round."""
    actor, now = actor_holding(request, Role.HR), timezone.now()
    initial = {"closes_on": timezone.localdate(now) + _USUAL}
    form = RoundForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            opened = open_round(form.entry, actor=actor, at=now)
        except PulseProblem as problem:
            form.add_error(*_problem_of(problem))
        else:
            messages.success(request, _("The round is open; everybody in it was told."))
            return redirect("pulse_round", opened.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "feedback/pulse_new.html", {"form": form}, status=status)


def _problem_of(problem: PulseProblem) -> tuple[str, str]:
    """Say at which field a round was refused, and why."""
    if isinstance(problem, PulseRuns):
        until = _("%(department)s until %(day)s")
        said = [until % {"department": name, "day": date_format(on, "j M Y")} for name, on in problem.where]
        text = _("A round still runs: %(where)s. Leave these departments out, or wait until it is over.")
        return "departments", text % {"where": ", ".join(said)}
    return "departments" if str(problem) == "nobody" else "closes_on", str(_PROBLEMS[str(problem)])


@login_required
@require_GET
def pulse_round(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show how many answered, and once the round is over what they said, by department, or write that to a file."""
    actor, today = actor_for(request.user), timezone.localdate(timezone.now())
    if not may_read_reports(actor):
        raise PermissionDenied
    line = next((each for each in rounds_read_by(actor, today=today) if each.round.pk == pk), None)
    if line is None:
        raise Http404(pk)
    departments = pulse_departments_of(actor)
    cells = pulse_cells_of([line.round], department_ids=departments)
    tables = _tables(line, cells, has_whole=departments is None)
    if tables and request.GET.get("format") == "csv":
        return _file(request, line, tables)
    context = {
        "line": line,
        "tables": tables,
        "definitions": defined("staff-agree", "feedback_few", choices=current_choices()),
        "is_of_departments": departments is not None,
    }
    return render(request, "feedback/pulse_round.html", context)


def _file(request: HttpRequest, line: RoundLine, tables: list[dict[str, Any]]) -> HttpResponseBase:
    rows = [[table["title"], *row.cells(), *row.counts] for table in tables for row in table["rows"]]
    actor, address = actor_for(request.user), request.get_full_path()
    record_export(actor=actor, address=address, rows=len(rows), at=timezone.now(), of=PulseRound)
    heads = [
        _("Question"),
        _("Department"),
        _("Clause"),
        _("Asked"),
        _("Answered"),
        _("Response rate"),
        "n",
        _("Agree"),
    ]
    return csv_file(f"pulse-{line.round.opens_on}", [*heads, _("Mean of 5"), "5", "4", "3", "2", "1"], rows)


def _tables(line: RoundLine, cells: list[Cell], *, has_whole: bool) -> list[dict[str, Any]]:
    """Give a table for each question; while answers come in, there is none."""
    if not line.may_be_read:
        return []
    names, small_number = dict(every_department().values_list("pk", "name")), current_choices().small_number
    parts = sorted((names[cell.department_id], cell.feedback) for cell in cells)
    whole = [(_("All departments of the round"), total(cells))] if has_whole and len(cells) > 1 else []
    return [
        {
            "code": question.value,
            "title": PULSE_QUESTIONS[question],
            "clause": ", ".join(PULSE_CLAUSES[question]),
            "rows": [
                *part_rows(parts, question=question, small_number=small_number),
                *part_rows(whole, question=question, small_number=small_number),
            ],
        }
        for question in PulseQuestion
        if question in line.round.questions
    ]

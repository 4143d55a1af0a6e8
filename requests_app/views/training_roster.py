"""The roster of training: who stands how with what is asked of them, on pages and in a file (II, III.c.i)."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from requests_app.forms.lists import SIZES
from requests_app.forms.trainings import RosterFilterForm, StrikeOutForm
from requests_app.models import TrainingRecord
from requests_app.models.training_words import STANDINGS
from requests_app.selectors.access import actor_for
from requests_app.selectors.training_roster import training_rows
from requests_app.selectors.trainings import (
    RosterScope,
    TrainingDesk,
    TrainingRow,
    courses_to_record,
    keeps_training,
    on_roster,
    records_of,
    training_scope,
)
from requests_app.services.exports import record_export
from requests_app.views.csv_files import csv_file
from requests_app.views.gates import signed_in_employee
from requests_app.views.paging import page_context

_HEADINGS = ("name", "department", "type", "started_on", "course", "last_taken_on", "due_on", "standing")


@login_required
@require_GET
def training_roster(request: HttpRequest) -> HttpResponseBase:
    """List the people a reader answers for with how they stand, narrowed as the address asks."""
    actor, scope, today = actor_for(request.user), scope_of(request), timezone.localdate()
    form = RosterFilterForm(request.GET, courses=courses_to_record())
    filters, params = form.filters(), form.params()
    on = min(form.cleaned_data.get("on") or today, today)
    rows = training_rows(filters, scope, on=on)
    if request.GET.get("format") == "csv":
        record_export(
            actor=actor, address=request.get_full_path(), rows=len(rows), at=timezone.now(), of=TrainingRecord
        )
        return csv_file("training", _HEADINGS, _cells(rows, scope))
    page = Paginator(rows, form.cleaned_data.get("size") or SIZES[0]).get_page(request.GET.get("page"))
    if scope.is_masked:
        del form.fields["q"]
    context = {
        "rows": page.object_list,
        "filters": form,
        "is_masked": scope.is_masked,
        "may_edit": keeps_training(actor) and on == today,
        "then": on if on < today else None,
        **choices_in(TrainingDesk(on, among=())),
        **page_context(page, params),
    }
    return render(request, "training/roster.html", context)


@login_required
@require_GET
def training_person(request: HttpRequest, employee_id: int) -> HttpResponse:
    """Show one person's training to whoever leads them and to Human Resources."""
    actor, scope, on = actor_for(request.user), scope_of(request), timezone.localdate()
    people = scope.people(on).none() if scope.is_masked else scope.people(on)
    person = get_object_or_404(people, pk=employee_id)
    context = {
        "person": person,
        "row": TrainingDesk(on, among=[person.pk]).row(person),
        "records": records_of(person.pk),
        "may_edit": keeps_training(actor),
        "strike_out": StrikeOutForm(),
    }
    return render(request, "training/person.html", context)


@login_required
@require_GET
def my_training(request: HttpRequest) -> HttpResponse:
    """Show everybody their own training: what is asked, by when, and what is recorded."""
    actor, on = signed_in_employee(request), timezone.localdate()
    person = get_object_or_404(on_roster(on), pk=actor.employee_id)
    desk = TrainingDesk(on, among=[person.pk])
    records = records_of(person.pk).filter(removed_at__isnull=True)
    context = {"person": person, "row": desk.row(person), "records": records, **choices_in(desk)}
    return render(request, "training/mine.html", context)


def scope_of(request: HttpRequest) -> RosterScope:
    """Give whose training is read of. Raises PermissionDenied for a role that reads of nobody's."""
    scope = training_scope(actor_for(request.user))
    if scope is None:
        raise PermissionDenied
    return scope


def choices_in(desk: TrainingDesk) -> dict[str, Any]:
    """Give the local choices every page about due dates names as such, and whether any course asks for one."""
    return {
        "limit_days": desk.choices.training_onboarding_days,
        "interval": desk.choices.training_interval_months,
        "has_courses": courses_to_record().exists(),
    }


def _cells(rows: Iterable[TrainingRow], scope: RosterScope) -> Iterator[list[object]]:
    for row in rows:
        person = row.employee
        who = gettext("name withheld") if scope.is_masked else person.name
        facts = [who, person.department.name, person.get_employment_display()]
        started = "" if scope.is_masked else _iso(person.hired_on)
        for line in row.lines:
            state, standing = line.state, str(STANDINGS[line.standing])
            yield [*facts, started, line.course.name, _iso(state.last_on), _iso(state.due_on), standing]
        if not row.lines:
            yield [*facts, started, gettext("nothing is asked"), "", "", ""]


def _iso(on: date | None) -> str:
    return on.isoformat() if on else ""

"""The reminder ladder: its rungs as sentences, an example with dates, and a form for each rung."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from requests_app.domain.stages import Audience
from requests_app.domain.vocabulary import Role
from requests_app.forms.ladder import RungForm
from requests_app.selectors.jobs import latest_job
from requests_app.selectors.ladder_upkeep import LadderExample, RungRow, example_of, ladder_of, mark_of, rung_rows
from requests_app.selectors.ladder_words import AUDIENCE_WORDS, stage_words, when_words
from requests_app.selectors.standards import response_calendar_version
from requests_app.services.ladder import RESCHEDULE, DutyUnkept, add_rung, change_rung, changed_ladder
from requests_app.views.edits import attempt
from requests_app.views.gates import actor_holding


@dataclass(frozen=True, slots=True)
class ExampleLine:
    """One rung of the example: when, why then, whom."""

    at: Any
    when: str
    whom: str


@login_required
@require_GET
def ladder(request: HttpRequest) -> HttpResponse:
    """List the rungs, and what they would do for a contact that comes now."""
    actor = actor_holding(request, Role.ADMINISTRATOR, Role.HR)
    rows = rung_rows()
    context = {
        "rows": [(row.rung, stage_words(row.stage) if row.stage else "") for row in rows],
        "job": latest_job(RESCHEDULE, parameters={}),
        "may_edit": actor.holds(Role.ADMINISTRATOR),
        **_example(rows),
    }
    return render(request, "ladder/ladder.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def rung_new(request: HttpRequest) -> HttpResponse:
    """Add a rung."""
    actor = actor_holding(request, Role.ADMINISTRATOR)
    form, rows = RungForm(request.POST if request.method == "POST" else None), rung_rows()
    if request.method == "GET":
        return _page(request, form, rows)
    seen, now = request.POST.get("seen", ""), timezone.now()
    return _saved(request, form, lambda: add_rung(form.entry(), seen=seen, actor=actor, at=now))


@login_required
@require_http_methods(["GET", "POST"])
def rung_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Change a rung, or see first when it would come."""
    actor, rows = actor_holding(request, Role.ADMINISTRATOR), rung_rows()
    row = next((each for each in rows if each.rung.code == code), None)
    if row is None:
        raise Http404(code)
    form = RungForm(request.POST if request.method == "POST" else None, row=row)
    if request.method == "GET":
        return _page(request, form, rows, row=row)
    if request.POST.get("step") == "preview" and form.is_valid():
        return _page(request, form, changed_ladder(rows, code=code, entry=form.entry()), row=row, mark=mark_of(rows))
    seen, now = request.POST.get("seen", ""), timezone.now()
    return _saved(request, form, lambda: change_rung(code, form.entry(), seen=seen, actor=actor, at=now), row=row)


def _saved(
    request: HttpRequest, form: RungForm, save: Callable[[], object], *, row: RungRow | None = None
) -> HttpResponse:
    status: HTTPStatus | None = HTTPStatus.UNPROCESSABLE_ENTITY
    if form.is_valid():
        try:
            status = attempt(form, save)
        except DutyUnkept as unkept:
            form.add_error(None, _duty_words(unkept.audience))
    if status is None:
        messages.success(request, _("Saved. Reminders that are still to come follow; what was sent stays sent."))
        return redirect("ladder")
    return _page(request, form, rung_rows(), row=row, status=status)


def _duty_words(audience: Audience) -> str:
    if audience is Audience.OWNER:
        return _("Nobody would remind the owner before an answer is due. Keep at least one such rung in use.")
    return _("Nobody would tell the supervisor of a late answer (III.d.i). Keep at least one such rung in use.")


def _page(
    request: HttpRequest,
    form: RungForm,
    rows: list[RungRow],
    *,
    row: RungRow | None = None,
    mark: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    title = stage_words(row.stage) if row and row.stage else _("New rung")
    context = {"form": form, "row": row, "title": title, "mark": mark or mark_of(rows), **_example(rows)}
    return render(request, "ladder/rung.html", context, status=status)


def _example(rows: list[RungRow]) -> dict[str, Any]:
    version = response_calendar_version()
    example: LadderExample | None = None
    if version is not None:
        example = example_of(ladder_of(rows), version.business_calendar(), now=timezone.now())
    lines = [
        ExampleLine(each.at, when_words(each.stage), str(AUDIENCE_WORDS[each.stage.audience]))
        for each in (example.stages if example else [])
    ]
    return {"example": example, "example_lines": lines}

"""Suggestions of staff: the list with its figures, one of them, and each step (III.a.v, III.c.iii)."""

from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from requests_app.domain.improvements import ImprovementState, timing
from requests_app.domain.refusals import ActionRefused
from requests_app.forms.improvements import CommentForm, DecisionForm, DoneForm, ImprovementFilterForm, ImprovementForm
from requests_app.forms.lists import SIZES
from requests_app.models import Improvement
from requests_app.selectors.access import Actor, divisions_of, parents_of_departments
from requests_app.selectors.choices import current_choices
from requests_app.selectors.improvements import (
    ImprovementCounts,
    ImprovementFilters,
    improvement_counts,
    improvements,
    linked_request,
    may_decide,
)
from requests_app.services.exports import record_export
from requests_app.services.improvements import (
    DecidedAlready,
    ImprovementEntry,
    comment_on_improvement,
    decide_improvement,
    finish_improvement,
    propose_improvement,
)
from requests_app.services.refusals import refusal_text
from requests_app.views.csv_files import csv_file
from requests_app.views.gates import signed_in_employee
from requests_app.views.paging import narrowed, page_context
from requests_app.views.posted import posted
from requests_app.views.report_figures import share_words
from requests_app.views.report_parts import definitions_of

_HEADINGS = (
    "suggestion", "text", "department", "proposed_by", "proposed_on", "decide_by", "state", "decided_by", "decided_on",
    "reason", "done_on", "comments",
)  # fmt: skip
_Act = Callable[[Improvement, dict[str, Any], Actor], object]


@login_required
@require_GET
def improvement_list(request: HttpRequest) -> HttpResponseBase:
    """List the suggestions that fit, with how many were decided in time."""
    actor, today = signed_in_employee(request), timezone.localdate()
    form = ImprovementFilterForm(request.GET)
    filters = form.filters()
    found = improvements(filters, actor=actor, today=today)
    if request.GET.get("format") == "csv":
        record_export(
            actor=actor, address=request.get_full_path(), rows=found.count(), at=timezone.now(), of=Improvement
        )
        return csv_file("suggestions", _HEADINGS, _cells(found))
    params = form.params()
    page = Paginator(found, form.cleaned_data.get("size") or SIZES[0]).get_page(request.GET.get("page"))
    context = {
        "rows": [(row, _timing(row)) for row in page.object_list],
        "filters": form,
        "tiles": _tiles(filters, params),
        "days": current_choices().suggestion_decision_business_days,
        "definitions": definitions_of(("improvements",)),
        **page_context(page, params),
    }
    return render(request, "improvements/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def improvement_new(request: HttpRequest) -> HttpResponse:
    """Propose something; the address may name the request it came from."""
    actor, status = signed_in_employee(request), HTTPStatus.OK
    initial = {"number": request.GET.get("request", ""), "department": actor.employee and actor.employee.department_id}
    form = ImprovementForm(posted(request), actor=actor, initial=initial)
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            row = propose_improvement(_entry(form), actor=actor, at=timezone.now())
            messages.success(request, gettext("Proposed. Whoever decides it was told."))
            return redirect(row)
    days = current_choices().suggestion_decision_business_days
    return render(request, "improvements/form.html", {"form": form, "days": days}, status=status)


@login_required
@require_GET
def improvement_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a suggestion with what was said to it and what was decided."""
    return _page(request, pk)


@login_required
@require_POST
def improvement_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something to a suggestion."""

    def act(row: Improvement, typed: dict[str, Any], actor: Actor) -> None:
        comment_on_improvement(improvement_id=row.pk, text=typed["text"], actor=actor, at=timezone.now())

    return _step(request, pk, ("comment", CommentForm(request.POST)), act, _("Said."))


@login_required
@require_POST
def improvement_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Adopt a suggestion or not, with a reason."""

    def act(row: Improvement, typed: dict[str, Any], actor: Actor) -> None:
        is_adopted, reason = typed["verdict"] == "adopted", typed["reason"]
        decide_improvement(improvement_id=row.pk, is_adopted=is_adopted, reason=reason, actor=actor, at=timezone.now())

    return _step(request, pk, ("decision", DecisionForm(request.POST)), act, _("Decided."))


@login_required
@require_POST
def improvement_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an adopted suggestion is done."""

    def act(row: Improvement, typed: dict[str, Any], actor: Actor) -> None:
        finish_improvement(improvement_id=row.pk, note=typed["note"], actor=actor, at=timezone.now())

    return _step(request, pk, ("done", DoneForm(request.POST)), act, _("Done, and said so."))


def _step(request: HttpRequest, pk: int, typed: tuple[str, forms.Form], act: _Act, said: str | Promise) -> HttpResponse:
    """Take a step; where it is refused, say why on the form and keep what was typed."""
    actor, (name, form) = signed_in_employee(request), typed
    row = get_object_or_404(Improvement, pk=pk)
    if not form.is_valid():
        return _page(request, pk, bound=typed, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        act(row, form.cleaned_data, actor)
    except ActionRefused as refused:
        form.add_error(None, refusal_text(refused))
        return _page(request, pk, bound=(name, form), status=HTTPStatus.FORBIDDEN)
    except DecidedAlready:
        form.add_error(None, gettext("Somebody decided this meanwhile. What you typed is kept below."))
        return _page(request, pk, bound=(name, form), status=HTTPStatus.CONFLICT)
    messages.success(request, str(said))
    return redirect(row)


def _page(
    request: HttpRequest, pk: int, *, bound: tuple[str, forms.Form] | None = None, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    actor = signed_in_employee(request)
    rows = Improvement.objects.select_related("department", "proposed_by", "decided_by", "done_by")
    row = get_object_or_404(rows, pk=pk)
    steps: dict[str, forms.Form] = {"comment": CommentForm(), "decision": DecisionForm(), "done": DoneForm()}
    if bound:
        steps[bound[0]] = bound[1]
    may = may_decide(actor, row)
    context = {
        "row": row,
        "timing": _timing(row),
        "source": linked_request(row, actor),
        "comments": row.comments.select_related("employee"),
        "steps": steps,
        "form": bound[1] if bound else None,
        "may_decide": may and (row.state == ImprovementState.OPEN or (bound is not None and bound[0] == "decision")),
        "may_finish": may and row.state == ImprovementState.ADOPTED,
    }
    return render(request, "improvements/detail.html", context, status=status)


def _entry(form: ImprovementForm) -> ImprovementEntry:
    typed = form.cleaned_data
    return ImprovementEntry(
        title=typed["title"],
        text=typed["text"],
        department_id=typed["department"],
        is_anonymous=typed["is_anonymous"],
        service_request=form.source,
    )


def _timing(row: Improvement) -> str:
    return timing(due_on=row.due_on, decided_on=row.decided_on, today=timezone.localdate()).value


def _tiles(filters: ImprovementFilters, params: dict[str, str]) -> list[dict[str, Any]]:
    below = divisions_of([filters.department_id], parents_of_departments()) if filters.department_id else None
    counts = improvement_counts(
        from_on=filters.from_on, to_on=filters.to_on, department_ids=below, today=timezone.localdate()
    )
    kept = {name: value for name, value in params.items() if name not in ("part", "own", "size")}
    return [
        {
            "label": label,
            "url": f"{reverse('improvement_list')}{narrowed(**kept, part=part)}",
            "figure": figure,
            "lines": lines,
        }
        for label, part, figure, lines in _shown(counts)
    ]


def _shown(counts: ImprovementCounts) -> list[tuple[str, str, object, list[str]]]:
    of_n = gettext("n = %(n)s: decided, or overdue") % {"n": counts.n}
    return [
        (gettext("Proposed"), "", counts.proposed, []),
        (gettext("Decided in time"), "in_time", _share(counts), [of_n]),
        (gettext("Decision overdue"), "overdue", counts.overdue, []),
        (gettext("Adopted"), "adopted", counts.adopted, [gettext("%(n)s of them done") % {"n": counts.done}]),
    ]


def _share(counts: ImprovementCounts) -> str:
    return share_words(counts.in_time, counts.n, small_number=current_choices().small_number)


def _cells(rows: Iterable[Improvement]) -> Iterator[list[object]]:
    for row in rows:
        yield [
            row.title,
            row.text,
            row.department.name,
            row.proposed_by.name if row.proposed_by else gettext("without a name"),
            row.proposed_on.isoformat(),
            row.due_on.isoformat(),
            row.get_state_display(),
            row.decided_by.name if row.decided_by else "",
            row.decided_on.isoformat() if row.decided_on else "",
            row.decision_reason,
            row.done_on.isoformat() if row.done_on else "",
            getattr(row, "comment_count", 0),
        ]

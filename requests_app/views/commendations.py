"""Commendations: drafts a supervisor finishes, and what was written for oneself (III.d.iii)."""

from collections.abc import Callable, Mapping
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from requests_app.domain.refusals import ActionRefused
from requests_app.forms.commendations import CommendationForm
from requests_app.models import Commendation
from requests_app.selectors.access import Actor, actor_for
from requests_app.selectors.commendations import commendations_led_by, commendations_of, drafts_first
from requests_app.services.commendations import change_commendation, give_commendation, lay_aside_commendation
from requests_app.services.exports import record_export
from requests_app.services.refusals import refusal_text
from requests_app.views.csv_files import csv_file

_STEPS: Mapping[str, tuple[Callable[..., Commendation], str | Promise]] = {
    "save": (change_commendation, _("Saved.")),
    "give": (give_commendation, _("Given. They were told.")),
    "lay_aside": (lay_aside_commendation, _("Laid aside. Nobody was told.")),
}


@login_required
@require_GET
def commendations(request: HttpRequest) -> HttpResponseBase:
    """Show the drafts of an actor's people, and what was written for the actor, or write the former to a file."""
    actor = actor_for(request.user)
    if request.GET.get("format") == "csv":
        return _file(request, commendations_led_by(actor), actor)
    return _page(request, actor)


@login_required
@require_POST
def commendation_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Save a draft, give it or lay it aside; what was typed is kept where it is refused."""
    actor = actor_for(request.user)
    found = get_object_or_404(commendations_led_by(actor), pk=pk)
    form = CommendationForm(request.POST, prefix=str(found.pk))
    run, said = _STEPS.get(request.POST.get("step", ""), _STEPS["save"])
    if not form.is_valid():
        return _page(request, actor, bound=(found.pk, form), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        run(commendation_id=found.pk, text=form.cleaned_data["text"], actor=actor, at=timezone.now())
    except ActionRefused as refused:
        form.add_error(None, refusal_text(refused))
        return _page(request, actor, bound=(found.pk, form), status=HTTPStatus.CONFLICT)
    messages.success(request, str(said))
    return redirect("commendations")


def _file(request: HttpRequest, rows: QuerySet[Commendation], actor: Actor) -> HttpResponseBase:
    """Write the register to a file; who leads nobody gets its heads alone."""
    at, address = timezone.now(), request.get_full_path()
    record_export(actor=actor, address=address, rows=rows.count(), at=at, of=Commendation)
    heads = [
        gettext("Number"), gettext("Who"), gettext("Department"), gettext("Words"), gettext("State"),
        gettext("Decided by"), gettext("Decided on"), gettext("Taken back on"), gettext("Why it was taken back"),
    ]  # fmt: skip
    return csv_file("commendations", heads, (_cells(row) for row in rows))


def _cells(row: Commendation) -> list[object]:
    decided_on, taken_on = (timezone.localdate(at) if at else "" for at in (row.decided_at, row.withdrawn_at))
    return [
        row.service_request.number, row.employee, row.employee.department, row.text, row.get_state_display(),
        row.decided_by or "", decided_on, taken_on, row.withdrawn_reason,
    ]  # fmt: skip


def _page(
    request: HttpRequest,
    actor: Actor,
    *,
    bound: tuple[int, CommendationForm] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    drafts, decided = drafts_first(commendations_led_by(actor))
    waiting = [
        (
            row,
            bound[1]
            if bound and bound[0] == row.pk
            else CommendationForm({f"{row.pk}-text": row.text}, prefix=str(row.pk)),
        )
        for row in drafts
    ]
    context = {
        "waiting": waiting,
        "decided": decided,
        "mine": commendations_of(actor)[:100],
        "form": bound[1] if bound else None,
    }
    return render(request, "commendations/list.html", context, status=status)

"""Commendations: drafts a supervisor finishes, and what was written for oneself (III.d.iii)."""

from collections.abc import Callable, Mapping
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from requests_app.domain.workflow import ActionRefused
from requests_app.forms.commendations import CommendationForm
from requests_app.models import Commendation
from requests_app.selectors.access import Actor, actor_for
from requests_app.selectors.commendations import commendations_led_by, commendations_of, drafts_first
from requests_app.services.commendations import change_commendation, give_commendation, lay_aside_commendation
from requests_app.services.refusals import refusal_text

_STEPS: Mapping[str, tuple[Callable[..., Commendation], str | Promise]] = {
    "save": (change_commendation, _("Saved.")),
    "give": (give_commendation, _("Given. They were told.")),
    "lay_aside": (lay_aside_commendation, _("Laid aside. Nobody was told.")),
}


@login_required
@require_GET
def commendations(request: HttpRequest) -> HttpResponse:
    """Show the drafts of an actor's people, and what was written for the actor."""
    return _page(request, actor_for(request.user))


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

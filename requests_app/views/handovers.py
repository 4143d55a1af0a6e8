"""Hand over the work of somebody away: shown first, then done in one step."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from requests_app.domain.refusals import ActionRefused
from requests_app.forms.handovers import HandOverForm
from requests_app.models import Absence
from requests_app.selectors.absences import standing_absences
from requests_app.selectors.access import Actor, actor_for
from requests_app.selectors.away_words import AwayWords
from requests_app.selectors.handovers import handover_plan, may_hand_over, whereabouts_of
from requests_app.selectors.whereabouts import Whereabouts
from requests_app.services.handovers import HandedOver, hand_over_work
from requests_app.services.refusals import refusal_text


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def absence_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what would go to whom, and hand over what is ticked. Raises PermissionDenied for whoever may not."""
    actor, now = actor_for(request.user), timezone.now()
    absence = get_object_or_404(standing_absences(), pk=pk)
    if not may_hand_over(actor, absence.employee):
        raise PermissionDenied
    whereabouts = whereabouts_of(absence, now=now)
    form = _form(request, absence, whereabouts)
    if request.method != "POST":
        return _page(request, form, absence, actor=actor, whereabouts=whereabouts)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _page(request, form, absence, actor=actor, whereabouts=whereabouts, status=status)
    picked = {int(value) for value in request.POST.getlist("picked") if value.isascii() and value.isdigit()}
    try:
        outcome = hand_over_work(absence_id=pk, request_ids=picked, heir=form.heir(), actor=actor, at=now)
    except ActionRefused as refused:
        messages.error(request, refusal_text(refused))
    else:
        _tell(request, outcome)
    return redirect("absence_hand_over", pk)


def _form(request: HttpRequest, absence: Absence, whereabouts: Whereabouts) -> HandOverForm:
    data = request.POST if request.method == "POST" else request.GET if "to" in request.GET else None
    found = whereabouts.stand_in(absence.employee_id)
    stand_in = whereabouts.person(found) or whereabouts.department(found)
    return HandOverForm(data, employee=absence.employee, stand_in=stand_in, whereabouts=whereabouts)


def _page(
    request: HttpRequest,
    form: HandOverForm,
    absence: Absence,
    *,
    actor: Actor,
    whereabouts: Whereabouts,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    heir = form.heir()
    plan = handover_plan(absence, heir, actor=actor, whereabouts=whereabouts)
    context = {
        "absence": absence,
        "person": absence.employee,
        "away": AwayWords(whereabouts).line(absence.employee_id),
        "is_over": absence.ends_at is not None and absence.ends_at <= timezone.now(),
        "form": form,
        "heir": heir,
        "plan": plan,
        "movable": sum(1 for row in plan.rows if row.handover),
    }
    return render(request, "absences/hand_over.html", context, status=status)


def _tell(request: HttpRequest, outcome: HandedOver) -> None:
    if not outcome.done and not outcome.refused:
        messages.warning(request, gettext("Nothing was ticked that is still theirs, so nothing was changed."))
        return
    parts = []
    if outcome.done:
        text = ngettext(
            "%(n)s request was handed over; its date stays.",
            "%(n)s requests were handed over; their dates stay.",
            outcome.done,
        )
        parts.append(text % {"n": outcome.done})
    parts += [
        gettext("%(count)s refused: %(why)s") % {"count": count, "why": why} for why, count in outcome.refused.items()
    ]
    level = messages.WARNING if outcome.refused else messages.SUCCESS
    messages.add_message(request, level, " ".join(parts))

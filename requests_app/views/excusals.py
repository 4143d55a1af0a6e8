"""Excuses for late answers: decide on those that wait, look at past decisions, propose one for oneself (III.d.i)."""

from datetime import datetime
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.forms.excusals import GRANT, REASON_PHRASES, DecideForm, ProposeForm
from requests_app.selectors.access import Actor, actor_for
from requests_app.selectors.excusal_page import MOST_ROWS, decided_rows, excusal_page
from requests_app.selectors.excusals import proposals
from requests_app.selectors.own_excusals import own_excuses
from requests_app.selectors.visibility import visible_clocks, visible_requests
from requests_app.services.excusal_decisions import DecisionOutcome, decide_excusals
from requests_app.services.excusal_requests import propose_excusal
from requests_app.services.refusals import refusal_text
from requests_app.views.posted import posted

_DECIDED = "decided"


@login_required
@require_GET
def excusal_list(request: HttpRequest) -> HttpResponse:
    """Show what waits for one's decision, or what was decided."""
    if request.GET.get("tab") == _DECIDED:
        rows = decided_rows(actor_for(request.user), now=timezone.now())
        return render(request, "excusals/decided.html", {"rows": rows, "most_rows": MOST_ROWS})
    return _page(request, DecideForm())


@login_required
@require_POST
def excusal_decide(request: HttpRequest) -> HttpResponse:
    """Grant or refuse the ticked proposals with one reason; what was typed is kept where something is missing."""
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    actor = actor_for(request.user)
    seen = proposals().filter(pk__in=form.ticked, clock__in=visible_clocks(actor))
    outcome = decide_excusals(
        seen.values_list("pk", flat=True),
        is_granted=form.cleaned_data["verdict"] == GRANT,
        reason=form.cleaned_data["reason"],
        actor=actor,
        at=timezone.now(),
    )
    _tell(request, outcome, is_granted=form.cleaned_data["verdict"] == GRANT)
    return redirect("excusal_list")


@login_required
@require_http_methods(["GET", "POST"])
def excusal_propose(request: HttpRequest, number: str) -> HttpResponse:
    """Propose an excuse for one's own late answer, out of one's own absence."""
    found = get_object_or_404(visible_requests(request.user), number=number)
    actor, now = actor_for(request.user), timezone.now()
    own = own_excuses(found, actor, now=now)
    if own is None:
        raise PermissionDenied
    form = ProposeForm(posted(request), clocks=own.clock_choices, absences=own.absence_choices)
    status = HTTPStatus.OK
    if form.is_bound:
        status = _propose(form, actor, at=now)
        if status == HTTPStatus.FOUND:
            messages.success(request, gettext("Proposed. Whoever decides on it was told."))
            return redirect(found)
    context = {"service_request": found, "own": own, "form": form}
    return render(request, "excusals/propose.html", context, status=status)


def _propose(form: ProposeForm, actor: Actor, *, at: datetime) -> HTTPStatus:
    """Propose what was typed; the status says what came of it, FOUND where it was saved."""
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    typed = form.cleaned_data
    try:
        propose_excusal(clock_id=typed["clock"], absence_id=typed["absence"], note=typed["note"], actor=actor, at=at)
    except ActionRefused as refused:
        form.add_error(None, refusal_text(refused))
        return HTTPStatus.FORBIDDEN if refused.refusal is Refusal.ROLE else HTTPStatus.CONFLICT
    return HTTPStatus.FOUND


def _page(request: HttpRequest, form: DecideForm, *, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    page = excusal_page(actor_for(request.user), now=timezone.now())
    context = {"page": page, "form": form, "phrases": REASON_PHRASES}
    return render(request, "excusals/list.html", context, status=status)


def _tell(request: HttpRequest, outcome: DecisionOutcome, *, is_granted: bool) -> None:
    """Say what was decided, and what was refused and why."""
    done, parts = len(outcome.decided), []
    if done and is_granted:
        parts.append(ngettext("%(n)s late answer excused.", "%(n)s late answers excused.", done) % {"n": done})
    elif done:
        parts.append(ngettext("%(n)s proposal refused.", "%(n)s proposals refused.", done) % {"n": done})
    parts += [
        gettext("%(count)s not decided: %(why)s") % {"count": count, "why": why}
        for why, count in outcome.refused.items()
    ]
    if not parts:
        parts.append(gettext("Nothing was decided: what was ticked is no longer there."))
    level = messages.SUCCESS if done and not outcome.refused else messages.WARNING if done else messages.ERROR
    messages.add_message(request, level, " ".join(parts))

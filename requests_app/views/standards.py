"""The standards by version: what is in force, what comes, and what another number would have meant."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from requests_app.domain.deadlines import Rule
from requests_app.domain.metrics import ClockClass
from requests_app.domain.vocabulary import Milestone, Role, StandardSource
from requests_app.forms.standards import StandardForm
from requests_app.selectors.access import Actor
from requests_app.selectors.choices import current_choices
from requests_app.selectors.reports.definitions import defined
from requests_app.selectors.standard_effect import EFFECT_DAYS, PARTS, StandardEffect, effect_of
from requests_app.selectors.standard_versions import StandardHistory, standard_histories, standard_history
from requests_app.selectors.standard_words import RULE_WORDS, asked_words
from requests_app.services.standards import (
    InForceAlready,
    add_standard_version,
    proposed_version,
    withdraw_standard_version,
)
from requests_app.views.edits import attempt
from requests_app.views.gates import actor_holding

READERS = (Role.ADMINISTRATOR, Role.HR)
_PART_WORDS = {
    ClockClass.MET: gettext_lazy("kept"),
    ClockClass.LATE: gettext_lazy("late"),
    ClockClass.OVERDUE: gettext_lazy("overdue"),
    ClockClass.OPEN: gettext_lazy("open, not yet due"),
}


@login_required
@require_GET
def standard_list(request: HttpRequest) -> HttpResponse:
    """List the standards with the version in force and those to come."""
    actor_holding(request, *READERS)
    rows = [_described(history) for history in standard_histories(timezone.localdate())]
    return render(request, "standards/list.html", {"rows": rows})


@login_required
@require_http_methods(["GET", "POST"])
def standard_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show a standard's versions; preview a new one, then add it."""
    now = timezone.now()
    actor = actor_holding(request, *(READERS if request.method == "GET" else (Role.ADMINISTRATOR,)))
    history = _load(code, now)
    form = StandardForm(request.POST if request.method == "POST" else None, history=history)
    if request.method == "GET":
        return _page(request, history, form, actor=actor)
    if not form.is_valid():
        return _page(request, history, form, actor=actor, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if request.POST.get("step") != "save":
        proposed = proposed_version(history, form.entry())
        effect = effect_of(proposed, instead_of=history.in_force, now=now)
        return _page(request, history, form, actor=actor, effect=effect)
    seen = request.POST.get("seen", "")
    refused = attempt(form, lambda: add_standard_version(code, form.entry(), seen=seen, actor=actor, at=now))
    if refused:
        return _page(request, _load(code, now), form, actor=actor, status=refused)
    messages.success(request, _("Added. Contacts that come before that date keep the present version."))
    return redirect("standard_detail", code)


@login_required
@require_POST
def standard_withdraw(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """Take back a version that has not begun."""
    actor, now = actor_holding(request, Role.ADMINISTRATOR), timezone.now()
    _load(code, now)
    try:
        withdraw_standard_version(code, version, actor=actor, at=now)
    except InForceAlready:
        messages.error(request, _("That version has judged contacts already, so it stays. Add a new one instead."))
    else:
        messages.success(request, _("Withdrawn."))
    return redirect("standard_detail", code)


def _load(code: str, now: datetime) -> StandardHistory:
    history = standard_history(code, on=timezone.localdate(now))
    if history is None:
        raise Http404(code)
    return history


def _described(history: StandardHistory) -> dict[str, Any]:
    current = history.in_force
    return {
        "history": history,
        "current": current,
        "asked": asked_words(current),
        "rule": RULE_WORDS[Rule(current.rule)],
        "coming": [(each, asked_words(each)) for each in history.coming],
        "is_local_choice": current.source == StandardSource.LOCAL_CHOICE,
    }


def _page(
    request: HttpRequest,
    history: StandardHistory,
    form: StandardForm,
    *,
    actor: Actor,
    effect: StandardEffect | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        **_described(history),
        "form": form,
        "may_edit": actor.holds(Role.ADMINISTRATOR),
        "past": [(each, asked_words(each)) for each in history.past],
        "effect": effect,
        "effect_days": EFFECT_DAYS,
        "definitions": defined("kept", "late", "overdue", "open", choices=current_choices()),
        "effect_rows": [(_PART_WORDS[part], effect.before[part], effect.after[part]) for part in PARTS]
        if effect
        else [],
        "is_promise": history.in_force.milestone == Milestone.PROMISED_ANSWER,
    }
    return render(request, "standards/standard.html", context, status=status)

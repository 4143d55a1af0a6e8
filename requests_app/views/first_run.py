"""The first run: what the policy leaves open, asked once, confirmed one by one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from requests_app.domain.vocabulary import Role
from requests_app.selectors.first_run import QUESTIONS, asked_questions
from requests_app.services.confirmations import confirm
from requests_app.views.gates import actor_holding


@login_required
@require_GET
def first_run(request: HttpRequest) -> HttpResponse:
    """Show every question with its answer, its default and what it changes."""
    actor_holding(request, Role.ADMINISTRATOR)
    asked = asked_questions(timezone.localdate())
    left = sum(each.confirmation is None for each in asked)
    return render(request, "settings/first_run.html", {"asked": asked, "left": left, "total": len(asked)})


@login_required
@require_POST
def confirm_answer(request: HttpRequest, key: str) -> HttpResponse:
    """Confirm one answer as it stands."""
    actor = actor_holding(request, Role.ADMINISTRATOR)
    if key not in {question.key for question in QUESTIONS}:
        raise Http404
    confirm(f"first-run-{key}", actor=actor, at=timezone.now())
    messages.success(request, gettext("Confirmed, with your name and the date."))
    return redirect("first_run")

"""Human Resources write the next version of the policy and publish it (III.e)."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from requests_app.domain.policies import PolicyRefused
from requests_app.domain.vocabulary import Role
from requests_app.forms.policies import PolicyDraftForm, PublishForm
from requests_app.models.policy_words import policy_refusal_text
from requests_app.selectors.policies import mark_of, policy_draft, policy_in_force
from requests_app.services.policies import change_policy_draft, publish_policy, write_policy_draft
from requests_app.views.edits import attempt
from requests_app.views.gates import actor_holding
from requests_app.views.policies import load_version, version_page
from requests_app.views.posted import posted


@login_required
@require_http_methods(["GET", "POST"])
def policy_draft_new(request: HttpRequest) -> HttpResponse:
    """Begin the next version from the text in force; where a draft exists, go on with that."""
    actor, status = actor_holding(request, Role.HR), HTTPStatus.OK
    draft = policy_draft()
    if request.method == "GET" and draft is not None:
        return redirect("policy_draft_edit", number=draft.number)
    form = PolicyDraftForm(posted(request), version=policy_in_force(timezone.localdate()))
    if request.method == "POST":
        status = save(form, lambda: write_policy_draft(form.entry(), actor=actor, at=timezone.now()))
        if status == HTTPStatus.OK:
            messages.success(request, _("Draft kept. Nobody but Human Resources sees it."))
            return redirect("policy_page")
    return render(request, "policies/draft.html", {"form": form, "mark": ""}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def policy_draft_edit(request: HttpRequest, number: int) -> HttpResponse:
    """Change the draft."""
    actor, status = actor_holding(request, Role.HR), HTTPStatus.OK
    version = load_version(actor, number)
    form = PolicyDraftForm(posted(request), version=version)
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        status = save(
            form, lambda: change_policy_draft(number, form.entry(), seen=seen, actor=actor, at=timezone.now())
        )
        if status == HTTPStatus.OK:
            messages.success(request, _("Draft kept."))
            return redirect(version)
        version = load_version(actor, number)
    elif not version.is_draft:
        return redirect(version)
    context = {"form": form, "version": version, "mark": mark_of(version)}
    return render(request, "policies/draft.html", context, status=status)


@login_required
@require_POST
def policy_publish(request: HttpRequest, number: int) -> HttpResponse:
    """Publish the draft as it was read."""
    actor = actor_holding(request, Role.HR)
    version = load_version(actor, number)
    form, seen = PublishForm(request.POST), request.POST.get("seen", "")
    status = save(form, lambda: publish_policy(number, **form.cleaned_data, seen=seen, actor=actor, at=timezone.now()))
    if status != HTTPStatus.OK:
        return version_page(request, load_version(actor, number), form=form, status=status)
    messages.success(request, _("Published. Everybody who signs in finds it on the policy page."))
    return redirect(version)


def save(form: Form, act: Callable[[], object]) -> HTTPStatus:
    """Do what was asked for; where it is refused, say why on the form."""
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        return attempt(form, act) or HTTPStatus.OK
    except PolicyRefused as refused:
        form.add_error(None, policy_refusal_text(refused.refusal))
        return HTTPStatus.CONFLICT

"""Two customers who are one: pick the other, look at both, merge; and take it back (I purpose)."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from requests_app.domain.refusals import ActionRefused
from requests_app.forms.contact_people import number_in
from requests_app.forms.customer_merges import FACT_LABELS, MergeForm
from requests_app.models import Customer
from requests_app.selectors.access import Actor
from requests_app.selectors.customer_merges import MERGERS, UndoPlan, merge_preview, standing_merges, undo_plan
from requests_app.selectors.customer_page import fact_words
from requests_app.selectors.customers import suggest_customers
from requests_app.selectors.visibility import requests_read_by, visible_customers
from requests_app.services.customer_merges import merge_customers, undo_merge
from requests_app.services.refusals import refusal_text
from requests_app.views.customer_access import customer_known_to
from requests_app.views.gates import actor_holding
from requests_app.views.posted import asked_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def customer_merge(request: HttpRequest, customer_id: int) -> HttpResponse:
    """Let another customer go into this one: first pick who, then look at both side by side."""
    actor = actor_holding(request, *MERGERS)
    staying = customer_known_to(actor, customer_id)
    given = request.POST if request.method == "POST" else request.GET
    other = _other(actor, number_in(given.get("with", "")), staying)
    if other is None:
        return _pick_page(request, staying, actor)
    if request.method != "POST":
        return _preview_page(request, MergeForm(staying=staying, other=other), actor)
    form = MergeForm(request.POST, staying=staying, other=other)
    if not form.is_valid():
        return _preview_page(request, form, actor, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        merge_customers(form.entry(), actor=actor, at=timezone.now())
    except ActionRefused as refused:
        messages.error(request, refusal_text(refused))
        return redirect(f"{request.path}?with={other.pk}")
    messages.success(request, gettext("They are one customer now. Within 30 days it can be taken back, below."))
    return redirect(staying)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def customer_merge_undo(request: HttpRequest, customer_id: int, merge_id: int) -> HttpResponse:
    """Show what taking a merge back would do, and do it."""
    actor = actor_holding(request, *MERGERS)
    customer = customer_known_to(actor, customer_id)
    merge = get_object_or_404(standing_merges(customer), pk=merge_id)
    if request.method != "POST":
        return render(request, "customers/undo.html", _undo_context(undo_plan(merge), actor))
    try:
        plan = undo_merge(merge_id=merge.pk, actor=actor, at=timezone.now())
    except ActionRefused as refused:
        messages.error(request, refusal_text(refused))
        return redirect(customer)
    said = gettext("They are two customers again: %(name)s has a page of their own.") % {"name": plan.merge.merged}
    messages.success(request, said)
    return redirect(plan.merge.merged if plan.request_ids else customer)


def _other(actor: Actor, pk: int | None, staying: Customer) -> Customer | None:
    return visible_customers(actor).exclude(pk=staying.pk).filter(pk=pk).first() if pk else None


def _pick_page(request: HttpRequest, staying: Customer, actor: Actor) -> HttpResponse:
    asked = asked_in(request)
    found = [known for known in suggest_customers(asked, actor=actor, limit=20) if known.pk != staying.pk]
    context = {"customer": staying, "asked": asked, "customers": found}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, "customers/merge_pick.html", context, status=status)


def _preview_page(
    request: HttpRequest, form: MergeForm, actor: Actor, *, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    preview = merge_preview(form.staying, form.other, actor=actor)
    return render(request, "customers/merge.html", {"form": form, "preview": preview}, status=status)


def _undo_context(plan: UndoPlan, actor: Actor) -> dict[str, object]:
    ours = requests_read_by(actor).filter(customer=plan.merge.survivor_id)
    back = [name for name in plan.facts.restored if name in FACT_LABELS]
    return {
        "plan": plan,
        "merge": plan.merge,
        "customer": plan.merge.survivor,
        "going": ours.filter(pk__in=plan.request_ids).count(),
        "staying": ours.exclude(pk__in=plan.request_ids).count(),
        "restored": [f"{FACT_LABELS[name]}: {fact_words(name, plan.facts.restored[name])}" for name in back],
        "kept": [FACT_LABELS[name] for name in plan.facts.kept if name in FACT_LABELS],
        "points": plan.merge.survivor.contact_points.filter(pk__in=plan.point_ids),
    }

"""Disposal of records: what is due, the lists on their way, the certificates."""

from collections.abc import Callable, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from requests_app.domain.disposal import DisposalStep
from requests_app.domain.refusals import ActionRefused
from requests_app.domain.vocabulary import Role
from requests_app.forms.disposals import ProposeForm, ProposeRegisterForm, ResolutionForm, StepForm, WithdrawForm
from requests_app.models import DisposalList
from requests_app.models.labels import RETENTIONS
from requests_app.selectors.access import Actor
from requests_app.selectors.disposals import (
    READERS,
    certificate_counts,
    disposals_visible_to,
    is_unfinished,
    steps_offered,
)
from requests_app.selectors.registers import registers_due
from requests_app.selectors.retention import due_for_disposal
from requests_app.services import disposals as services
from requests_app.services.exports import record_export
from requests_app.services.refusals import refusal_text
from requests_app.services.register_disposals import propose_register_disposal
from requests_app.views.csv_files import csv_file
from requests_app.views.disposal_files import certificate_headings, certificate_rows
from requests_app.views.gates import actor_holding

SHOWN_ITEMS = 100
_PROPOSERS = (Role.RECORDS_CLERK, Role.HR)
Run = Callable[[int, Any, Actor, datetime], object]


def _approve(pk: int, form: StepForm, actor: Actor, at: datetime) -> object:
    return services.approve_disposal(disposal_id=pk, actor=actor, at=at)


def _consent(pk: int, form: StepForm, actor: Actor, at: datetime) -> object:
    return services.consent_to_disposal(disposal_id=pk, actor=actor, at=at)


def _resolve(pk: int, form: ResolutionForm, actor: Actor, at: datetime) -> object:
    return services.resolve_disposal(disposal_id=pk, resolution=form.cleaned_data["resolution"], actor=actor, at=at)


def _withdraw(pk: int, form: WithdrawForm, actor: Actor, at: datetime) -> object:
    return services.withdraw_disposal(disposal_id=pk, reason=form.cleaned_data["reason"], actor=actor, at=at)


def _resume(pk: int, form: StepForm, actor: Actor, at: datetime) -> object:
    return services.resume_disposal(disposal_id=pk, actor=actor, at=at)


STEPS: Mapping[str, tuple[type[forms.Form], Run, str | Promise, str | Promise]] = {
    DisposalStep.APPROVE: (StepForm, _approve, _("Approve"), _("Approved. The city attorney consents next.")),
    DisposalStep.CONSENT: (StepForm, _consent, _("Consent"), _("Consented. The council resolves next.")),
    DisposalStep.RESOLVE: (
        ResolutionForm,
        _resolve,
        _("Record the resolution and destroy"),
        _("Recorded. The records are being destroyed; this page shows how far it got."),
    ),
    DisposalStep.WITHDRAW: (WithdrawForm, _withdraw, _("Take the list back"), _("Taken back. Nothing was destroyed.")),
    "resume": (StepForm, _resume, _("Go on destroying"), _("Asked for. What was destroyed stays so.")),
}


@login_required
@require_GET
def disposals(request: HttpRequest) -> HttpResponse:
    """Show what is due, by department, and the lists the reader may read."""
    actor, now = actor_holding(request, *READERS), timezone.now()
    return _overview(request, actor, ProposeForm(), now=now)


@login_required
@require_POST
def propose_disposal(request: HttpRequest) -> HttpResponse:
    """List what is due in a department."""
    actor, now = actor_holding(request, *_PROPOSERS), timezone.now()
    form = ProposeForm(request.POST)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if form.is_valid():
        try:
            made = services.propose_disposal(
                department_id=form.cleaned_data["department"],
                is_confidential=not actor.holds(Role.RECORDS_CLERK),
                actor=actor,
                at=now,
            )
        except ActionRefused as refused:
            form.add_error("department", refusal_text(refused))
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, str(_("Listed. The head of the department approves next.")))
            return redirect("disposal", made.pk)
    return _overview(request, actor, form, now=now, status=status)


@login_required
@require_POST
def propose_register(request: HttpRequest) -> HttpResponse:
    """List what a register has kept for its years."""
    actor, now = actor_holding(request, Role.HR), timezone.now()
    form = ProposeRegisterForm(request.POST)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if form.is_valid():
        try:
            made = propose_register_disposal(code=form.cleaned_data["register"], actor=actor, at=now)
        except ActionRefused as refused:
            form.add_error("register", refusal_text(refused))
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, str(_("Listed. The head of Human Resources approves next.")))
            return redirect("disposal", made.pk)
    return _overview(request, actor, ProposeForm(), now=now, status=status, register_form=form)


@login_required
@require_GET
def disposal(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show a list, or once it is destroyed its certificate; as a file with every line."""
    actor = actor_holding(request, *READERS)
    found = get_object_or_404(disposals_visible_to(actor), pk=pk)
    if request.GET.get("format") == "csv":
        record_export(actor=actor, address=request.path, rows=found.items.count(), at=timezone.now())
        return csv_file(f"disposal-{found.pk}", certificate_headings(), certificate_rows(found))
    return _list_page(request, found, actor)


@login_required
@require_POST
def take_disposal_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Take a list one step on; what was typed is kept where it is refused."""
    actor = actor_holding(request, *READERS)
    found = get_object_or_404(disposals_visible_to(actor), pk=pk)
    form_class, run, _label, said = STEPS[step]
    form = form_class(request.POST)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if form.is_valid():
        try:
            run(found.pk, form, actor, timezone.now())
        except ActionRefused as refused:
            form.add_error(None, refusal_text(refused))
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, str(said))
            return redirect("disposal", found.pk)
    return _list_page(request, found, actor, bound=(step, form), status=status)


def _overview(
    request: HttpRequest,
    actor: Actor,
    form: ProposeForm,
    *,
    now: datetime,
    status: HTTPStatus = HTTPStatus.OK,
    register_form: ProposeRegisterForm | None = None,
) -> HttpResponse:
    is_confidential = not actor.holds(Role.RECORDS_CLERK)
    may_propose = actor.holds(*_PROPOSERS)
    due = due_for_disposal(actor, is_confidential=is_confidential, now=now).order_by("department__name")
    context = {
        "disposals": disposals_visible_to(actor)[:SHOWN_ITEMS],
        "may_propose": may_propose,
        "due": list(due.values("department", "department__name").annotate(n=Count("pk"))) if may_propose else [],
        "form": form,
        "may_list_registers": actor.holds(Role.HR),
        "registers": [(RETENTIONS[each.code], each) for each in registers_due(actor, now=now)],
        "register_form": register_form or ProposeRegisterForm(),
    }
    return render(request, "records/disposals.html", context, status=status)


def _list_page(
    request: HttpRequest,
    found: DisposalList,
    actor: Actor,
    *,
    bound: tuple[str, forms.Form] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    names = [step.value for step in steps_offered(found, actor)]
    if is_unfinished(found) and actor.holds(Role.RECORDS_CLERK, Role.CITY_MANAGER):
        names.append("resume")
    if bound and bound[0] not in names:
        names.append(bound[0])
    offered = [
        {"name": name, "label": STEPS[name][2], "form": bound[1] if bound and bound[0] == name else STEPS[name][0]()}
        for name in names
    ]
    context = {
        "disposal": found,
        "items": found.items.all()[:SHOWN_ITEMS],
        "steps": offered,
        "counts": certificate_counts(found, actor),
        "form": bound[1] if bound else None,
    }
    return render(request, "records/disposal.html", context, status=status)

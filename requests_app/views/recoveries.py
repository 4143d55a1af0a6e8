"""A lost second factor: asking on the way in, and the page on which Human Resources decides."""

from http import HTTPStatus

from allauth.account.internal.decorators import login_stage_required
from allauth.mfa.stages import AuthenticateStage
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from requests_app.domain.vocabulary import Role
from requests_app.forms.recoveries import IdentifiedForm
from requests_app.models import Employee, FactorRecovery
from requests_app.selectors.access import Actor
from requests_app.selectors.recoveries import recoveries_decided, recoveries_waiting
from requests_app.services.recoveries import (
    RecoveryRefusal,
    RecoveryRefused,
    ask_recovery,
    confirm_recovery,
    refuse_recovery,
)
from requests_app.views.counter_access import is_opened_by_pin
from requests_app.views.gates import actor_holding

_REFUSALS = {
    RecoveryRefusal.OWN: gettext_lazy("Nobody confirms their own. Ask a colleague in Human Resources."),
    RecoveryRefusal.DECIDED: gettext_lazy("Somebody decided this meanwhile."),
}


@require_POST
@login_stage_required(stage=AuthenticateStage.key, redirect_urlname="account_login")  # type: ignore[untyped-decorator]
def recovery_ask(request: HttpRequest) -> HttpResponse:
    """Put somebody who stands between password and second factor before Human Resources."""
    user = request._login_stage.login.user  # type: ignore[attr-defined]  # set by the decorator
    employee = Employee.objects.filter(user=user, is_active=True).first()
    if employee is not None:
        ask_recovery(employee, at=timezone.now())
    messages.success(request, _("Human Resources knows now. Go and see them; they give you a code to type here."))
    return redirect("mfa_authenticate")


@login_required
@require_GET
def recovery_list(request: HttpRequest) -> HttpResponse:
    """List who waits, and the latest decisions."""
    return _page(request, _decider(request))


@login_required
@require_POST
def recovery_confirm(request: HttpRequest, recovery_id: int) -> HttpResponse:
    """Confirm who it is, and show the code this once."""
    actor = _decider(request)
    row = get_object_or_404(FactorRecovery.objects.select_related("employee"), pk=recovery_id)
    form = IdentifiedForm(request.POST, auto_id=f"{row.pk}_%s")
    if not form.is_valid():
        return _page(request, actor, wrong=(row.pk, form))
    how = form.cleaned_data["identified_how"]
    try:
        code = confirm_recovery(row.pk, identified_how=how, actor=actor, at=timezone.now())
    except RecoveryRefused as refused:
        messages.error(request, str(_REFUSALS[refused.refusal]))
        return redirect("recovery_list")
    return render(request, "recoveries/code.html", {"code": code, "person": row.employee})


@login_required
@require_POST
def recovery_refuse(request: HttpRequest, recovery_id: int) -> HttpResponse:
    """Refuse."""
    actor = _decider(request)
    row = get_object_or_404(FactorRecovery, pk=recovery_id)
    try:
        refuse_recovery(row.pk, actor=actor, at=timezone.now())
    except RecoveryRefused as refused:
        messages.error(request, str(_REFUSALS[refused.refusal]))
    else:
        messages.success(request, _("Refused. The person was told by mail."))
    return redirect("recovery_list")


def _decider(request: HttpRequest) -> Actor:
    actor = actor_holding(request, Role.HR)
    if is_opened_by_pin(request):
        raise PermissionDenied
    return actor


def _page(request: HttpRequest, actor: Actor, wrong: tuple[int, IdentifiedForm] | None = None) -> HttpResponse:
    waiting = [
        (row, wrong[1] if wrong and wrong[0] == row.pk else IdentifiedForm(auto_id=f"{row.pk}_%s"))
        for row in recoveries_waiting()
    ]
    context = {
        "waiting": waiting,
        "decided": list(recoveries_decided()),
        "own_id": actor.employee_id,
        "form": wrong[1] if wrong else None,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "recoveries/list.html", context, status=status)

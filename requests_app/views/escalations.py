"""The page of escalations: what waits for acceptance, what one sent, and which late complaints nobody sent up."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.forms.escalations import NextInLadderForm, SendBackForm
from requests_app.models import Escalation
from requests_app.selectors.access import actor_for
from requests_app.selectors.escalation_lists import MOST_ROWS, escalation_page
from requests_app.selectors.reports.definitions import BY_CODE
from requests_app.selectors.visibility import visible_requests
from requests_app.services.escalations import accept_escalation, send_back_escalation
from requests_app.services.refusals import refusal_text


@login_required
@require_GET
def escalations_waiting(request: HttpRequest) -> HttpResponse:
    """Show what waits for one's acceptance, what one sent, and the late complaints in what one leads."""
    return _page(request)


@login_required
@require_POST
def escalation_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept an escalation from the list of those that wait."""
    found = _load(request, pk)
    try:
        accept_escalation(escalation_id=found.pk, actor=actor_for(request.user), at=timezone.now())
    except ActionRefused as refused:
        return _refused(request, refused)
    messages.success(request, _("Accepted. Whoever sent it waits for your answer."))
    return redirect("escalations_waiting")


@login_required
@require_POST
def escalation_send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Send an escalation back from the list of those that wait; what was typed is kept where it is refused."""
    found = _load(request, pk)
    form = SendBackForm(request.POST, auto_id=f"back_{found.pk}_%s")
    if not form.is_valid():
        return _page(request, wrong=(found.pk, form), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    reason = form.cleaned_data["text"]
    try:
        send_back_escalation(escalation_id=found.pk, reason=reason, actor=actor_for(request.user), at=timezone.now())
    except ActionRefused as refused:
        form.add_error(None, refusal_text(refused))
        return _refused(request, refused, wrong=(found.pk, form))
    messages.success(request, _("Sent back. Whoever sent it was told why."))
    return redirect("escalations_waiting")


def _load(request: HttpRequest, pk: int) -> Escalation:
    return get_object_or_404(Escalation, pk=pk, service_request__in=visible_requests(request.user))


def _refused(
    request: HttpRequest, refused: ActionRefused, wrong: tuple[int, SendBackForm] | None = None
) -> HttpResponse:
    status = HTTPStatus.FORBIDDEN if refused.refusal is Refusal.ROLE else HTTPStatus.CONFLICT
    if wrong is None:
        messages.error(request, refusal_text(refused))
    return _page(request, wrong=wrong, status=status)


def _page(
    request: HttpRequest, *, wrong: tuple[int, SendBackForm] | None = None, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    page = escalation_page(actor_for(request.user), now=timezone.now())
    waiting = [(row, _back_form(row.step.escalation.pk, wrong)) for row in page.waiting]
    shown = {row.step.escalation.pk for row in page.waiting}
    context = {
        "page": page,
        "escalated": BY_CODE["escalated"],
        "waiting": waiting,
        "late": [(row, NextInLadderForm(auto_id=f"up_{row.service_request.pk}_%s")) for row in page.late],
        "wrong_pk": wrong[0] if wrong else None,
        "form": wrong[1] if wrong else None,
        # What was typed about an escalation that is no longer in the list must not be lost with it.
        "left_over": wrong[1]["text"].value() if wrong and wrong[0] not in shown else "",
        "most_rows": MOST_ROWS,
    }
    return render(request, "escalations/waiting.html", context, status=status)


def _back_form(pk: int, wrong: tuple[int, SendBackForm] | None) -> SendBackForm:
    return wrong[1] if wrong and wrong[0] == pk else SendBackForm(auto_id=f"back_{pk}_%s")

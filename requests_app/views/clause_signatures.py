"""Sign for a clause, and withdraw what was signed; both lead back to the clause (III.b.i.4, III.b.ii.1)."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from requests_app.domain.clause_signatures import SIGNABLE
from requests_app.domain.refusals import ActionRefused
from requests_app.forms.clause_signatures import SignatureForm
from requests_app.models import ClauseSignature
from requests_app.selectors.clause_signatures import SIGNERS, signatures_of
from requests_app.services.clause_signatures import SignatureEntry, sign_clause, withdraw_signature
from requests_app.services.refusals import refusal_text
from requests_app.views.gates import actor_holding
from requests_app.views.report_access import read_report
from requests_app.views.scorecard import clause_address, show_clause


@login_required
@require_POST
def clause_sign(request: HttpRequest, key: str) -> HttpResponse:
    """Sign for one clause."""
    actor = actor_holding(request, *SIGNERS)
    if key not in SIGNABLE:
        raise Http404(key)
    form = SignatureForm(request.POST, actor=actor)
    if not form.is_valid():
        return show_clause(request, key, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        sign_clause(SignatureEntry(clause=key, **form.cleaned_data), actor=actor, at=timezone.now())
    except ActionRefused as refused:
        form.add_error(None, refusal_text(refused))
        return show_clause(request, key, form=form, status=HTTPStatus.FORBIDDEN)
    messages.success(request, _("Signed. It stands on the scorecard with your name and today’s date."))
    return redirect(clause_address(key, form.cleaned_data["from_on"], form.cleaned_data["to_on"]))


@login_required
@require_POST
def signature_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a signature of a department one answers for."""
    reading = read_report(request)
    found = get_object_or_404(ClauseSignature, pk=pk)
    get_object_or_404(signatures_of(found.clause, reading.scope.department_ids), pk=pk)
    try:
        withdraw_signature(pk, actor=reading.actor, at=reading.now)
    except ActionRefused as refused:
        messages.error(request, refusal_text(refused))
        return show_clause(request, found.clause, status=HTTPStatus.FORBIDDEN)
    messages.success(request, _("Withdrawn. It stays on record as withdrawn."))
    return redirect(clause_address(found.clause, found.from_on, found.to_on))

"""How long each class of records is kept."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from requests_app.domain.refusals import ActionRefused
from requests_app.domain.vocabulary import Role
from requests_app.forms.disposals import RetentionForm
from requests_app.models.labels import RETENTIONS
from requests_app.selectors.access import Actor
from requests_app.selectors.retention import current_retentions
from requests_app.services.refusals import refusal_text
from requests_app.services.retention import change_retention
from requests_app.views.gates import actor_holding


@login_required
@require_http_methods(["GET", "POST"])
def retention_periods(request: HttpRequest) -> HttpResponse:
    """Show the classes with their years; change one, never below what the law asks."""
    actor = actor_holding(request, Role.RECORDS_CLERK)
    bound = RetentionForm(request.POST) if request.method == "POST" else None
    if bound is not None and bound.is_valid() and _changed(bound, actor):
        messages.success(request, gettext("Changed. It holds for everything that is listed from now on."))
        return redirect("retention_periods")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if bound is not None else HTTPStatus.OK
    return render(request, "records/retention.html", {"rows": _rows(bound), "form": bound}, status=status)


def _changed(form: RetentionForm, actor: Actor) -> bool:
    """Change the class; where it is refused, the form says why."""
    typed = form.cleaned_data
    try:
        change_retention(
            code=form.retention, years=typed["years"], citation=typed["citation"], actor=actor, at=timezone.now()
        )
    except ActionRefused as refused:
        form.add_error("years", refusal_text(refused))
        return False
    return True


def _rows(bound: RetentionForm | None) -> list[dict[str, object]]:
    rows = []
    for code, found in current_retentions().items():
        is_bound = bound is not None and bound.data.get("code") == code
        initial = {"code": code.value, "years": found.years, "citation": found.citation}
        form = bound if is_bound else RetentionForm(initial=initial, auto_id=f"{code.value}_%s")
        rows.append({"label": RETENTIONS[code], "retention": found, "form": form, "is_open": is_bound})
    return rows

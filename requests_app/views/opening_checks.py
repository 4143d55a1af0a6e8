"""Sign the opening checklist with one tap or with notes, correct it the same day, decide what stands on it."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from requests_app.domain.refusals import ActionRefused
from requests_app.forms.opening_checks import ChecklistForm, ExceptionsForm, FirstExceptionsForm, SeenForm
from requests_app.models import OpeningCheck
from requests_app.selectors.access import actor_for
from requests_app.selectors.front_desk import keeps_checklist
from requests_app.selectors.opening_checks import checklist_items
from requests_app.services.opening_checks import change_checklist, correct_opening, sign_opening
from requests_app.services.refusals import refusal_text
from requests_app.templatetags.due import city_words
from requests_app.views.front_desk import AtDesk, at_desk, show_front_desk
from requests_app.views.posted import posted


@login_required
@require_POST
def opening_sign(request: HttpRequest) -> HttpResponse:
    """Sign that all is in order, in one tap."""
    desk, form = at_desk(request), SeenForm(request.POST)
    if not form.is_valid():
        return show_front_desk(request, desk, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _sign(request, desk, notes={}, seen=form.cleaned_data["items"])


@login_required
@require_POST
def opening_sign_noting(request: HttpRequest) -> HttpResponse:
    """Sign with what is not in order."""
    desk = at_desk(request)
    form = FirstExceptionsForm(request.POST, texts=checklist_items())
    if not form.is_valid():
        return show_front_desk(request, desk, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _sign(request, desk, notes=form.notes, seen=form.cleaned_data["items"], form=form)


@login_required
@require_POST
def opening_correct(request: HttpRequest) -> HttpResponse:
    """Correct what was signed today."""
    desk = at_desk(request)
    on = timezone.localdate(desk.now)
    get_object_or_404(OpeningCheck, on=on)
    form = ExceptionsForm(request.POST, texts=checklist_items())
    if not form.is_valid():
        return show_front_desk(request, desk, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        correct_opening(
            on=on,
            notes=form.notes,
            seen=form.cleaned_data["items"],
            device=desk.device,
            actor=desk.actor,
            at=desk.now,
        )
    except ActionRefused as refused:
        return _refuse(request, desk, refused)
    messages.success(request, _("Corrected. When it was signed first stays."))
    return redirect("front_desk")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def opening_checklist(request: HttpRequest) -> HttpResponse:
    """Let whoever leads the front desk, or an administrator, write the items."""
    actor, texts = actor_for(request.user), checklist_items()
    if not keeps_checklist(actor):
        raise PermissionDenied
    form = ChecklistForm(posted(request), initial={"items": "\n".join(texts.values())})
    if request.method != "POST":
        return render(request, "front_desk/checklist.html", {"form": form})
    if not form.is_valid():
        return render(request, "front_desk/checklist.html", {"form": form}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if change_checklist(form.cleaned_data["items"], actor=actor, at=timezone.now()):
        messages.success(request, _("Saved. From now on this is what is signed."))
    else:
        messages.info(request, _("Nothing changed."))
    return redirect("opening_checklist")


def _sign(
    request: HttpRequest, desk: AtDesk, *, notes: dict[int, str], seen: list[int], form: ExceptionsForm | None = None
) -> HttpResponse:
    on = timezone.localdate(desk.now)
    try:
        opening, is_new = sign_opening(on=on, notes=notes, seen=seen, device=desk.device, actor=desk.actor, at=desk.now)
    except ActionRefused as refused:
        return _refuse(request, desk, refused)
    if is_new:
        messages.success(request, _("Signed. Open the door."))
        return redirect("front_desk")
    facts = {"who": opening.signed_by.name, "at": city_words(opening.signed_at)}
    messages.warning(request, _("%(who)s signed it already, %(at)s. Correct it below if it differs.") % facts)
    return redirect("front_desk")


def _refuse(request: HttpRequest, desk: AtDesk, refused: ActionRefused) -> HttpResponse:
    messages.error(request, refusal_text(refused))
    return show_front_desk(request, desk, status=HTTPStatus.CONFLICT)

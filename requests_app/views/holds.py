"""The legal holds, and a hold on whatever a search finds."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from requests_app.domain.refusals import ActionRefused
from requests_app.domain.vocabulary import Confidentiality, Role
from requests_app.forms.records import HoldRegisterForm, HoldSearchForm, ReleaseRegisterForm
from requests_app.selectors.access import Actor
from requests_app.selectors.holds import all_holds
from requests_app.selectors.search import matching
from requests_app.selectors.visibility import requests_visible_to
from requests_app.services import holds as services
from requests_app.services.refusals import refusal_text
from requests_app.views.gates import actor_holding
from requests_app.views.posted import posted

# Each form of the page has a field for the reason.
_REGISTER_IDS = "register-%s"


@login_required
@require_http_methods(["GET", "POST"])
def legal_holds(request: HttpRequest) -> HttpResponse:
    """List the holds, those in force first; place one on every ordinary request a search finds."""
    actor = actor_holding(request, Role.RECORDS_CLERK)
    form = HoldSearchForm(posted(request))
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                held = _hold_found(form, actor)
            except ActionRefused as refused:
                form.add_error("words", refusal_text(refused))
                status = HTTPStatus.CONFLICT
            else:
                messages.success(request, gettext("Requests held: %(n)d.") % {"n": held})
                return redirect("legal_holds")
    return _page(request, form=form, status=status)


@login_required
@require_POST
def hold_register(request: HttpRequest) -> HttpResponse:
    """Hold a whole register."""
    actor = actor_holding(request, Role.RECORDS_CLERK)
    form = HoldRegisterForm(request.POST, auto_id=_REGISTER_IDS)
    if not form.is_valid():
        return _page(request, register_form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    services.hold_register(
        code=form.cleaned_data["register"], reason=form.cleaned_data["reason"], actor=actor, at=timezone.now()
    )
    messages.success(request, gettext("The register is held."))
    return redirect("legal_holds")


@login_required
@require_POST
def release_register(request: HttpRequest, pk: int) -> HttpResponse:
    """Release a hold on a register, with a reason."""
    actor = actor_holding(request, Role.RECORDS_CLERK)
    hold = get_object_or_404(all_holds().exclude(register=""), pk=pk)
    form = ReleaseRegisterForm(request.POST, auto_id=_release_ids(hold.pk))
    if not form.is_valid():
        return _page(request, releasing=(hold.pk, form), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    services.release_hold(hold_id=hold.pk, reason=form.cleaned_data["reason"], actor=actor, at=timezone.now())
    messages.success(request, gettext("The hold is released."))
    return redirect("legal_holds")


def _page(
    request: HttpRequest,
    *,
    form: HoldSearchForm | None = None,
    register_form: HoldRegisterForm | None = None,
    releasing: tuple[int, ReleaseRegisterForm] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    shown = {releasing[0]: releasing[1]} if releasing else {}
    context = {
        "holds": [
            (hold, shown.get(hold.pk) or ReleaseRegisterForm(auto_id=_release_ids(hold.pk))) for hold in all_holds()
        ],
        "form": form or HoldSearchForm(),
        "register_form": register_form or HoldRegisterForm(auto_id=_REGISTER_IDS),
        "faulty": next((each for each in (form, register_form, *shown.values()) if each and each.errors), None),
    }
    return render(request, "records/holds.html", context, status=status)


def _hold_found(form: HoldSearchForm, actor: Actor) -> int:
    """Hold what the search finds, of what the records clerk keeps."""
    found = requests_visible_to(actor).filter(matching(form.cleaned_data["words"], actor=actor))
    ids = list(found.filter(confidentiality=Confidentiality.ORDINARY).values_list("pk", flat=True))
    hold = services.place_hold(request_ids=ids, reason=form.cleaned_data["reason"], actor=actor, at=timezone.now())
    return hold.service_requests.count()


def _release_ids(hold_id: int) -> str:
    return f"release-{hold_id}-%s"

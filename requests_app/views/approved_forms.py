"""The register of approved forms and processes: everybody reads it, its keepers change it."""

from collections.abc import Callable
from http import HTTPStatus

import structlog
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from requests_app.domain.file_types import FILE_TYPES
from requests_app.forms.approved_forms import ApprovedFormForm
from requests_app.models import ApprovedForm
from requests_app.selectors.access import actor_for
from requests_app.selectors.approved_forms import KEEPERS, approved_forms_open_to, mark_of
from requests_app.services.approved_forms import (
    FormNameTaken,
    NowhereToFind,
    add_approved_form,
    change_approved_form,
)
from requests_app.views.edits import attempt
from requests_app.views.file_answers import file_answer
from requests_app.views.gates import actor_holding
from requests_app.views.posted import posted

logger = structlog.get_logger(__name__)


@login_required
@require_GET
def approved_forms(request: HttpRequest) -> HttpResponse:
    """List the forms and processes the city approved."""
    actor = actor_for(request.user)
    context = {"rows": approved_forms_open_to(actor), "may_edit": actor.holds(*KEEPERS)}
    return render(request, "approved_forms/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def approved_form_new(request: HttpRequest) -> HttpResponse:
    """Add a form or process."""
    actor, status = actor_holding(request, *KEEPERS), HTTPStatus.OK
    form = ApprovedFormForm(posted(request), request.FILES or None)
    if request.method == "POST":

        def save() -> None:
            add_approved_form(form.entry(), file=form.cleaned_data["file"], actor=actor, at=timezone.now())

        status = _save(form, save)
        if status == HTTPStatus.OK:
            messages.success(request, _("Added. Everybody who signs in finds it here."))
            return redirect("approved_forms")
    return render(request, "approved_forms/form.html", {"form": form}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def approved_form_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Change or retire a form or process."""
    actor, status = actor_holding(request, *KEEPERS), HTTPStatus.OK
    found = _load(request, pk)
    form = ApprovedFormForm(posted(request), request.FILES or None, form=found)
    if request.method == "POST":

        def save() -> None:
            file, seen = form.cleaned_data["file"], request.POST.get("seen", "")
            change_approved_form(pk, form.entry(), file=file, seen=seen, actor=actor, at=timezone.now())

        status = _save(form, save)
        if status == HTTPStatus.OK:
            messages.success(request, _("Saved."))
            return redirect("approved_forms")
        found = _load(request, pk)
    context = {"approved": found, "form": form, "mark": mark_of(found)}
    return render(request, "approved_forms/form.html", context, status=status)


@login_required
@require_GET
def approved_form_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand out the PDF of a form the reader sees, to be kept, never to be shown as a page of ours."""
    found = _load(request, pk)
    if not found.file_key:
        raise Http404
    if not found.path.is_file():
        logger.error("approved_form_file_missing", approved_form_id=found.pk)
        raise Http404
    answer: FileResponse = file_answer(found.path, name=found.file_name, content_type=FILE_TYPES["pdf"].content_type)
    return answer


def _load(request: HttpRequest, pk: int) -> ApprovedForm:
    return get_object_or_404(approved_forms_open_to(actor_for(request.user)), pk=pk)


def _save(form: ApprovedFormForm, save: Callable[[], None]) -> HTTPStatus:
    """Save what was typed; where that is refused, say why on the form."""
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        return attempt(form, save) or HTTPStatus.OK
    except FormNameTaken:
        form.add_error("name", _("Another form in use goes by this name. Choose another, or change that one."))
    except NowhereToFind:
        form.add_error("link", _("Say where it is: a link, a PDF, or its number elsewhere."))
    return HTTPStatus.UNPROCESSABLE_ENTITY

"""A complaint on a page of its own: what they wish for, added after it was logged (III.b.v.1)."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from requests_app.domain.refusals import ActionRefused
from requests_app.forms.complaints import DescribeForm
from requests_app.models import ServiceRequest
from requests_app.selectors.access import Actor, actor_for
from requests_app.selectors.complaint_intake import Describable, describable
from requests_app.selectors.stubs import stub_of
from requests_app.selectors.visibility import visible_requests
from requests_app.services.complaints import add_to_description, describe_complaint
from requests_app.services.refusals import refusal_text


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def complaint_describe(request: HttpRequest, number: str) -> HttpResponse:
    """Show the second screen of a complaint, and save it; who took it in and may not read it adds once, blindly."""
    actor, now = actor_for(request.user), timezone.now()
    found = describable(actor, number)
    if found is None:
        raise Http404(number)
    typed = request.POST if request.method == "POST" else None
    form = DescribeForm(typed, service_request=found.service_request, is_write_only=found.is_write_only)
    if typed is None or not form.is_valid():
        status = HTTPStatus.OK if typed is None else HTTPStatus.UNPROCESSABLE_ENTITY
        return _page(request, found, form, status=status)
    save = add_to_description if found.is_write_only else describe_complaint
    try:
        save(request_id=found.service_request.pk, entry=form.entry(), actor=actor, at=now)
    except ActionRefused as refused:
        form.add_error(None, refusal_text(refused))
        return _page(request, found, form, status=HTTPStatus.CONFLICT)
    messages.success(request, _("Saved. Whoever deals with it has it now."))
    return redirect(_way_on(request, found.service_request, actor))


def _page(request: HttpRequest, found: Describable, form: DescribeForm, *, status: HTTPStatus) -> HttpResponse:
    service_request = found.service_request
    context = {
        "number": service_request.number,
        "title": "" if found.is_write_only else service_request.title,
        "is_write_only": found.is_write_only,
        "form": form,
    }
    return render(request, "complaints/describe.html", context, status=status)


def _way_on(request: HttpRequest, found: ServiceRequest, actor: Actor) -> str:
    """Lead back to it, or to its stub; whoever it is closed to now goes on with their own work."""
    is_visible = visible_requests(request.user).filter(pk=found.pk).exists()
    return found.get_absolute_url() if is_visible or stub_of(actor, found.number) else "my_work"

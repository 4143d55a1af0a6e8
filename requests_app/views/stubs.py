"""The stub of a restricted request: all the front desk sees, and a message it may add (DOMAIN 4)."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from requests_app.domain.refusals import ActionRefused
from requests_app.forms.messages import MessageForm
from requests_app.selectors.access import actor_for
from requests_app.selectors.stubs import Stub, stub_of
from requests_app.services.refusals import refusal_text
from requests_app.services.stubs import leave_message as add_message


def show_stub(request: HttpRequest, number: str) -> HttpResponse:
    """Show the stub of a request the reader may not see. Raises Http404 for everybody who gets none."""
    return _page(request, _stub(request, number))


@login_required
@require_POST
def leave_message(request: HttpRequest, number: str) -> HttpResponse:
    """Add a message to a request of which its writer sees the stub only."""
    stub, now = _stub(request, number), timezone.now()
    if not stub.takes_messages:
        raise Http404(number)
    form = MessageForm(request.POST)
    if not form.is_valid():
        return _page(request, stub, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        add_message(request_id=stub.request_id, entry=form.inbound(now), actor=actor_for(request.user), at=now)
    except ActionRefused as refused:
        form.add_error(None, refusal_text(refused))
        return _page(request, stub, form, status=HTTPStatus.CONFLICT)
    messages.success(request, _("Message added. %(department)s gets it.") % {"department": stub.department.name})
    return redirect("request_detail", number)


def _stub(request: HttpRequest, number: str) -> Stub:
    stub = stub_of(actor_for(request.user), number)
    if stub is None:
        raise Http404(number)
    return stub


def _page(
    request: HttpRequest, stub: Stub, form: MessageForm | None = None, *, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    shown = form or (MessageForm() if stub.takes_messages else None)
    return render(request, "requests/stub.html", {"stub": stub, "form": shown}, status=status)

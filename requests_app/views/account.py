"""One's own account: how one signs in, and where one is signed in."""

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from requests_app.selectors.access import actor_for
from requests_app.selectors.pulses import open_seats_of
from requests_app.selectors.reports.person_rates import sees_own_rate
from requests_app.selectors.sign_ins import open_sign_ins, sign_ins_of
from requests_app.services.sign_ins import end_sign_in, end_sign_ins


@login_required
@require_GET
def my_account(request: HttpRequest) -> HttpResponse:
    """Lead to everything about one's own way in."""
    user = _signed_in(request)
    now = timezone.now()
    context = {
        "has_second_factor": is_mfa_enabled(user),
        "sign_in_count": open_sign_ins(user.pk, now=now).count(),
        "seats": list(open_seats_of(actor_for(user), today=timezone.localdate(now))),
        "sees_own_rate": sees_own_rate(actor_for(user)),
    }
    return render(request, "account/my_account.html", context)


@login_required
@require_GET
def sign_in_list(request: HttpRequest) -> HttpResponse:
    """List where one is signed in."""
    rows = sign_ins_of(_signed_in(request).pk, session_key=request.session.session_key, now=timezone.now())
    return render(request, "account/sign_ins.html", {"sign_ins": rows})


@login_required
@require_POST
def end_one_sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    """End one sign-in of one's own; one that has ended meanwhile is not there any more."""
    user = _signed_in(request)
    if not end_sign_in(user_id=user.pk, sign_in_id=pk, actor=actor_for(user), at=timezone.now()):
        raise Http404
    messages.success(request, _("That sign-in was ended."))
    return redirect("sign_in_list")


@login_required
@require_POST
def end_other_sign_ins(request: HttpRequest) -> HttpResponse:
    """Stay signed in here alone."""
    user = _signed_in(request)
    ended = end_sign_ins(user_id=user.pk, at=timezone.now(), actor=actor_for(user), keep=request.session.session_key)
    said = ngettext("%(count)d other sign-in was ended.", "%(count)d other sign-ins were ended.", ended)
    messages.success(request, said % {"count": ended} if ended else _("You are signed in nowhere else."))
    return redirect("sign_in_list")


def _signed_in(request: HttpRequest) -> User:
    if not isinstance(request.user, User):  # login_required came first; this says so to the types
        raise PermissionDenied
    return request.user

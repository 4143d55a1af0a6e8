"""Back to the list one came from, and back to who had a request before."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.workflow import Action, actions_for
from requests_app.models import ServiceRequest
from requests_app.selectors.access import Actor, actor_for
from requests_app.selectors.visibility import visible_requests
from requests_app.services.assignments import give_request
from requests_app.services.bulk import apply_to_each

_SALT = "bulk-undo"
_UNDO_SECONDS = 60 * 60


def way_back(request: HttpRequest, address: str) -> str:
    """Give the address of the list one came from, if it is one of ours: a path, not a name to be looked up."""
    is_ours = address.startswith("/") and url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )
    return address if is_ours else reverse("my_work")


def undo_address(request: HttpRequest, before: Sequence[ServiceRequest], *, back: str) -> str:
    """Give the address that hands requests back to whom they were taken from; "" if none can be.

    `before` are the requests as they were; what has passed out of the actor's reach cannot be taken back.
    """
    actor = actor_for(request.user)
    now = {found.pk: found for found in visible_requests(request.user).filter(pk__in=[row.pk for row in before])}
    rows = [
        [old.number, new.owner_id, old.owner_id, old.department_id]
        for old in before
        if (new := now.get(old.pk)) is not None
        and new.owner_id != old.owner_id
        and Action.GIVE in actions_for(new.status, actor.roles_for(new))
    ]
    if not rows:
        return ""
    token = signing.dumps({"by": actor.employee_id, "rows": rows, "back": back}, salt=_SALT, compress=True)
    return f"{reverse('bulk_undo')}?t={token}"


@login_required
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Hand requests back to whom they were taken from; one that has moved on since stays where it is."""
    token = _token(request)
    if token is None:
        messages.error(request, gettext("That can no longer be undone. Give the requests by hand."))
        return redirect("my_work")
    actor, at = actor_for(request.user), timezone.now()
    if token["by"] != actor.employee_id:
        raise Http404
    rows = {number: (held_by, owner, department) for number, held_by, owner, department in token["rows"]}
    found = visible_requests(request.user).filter(number__in=rows).order_by("pk")
    outcome = apply_to_each(found, lambda row: _hand_back(row, *rows[row.number], actor=actor, at=at))
    _tell(request, len(outcome.done), len(rows) - len(outcome.done))
    return redirect(way_back(request, token["back"]))


def _token(request: HttpRequest) -> dict[str, Any] | None:
    try:
        token: dict[str, Any] = signing.loads(request.GET.get("t", ""), salt=_SALT, max_age=_UNDO_SECONDS)
    except signing.BadSignature:
        return None
    return token


def _hand_back(
    row: ServiceRequest, held_by: int, owner_id: int | None, department_id: int, *, actor: Actor, at: datetime
) -> None:
    if row.owner_id != held_by:
        raise ActionRefused(Refusal.CHANGED_MEANWHILE)
    give_request(request_id=row.pk, owner_id=owner_id, department_id=department_id, note="", actor=actor, at=at)


def _tell(request: HttpRequest, done: int, left: int) -> None:
    parts = [gettext("Undone: %(count)s handed back.") % {"count": done}] if done else []
    if left:
        parts.append(gettext("%(count)s had moved on since and stayed where they are.") % {"count": left})
    messages.add_message(request, messages.WARNING if left else messages.SUCCESS, " ".join(parts))

"""Drafts on the server: of a counter computer, where the browser may keep nothing."""

import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from requests_app.selectors.access import actor_for
from requests_app.selectors.drafts import drafts_of
from requests_app.services.drafts import drop_draft, keep_draft
from requests_app.views.way_back import way_back

_KEY = re.compile(r"[\w-]{1,80}", re.ASCII)


@login_required
@require_GET
def my_drafts(request: HttpRequest) -> HttpResponse:
    """Give what the person signed in has half typed, for the forms of the page to show again."""
    return JsonResponse(dict(drafts_of(actor_for(request.user)).values_list("form_key", "typed")))


@login_required
@require_POST
def draft_keep(request: HttpRequest) -> HttpResponse:
    """Keep a copy of the form being typed; the field `draft` names it."""
    form_key, typed = typed_in(request)
    if typed is None:
        raise Http404
    keep_draft(form_key, typed, actor=actor_for(request.user), at=timezone.now())
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@login_required
@require_POST
def draft_drop(request: HttpRequest) -> HttpResponse:
    """Forget a draft and start afresh."""
    form_key, _ = typed_in(request)
    drop_draft(form_key, actor=actor_for(request.user))
    return HttpResponseRedirect(way_back(request, request.POST.get("next", "")))


def typed_in(request: HttpRequest) -> tuple[str, Mapping[str, Sequence[str]] | None]:
    """Give the key of the draft that came with a form, and the form's fields; "" and None where there is none."""
    form_key = request.POST.get("draft", "")
    if not _KEY.fullmatch(form_key):
        return "", None
    return form_key, {name: [str(value) for value in values] for name, values in request.POST.lists()}

"""The inbox: what one was told, what of it is new, and how news comes by mail."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from requests_app.domain.notice_kinds import Weight
from requests_app.forms.inbox import AT_ONCE, DAILY, NoticePreferenceForm
from requests_app.models import Notice
from requests_app.selectors.access import Actor, actor_for
from requests_app.selectors.inbox import inbox_rows, notices_to, undelivered_in_care_of, wants_news_daily
from requests_app.selectors.notice_words import kinds_weighing
from requests_app.services.inboxes import choose_news, mark_all_seen, mark_seen
from requests_app.views.posted import posted

_SIZE = 25
_MOST_DIGITS = 16


@login_required
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """Show one's own notices, newest first: what is new, or all."""
    actor = _person(request)
    shows_all = request.GET.get("show") == "all"
    page = Paginator(notices_to(actor, unread_only=not shows_all), _SIZE).get_page(request.GET.get("page"))
    now = timezone.now()
    context = {
        "rows": inbox_rows(list(page.object_list), actor=actor, now=now),
        "undelivered": undelivered_in_care_of(actor, now=now) if page.number == 1 else [],
        "shows_all": shows_all,
        "newest": page.object_list[0].pk if page.object_list and page.number == 1 else 0,
        **_links(page, shows_all=shows_all),
    }
    return render(request, "inbox/inbox.html", context)


@login_required
@require_POST
def inbox_seen(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one of one's own notices as seen."""
    if not mark_seen(notice_id=pk, actor=_person(request), at=timezone.now()):
        raise Http404
    return redirect(_back(request))


@login_required
@require_POST
def inbox_all_seen(request: HttpRequest) -> HttpResponse:
    """Mark everything up to the newest that was shown as seen."""
    newest = request.POST.get("newest", "")
    up_to = int(newest) if newest.isascii() and newest.isdigit() and len(newest) < _MOST_DIGITS else 0
    marked = mark_all_seen(up_to_id=up_to, actor=_person(request), at=timezone.now())
    said = ngettext("%(n)d notice marked as seen.", "%(n)d notices marked as seen.", marked)
    messages.success(request, said % {"n": marked} if marked else gettext("Nothing was new."))
    return redirect("inbox")


@login_required
@require_http_methods(["GET", "POST"])
def notice_preferences(request: HttpRequest) -> HttpResponse:
    """Choose how news comes by mail; duty notices are listed, and come at once whatever is chosen."""
    actor = _person(request)
    initial = {"news": DAILY if wants_news_daily(actor) else AT_ONCE}
    form = NoticePreferenceForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        choose_news(is_daily=form.is_daily, actor=actor, at=timezone.now())
        messages.success(request, gettext("Saved."))
        return redirect("notice_preferences")
    context = {"form": form, "news": kinds_weighing(Weight.NEWS), "duties": kinds_weighing(Weight.DUTY)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "inbox/preferences.html", context, status=status)


def _person(request: HttpRequest) -> Actor:
    actor = actor_for(request.user)
    if actor.employee is None:
        raise PermissionDenied
    return actor


def _back(request: HttpRequest) -> str:
    """Lead back to the part of the inbox that was shown, and nowhere else."""
    show, page = request.POST.get("show", ""), request.POST.get("page", "")
    parts = [part for part in ("show=all" if show == "all" else "", f"page={page}" if page.isdigit() else "") if part]
    return reverse("inbox") + (f"?{'&'.join(parts)}" if parts else "")


def _links(page: Page[Notice], *, shows_all: bool) -> dict[str, Any]:
    here = reverse("inbox")
    show = "show=all&" if shows_all else ""
    return {
        "page_number": page.number,
        "previous_url": f"{here}?{show}page={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"{here}?{show}page={page.next_page_number()}" if page.has_next() else "",
        "shown": gettext("%(first)d to %(last)d of %(n)d")
        % {"first": page.start_index(), "last": page.end_index(), "n": page.paginator.count},
        "count": page.paginator.count,
    }

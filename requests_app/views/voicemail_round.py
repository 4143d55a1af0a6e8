"""The voicemail round: one page for the box, one message after the other, and how it was left (III.b.ii.3)."""

from http import HTTPStatus
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from requests_app.domain.refusals import ActionRefused
from requests_app.domain.vocabulary import Channel
from requests_app.forms.voicemail_checks import MessageForm, RoundForm, read_key
from requests_app.models import ServiceRequest
from requests_app.selectors.request_story import way_taken
from requests_app.selectors.visibility import visible_requests
from requests_app.selectors.voicemail_checks import box_today, open_round
from requests_app.services.refusals import refusal_text
from requests_app.services.voicemail_checks import AtBox, add_voicemail, finish_voicemail_check, log_voicemail
from requests_app.templatetags.due import clock_time
from requests_app.views.contact_page import preview_context
from requests_app.views.front_desk import AtDesk, at_desk


@login_required
@require_GET
def voicemail_round(request: HttpRequest) -> HttpResponse:
    """Show the form for the next message, and the round so far."""
    return _page(request, at_desk(request))


@login_required
@require_POST
def voicemail_preview(request: HttpRequest) -> HttpResponse:
    """Answer with the date, the owner and likely duplicates of what is typed so far; nothing is saved."""
    desk = at_desk(request)
    form = MessageForm(request.POST, actor=desk.actor, now=desk.now)
    form.full_clean()
    return render(request, "front_desk/message_preview.html", _previewed(form))


@login_required
@require_POST
def voicemail_message(request: HttpRequest) -> HttpResponse:
    """Log a message, or add it to a request that is open, and go on to the next."""
    desk = at_desk(request)
    form = MessageForm(request.POST, actor=desk.actor, now=desk.now)
    box = _box(request, desk)
    if "check" in request.POST:  # between typing and saving, as it works without JavaScript
        form.full_clean()
        form.offer_customers()
        return _page(request, desk, form=form)
    if not form.is_valid() or box is None:
        return _page(request, desk, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        logged = _keep(request, form, box)
    except ActionRefused as refused:
        form.add_error(None, refusal_text(refused))
        return _page(request, desk, form=form, status=HTTPStatus.CONFLICT)
    text = f"{_('Logged as %(number)s.') % {'number': logged.number}} {way_taken(logged, at=desk.now)}".strip()
    messages.success(request, text)
    if form.has_forbidden_number and not form.is_handed_over:
        messages.warning(request, _("It looks as if a card or social-security number was typed. Tell the City Clerk."))
    return redirect("voicemail_round")


@login_required
@require_POST
def voicemail_finish(request: HttpRequest) -> HttpResponse:
    """Keep that the box is empty, and how many messages it held."""
    desk = at_desk(request)
    box, open_check = _box(request, desk), open_round(desk.actor, now=desk.now)
    form = RoundForm(request.POST, logged=open_check.logged if open_check else 0)
    if box is None or not form.is_valid():
        return _page(request, desk, finish=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        check = finish_voicemail_check(form.cleaned_data["messages"], box=box)
    except ActionRefused as refused:
        form.add_error("messages", refusal_text(refused))
        return _page(request, desk, finish=form, status=HTTPStatus.CONFLICT)
    n = check.messages or 0
    text = ngettext("Box checked %(at)s, %(n)s message.", "Box checked %(at)s, %(n)s messages.", n)
    messages.success(request, text % {"at": clock_time(check.finished_at), "n": n})
    return redirect("front_desk")


def _keep(request: HttpRequest, form: MessageForm, box: AtBox) -> ServiceRequest:
    number, entry = request.POST.get("add_to", ""), form.inbound()
    if not number or entry is None:
        return log_voicemail(form.entry(), box=box)
    found = get_object_or_404(visible_requests(request.user), number=number)
    return add_voicemail(found.pk, entry, box=box)


def _box(request: HttpRequest, desk: AtDesk) -> AtBox | None:
    key = read_key(request.POST)
    return AtBox(key, desk.device, desk.actor, desk.now) if key else None


def _page(
    request: HttpRequest,
    desk: AtDesk,
    *,
    form: MessageForm | None = None,
    finish: RoundForm | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    check = open_round(desk.actor, now=desk.now)
    logged = check.logged if check else 0
    shown = form or MessageForm(actor=desk.actor, now=desk.now, initial={"channel": Channel.VOICEMAIL.value})
    context = {
        **_previewed(shown),
        "form": shown,
        "finish": finish or RoundForm(logged=logged),
        "round": (read_key(request.POST) if form or finish else None) or (check.key if check else uuid4()),
        "logged": logged,
        "box": box_today(now=desk.now),
    }
    return render(request, "front_desk/voicemail.html", context, status=status)


def _previewed(form: MessageForm) -> dict[str, Any]:
    moment = timezone.make_aware(form.moment) if form.moment else None
    return {**preview_context(form), "left_at": moment, "is_typed": form.is_bound}

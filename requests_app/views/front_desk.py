"""The page of the front desk: the tally at the counter, and the checklist at opening (III.b.iii.1, III.b.iii.3)."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from requests_app.domain.day_duties import DayDuty
from requests_app.domain.refusals import ActionRefused
from requests_app.forms.counter_taps import TapForm
from requests_app.forms.opening_checks import ExceptionsForm, FirstExceptionsForm
from requests_app.models import CounterDevice, CounterTap
from requests_app.selectors.access import Actor, actor_for
from requests_app.selectors.counter_taps import fresh_taps, tally_buttons, tally_of_day
from requests_app.selectors.counters import device_in
from requests_app.selectors.front_desk import keeps_checklist, serves_counter
from requests_app.selectors.opening_checks import OpeningToday, checklist_items, opening_today
from requests_app.selectors.voicemail_checks import box_today, open_round
from requests_app.selectors.waiting_times import running_sample, waiting_now
from requests_app.services.counter_taps import Tapped, tap_at_counter, undo_tap
from requests_app.services.refusals import refusal_text


@dataclass(frozen=True, slots=True)
class AtDesk:
    """Who is at the front desk, at which counter computer if at one, and when."""

    actor: Actor
    device: CounterDevice | None
    now: datetime


def at_desk(request: HttpRequest) -> AtDesk:
    """Say who is there. Raises PermissionDenied for whoever does not serve at the counter."""
    found = AtDesk(actor_for(request.user), device_in(request.COOKIES), timezone.now())
    if not serves_counter(found.actor, device=found.device):
        raise PermissionDenied
    return found


@login_required
@require_GET
def front_desk(request: HttpRequest) -> HttpResponse:
    """Show the buttons of the tally, the day so far, and the checklist until it is signed."""
    return show_front_desk(request, at_desk(request))


@login_required
@require_POST
def counter_tap(request: HttpRequest) -> HttpResponse:
    """Count one person greeted at the counter."""
    desk = at_desk(request)
    form = TapForm(request.POST)
    if not form.is_valid():
        for text in form.errors.get("tap", [_("That button was not read. Press it once more.")]):
            messages.error(request, str(text))
        return show_front_desk(request, desk, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    _say(request, tap_at_counter(**form.meaning(), device=desk.device, actor=desk.actor, at=desk.now))
    return redirect("front_desk")


@login_required
@require_POST
def counter_tap_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back one's own tap within two minutes."""
    desk = at_desk(request)
    tap = get_object_or_404(CounterTap.objects.filter(tapped_by=desk.actor.employee), pk=pk)
    try:
        undo_tap(tap.pk, actor=desk.actor, at=desk.now)
    except ActionRefused as refused:
        messages.error(request, refusal_text(refused))
        return show_front_desk(request, desk, status=HTTPStatus.CONFLICT)
    messages.success(request, _("Taken back; it counts nowhere."))
    return redirect("front_desk")


def show_front_desk(
    request: HttpRequest, desk: AtDesk, *, form: ExceptionsForm | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    """Answer with the page; `form` is the checklist as somebody typed it."""
    opening = opening_today(now=desk.now)
    context = {
        **_tally(desk),
        **_opening(opening, form),
        "box": box_today(now=desk.now),
        "round": open_round(desk.actor, now=desk.now),
        "is_sampled": running_sample(timezone.localdate(desk.now)) is not None,
        "waiting": waiting_now(now=desk.now),
        "visitor_key": uuid4(),
        "device": desk.device,
        "keeps_checklist": keeps_checklist(desk.actor),
    }
    return render(request, "front_desk/page.html", context, status=status)


def _tally(desk: AtDesk) -> dict[str, Any]:
    today = timezone.localdate(desk.now)
    return {
        "buttons": tally_buttons(today=today),
        "key": uuid4(),
        "other_key": uuid4(),
        "day": tally_of_day(today),
        "fresh": fresh_taps(desk.actor, now=desk.now),
    }


def _opening(opening: OpeningToday, form: ExceptionsForm | None) -> dict[str, Any]:
    texts = checklist_items()
    is_owed = opening.state.is_owed
    if form is None and is_owed:
        form = FirstExceptionsForm(texts=texts)
    elif form is None and opening.check is not None:
        noted = {line.text: line.note for line in opening.check.lines.all()}
        form = ExceptionsForm(texts=texts, initial={number: noted.get(text, "") for number, text in texts.items()})
    return {
        "opening": opening,
        "is_owed": is_owed,
        "is_late": opening.state is DayDuty.LATE,
        "items": list(texts.values()),
        "form": form,
    }


def _say(request: HttpRequest, tapped: Tapped) -> None:
    """Say what was counted, with the way back; of two in three seconds, that they were two."""
    undo = reverse("counter_tap_undo", args=[tapped.tap.pk])
    if not tapped.is_new:
        messages.info(request, _("That press was counted already; it counts once."))
    elif tapped.is_hasty:
        text = _("Counted again, within three seconds of the last. If that was one person, take it back.")
        messages.warning(request, text, extra_tags=f"undo:{undo}")
    else:
        what = tapped.tap.category or (_("answered on the spot") if tapped.tap.is_answered else _("greeted"))
        messages.success(request, _("Counted: %(what)s.") % {"what": what}, extra_tags=f"undo:{undo}")

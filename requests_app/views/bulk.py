"""One verb on the ticked rows of a list: row by row, with the refusals told and a way back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.tracking_numbers import normalise_tracking_number
from requests_app.forms.incidents import LinkPickedForm
from requests_app.forms.lists import PICK_LIMIT, ExcuseForm, GiveForm, PickForm
from requests_app.models import Employee, ServiceRequest
from requests_app.selectors.access import Actor, actor_for
from requests_app.selectors.away_words import AwayWords
from requests_app.selectors.clocks import overdue
from requests_app.selectors.list_choices import list_choices
from requests_app.selectors.visibility import visible_clocks, visible_requests
from requests_app.selectors.whereabouts import Whereabouts
from requests_app.services.assignments import give_request, take_request
from requests_app.services.bulk import BulkOutcome, apply_to_each
from requests_app.services.excusals import excuse_clock
from requests_app.services.incidents import link_report
from requests_app.services.reminders import send_reminder
from requests_app.views.way_back import undo_address, way_back

Values = Mapping[str, Any]
Act = Callable[[ServiceRequest, Actor, datetime, Values], object]


@dataclass(frozen=True, slots=True)
class BulkVerb:
    """A verb of the bar: what it asks, what it does to one request, and how the result is told."""

    form: type[PickForm]
    act: Act
    one: str | Promise
    many: str | Promise
    question: str | Promise = ""
    button: str | Promise = ""
    can_be_undone: bool = False


def _give(service_request: ServiceRequest, actor: Actor, at: datetime, values: Values) -> object:
    owner_id = int(values["to"])
    return give_request(
        request_id=service_request.pk, owner_id=owner_id, department_id=None, note="", actor=actor, at=at
    )


def _take(service_request: ServiceRequest, actor: Actor, at: datetime, _values: Values) -> object:
    return take_request(request_id=service_request.pk, actor=actor, at=at)


def _remind(service_request: ServiceRequest, actor: Actor, at: datetime, _values: Values) -> object:
    return send_reminder(request_id=service_request.pk, actor=actor, at=at)


def _excuse(service_request: ServiceRequest, actor: Actor, at: datetime, values: Values) -> object:
    late = visible_clocks(actor).filter(overdue(at), service_request=service_request).order_by("due_at", "pk").first()
    if late is None:
        raise ActionRefused(Refusal.NOT_LATE)
    return excuse_clock(clock_id=late.pk, reason=values["reason"], actor=actor, at=at)


def _link(service_request: ServiceRequest, actor: Actor, at: datetime, values: Values) -> object:
    return link_report(request_id=service_request.pk, incident_id=values["incident"], actor=actor, at=at)


VERBS: Mapping[str, BulkVerb] = {
    "give": BulkVerb(
        GiveForm,
        _give,
        _("1 given to %(to)s."),
        _("%(count)s given to %(to)s."),
        question=_("Who is to have them?"),
        button=_("Give"),
        can_be_undone=True,
    ),
    "take": BulkVerb(PickForm, _take, _("1 is yours now."), _("%(count)s are yours now."), can_be_undone=True),
    "remind": BulkVerb(PickForm, _remind, _("1 reminder is on its way."), _("%(count)s reminders are on their way.")),
    "excuse": BulkVerb(
        ExcuseForm,
        _excuse,
        _("1 late answer excused."),
        _("%(count)s late answers excused."),
        question=_("Why are they excused?"),
        button=_("Excuse"),
    ),
    "incident": BulkVerb(
        LinkPickedForm,
        _link,
        _("1 linked to the incident."),
        _("%(count)s linked to the incident."),
        question=_("Which incident do they report?"),
        button=_("Link them"),
    ),
}


@login_required
@require_POST
def act_on_picked(request: HttpRequest, verb: str) -> HttpResponse:
    """Do one verb to the ticked requests; what it still has to ask, it asks on a page of its own."""
    if verb not in VERBS:
        raise Http404
    row = VERBS[verb]
    numbers = request.POST.getlist("picked")
    picked = _picked(request, numbers)
    if not picked:
        messages.warning(request, gettext("Nothing was ticked, so nothing was changed."))
        return redirect(way_back(request, request.POST.get("next", "")))
    form = row.form(request.POST, choices=list_choices())
    if not form.is_valid():
        return _ask(request, row, form, picked)
    actor, at = actor_for(request.user), timezone.now()
    outcome = apply_to_each(picked, lambda found: row.act(found, actor, at, form.cleaned_data))
    _tell(request, row, form, outcome, missing=len(set(numbers)) - len(picked))
    return redirect(way_back(request, form.cleaned_data["next"]))


def _picked(request: HttpRequest, numbers: list[str]) -> list[ServiceRequest]:
    known = {number for given in numbers[:PICK_LIMIT] if (number := normalise_tracking_number(given))}
    return list(visible_requests(request.user).filter(number__in=known).order_by("pk"))


def _ask(request: HttpRequest, row: BulkVerb, form: PickForm, picked: list[ServiceRequest]) -> HttpResponse:
    """Ask for what the verb needs; only what was asked already and left out is an error."""
    was_asked = "asked" in request.POST
    if not was_asked:
        form = row.form(initial={"next": request.POST.get("next", "")}, choices=list_choices())
    context = {
        "form": form,
        "verb": row,
        "picked": picked,
        "back": way_back(request, request.POST.get("next", "")),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if was_asked else HTTPStatus.OK
    return render(request, "lists/ask.html", context, status=status)


def _tell(request: HttpRequest, row: BulkVerb, form: PickForm, outcome: BulkOutcome, *, missing: int) -> None:
    """Say what was done, what was refused and why, and offer the way back."""
    done, parts = len(outcome.done), []
    if done:
        words = str(row.one if done == 1 else row.many)
        parts.append(words % {"count": done, "to": _receiver(form)})
    parts += [
        gettext("%(count)s refused: %(why)s") % {"count": count, "why": why} for why, count in outcome.refused.items()
    ]
    if missing > 0:
        parts.append(gettext("%(count)s were not found, or are too many at once.") % {"count": missing})
    away = _receiver_away(form) if done else ""
    parts += [away] if away else []
    level = messages.SUCCESS if done and len(parts) == 1 else messages.WARNING if done else messages.ERROR
    undo = undo_address(request, outcome.done, back=form.cleaned_data["next"]) if row.can_be_undone else ""
    messages.add_message(request, level, " ".join(parts), extra_tags=f"undo:{undo}" if undo else "")


def _receiver_away(form: PickForm) -> str:
    """Say that whoever got them is away, and who stands in; nothing otherwise (III.b.ii.5)."""
    if not isinstance(form, GiveForm):
        return ""
    receiver = Employee.objects.get(pk=form.cleaned_data["to"])
    return AwayWords(Whereabouts(timezone.now())).sentence(receiver)


def _receiver(form: PickForm) -> str:
    if not isinstance(form, GiveForm):
        return ""
    return next(str(label) for value, label in form.people if value == form.cleaned_data["to"])

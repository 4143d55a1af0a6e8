"""The page of a request and what is done there."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.tracking_numbers import normalise_tracking_number
from requests_app.domain.workflow import Action
from requests_app.forms.pickers import Pickers
from requests_app.forms.requests import ActionForm, AnswerForm, ConfirmForm, with_answer
from requests_app.models import ServiceRequest
from requests_app.selectors.access import Actor, actor_for, actor_for_employee
from requests_app.selectors.away_words import AwayWords
from requests_app.selectors.complaint_page import mark_complained_of
from requests_app.selectors.contacts import may_log
from requests_app.selectors.request_page import RequestPage, request_page
from requests_app.selectors.shared_answers import OfferedAnswer, offered_answers
from requests_app.selectors.visibility import requests_visible_to, visible_requests
from requests_app.selectors.whereabouts import Whereabouts, may_be_away
from requests_app.services.drafts import drop_draft
from requests_app.services.reads import record_read
from requests_app.services.refusals import refusal_text
from requests_app.views.request_verbs import VERBS
from requests_app.views.stubs import show_stub
from requests_app.views.verbs import Verb

_RELATED = (
    "customer",
    "category",
    "department",
    "owner",
    "for_employee",
    "colleague",
    "recorded_by",
    "referral__card",
    "incident_report__incident",
)


@dataclass(frozen=True, slots=True)
class Panel:
    """A verb as drawn: folded, or open with what was typed and why it was not saved."""

    name: str
    verb: Verb
    form: ActionForm
    is_open: bool
    offered: Sequence[OfferedAnswer] = ()

    @property
    def is_button(self) -> bool:
        """Say whether there is nothing to type."""
        return isinstance(self.form, ConfirmForm)


@login_required
@require_GET
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """Show a request, or to the front desk the stub of a restricted one; another spelling leads to the same page."""
    known = normalise_tracking_number(number)
    if known is not None and known != number:
        return redirect("request_detail", known)
    found = _visible(request).filter(number=number).first()
    return _page(request, found) if found else show_stub(request, number)


@login_required
@require_POST
def act(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """Do one thing to a request, by the row of that verb; what was typed is kept where it is refused."""
    found = _load(request, number)
    row, now = VERBS[verb], timezone.now()
    pickers = Pickers(found, whereabouts=Whereabouts(now))
    form = row.form(request.POST, request.FILES, service_request=found, pickers=pickers, auto_id=f"{verb}_%s")
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if form.is_valid():
        try:
            result = row.run(found, form, actor_for(request.user), now)
        except ActionRefused as refused:
            form.add_error(None, refusal_text(refused))
            status = HTTPStatus.FORBIDDEN if refused.refusal is Refusal.ROLE else HTTPStatus.CONFLICT
        else:
            drop_draft(f"{verb}-{number}", actor=actor_for(request.user))
            _tell(request, row, found, result)
            return redirect(found if _may_still_see(request, found) else "my_work")
    return _page(request, _load(request, number), bound=(verb, form), status=status)


@login_required
@require_POST
def insert_answer(request: HttpRequest, number: str) -> HttpResponse:
    """Put a shared answer under what was typed, without JavaScript; nothing is saved yet (III.b.iv.4)."""
    found, actor, now = _load(request, number), actor_for(request.user), timezone.now()
    if not request_page(found, actor=actor, now=now).offers(Action.ANSWER):
        raise PermissionDenied
    asked = request.POST.get("insert")
    offered = offered_answers(found, actor, today=timezone.localdate(now))
    chosen = next((each for each in offered if str(each.answer.pk) == asked), None)
    if chosen is None:
        messages.warning(request, gettext("That answer is no longer offered. What you typed is still here."))
    form = AnswerForm(
        service_request=found,
        pickers=Pickers(found, whereabouts=Whereabouts(now)),
        auto_id="answer_%s",
        initial=with_answer(request.POST, chosen),
    )
    return _page(request, found, bound=("answer", form))


def _load(request: HttpRequest, number: str) -> ServiceRequest:
    return get_object_or_404(_visible(request), number=number)


def _tell(request: HttpRequest, row: Verb, found: ServiceRequest, result: object) -> None:
    """Say what was done; where it went to somebody away, say that and who stands in (III.b.ii.5)."""
    messages.success(request, str(row.said))
    owner = result.owner if isinstance(result, ServiceRequest) and result.owner_id != found.owner_id else None
    away = AwayWords(Whereabouts(timezone.now())).sentence(owner) if owner else ""
    if away:
        messages.warning(request, away)


def _may_still_see(request: HttpRequest, found: ServiceRequest) -> bool:
    """Ask anew who somebody is: what they were asked about may have ended with what they just did."""
    employee = actor_for(request.user).employee
    return (
        employee is not None
        and requests_visible_to(actor_for_employee(employee, now=timezone.now())).filter(pk=found.pk).exists()
    )


def _visible(request: HttpRequest) -> QuerySet[ServiceRequest]:
    visible = visible_requests(request.user).select_related(*_RELATED)
    return mark_complained_of(visible).annotate(owner_may_be_away=may_be_away(timezone.now(), fields=("owner",)))


def _page(
    request: HttpRequest,
    found: ServiceRequest,
    *,
    bound: tuple[str, ActionForm] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    actor, now = actor_for(request.user), timezone.now()
    record_read(found, actor=actor, at=now)
    page = request_page(found, actor=actor, now=now)
    panels = _panels(page, bound, actor)
    context = {
        "page": page,
        "service_request": found,
        "buttons": [panel for panel in panels if panel.is_button],
        "panels": [panel for panel in panels if not panel.is_button],
        "form": bound[1] if bound else None,
        "may_complain": not found.is_complaint and may_log(actor),
        "may_log": may_log(actor) and not page.is_masked,
    }
    return render(request, "requests/detail.html", context, status=status)


def _panels(page: RequestPage, bound: tuple[str, ActionForm] | None, actor: Actor) -> list[Panel]:
    panels: list[Panel] = []
    clocks = [view.clock for view in page.clocks]
    pickers = Pickers(page.service_request, whereabouts=page.whereabouts, clocks=clocks)
    for name, verb in VERBS.items():
        if bound and bound[0] == name:
            panels.append(Panel(name, verb, bound[1], is_open=True, offered=_offered(name, page, actor)))
        elif page.offers(verb.action):
            form = verb.form(service_request=page.service_request, pickers=pickers, auto_id=f"{name}_%s")
            if form.is_offered:
                is_next = name in (page.next_verb, "answer-escalation")  # a colleague waits for that one
                is_open = bound is None and is_next
                panels.append(Panel(name, verb, form, is_open=is_open, offered=_offered(name, page, actor)))
    return sorted(panels, key=lambda panel: panel.name != page.next_verb)  # what comes next stands first


def _offered(verb: str, page: RequestPage, actor: Actor) -> Sequence[OfferedAnswer]:
    """Give the shared answers beside the panel that replies; the others have none."""
    if verb != "answer":
        return ()
    return offered_answers(page.service_request, actor, today=timezone.localdate())

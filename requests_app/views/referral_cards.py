"""The cards of other agencies: the list, a page for each, and who writes and checks them."""

from datetime import datetime
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from requests_app.domain.referral_cards import YEARLY
from requests_app.domain.refusals import ActionRefused
from requests_app.domain.vocabulary import Role
from requests_app.forms.referral_cards import ReferralCardForm
from requests_app.models import ReferralCard
from requests_app.selectors.access import Actor
from requests_app.selectors.counters import device_in
from requests_app.selectors.front_desk import serves_counter
from requests_app.selectors.referral_cards import (
    card_rows,
    keeps_cards,
    mark_of,
    may_check,
    reads_cards,
    referral_sentences,
    referrals_seen_by,
    row_of,
)
from requests_app.services.referral_cards import AgencyTaken, add_card, change_card, check_card
from requests_app.services.refusals import refusal_text
from requests_app.views.edits import attempt
from requests_app.views.gates import actor_who
from requests_app.views.posted import posted
from requests_app.views.report_parts import definitions_of

_MOST = 50


@login_required
@require_GET
def card_list(request: HttpRequest) -> HttpResponse:
    """List the cards with how they stand, and how many requests each was told with."""
    actor, now = actor_who(request, reads_cards), timezone.now()
    context = {
        "rows": card_rows(actor, since=_since(now), today=timezone.localdate(now)),
        "may_edit": keeps_cards(actor),
        "is_administrator": actor.holds(Role.ADMINISTRATOR),
        "serves_desk": serves_counter(actor, device=device_in(request.COOKIES)),
        "definitions": definitions_of(("referrals",)),
    }
    return render(request, "referral_cards/list.html", context)


@login_required
@require_GET
def card_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a card as it is read out, and the requests behind its number."""
    actor, now = actor_who(request, reads_cards), timezone.now()
    card = _load(slug)
    referrals = referrals_seen_by(actor).filter(card=card, referred_at__gte=_since(now))
    context = {
        "card": card,
        "row": row_of(card, today=timezone.localdate(now), referred=referrals.count()),
        "read_backs": [(code, referral_sentences(card, language=code)) for code in ("en", "es")],
        "referrals": list(referrals.select_related("service_request")[:_MOST]),
        "may_edit": keeps_cards(actor),
        "may_check": card.is_active and may_check(actor, card),
    }
    return render(request, "referral_cards/card.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def card_new(request: HttpRequest) -> HttpResponse:
    """Add a card."""
    actor, form = actor_who(request, keeps_cards), ReferralCardForm(posted(request))
    if request.method != "POST":
        return render(request, "referral_cards/form.html", {"form": form})
    if form.is_valid():
        try:
            card = add_card(form.entry(), actor=actor, at=timezone.now())
        except AgencyTaken:
            form.add_error("agency", _taken())
        else:
            messages.success(request, _("Card added. The log form offers it from now on."))
            return redirect(card)
    return render(request, "referral_cards/form.html", {"form": form}, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def card_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change or retire a card."""
    actor, status = actor_who(request, keeps_cards), HTTPStatus.OK
    card = _load(slug)
    form = ReferralCardForm(posted(request), card=card)
    if request.method == "POST":
        status = _save(request, card, form, actor) if form.is_valid() else HTTPStatus.UNPROCESSABLE_ENTITY
        if status == HTTPStatus.OK:
            messages.success(request, _("Card saved. It is not thereby checked: say so once you have called."))
            return redirect(card)
        card = _load(slug)
    context = {"card": card, "form": form, "mark": mark_of(card)}
    return render(request, "referral_cards/form.html", context, status=status)


@login_required
@require_POST
def card_checked(request: HttpRequest, slug: str) -> HttpResponse:
    """Record that everything on a card is right."""
    actor, card = actor_who(request, reads_cards), _load(slug)
    try:
        check_card(card.pk, actor=actor, at=timezone.now())
    except ActionRefused as refused:
        raise PermissionDenied(refusal_text(refused)) from refused
    messages.success(request, _("Marked as checked today."))
    return redirect(card)


def _save(request: HttpRequest, card: ReferralCard, form: ReferralCardForm, actor: Actor) -> HTTPStatus:
    def save() -> None:
        seen = request.POST.get("seen", "")
        change_card(card.pk, form.entry(), seen=seen, actor=actor, at=timezone.now())

    try:
        return attempt(form, save) or HTTPStatus.OK
    except AgencyTaken:
        form.add_error("agency", _taken())
        return HTTPStatus.UNPROCESSABLE_ENTITY


def _load(slug: str) -> ReferralCard:
    return get_object_or_404(ReferralCard.objects.select_related("owner"), slug=slug)


def _since(now: datetime) -> datetime:
    return now - YEARLY


def _taken() -> str:
    return _("There is a card of this agency already. Change that one.")

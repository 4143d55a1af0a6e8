"""Keep the cards of other agencies, and which request was referred with which (DOMAIN 1)."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Disposition
from requests_app.models import Referral, ReferralCard, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.referral_cards import keeps_cards, mark_of, may_check, referral_sentences
from requests_app.services.edits import require_unchanged
from requests_app.services.events import record_audit
from requests_app.services.slugs import free_slug


class AgencyTaken(ValueError):
    """Another card is of this agency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralCardEntry:
    """A card as typed; a retired one is offered no more and stays on the requests it has."""

    agency: str
    handles: str
    phone: str
    hours: str
    hours_es: str
    read_back: str
    read_back_es: str
    keywords: str = ""
    web: str = ""
    owner_id: int | None = None
    is_active: bool = True


@transaction.atomic
def add_card(entry: ReferralCardEntry, *, actor: Actor, at: datetime) -> ReferralCard:
    """Add a card; whoever types it has called. A second click adds nothing. Raises ActionRefused, AgencyTaken."""
    if not keeps_cards(actor):
        raise ActionRefused(Refusal.ROLE)
    facts = asdict(entry)
    new = {
        **facts,
        "slug": free_slug(entry.agency, ReferralCard.objects.all(), unnamed="agency"),
        "checked_on": timezone.localdate(at),
    }
    card, is_new = ReferralCard.objects.get_or_create(agency=entry.agency, defaults=new)
    if is_new:
        record_audit("referral_card_added", card, actor=actor, at=at, fields=facts)
    elif _facts(card) != facts:
        raise AgencyTaken(entry.agency)
    return card


@transaction.atomic
def change_card(card_id: int, entry: ReferralCardEntry, *, seen: str, actor: Actor, at: datetime) -> ReferralCard:
    """Change or retire a card; its address stays, and it is not thereby checked.

    Raises ActionRefused, AgencyTaken, and ChangedMeanwhile for a card somebody else changed since it was shown.
    """
    if not keeps_cards(actor):
        raise ActionRefused(Refusal.ROLE)
    card = ReferralCard.objects.select_for_update().get(pk=card_id)
    before, after = _facts(card), asdict(entry)
    if before == after:
        return card
    require_unchanged(seen=seen, now=mark_of(card))
    if ReferralCard.objects.filter(agency=entry.agency).exclude(pk=card_id).exists():
        raise AgencyTaken(entry.agency)
    changed = {name: value for name, value in after.items() if before[name] != value}
    for name, value in changed.items():
        setattr(card, name, value)
    card.save(update_fields=[name.removesuffix("_id") for name in changed])
    record_audit("referral_card_changed", card, actor=actor, at=at, fields=changed)
    return card


@transaction.atomic
def check_card(card_id: int, *, actor: Actor, at: datetime) -> bool:
    """Record that everything on a card is right today; False if it was checked today already. Raises ActionRefused."""
    card, today = ReferralCard.objects.select_for_update().get(pk=card_id), timezone.localdate(at)
    if not may_check(actor, card):
        raise ActionRefused(Refusal.ROLE)
    if card.checked_on == today:
        return False
    card.checked_on = today
    card.save(update_fields=["checked_on"])
    record_audit("referral_card_checked", card, actor=actor, at=at, fields={"checked_on": today})
    return True


def keep_referral(service_request: ServiceRequest, card_id: int | None, *, at: datetime) -> dict[str, object]:
    """Keep on a request that was just closed with which card, if as referred with one; gives it for the event."""
    if card_id is None or service_request.disposition != Disposition.REFERRED:
        return {}
    Referral.objects.update_or_create(service_request=service_request, defaults={"card_id": card_id, "referred_at": at})
    return {"referral_card": card_id}


def told_with(card_id: int | None, *, language: str) -> str:
    """Give what a customer is told who is sent to the agency of a card, in their language; nothing without a card."""
    card = ReferralCard.objects.filter(pk=card_id).first() if card_id is not None else None
    return " ".join(referral_sentences(card, language=language)) if card else ""


def forget_referral(service_request: ServiceRequest) -> None:
    """Take the card off a request that is open again."""
    Referral.objects.filter(service_request=service_request).delete()


def _facts(card: ReferralCard) -> dict[str, object]:
    return {name: getattr(card, name) for name in ReferralCardEntry.__dataclass_fields__}

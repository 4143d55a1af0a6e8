"""The cards of other agencies: which fit what somebody says, what is read back from them, which are to be checked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from requests_app.domain.fingerprints import fingerprint
from requests_app.domain.notice_texts import TextCode
from requests_app.domain.placeholders import fill
from requests_app.domain.referral_cards import CheckState, asks_since, check_due_on, check_state, fitness
from requests_app.domain.text import normalise_text
from requests_app.domain.vocabulary import Role
from requests_app.domain.wording import language_of
from requests_app.models import Category, Referral, ReferralCard, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.contacts import may_log
from requests_app.selectors.front_desk import leads_front_desk
from requests_app.selectors.notice_texts import notice_texts
from requests_app.selectors.visibility import requests_read_by

_MOST_FITTING = 3


@dataclass(frozen=True, slots=True)
class CardRow:
    """A card with its state, and how many requests its reader may read were referred with it since a day."""

    card: ReferralCard
    state: CheckState
    due_on: date | None
    referred: int


def reads_cards(actor: Actor) -> bool:
    """Say whether somebody may read the cards: whoever tells customers, and who keeps the cards."""
    return may_log(actor) or actor.holds(Role.ADMINISTRATOR)


def keeps_cards(actor: Actor) -> bool:
    """Say whether somebody writes the cards (one query at most)."""
    return actor.holds(Role.ADMINISTRATOR) or leads_front_desk(actor)


def may_check(actor: Actor, card: ReferralCard) -> bool:
    """Say whether somebody may state that a card is right: its owner, and who keeps the cards."""
    return (card.owner_id is not None and card.owner_id == actor.employee_id) or keeps_cards(actor)


def cards_in_use() -> list[ReferralCard]:
    """Give the cards in use, by agency."""
    return list(ReferralCard.objects.filter(is_active=True))


def fitting_cards(text: str, category: Category | None, cards: Iterable[ReferralCard]) -> list[ReferralCard]:
    """Give the cards that fit what was typed, best first: that of the category's agency, then by everyday words."""
    wanted = normalise_text(text)
    agency = normalise_text(category.referral_agency) if category else ""
    scored = [(_score(card, wanted, agency), card) for card in cards]
    fitting = sorted((pair for pair in scored if pair[0]), key=lambda pair: (-pair[0], pair[1].agency))
    return [card for _score_of, card in fitting[:_MOST_FITTING]]


def referral_sentences(card: ReferralCard, *, language: str) -> list[str]:
    """Give what is read back to a customer in their language: the card's own sentence, then agency, phone and hours."""
    language = language_of(language)
    is_spanish = language == "es"
    facts = {"agency": card.agency, "phone": card.phone, "hours": card.hours_es if is_spanish else card.hours}
    reach = fill(notice_texts(language)[TextCode.READ_BACK_REFERRED], facts)
    return [card.read_back_es if is_spanish else card.read_back, reach]


def card_of(service_request: ServiceRequest) -> ReferralCard | None:
    """Give the card a request was referred with (one query)."""
    return ReferralCard.objects.filter(referrals__service_request=service_request).first()


def card_rows(actor: Actor, *, since: datetime, today: date) -> list[CardRow]:
    """Give every card by agency, retired ones last; counted is what the reader may read (two queries)."""
    seen = referrals_seen_by(actor).filter(referred_at__gte=since)
    counted = dict(seen.order_by().values_list("card").annotate(rows=Count("pk")))
    cards = ReferralCard.objects.select_related("owner").order_by("-is_active", "agency")
    return [row_of(card, today=today, referred=counted.get(card.pk, 0)) for card in cards]


def row_of(card: ReferralCard, *, today: date, referred: int = 0) -> CardRow:
    """Give one card with its state."""
    return CardRow(card, check_state(card.checked_on, today=today), check_due_on(card.checked_on), referred)


def referrals_seen_by(actor: Actor) -> QuerySet[Referral]:
    """Give the referrals of the requests an actor may read."""
    return Referral.objects.filter(service_request__in=requests_read_by(actor).order_by().values("pk"))


def cards_to_check(today: date) -> QuerySet[ReferralCard]:
    """Give the cards in use whose yearly check has come, or was never made."""
    last = Q(checked_on__isnull=True) | Q(checked_on__lte=asks_since(today))
    return ReferralCard.objects.filter(last, is_active=True).select_related("owner")


def mark_of(card: ReferralCard) -> str:
    """Give the mark a form sends back, so that another edit in between is noticed."""
    return fingerprint({field.name: str(getattr(card, field.attname)) for field in ReferralCard._meta.local_fields})


def _score(card: ReferralCard, wanted: str, agency: str) -> int:
    name = normalise_text(card.agency)
    if agency and name == agency:
        return 1000
    words = [name, *(normalise_text(word) for word in card.keywords.split(","))]
    return fitness(wanted, words)

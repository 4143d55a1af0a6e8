"""Referral cards of the demo: who checks them, when they did last, and what was referred with them."""

from datetime import timedelta

from django.utils import timezone

from requests_app.demo.world import World
from requests_app.domain.vocabulary import Disposition
from requests_app.models import Referral, ReferralCard, ServiceRequest

# Days since each was checked, in turn: one is to be checked soon, one was forgotten.
_CHECKED_DAYS_AGO = (40, 120, 355, 200, 75, 402, 310, 12)


def seed_referrals(world: World) -> None:
    """Give the cards an owner and a day, and keep them on what their agencies were told of."""
    today, owner = timezone.localdate(world.until_at), world.roster.by_login["frontdesk"]
    cards = list(ReferralCard.objects.order_by("pk"))
    for position, card in enumerate(cards):
        days = _CHECKED_DAYS_AGO[position % len(_CHECKED_DAYS_AGO)]
        card.owner, card.checked_on = owner, today - timedelta(days=days)
    ReferralCard.objects.bulk_update(cards, ["owner", "checked_on"])
    by_agency = {card.agency: card for card in cards}
    ended = ServiceRequest.objects.filter(
        disposition=Disposition.REFERRED, closed_at__isnull=False, category__referral_agency__in=by_agency
    ).values_list("pk", "closed_at", "category__referral_agency")
    Referral.objects.bulk_create(
        (
            Referral(service_request_id=pk, card=by_agency[agency], referred_at=closed_at)
            for pk, closed_at, agency in ended
            if closed_at
        ),
        batch_size=500,
    )

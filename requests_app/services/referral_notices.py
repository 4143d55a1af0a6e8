"""Tell the owners of cards of other agencies that a yearly check has come."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from requests_app.domain.business_time import may_tell
from requests_app.models import Notice, ReferralCard
from requests_app.selectors.referral_cards import cards_to_check
from requests_app.selectors.standards import response_calendar
from requests_app.selectors.whereabouts import Whereabouts
from requests_app.services.mail_texts import STAFF_LANGUAGE
from requests_app.services.notices import NoticeEntry, queue_notice


def tell_of_card_checks(*, now: datetime) -> int:
    """Ask each owner once a year for each card, inside business hours; say how many were told.

    Whoever is away is asked once they are back; of a card nobody owns, or whose owner has left, the upkeep page
    tells. May run twice or not at all.
    """
    calendar = response_calendar()
    if calendar is None or not may_tell(calendar, now):
        return 0
    entries = [_entry(card) for card in cards_to_check(timezone.localdate(now)).filter(owner__is_active=True)]
    keys = [entry.dedupe_key for entry in entries]
    told = set(Notice.objects.filter(dedupe_key__in=keys).values_list("dedupe_key", flat=True))
    untold = [entry for entry in entries if entry.dedupe_key not in told]
    whereabouts = Whereabouts(now) if untold else None
    here = [entry for entry in untold if whereabouts and not whereabouts.is_away(entry.recipient.pk)]
    return sum(queue_notice(entry, at=now) is not None for entry in here)


def _entry(card: ReferralCard) -> NoticeEntry:
    with translation.override(STAFF_LANGUAGE):
        lead = _("Call %(agency)s at %(phone)s: is everything on its card still right?")
    text = f"{lead % {'agency': card.agency, 'phone': card.phone}}\n"
    link = f"{settings.PUBLIC_URL.rstrip('/')}{card.get_absolute_url()}"
    if card.owner is None:
        raise ValueError(card)
    key = f"referral-card:{card.pk}:{card.checked_on}:{card.owner_id}"
    return NoticeEntry(kind=Notice.Kind.REFERRAL, recipient=card.owner, dedupe_key=key, text=text + link)

"""Tell the owner of a shared answer that it is to be read again, or who leads them where they are not there."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from requests_app.domain.business_time import may_tell
from requests_app.domain.wording import format_date
from requests_app.models import Notice, SharedAnswer
from requests_app.selectors.leads import Leads
from requests_app.selectors.shared_answers import stale_answers
from requests_app.selectors.standards import response_calendar
from requests_app.selectors.whereabouts import Whereabouts
from requests_app.services.mail_texts import STAFF_LANGUAGE
from requests_app.services.notices import NoticeEntry, queue_notice


@transaction.atomic
def tell_of_stale_answers(*, now: datetime) -> int:
    """Tell of each review that has come once, inside business hours; say how many were told (III.b.iv.4).

    May run twice or not at all: the key of the notice makes it once, and the next run puts it right.
    """
    calendar = response_calendar()
    if calendar is None or not may_tell(calendar, now):
        return 0
    stale = {_key(answer): answer for answer in stale_answers(timezone.localdate(now))}
    told = set(Notice.objects.filter(dedupe_key__in=list(stale)).values_list("dedupe_key", flat=True))
    fresh = [answer for key, answer in stale.items() if key not in told]
    leads = Leads(Whereabouts(now))
    with translation.override(STAFF_LANGUAGE):
        return sum(_tell(answer, leads, at=now) for answer in fresh)


def _tell(answer: SharedAnswer, leads: Leads, *, at: datetime) -> bool:
    recipient = answer.owner if leads.is_there(answer.owner) else leads.nearest(answer.owner)
    if recipient is None:
        return False
    said = gettext("“%(title)s” was to be read again by %(due)s. Change it, or save it with a later date.") % {
        "title": answer.title,
        "due": format_date(answer.review_by, language=STAFF_LANGUAGE, today=timezone.localdate(at)),
    }
    entry = NoticeEntry(
        kind=Notice.Kind.STALE_ANSWER,
        recipient=recipient,
        dedupe_key=_key(answer),
        text=f"{said}\n{settings.PUBLIC_URL.rstrip('/')}{answer.get_absolute_url()}",
    )
    return queue_notice(entry, at=at) is not None


def _key(answer: SharedAnswer) -> str:
    return f"shared_answer:{answer.pk}:{answer.review_by}"

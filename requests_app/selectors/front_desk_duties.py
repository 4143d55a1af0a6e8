"""What the front desk owes today and is late with, for whoever leads it (III.b.ii.3, III.b.iii.3)."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.domain.day_duties import DayDuty
from requests_app.selectors.access import Actor
from requests_app.selectors.front_desk import leads_front_desk
from requests_app.selectors.opening_checks import opening_today
from requests_app.selectors.voicemail_checks import box_today


def late_at_front_desk(actor: Actor, *, now: datetime) -> list[str | Promise]:
    """Name what is late today, to somebody who leads the front desk; to anybody else nothing (one query at most)."""
    if not leads_front_desk(actor):
        return []
    duties = (
        (opening_today(now=now).state, _("The opening checklist is not signed yet")),
        (box_today(now=now).state, _("The voicemail box was not checked yet")),
    )
    return [words for state, words in duties if state is DayDuty.LATE]

"""Mails that waited for their hour, written again so that they tell how things stand now."""

from collections.abc import Sequence
from datetime import datetime

from requests_app.models import OutgoingMail
from requests_app.selectors.outgoing import carries_news
from requests_app.services.digests import write_out
from requests_app.services.news_mails import write_news


def write_again(mails: Sequence[OutgoingMail], *, at: datetime) -> None:
    """Write digests and gathered news anew; what was written for itself, and what failed before, keeps its words."""
    write_out(mails, at=at)
    write_news([mail for mail in mails if carries_news(mail)], at=at)

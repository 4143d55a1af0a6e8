"""News gathered into one mail a person and day, for whoever wants it so (III.d.i)."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import ngettext

from requests_app.domain.business_time import next_business_day
from requests_app.domain.calendar_errors import CalendarError
from requests_app.domain.calendars import BusinessCalendar
from requests_app.domain.notice_kinds import WEIGHTS, Weight, may_be_gathered
from requests_app.domain.notice_texts import TextCode
from requests_app.models import Notice, NoticePreference, OutgoingMail
from requests_app.selectors.notice_texts import notice_texts
from requests_app.selectors.outgoing import news_mail_of, notices_carried
from requests_app.selectors.standards import response_calendar_version
from requests_app.services.mail_texts import STAFF_LANGUAGE, one_line, words_of


def gather(notice: Notice, *, at: datetime) -> OutgoingMail | None:
    """Give the mail of the next opening that takes a piece of news in; None for what goes at once."""
    if not may_be_gathered(notice.kind):
        return None
    if not NoticePreference.objects.filter(employee=notice.recipient_id, is_daily=True).exists():
        return None
    opens_at = next_days_opening(at)
    if opens_at is None:
        return None
    mail = news_mail_of(notice.recipient, opens_at)
    return mail or OutgoingMail.objects.create(
        to_address=notice.recipient.email, recipient=notice.recipient, created_at=at, next_attempt_at=opens_at
    )


def write_news(mails: Iterable[OutgoingMail], *, at: datetime) -> None:
    """Write subject and body of mails of gathered news anew; what may no longer be told is left out of them."""
    with translation.override(STAFF_LANGUAGE):
        footer = notice_texts(STAFF_LANGUAGE)[TextCode.FOOTER]
        for mail in mails:
            notices = [notice for notice in notices_carried(mail) if WEIGHTS.get(notice.kind) is Weight.NEWS]
            subject = ngettext("Your news: %(n)d item", "Your news: %(n)d items", len(notices)) % {"n": len(notices)}
            mail.subject = one_line(subject)
            news = [words_of(notice, at=at) for notice in notices]
            mail.body = render_to_string("emails/news.txt", {"news": news, "footer": footer})
            mail.save(update_fields=["subject", "body"])


def next_days_opening(at: datetime) -> datetime | None:
    """Give the first opening of a business day after an instant; None where no calendar reaches that far."""
    version = response_calendar_version()
    if version is None:
        return None
    with suppress(CalendarError):
        return _opening_after(version.business_calendar(), at)
    return None


def _opening_after(calendar: BusinessCalendar, at: datetime) -> datetime:
    today = timezone.localdate(at)
    if calendar.is_business_day(today):
        opens_at = calendar.open_intervals_utc(today)[0].start_at
        if opens_at > at:
            return opens_at
    return calendar.open_intervals_utc(next_business_day(calendar, today))[0].start_at

"""What is read back to the customer after a contact is logged, in their own language."""

from collections.abc import Mapping
from datetime import date, datetime, tzinfo

from requests_app.domain.notice_texts import TextCode
from requests_app.domain.placeholders import fill
from requests_app.domain.wording import format_instant, language_of

_DAYS = {"en": ("one business day", "{n} business days"), "es": ("un día hábil", "{n} días hábiles")}
Texts = Mapping[TextCode, str]


def read_back_number(number: str, *, texts: Texts) -> str:
    """Return the sentence that gives the tracking number."""
    return fill(texts[TextCode.READ_BACK_NUMBER], {"number": number})


def read_back_date(
    due_at: datetime, *, business_days: int | None, time_zone: tzinfo, language: str, today: date, texts: Texts
) -> str:
    """Return the sentence that gives the answer-by date; with the standard, where that is a number of business days."""
    due = format_instant(due_at, time_zone=time_zone, language=language, today=today)
    if business_days is None:
        return fill(texts[TextCode.READ_BACK_DUE], {"due": due})
    one, several = _DAYS[language_of(language)]
    days = one if business_days == 1 else several.format(n=business_days)
    return fill(texts[TextCode.READ_BACK_STANDARD], {"days": days, "due": due})

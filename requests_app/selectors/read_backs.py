"""What a customer is told of their matter: number, standard and date, in their language (III.a.iii)."""

from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings

from requests_app.domain import read_back
from requests_app.domain.notice_texts import TextCode
from requests_app.domain.placeholders import fill
from requests_app.domain.vocabulary import Disposition, Unit
from requests_app.domain.wording import language_of
from requests_app.models import ResponseClock, ServiceRequest
from requests_app.selectors.incidents import incident_of
from requests_app.selectors.notice_texts import notice_texts
from requests_app.selectors.referral_cards import card_of, referral_sentences


def read_back_of(found: ServiceRequest, clock: ResponseClock | None, *, language: str, today: date) -> list[str]:
    """Give the sentences in order; of a matter handed over, where to file it; of one referred, whom to call;
    of a known incident, what is known.

    `today` is the city's date.
    """
    if not found.is_handed_over:
        said = _read_back(found.number, clock, language=language, today=today)
        card = card_of(found) if found.disposition == Disposition.REFERRED else None
        incident = incident_of(found)
        known = [incident.told(language_of(language))] if incident else []
        return [*said, *known, *(referral_sentences(card, language=language) if card else [])]
    texts = notice_texts(language)
    to = f"{found.department.name}, {found.department.phone}".rstrip(", ") if found.department else ""
    handed_over = fill(texts[TextCode.READ_BACK_HANDED_OVER], {"department": to})
    return [read_back.read_back_number(found.number, texts=texts), handed_over]


def _read_back(number: str, clock: ResponseClock | None, *, language: str, today: date) -> list[str]:
    """Give the sentences to read out, in order."""
    texts = notice_texts(language)
    first = read_back.read_back_number(number, texts=texts)
    if clock is None:
        return [first, texts[TextCode.READ_BACK_NO_REPLY]]
    if clock.stopped_by_id is not None:
        return [first, texts[TextCode.READ_BACK_ANSWERED]]
    if clock.due_at is None:
        return [first, texts[TextCode.READ_BACK_UNDATED]]
    in_days = clock.standard.unit == Unit.BUSINESS_DAYS
    said = read_back.read_back_date(
        clock.due_at,
        business_days=clock.standard.number if in_days else None,
        time_zone=ZoneInfo(settings.TIME_ZONE),
        language=language,
        today=today,
        texts=texts,
    )
    return [first, said]

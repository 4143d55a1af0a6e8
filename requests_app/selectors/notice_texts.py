"""The texts in force: those of the city over the defaults."""

from datetime import date

from requests_app.domain.notice_texts import TEXTS, TextCode, default_texts
from requests_app.models import NoticeTemplate


def notice_texts(language: str) -> dict[TextCode, str]:
    """Give every text in one language; one query."""
    changed = NoticeTemplate.objects.filter(language=language, code__in=list(TEXTS)).values_list("code", "text")
    return default_texts(language) | {TextCode(code): text for code, text in changed}


def changed_texts() -> dict[tuple[str, str], NoticeTemplate]:
    """Give what the city changed, by code and language; one query."""
    rows = NoticeTemplate.objects.select_related("changed_by")
    return {(row.code, row.language): row for row in rows}


def texts_to_review(today: date) -> int:
    """Count the texts whose review is due (III.b.ii.2)."""
    return NoticeTemplate.objects.filter(review_by__lte=today).count()

"""Put the city's own words in the place of a default text, or go back to it (III.b.ii.1)."""

from datetime import date, datetime

from django.db import transaction

from requests_app.domain.notice_texts import TextCode, check_text
from requests_app.models import NoticeTemplate
from requests_app.selectors.access import Actor
from requests_app.services.events import record_audit


@transaction.atomic
def change_notice_text(
    code: TextCode, *, language: str, text: str, review_by: date | None, actor: Actor, at: datetime
) -> NoticeTemplate:
    """Keep a text for what is written from now on. Raises InvalidText; the same again leaves no trace."""
    text = check_text(code, text)
    known = NoticeTemplate.objects.select_for_update().filter(code=code, language=language).first()
    if known is not None and (known.text, known.review_by) == (text, review_by):
        return known
    template, _ = NoticeTemplate.objects.update_or_create(
        code=code,
        language=language,
        defaults={"text": text, "review_by": review_by, "changed_at": at, "changed_by": actor.employee},
    )
    fields = {"text": text, "review_by": review_by}
    record_audit("notice_text_changed", template, actor=actor, at=at, fields=fields)
    return template


@transaction.atomic
def reset_notice_text(code: TextCode, *, language: str, actor: Actor, at: datetime) -> None:
    """Go back to the default; where it stands already, nothing happens."""
    template = NoticeTemplate.objects.select_for_update().filter(code=code, language=language).first()
    if template is not None:
        record_audit("notice_text_reset", template, actor=actor, at=at)
        template.delete()

"""Draw the copy of a request as a tagged PDF."""

from datetime import datetime

from django.template.loader import render_to_string
from django.utils import timezone, translation

from requests_app.domain.record_copies import RecordCopy
from requests_app.services.mail_texts import STAFF_LANGUAGE
from requests_app.services.pdf_drawing import draw_pdf


def record_pdf(copy: RecordCopy, *, at: datetime, is_original: bool) -> bytes:
    """Draw a copy as PDF/UA; `at` is when it says it was made."""
    context = {"copy": copy, "facts": list(copy.facts.items()), "at": at, "is_original": is_original}
    context["made"] = timezone.localtime(at).isoformat(timespec="seconds")
    with translation.override(STAFF_LANGUAGE):
        page = render_to_string("record_copies/request.html", context)
    return draw_pdf(page, sheet="record_copies/record.css", identifier=copy.number)

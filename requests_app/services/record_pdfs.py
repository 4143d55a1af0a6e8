"""Draw the copy of a request as a tagged PDF that loads nothing from anywhere."""

from datetime import datetime
from functools import cache
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation

from requests_app.domain.record_copies import RecordCopy
from requests_app.services.mail_texts import STAFF_LANGUAGE


def record_pdf(copy: RecordCopy, *, at: datetime, is_original: bool) -> bytes:
    """Draw a copy as PDF/UA; `at` is when it says it was made."""
    from weasyprint import HTML  # half a second to import, and only the worker needs it
    from weasyprint.urls import URLFetcher

    context = {"copy": copy, "facts": list(copy.facts.items()), "at": at, "is_original": is_original}
    context["made"] = timezone.localtime(at).isoformat(timespec="seconds")
    with translation.override(STAFF_LANGUAGE):
        page = render_to_string("record_copies/request.html", context)
    document = HTML(string=page, url_fetcher=URLFetcher(allowed_protocols=frozenset()))
    drawn: bytes = document.write_pdf(
        stylesheets=[_sheet()], pdf_variant="pdf/ua-1", pdf_identifier=copy.number.encode()
    )
    return drawn


@cache
def _sheet() -> Any:
    from weasyprint import CSS

    return CSS(string=render_to_string("record_copies/record.css"))

"""Draw a page as a tagged PDF that loads nothing from anywhere; the same page gives the same bytes."""

from functools import cache
from typing import Any

from django.template.loader import render_to_string


def draw_pdf(page: str, *, sheet: str, identifier: str) -> bytes:
    """Draw HTML as PDF/UA with a sheet of ours, named by its template."""
    from weasyprint import HTML  # half a second to import, and few processes need it
    from weasyprint.urls import URLFetcher

    document = HTML(string=page, url_fetcher=URLFetcher(allowed_protocols=frozenset()))
    drawn: bytes = document.write_pdf(
        stylesheets=[_sheet(sheet)], pdf_variant="pdf/ua-1", pdf_identifier=identifier.encode()
    )
    return drawn


@cache
def _sheet(name: str) -> Any:
    from weasyprint import CSS

    return CSS(string=render_to_string(name))

"""Draw a page as a tagged PDF that loads nothing from anywhere; the same page gives the same bytes."""

import re
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

# pygal names each drawing anew, so that many fit on one page; here each stands for itself.
_DRAWING_NAME = re.compile(rb"chart-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def draw_pdf(page: str, *, sheet: str, identifier: str, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """Draw HTML as PDF/UA with a sheet of ours, named by its template.

    An <img src="picture:trend"> shows the SVG given as "trend" in `pictures`; there is no other source of anything.
    """
    from weasyprint import HTML  # half a second to import, and few processes need it

    document = HTML(string=page, url_fetcher=_fetcher(pictures or {}))
    drawn: bytes = document.write_pdf(
        stylesheets=[_sheet(sheet)], pdf_variant="pdf/ua-1", pdf_identifier=identifier.encode()
    )
    return drawn


@cache
def drawn_by() -> str:
    """Name what draws a report: this program, the libraries, and the layout, by a hash of its templates and sheets."""
    templates = Path(settings.BASE_DIR, "templates", "reports")
    layout = sha256(b"".join(path.read_bytes() for path in sorted(templates.glob("*.*")))).hexdigest()[:12]
    libraries = ", ".join(f"{name} {version(name)}" for name in ("weasyprint", "pygal"))
    return f"program {settings.VERSION}, {libraries}, layout {layout}"


def _fetcher(pictures: Mapping[str, bytes]) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Pictures(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        def fetch(self, url: str, headers: object = None) -> Any:
            scheme, _, name = url.partition(":")
            if scheme != "picture" or name not in pictures:
                return super().fetch(url, headers)
            drawn = _DRAWING_NAME.sub(b"chart-0", pictures[name])
            return URLFetcherResponse(url, drawn, {"Content-Type": "image/svg+xml"})

    return Pictures(allowed_protocols=frozenset())


@cache
def _sheet(name: str) -> Any:
    from weasyprint import CSS

    return CSS(string=render_to_string(name))

"""One page of a plain list, with what its header and pager need; filters stay in the address."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page
from django.utils.translation import gettext

from requests_app.forms.lists import SIZES

_ARRANGING = {"sort", "size"}


def page_context(page: "Page[Any]", params: Mapping[str, str]) -> dict[str, Any]:
    """Give the context of list_header.html and pager.html; `params` is the address as it was understood."""
    query = urlencode(params)
    kept = [(name, value) for name, value in params.items() if name != "sort"]
    return {
        "total": page.paginator.count,
        "shown": gettext("%(first)s to %(last)s of %(total)s")
        % {"first": page.start_index(), "last": page.end_index(), "total": page.paginator.count},
        "sizes": SIZES,
        "size": page.paginator.per_page,
        "size_fields": [(name, value) for name, value in params.items() if name != "size"],
        "sort_query": f"{urlencode(kept)}&" if kept else "",
        "previous_url": f"?{query}&page={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"?{query}&page={page.next_page_number()}" if page.has_next() else "",
        "csv_url": f"?{query}&format=csv" if query else "?format=csv",
        "clear_url": "?" if set(params) - _ARRANGING else "",
    }


def narrowed(**narrow: object) -> str:
    """Give the query of a list narrowed so; empty values narrow nothing."""
    return f"?{urlencode({name: value for name, value in narrow.items() if value})}"

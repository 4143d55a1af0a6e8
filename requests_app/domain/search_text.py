"""What a request is found by: one normalised line."""

from collections.abc import Iterable

from requests_app.domain.text import normalise_text

MAX_CHARACTERS = 2000


def build_search_text(
    *, number: str, title: str, customer_name: str = "", place: str = "", contact_values: Iterable[str] = ()
) -> str:
    """Join everything a request is searched by, without case and accents."""
    return normalise_text(" ".join([number, title, customer_name, place, *contact_values]))[:MAX_CHARACTERS]

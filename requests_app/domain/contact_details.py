"""Telephone numbers and e-mail addresses in running text."""

import re
from collections.abc import Iterator

from requests_app.domain.text import digits_of

_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
# Ten digits as people group them, with or without the country, or seven in two groups.
_PHONE = re.compile(
    r"(?<![\w-])(?:(?:\+?1[\s.-]?)?(?:\(\d{3}\)\s?|\d{3}[\s.-]?)\d{3}[\s.-]?\d{4}|\d{3}[.-]\d{4})(?![\w-])"
)
_LOCAL_DIGITS = 7


def contact_details(text: str, *, besides: frozenset[str] = frozenset()) -> Iterator[str]:
    """Give every telephone number and e-mail address in a text, as typed; `besides` are known ones to leave out.

    Known addresses are in lower case, known telephones as digits only.
    """
    for match in _EMAIL.finditer(text):
        if match.group().lower() not in besides:
            yield match.group()
    for match in _PHONE.finditer(text):
        digits = digits_of(match.group())
        if not any(known.endswith(digits[-_LOCAL_DIGITS:]) for known in besides if known.isdigit()):
            yield match.group()

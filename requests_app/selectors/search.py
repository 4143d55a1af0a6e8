"""Find a request by anything people have in hand: its number, a name, a phone, an e-mail, a word of it."""

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from requests_app.domain.text import digits_of, normalise_text
from requests_app.domain.tracking_numbers import normalise_tracking_number
from requests_app.domain.vocabulary import Role
from requests_app.models import ContactPoint, Customer
from requests_app.selectors.access import Actor
from requests_app.selectors.phones import MAX_DIGITS, read_phone
from requests_app.selectors.visibility import requests_read_by

_LAST_DIGITS = 4  # fewer would find half the city
_WORDS = 8
_EXTENSION = re.compile(r"(?:ext\.?|x|#)\s*\d+\s*$", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")


def matching(text: str, *, actor: Actor) -> Q:
    """Say which requests a search of theirs means; empty text means all of them.

    What is masked for an auditor is found by its number only: a hit on a name would tell the name.
    """
    words = normalise_text(text).split()[:_WORDS]
    if not words:
        return Q()
    found = _in_text(words) | Q(customer__in=_customers_called(words))
    number = normalise_tracking_number(text)
    for contact in (_phone(text), _email(text)):
        if contact is not None:
            found |= Q(customer__in=ContactPoint.objects.filter(contact).values("customer"))
    if actor.holds(Role.AUDITOR):
        found &= Q(pk__in=requests_read_by(actor).values("pk"))
    return found | Q(number=number) if number else found


def _in_text(words: Iterable[str]) -> Q:
    return Q(*(Q(search_text__contains=word) for word in words))


def _customers_called(words: Iterable[str]) -> QuerySet[Customer, Any]:
    called = Q(*(Q(name_normalised__contains=word) for word in words))
    return Customer.objects.filter(called).values("pk")


def _phone(text: str) -> Q | None:
    """Read a whole phone number or its last digits; text with words in it is neither."""
    bare = _EXTENSION.sub("", text)
    digits = digits_of(bare)
    if _LETTER.search(bare) or not _LAST_DIGITS <= len(digits) <= MAX_DIGITS:
        return None
    endings = {digits[::-1]}
    reading = read_phone(bare)
    if reading:
        endings.add(reading.reversed_digits)
    found = Q()
    for ending in endings:
        # A range, not LIKE: an ordinary index serves it under every collation.
        found |= Q(reversed_digits__gte=ending, reversed_digits__lte=ending.ljust(MAX_DIGITS, "9"))
    return Q(kind=ContactPoint.Kind.PHONE) & found


def _email(text: str) -> Q | None:
    address = text.strip().lower()
    return Q(kind=ContactPoint.Kind.EMAIL, value=address) if "@" in address else None

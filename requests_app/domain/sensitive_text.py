"""Numbers nobody should type into a request: payment cards and social-security numbers."""

import re
from collections.abc import Iterator
from typing import Any

# Separators as people type them; 13 to 19 digits is what card numbers have.
_CARD = re.compile(r"(?<!\d)(?:\d[ -]?){12,18}\d(?!\d)", re.ASCII)
_SSN = re.compile(r"(?<!\d)(?!000|666|9\d\d)\d{3}[- ](?!00)\d{2}[- ](?!0000)\d{4}(?!\d)", re.ASCII)
_CARD_MARK, _SSN_MARK = "[card number removed]", "[social security number removed]"


def has_card_or_social_security_number(text: str) -> bool:
    """Say whether a text holds what looks like a payment card or a social-security number."""
    return next(_spans(text), None) is not None


def count_numbers(value: Any) -> int:
    """Count such numbers in a text, or in every text inside a JSON value."""
    if isinstance(value, str):
        return sum(1 for _ in _spans(value))
    if isinstance(value, dict):
        return sum(count_numbers(each) for each in value.values())
    return sum(count_numbers(each) for each in value) if isinstance(value, list) else 0


def without_numbers(value: Any, *, limit: int | None = None) -> Any:
    """Replace such numbers by words that say what stood there; `limit` is the room there is for a text."""
    if isinstance(value, dict):
        return {name: without_numbers(each) for name, each in value.items()}
    if isinstance(value, list):
        return [without_numbers(each) for each in value]
    if not isinstance(value, str):
        return value
    left, position = [], 0
    for start, end, mark in sorted(_spans(value)):
        if start >= position:
            left += [value[position:start], mark]
            position = end
    text = "".join([*left, value[position:]])
    return text if limit is None or len(text) <= limit else f"{text[: limit - 1]}…"


def _spans(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _SSN.finditer(text):
        yield match.start(), match.end(), _SSN_MARK
    for match in _CARD.finditer(text):
        if _passes_luhn(match.group()):
            yield match.start(), match.end(), _CARD_MARK


def _passes_luhn(candidate: str) -> bool:
    digits = [int(character) for character in candidate if character.isdigit()]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return any(digits) and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0

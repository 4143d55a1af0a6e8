"""Numbers nobody should type into a request: payment cards and social-security numbers."""

import re

# Separators as people type them; 13 to 19 digits is what card numbers have.
_CARD = re.compile(r"(?<!\d)(?:\d[ -]?){12,18}\d(?!\d)", re.ASCII)
_SSN = re.compile(r"(?<!\d)(?!000|666|9\d\d)\d{3}[- ](?!00)\d{2}[- ](?!0000)\d{4}(?!\d)", re.ASCII)


def has_card_or_social_security_number(text: str) -> bool:
    """Say whether a text holds what looks like a payment card or a social-security number."""
    return bool(_SSN.search(text)) or any(_passes_luhn(match.group()) for match in _CARD.finditer(text))


def _passes_luhn(candidate: str) -> bool:
    digits = [int(character) for character in candidate if character.isdigit()]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return any(digits) and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0

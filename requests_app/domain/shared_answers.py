"""Answers that colleagues share: what a text may name in braces, and when it is to be read again (III.b.iv.4)."""

from collections.abc import Mapping
from datetime import date

from requests_app.domain.placeholders import InvalidText, check_placeholders, names_in

MOST_CHARACTERS = 2000
# What is filled in from the request that is answered, and by whom it is.
VARIABLES = ("customer", "department", "name", "number", "phone", "received")


def check_answers(texts: Mapping[str, str], *, languages: tuple[str, ...]) -> dict[str, str]:
    """Give the texts by language as they are to be kept; English is needed. Raises InvalidText."""
    kept = {language: texts.get(language, "").strip() for language in languages}
    if not kept["en"]:
        raise InvalidText("Write the answer in English; other languages may follow.")
    for text in kept.values():
        check_placeholders(text, known=VARIABLES, most_characters=MOST_CHARACTERS)
    return {language: text for language, text in kept.items() if text}


def left_open(text: str) -> list[str]:
    """Give the names in braces that nothing was put in the place of: no customer is to read them."""
    return sorted(names_in(text) & set(VARIABLES))


def is_stale(review_by: date, today: date) -> bool:
    """Say whether an answer was to be read again by now."""
    return review_by <= today

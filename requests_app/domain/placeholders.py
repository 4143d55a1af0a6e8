"""Names in braces that stand in a text for what is filled in later; nothing in a text is evaluated."""

import re
from collections.abc import Collection, Mapping

_NAME = re.compile(r"\{([^{}]*)\}")


class InvalidText(ValueError):
    """A text that could not be sent; the message says what to mend."""


def check_placeholders(text: str, *, known: Collection[str], most_characters: int) -> set[str]:
    """Give the names a text uses. Raises InvalidText for what cannot be sent, filled in or kept."""
    if len(text) > most_characters:
        raise InvalidText(f"At most {most_characters} characters.")
    if any(not (character.isprintable() or character == "\n") for character in text):
        raise InvalidText("The text has a character that cannot be sent. Type it again.")
    found, left = names_in(text), _NAME.sub("", text)
    if unknown := sorted(found - set(known)):
        raise InvalidText(f"{{{unknown[0]}}} is not filled in here. {_offer(known)}")
    if "{" in left or "}" in left:
        raise InvalidText(f"A brace stands alone. {_offer(known)}")
    return found


def names_in(text: str) -> set[str]:
    """Give the names that stand in braces in a text."""
    return set(_NAME.findall(text))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put values in the place of their names; a value that holds braces is left as it is."""
    filled = _NAME.sub(lambda name: values.get(name[1], name[0]), text)
    return filled.replace("..", ".")  # a Spanish time ends in "p. m.", which already closes the sentence


def _offer(known: Collection[str]) -> str:
    names = ", ".join(f"{{{name}}}" for name in sorted(known))
    return f"This text may use: {names}." if names else "This text uses no braces."

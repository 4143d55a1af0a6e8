"""Text as people compare it: without case, accents or surplus space."""

import unicodedata

_EXTRA = str.maketrans({"ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "’": "'", "ʼ": "'"})


def normalise_text(text: str) -> str:
    """Fold case, accents and white space, so that Muñoz is found as munoz."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_EXTRA))
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(bare.casefold().split())


def digits_of(text: str) -> str:
    """Keep the decimal digits of a text, as ASCII."""
    return "".join(str(unicodedata.decimal(character)) for character in text if character.isdecimal())

"""Places typed as free text: the spot a line names, and whether two of them are near each other."""

import re

from rapidfuzz import fuzz

from requests_app.domain.text import normalise_text

NEAR_HOUSES = 100  # of house numbers: a block
_ALIKE = 80  # of 100
_LEAST_CHARACTERS = 6  # less is no evidence: "road" is like every road
_SHORT = {"street": "st", "avenue": "ave", "av": "ave", "road": "rd", "drive": "dr", "boulevard": "blvd", "lane": "ln"}
_NO_NAME = frozenset(["a", "an", "and", "at", "by", "corner", "in", "near", "of", "on", "the"])
_NO_STREET = _NO_NAME | {"across", "my", "our", "side", "that", "their", "this", "whole", "your"}
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
# A street light and a street tree are in no street of that name.
_STREET = re.compile(r"((?:\b\d{1,5} )?\b)([^\W_]\S*)( (?:st|ave|rd|dr|blvd|ln)\b)(?! (?:lamp|light|sign|sweep|tree))")


def spot_of(place: str, line: str) -> str:
    """Give the place of a contact in short words: as typed, else the streets its line names, else nothing."""
    if place.strip():
        words = _words(place)
        return words if len(words) >= _LEAST_CHARACTERS else ""
    found = (parts for parts in _STREET.findall(_shortened(line)) if parts[1] not in _NO_STREET)
    return " ".join("".join(parts) for parts in found)


def are_near(one: str, other: str) -> bool:
    """Say whether two spots may be one: like names, and no house numbers a block apart."""
    numbers, others = _house_numbers(one), _house_numbers(other)
    if numbers and others and min(abs(a - b) for a in numbers for b in others) > NEAR_HOUSES:
        return False
    return fuzz.token_set_ratio(_names(one), _names(other)) >= _ALIKE


def is_named_in(spot: str, line: str) -> bool:
    """Say whether a line names a spot, be it no street: "bench broken, Fernandez Park"."""
    return fuzz.partial_ratio(_names(spot), _words(line)) >= _ALIKE


def _shortened(text: str) -> str:
    return " ".join(_SHORT.get(word, word) for word in _WORD.findall(normalise_text(text)))


def _words(text: str) -> str:
    return " ".join(word for word in _shortened(text).split() if word not in _NO_NAME)


def _names(spot: str) -> str:
    return " ".join(word for word in spot.split() if not word.isdigit())


def _house_numbers(spot: str) -> list[int]:
    return [int(word) for word in spot.split() if word.isdecimal() and len(word) < 6]

"""Names of files as people give them, made harmless and told apart; no path is ever built from one."""

import unicodedata
from collections.abc import Iterable

_LONGEST = 150  # bytes: with a number added it still fits every file system
_NOT_ON_WINDOWS = frozenset('<>:"/\\|?*')
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
UNNAMED = "file"


def safe_name(given: str) -> str:
    """Give the last part of a name without control, direction or reserved characters, short enough to store anywhere.

    The same name comes out when it goes in again; it is never empty, never a dot file, never a device.
    """
    last = given.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(char for char in unicodedata.normalize("NFC", last) if _is_plain(char))
    stem, dot, extension = " ".join(kept.split()).strip(". ").rpartition(".")
    if not dot:
        stem, extension = extension, ""
    stem = stem.strip(". ") or UNNAMED
    if stem.split(".")[0].strip().lower() in _DEVICES:
        stem = f"_{stem}"
    ending = f".{_cut(extension, 20)}" if extension else ""
    return f"{_cut(stem, _LONGEST - len(ending.encode()))}{ending}"


def extension_of(name: str) -> str:
    """Give what follows the last dot, in lower case; empty where there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def unique_names(names: Iterable[str]) -> list[str]:
    """Make names safe and different from one another, also where capitals do not count: "a.txt", "a (2).txt"."""
    taken: set[str] = set()
    told_apart = []
    for name in map(safe_name, names):
        stem, dot, extension = name.rpartition(".") if "." in name else (name, "", "")
        candidate, number = name, 1
        while candidate.casefold() in taken:
            number += 1
            candidate = f"{stem} ({number}){dot}{extension}"
        taken.add(candidate.casefold())
        told_apart.append(candidate)
    return told_apart


def _is_plain(char: str) -> bool:
    """Leave out controls, surrogates and the marks that turn the direction of what follows."""
    return char == " " or (unicodedata.category(char)[0] not in "CZ" and char not in _NOT_ON_WINDOWS)


def _cut(text: str, limit: int) -> str:
    """Shorten to so many bytes, between characters."""
    return text.encode()[:limit].decode(errors="ignore").rstrip(". ") or UNNAMED

"""Take passages out of texts: what is found, and what stands in its place."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from requests_app.domain.text import digits_of, normalise_text

SHORTEST_PASSAGE = 2
_LEAST_PHONE_DIGITS = 7
_PHONE_DIGITS = 10
_BETWEEN_DIGITS = r"[\s().+/\-]{0,3}"
_MARK = re.compile(r"\[redacted: [^\[\]]{1,200}\]")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words to take out, found whatever their case, accents and spacing; a telephone number in any spelling."""

    text: str
    is_whole_word: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """A passage to take out, and the reason that stands in its place."""

    passage: Passage
    mark: str


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    marks: tuple[str, ...]


def mark_text(*marks: str) -> str:
    """Write the mark that stands in place of words: in words, so that a screen reader says it too."""
    return f"[redacted: {'; '.join(dict.fromkeys(marks))}]"


def is_found(text: str, passage: Passage) -> bool:
    """Say whether a passage is in a text."""
    return next(_spans(text, passage), None) is not None


def redact_text(text: str, cuts: Iterable[Cut], *, limit: int | None = None) -> str:
    """Replace every passage by its mark; passages that overlap share one. `limit` is the room there is.

    The order of the cuts changes nothing but the order of the reasons in a shared mark.
    """
    found = [_Span(start, end, (cut.mark,)) for cut in cuts for start, end in _spans(text, cut.passage)]
    shown, position = [], 0
    for span in _united(found):
        shown += [text[position : span.start], mark_text(*span.marks)]
        position = span.end
    whole = "".join([*shown, text[position:]])
    return whole if limit is None or len(whole) <= limit else f"{whole[: limit - 1]}…"


def redact_value(value: Any, cuts: Sequence[Cut], *, limit: int | None = None) -> Any:
    """Redact a text, or every text inside a JSON value; names of fields stay."""
    if isinstance(value, str):
        return redact_text(value, cuts, limit=limit)
    if isinstance(value, dict):
        return {key: redact_value(each, cuts) for key, each in value.items()}
    if isinstance(value, list):
        return [redact_value(each, cuts) for each in value]
    return value


def split_at_marks(text: str) -> Iterator[tuple[str, bool]]:
    """Split a text into what can be read and what was taken out, for showing it."""
    position = 0
    for match in _MARK.finditer(text):
        if match.start() > position:
            yield text[position : match.start()], False
        yield match.group(), True
        position = match.end()
    if position < len(text):
        yield text[position:], False


def passages_of_name(name: str, *, is_person: bool) -> list[Passage]:
    """Give what names somebody in running text: the whole name, and of a person each longer part of it."""
    whole = [Passage(name)] if len(name) >= SHORTEST_PASSAGE else []
    parts = [part.strip(".,;:()\"'") for part in name.split()] if is_person else []
    return whole + [Passage(part, is_whole_word=True) for part in parts if len(part) > SHORTEST_PASSAGE]


def _spans(text: str, passage: Passage) -> Iterator[tuple[int, int]]:
    """Find a passage in a text, as positions in the text as it was typed."""
    pattern = _pattern(passage)
    if pattern is None:
        return
    folded, origins = _folded(text)
    for match in pattern.finditer(folded):
        if match.end() > match.start():
            yield origins[match.start()], _end_of(text, origins[match.end() - 1])


@lru_cache(maxsize=256)
def _pattern(passage: Passage) -> re.Pattern[str] | None:
    folded = normalise_text(passage.text)
    if not folded:
        return None
    digits = digits_of(passage.text)
    if len(digits) >= _LEAST_PHONE_DIGITS and not any(character.isalpha() for character in folded):
        # A country code is left aside: the rest is what tells one number from another.
        kept = digits[1:] if len(digits) == _PHONE_DIGITS + 1 and digits[0] == "1" else digits
        return re.compile(_BETWEEN_DIGITS.join(kept))
    escaped = re.escape(folded)
    return re.compile(rf"(?<!\w){escaped}(?!\w)" if passage.is_whole_word else escaped)


def _folded(text: str) -> tuple[str, list[int]]:
    """Fold a text for comparison, and tell for each folded character where it came from."""
    pieces: list[str] = []
    origins: list[int] = []
    for position, character in enumerate(text):
        piece = _folded_character(character)
        if piece == " " and pieces and pieces[-1] == " ":
            continue
        pieces += piece
        origins += [position] * len(piece)
    return "".join(pieces), origins


@lru_cache(maxsize=4096)
def _folded_character(character: str) -> str:
    return " " if character.isspace() else normalise_text(character)


def _end_of(text: str, last: int) -> int:
    """Give where a span ends: accents typed as characters of their own go with their letter."""
    end = last + 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


def _united(spans: Iterable[_Span]) -> list[_Span]:
    """Join spans that overlap, with all their reasons."""
    united: list[_Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if united and span.start < united[-1].end:
            last = united.pop()
            united.append(_Span(last.start, max(last.end, span.end), (*last.marks, *span.marks)))
        else:
            united.append(span)
    return united

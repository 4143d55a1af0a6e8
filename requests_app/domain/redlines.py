"""What a proposed text changes in the one in force, word by word (III.e)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# A word with the blank after it, so that nothing but blanks and words is compared.
_WORDS = re.compile(r"\S+\s*|\s+")


class Change(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    INSERTED = "inserted"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that were kept, added or taken out together."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class RedLine:
    """One line as it reads with its changes marked."""

    pieces: tuple[Piece, ...]

    @property
    def is_changed(self) -> bool:
        """Say whether anything in it differs."""
        return any(piece.change is not Change.SAME for piece in self.pieces)


def redline(before: str, after: str) -> list[RedLine]:
    """Compare two texts: line by line first, then the words of the lines that differ.

    The pieces that are not inserted make up `before`, those that are not deleted `after`, blanks at line ends aside.
    """
    old, new = _lines(before), _lines(after)
    found: list[RedLine] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [RedLine((Piece(Change.SAME, line),)) for line in old[old_from:old_to]]
        else:
            found += _replaced(old[old_from:old_to], new[new_from:new_to])
    return found


def changed_lines(lines: Sequence[RedLine]) -> int:
    """Count the lines in which anything differs."""
    return sum(line.is_changed for line in lines)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _replaced(old: list[str], new: list[str]) -> Iterator[RedLine]:
    """Pair the lines in order, and compare the words of each pair; what is left over came or went whole."""
    for before, after in zip(old, new, strict=False):
        yield RedLine(tuple(_pieces(_WORDS.findall(before), _WORDS.findall(after))))
    yield from (RedLine((Piece(Change.DELETED, line),)) for line in old[len(new) :])
    yield from (RedLine((Piece(Change.INSERTED, line),)) for line in new[len(old) :])


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    # A last word has no blank after it: it is the same word all the same.
    plain_old, plain_new = [word.strip() for word in old], [word.strip() for word in new]
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(
        None, plain_old, plain_new, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            yield Piece(Change.SAME, "".join(new[new_from:new_to]))
            continue
        if old_to > old_from:
            yield Piece(Change.DELETED, "".join(old[old_from:old_to]))
        if new_to > new_from:
            yield Piece(Change.INSERTED, "".join(new[new_from:new_to]))

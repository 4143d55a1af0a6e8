"""The procedure form of a request as it is read: parts, each of lines and of entries with lines (III.b.v.1-3)."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FormLine:
    """A label and what was filled in."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class FormEntry:
    """One thing that happened, with a head that says when, and its lines."""

    head: str
    lines: list[FormLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FormPart:
    """A part of the form; `nothing` is said where it has neither lines nor entries."""

    title: str
    lines: list[FormLine] = field(default_factory=list)
    entries: list[FormEntry] = field(default_factory=list)
    nothing: str = ""


@dataclass(frozen=True, slots=True)
class ProcedureForm:
    """The whole form in one language; `as_of` is when the last thing on it was recorded."""

    number: str
    language: str
    as_of: datetime
    as_of_words: str
    parts: list[FormPart]
    signatures: list[str]

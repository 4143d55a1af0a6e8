"""A copy of a request as it leaves the building: what it says, and what was withheld from it and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class CopyOptions:
    """What the records clerk chose; the defaults withhold."""

    withholds_contact: bool = True
    withholds_name: bool = False
    withholds_place: bool = False
    includes_notes: bool = False
    includes_files: bool = True


@dataclass(frozen=True, slots=True)
class Withheld:
    """One thing that was withheld, and the reason of the law: its code, its words, where it is written."""

    number: str
    what: str
    code: str
    reason: str
    citation: str


@dataclass(frozen=True, slots=True)
class CopyDate:
    """One obligation: what was owed by when, and how it ended."""

    milestone: str
    standard: str
    clause: str
    started_at: datetime | None
    due_at: datetime | None
    answered_at: datetime | None
    outcome: str


@dataclass(frozen=True, slots=True)
class CopyTouch:
    """One interaction."""

    direction: str
    channel: str
    at: datetime
    who: str
    text: str


@dataclass(frozen=True, slots=True)
class CopyEvent:
    """One thing that was done."""

    kind: str
    at: datetime
    who: str
    text: str


@dataclass(frozen=True, slots=True)
class CopyFile:
    """One attached file: its name in the copy, and where its bytes are."""

    name: str
    content_type: str
    size: int
    sha256: str
    path: Path


@dataclass(frozen=True, slots=True)
class RecordCopy:
    """A whole copy; `facts` are label and value in the order they are read."""

    number: str
    title: str
    facts: Mapping[str, str | datetime | None]
    dates: list[CopyDate]
    correspondence: list[CopyTouch]
    events: list[CopyEvent]
    files: list[CopyFile]
    withheld: list[Withheld] = field(default_factory=list)

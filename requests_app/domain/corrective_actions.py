"""What the register of corrective action may hold: a date, a rule, a reference, and no story (III.d.ii)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MOST_RULE, MOST_REFERENCE = 40, 30
# A rule is cited by its number; a reference is one word of a filing system. Neither leaves room for a sentence.
_RULE = re.compile(r"[\w§.,()/ -]*\d[\w§.,()/ -]*")
_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9./-]*")


class CorrectiveRefusal(StrEnum):
    """Why something about the register was refused."""

    ROLE = "role"
    OFF = "off"
    SWORN = "sworn"
    ONESELF = "oneself"
    NO_RULE = "no_rule"
    NO_REFERENCE = "no_reference"
    IN_FUTURE = "in_future"
    CLOSED_BEFORE = "closed_before"
    RECORDED_ALREADY = "recorded_already"


class CorrectiveRefused(Exception):
    """Something about the register that was not done; `refusal` says why."""

    def __init__(self, refusal: CorrectiveRefusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectiveEntry:
    """One line of the register as typed."""

    employee_id: int
    acted_on: date
    rule: str
    file_reference: str
    closed_on: date | None = None


def faults(entry: CorrectiveEntry, *, today: date) -> Iterable[CorrectiveRefusal]:
    """Say what of an entry cannot be so."""
    if len(entry.rule) > MOST_RULE or not _RULE.fullmatch(entry.rule):
        yield CorrectiveRefusal.NO_RULE
    if len(entry.file_reference) > MOST_REFERENCE or not _REFERENCE.fullmatch(entry.file_reference):
        yield CorrectiveRefusal.NO_REFERENCE
    if max(entry.acted_on, entry.closed_on or entry.acted_on) > today:
        yield CorrectiveRefusal.IN_FUTURE
    if entry.closed_on is not None and entry.closed_on < entry.acted_on:
        yield CorrectiveRefusal.CLOSED_BEFORE

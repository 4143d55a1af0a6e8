"""The policy as a text in versions: what a line of it is, and which version may be published when (III.e)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# "III.b.ii.5.a", "II", "III.e": what a line begins with when it states a clause.
_CLAUSE = re.compile(r"^((?:I{1,3}|IV|V)(?:\.[a-z]+|\.\d+)*)[.:]?\s+(?=\S)")


class VersionState(StrEnum):
    """A version is written as a draft, and published for good."""

    DRAFT = "draft"
    PUBLISHED = "published"


class PolicyRefusal(StrEnum):
    """Why something about the policy was refused."""

    ROLE = "role"
    NOT_A_DRAFT = "not_a_draft"
    DRAFT_EXISTS = "draft_exists"
    NOTHING_CHANGED = "nothing_changed"
    APPROVED_LATER = "approved_later"
    EFFECTIVE_BEFORE_APPROVAL = "effective_before_approval"
    EFFECTIVE_BEFORE_LAST = "effective_before_last"
    REVIEW_OPEN = "review_open"
    REVIEW_OVER = "review_over"
    REVIEWED_LATER = "reviewed_later"
    NO_NEW_VERSION = "no_new_version"
    QUESTION_ANSWERED = "question_answered"
    ROUND_RUNS = "round_runs"
    ROUND_CLOSED = "round_closed"
    STILL_A_DRAFT = "still_a_draft"
    DUE_BEFORE_TODAY = "due_before_today"
    SIGNED_OUTSIDE = "signed_outside"
    WRONG_ANSWERS = "wrong_answers"
    NOT_ON_THE_ROSTER = "not_on_the_roster"


class PolicyRefused(Exception):
    """Something about the policy that was not done; `refusal` says why."""

    def __init__(self, refusal: PolicyRefusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """A line of the text; `clause` is empty for one that begins with no clause number."""

    clause: str
    words: str


def policy_lines(text: str) -> list[PolicyLine]:
    """Read a text line by line; blank lines are left out."""
    return [_line(line.strip()) for line in text.splitlines() if line.strip()]


def _line(line: str) -> PolicyLine:
    found = _CLAUSE.match(line)
    return PolicyLine(found[1], line[found.end() :]) if found else PolicyLine("", line)


def publication_refusal(
    *, approved_on: date, effective_from: date, last_effective_from: date | None, today: date
) -> PolicyRefusal | None:
    """Say why a version cannot be published with these dates; None where it can.

    It takes effect no earlier than it was approved, nor than the version before it: what a past case was judged by
    stays what it was. The same day is allowed, for a text that takes the place of the one before altogether.
    """
    if approved_on > today:
        return PolicyRefusal.APPROVED_LATER
    if effective_from < approved_on:
        return PolicyRefusal.EFFECTIVE_BEFORE_APPROVAL
    if last_effective_from is not None and effective_from < last_effective_from:
        return PolicyRefusal.EFFECTIVE_BEFORE_LAST
    return None


def in_force(effective: Mapping[int, date], on: date) -> int | None:
    """Give the number of the version in force on a date: the latest to take effect by then, of one day the highest."""
    begun = [(since, number) for number, since in effective.items() if since <= on]
    return max(begun)[1] if begun else None

"""The complaint procedure as rules: phases, the next duty, who decides, how it closes (III.b.v.1, III.b.v.3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from requests_app.domain.vocabulary import Channel, ComplaintOutcome, Disposition, FollowUpOutcome

FIRST_STAGE, REVIEW_STAGE = 1, 2
# A complaint ends by its follow-up; only what was no complaint, or is one already, ends as other requests do.
ENDS_WITHOUT_FOLLOW_UP = frozenset({Disposition.DUPLICATE, Disposition.SPAM, Disposition.WRONG_NUMBER})

# III.b.v.1: the outcome is told in writing; at the counter the letter is handed over.
WRITTEN = frozenset({Channel.EMAIL, Channel.LETTER, Channel.COUNTER, Channel.TEXT, Channel.WEB})


class Phase(StrEnum):
    """How far a complaint has come: the columns of the board, in order."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    INVESTIGATING = "investigating"
    ANSWERED = "answered"
    FOLLOWED_UP = "followed_up"


class Duty(StrEnum):
    """What is to be done next on a complaint; the page is led by it."""

    ACKNOWLEDGE = "acknowledge"
    DESCRIBE = "describe"
    INVESTIGATE = "investigate"
    ANSWER = "answer"
    FOLLOW_UP = "follow_up"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Progress:
    """What has happened, of the stage that runs; a complaint opened again has no answer yet."""

    is_acknowledged: bool
    is_described: bool
    is_investigating: bool
    is_answered: bool
    is_finished: bool

    @property
    def phase(self) -> Phase:
        """Say how far it has come; the furthest step counts, whatever was left out on the way."""
        if self.is_finished:
            return Phase.FOLLOWED_UP
        if self.is_answered:
            return Phase.ANSWERED
        if self.is_investigating:
            return Phase.INVESTIGATING
        return Phase.ACKNOWLEDGED if self.is_acknowledged else Phase.RECEIVED

    @property
    def next_duty(self) -> Duty:
        """Say what comes next: nobody waits for an acknowledgement because something else was not filled in."""
        if self.is_finished:
            return Duty.NOTHING
        if self.is_answered:
            return Duty.FOLLOW_UP
        if not self.is_acknowledged:
            return Duty.ACKNOWLEDGE
        if not self.is_described:
            return Duty.DESCRIBE
        return Duty.ANSWER if self.is_investigating else Duty.INVESTIGATE


def may_decide(*, stage: int, actor_id: int, earlier: Iterable[tuple[int, int]]) -> bool:
    """Say whether somebody may decide a stage; `earlier` are (stage, employee) of the decisions there were.

    A review is never decided by whoever decided the stage it reviews (III.b.v.1).
    """
    return not any(decided_by == actor_id and decided < stage for decided, decided_by in earlier)


def may_end_unreached(*, attempts: int, needed: int, has_contact: bool) -> bool:
    """Say whether "could not be reached" may end a complaint: after so many attempts, or where there is no way to."""
    return not has_contact or attempts >= needed


def may_close_as(disposition: Disposition, *, was_answered: bool = False) -> bool:
    """Say whether a complaint may end so without a follow-up: never one that was answered once (III.b.v.3)."""
    return disposition in ENDS_WITHOUT_FOLLOW_UP and not was_answered


def ends_as(outcome: ComplaintOutcome) -> Disposition:
    """Say how a complaint that was followed up ended: answered, or taken back by whoever brought it."""
    return Disposition.WITHDRAWN if outcome is ComplaintOutcome.WITHDRAWN else Disposition.ANSWERED


def is_in_writing(channel: Channel) -> bool:
    """Say whether an outcome told so was told in writing (III.b.v.1)."""
    return channel in WRITTEN


def needs_attempts(outcome: FollowUpOutcome) -> bool:
    """Say whether an outcome counts only after attempts were recorded."""
    return outcome is FollowUpOutcome.NOT_REACHED

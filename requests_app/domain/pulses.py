"""The staff pulse: what colleagues are asked about working together, without anybody knowing who said what (III.c.ii).

That somebody took part is kept apart from what was said, and what was said is kept as counts only: nothing in the
counts has an order, a time or a person.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

SHORTEST = timedelta(days=3)
LONGEST = timedelta(days=60)


class PulseQuestion(StrEnum):
    """The statements colleagues agree with or not."""

    RESPECT = "respect"
    COOPERATION = "cooperation"
    TIMELY_HELP = "timely_help"
    SHARING = "sharing"
    FEEDBACK = "feedback"


PULSE_CLAUSES: Mapping[PulseQuestion, tuple[str, ...]] = {
    PulseQuestion.RESPECT: ("III.b.iv.1",),
    PulseQuestion.COOPERATION: ("III.b.iv.2",),
    PulseQuestion.TIMELY_HELP: ("III.b.iv.3",),
    PulseQuestion.SHARING: ("III.b.iv.4",),
    PulseQuestion.FEEDBACK: ("III.b.iv.5",),
}


def is_running(*, opens_on: date, closes_on: date, today: date) -> bool:
    """Say whether a round takes answers; its last day counts."""
    return opens_on <= today <= closes_on


def may_be_read(*, closes_on: date, today: date) -> bool:
    """Say whether results may be looked at: never while answers still come, or two looks would show the last one."""
    return today > closes_on


def closing_problem(*, opens_on: date, closes_on: date) -> str:
    """Say what is wrong with the last day of a round; nothing where it is right."""
    if closes_on < opens_on + SHORTEST:
        return "too_short"
    return "too_long" if closes_on > opens_on + LONGEST else ""

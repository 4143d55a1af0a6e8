"""Which notices are a duty and which are news: news may be gathered, a duty is never put off or off (III.d.i)."""

from collections.abc import Mapping
from enum import StrEnum


class Weight(StrEnum):
    """What a notice asks of whoever gets it."""

    DUTY = "duty"
    NEWS = "news"


# By the stored code of the kind.
WEIGHTS: Mapping[str, Weight] = {
    "reminder": Weight.DUTY,
    "digest": Weight.DUTY,
    "nudge": Weight.DUTY,
    "unowned": Weight.DUTY,
    "escalated": Weight.DUTY,
    "excusal": Weight.DUTY,
    "policy": Weight.DUTY,
    "undecided": Weight.DUTY,
    "referral": Weight.DUTY,
    "undelivered": Weight.DUTY,
    "watchdog": Weight.DUTY,
    "assigned": Weight.NEWS,
    "consulted": Weight.NEWS,
    "relieved": Weight.NEWS,
    "escalation": Weight.NEWS,
    "thanked": Weight.NEWS,
    "withdrawn": Weight.NEWS,
    "cover": Weight.NEWS,
    "absence": Weight.NEWS,
    "pulse": Weight.NEWS,
    "suggestion": Weight.NEWS,
    "training": Weight.NEWS,
    "stale_answer": Weight.NEWS,
    "report": Weight.NEWS,
}

# Words meant for whoever was thanked, who need not be able to open the request they came from.
OF_THANKS = frozenset({"thanked", "withdrawn"})


def may_be_gathered(kind: str) -> bool:
    """Say whether mails of a kind may wait for the next opening, for whoever wants them so; a new kind is a duty."""
    return WEIGHTS.get(kind, Weight.DUTY) is Weight.NEWS

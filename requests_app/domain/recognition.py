"""The ways in which good service is recognised; each is counted, none has a target (III.b.iv.5, III.d.iii)."""

from enum import StrEnum


class RecognitionKind(StrEnum):
    """What somebody got: a commendation out of a compliment, thanks of a colleague, an award."""

    COMMENDATION = "commendation"
    THANKS = "thanks"
    AWARD = "award"

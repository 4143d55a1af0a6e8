"""The clauses of the policy and how each is measured: the keys of the scorecard, of comments and of tests.

What a clause asks and how it is counted is said in `models/clause_words.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Measure(StrEnum):
    """How a clause is measured.

    An indicator is an opinion or a proxy: shown with n and trend, never as a compliance percentage. A count is of
    something the policy permits and does not demand.
    """

    AUTO = "auto"
    INDICATOR = "indicator"
    ATTESTED = "attested"
    COUNT = "count"
    NONE = "none"


class Section(StrEnum):
    """The parts of the policy a scorecard is read by."""

    PURPOSE = "I"
    SCOPE = "II"
    PRINCIPLES = "III.a"
    CONDUCT = "III.b.i"
    COMMUNICATION = "III.b.ii"
    IN_PERSON = "III.b.iii"
    COLLEAGUES = "III.b.iv"
    COMPLAINTS = "III.b.v"
    TRAINING = "III.c"
    ADHERENCE = "III.d"
    REVIEW = "III.e"
    QUESTIONS = "III.f"


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: its key, the section it stands in, and its measures, the weightiest first."""

    key: str
    section: Section
    measures: tuple[Measure, ...]


_OF_SECTION: Mapping[Section, Mapping[str, tuple[Measure, ...]]] = {
    Section.PURPOSE: {"I": (Measure.NONE,)},
    Section.SCOPE: {"II": (Measure.AUTO,)},
    Section.PRINCIPLES: {
        "III.a.i": (Measure.INDICATOR,),
        "III.a.ii": (Measure.AUTO, Measure.INDICATOR),
        "III.a.iii": (Measure.AUTO,),
        "III.a.iv": (Measure.AUTO,),
        "III.a.v": (Measure.INDICATOR,),
    },
    Section.CONDUCT: {
        "III.b.i.1": (Measure.INDICATOR,),
        "III.b.i.2": (Measure.INDICATOR,),
        "III.b.i.3": (Measure.INDICATOR,),
        "III.b.i.4": (Measure.AUTO, Measure.ATTESTED),
    },
    Section.COMMUNICATION: {
        "III.b.ii.1": (Measure.ATTESTED, Measure.INDICATOR),
        "III.b.ii.2": (Measure.INDICATOR,),
        "III.b.ii.3": (Measure.AUTO,),
        "III.b.ii.4": (Measure.AUTO,),
        "III.b.ii.5": (Measure.ATTESTED,),
        "III.b.ii.5.a": (Measure.AUTO,),
        "III.b.ii.5.b": (Measure.AUTO,),
        "III.b.ii.5.c": (Measure.AUTO,),
        "III.b.ii.5.d": (Measure.AUTO,),
    },
    Section.IN_PERSON: {
        "III.b.iii.1": (Measure.INDICATOR,),
        "III.b.iii.2": (Measure.INDICATOR,),
        "III.b.iii.3": (Measure.ATTESTED,),
    },
    Section.COLLEAGUES: {
        "III.b.iv.1": (Measure.INDICATOR,),
        "III.b.iv.2": (Measure.INDICATOR,),
        "III.b.iv.3": (Measure.AUTO,),
        "III.b.iv.4": (Measure.INDICATOR,),
        "III.b.iv.5": (Measure.INDICATOR,),
    },
    Section.COMPLAINTS: {
        "III.b.v.1": (Measure.AUTO,),
        "III.b.v.2": (Measure.AUTO,),
        "III.b.v.3": (Measure.AUTO,),
    },
    Section.TRAINING: {
        "III.c.i": (Measure.AUTO,),
        "III.c.ii": (Measure.AUTO,),
        "III.c.iii": (Measure.INDICATOR,),
    },
    Section.ADHERENCE: {
        "III.d.i": (Measure.AUTO,),
        "III.d.ii": (Measure.COUNT,),
        "III.d.iii": (Measure.COUNT,),
    },
    Section.REVIEW: {"III.e": (Measure.AUTO,)},
    Section.QUESTIONS: {"III.f": (Measure.AUTO,)},
}
CLAUSES: tuple[Clause, ...] = tuple(
    Clause(key, section, measures)
    for section, of_section in _OF_SECTION.items()
    for key, measures in of_section.items()
)
BY_KEY: Mapping[str, Clause] = {clause.key: clause for clause in CLAUSES}

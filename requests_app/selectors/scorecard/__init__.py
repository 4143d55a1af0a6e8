"""The scorecard: each clause of the policy with its figures, one measure function a key."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from requests_app.domain.clauses import CLAUSES, Clause
from requests_app.domain.greetings import Element
from requests_app.selectors.scorecard import (
    adherence,
    communication,
    counter,
    improving,
    principles,
    recognising,
    service,
)
from requests_app.selectors.scorecard.figures import ScoreFigure
from requests_app.selectors.scorecard.question import Question

Measured = Callable[[Question], list[ScoreFigure]]
_nothing = principles.nothing_recorded
_RESIDENTS, _STAFF = "residents-agree", "staff-agree"


def _both(first: Measured, second: Measured) -> Measured:
    """Measure a clause in two ways."""
    return lambda question: [*first(question), *second(question)]


def _opinion(clause: str, defined_by: str) -> Measured:
    return partial(improving.opinion, clause=clause, defined_by=defined_by)


_element = communication.greeting_element

# One function a key. No figures means: nothing is recorded that could be counted, and the page says so.
MEASURED: Mapping[str, Measured] = {
    "I": _nothing,
    "II": improving.scope_of_policy,
    "III.a.i": _both(principles.respect, _opinion("III.a.i", _RESIDENTS)),
    "III.a.ii": principles.responsiveness,
    "III.a.iii": principles.transparency,
    "III.a.iv": principles.accountability,
    "III.a.v": improving.suggestions,
    "III.b.i.1": _both(communication.courtesy, _opinion("III.b.i.1", _RESIDENTS)),
    "III.b.i.2": _opinion("III.b.i.2", _RESIDENTS),
    "III.b.i.3": _opinion("III.b.i.3", _RESIDENTS),
    "III.b.i.4": communication.privacy,
    "III.b.ii.1": _both(communication.language, _opinion("III.b.ii.1", _RESIDENTS)),
    "III.b.ii.2": _opinion("III.b.ii.2", _RESIDENTS),
    "III.b.ii.3": communication.calls,
    "III.b.ii.4": communication.mails,
    "III.b.ii.5": communication.greetings,
    "III.b.ii.5.a": partial(_element, element=Element.NAME_AND_DEPARTMENT),
    "III.b.ii.5.b": partial(_element, element=Element.RETURN_DATE),
    "III.b.ii.5.c": partial(_element, element=Element.ALTERNATIVE),
    "III.b.ii.5.d": partial(_element, element=Element.INSIDE_AND_OUTSIDE),
    "III.b.iii.1": counter.greeting_at_counter,
    "III.b.iii.2": service.help_given,
    "III.b.iii.3": counter.opening,
    "III.b.iv.1": _opinion("III.b.iv.1", _STAFF),
    "III.b.iv.2": _opinion("III.b.iv.2", _STAFF),
    "III.b.iv.3": service.colleagues,
    "III.b.iv.4": _opinion("III.b.iv.4", _STAFF),
    "III.b.iv.5": _both(recognising.thanks, _opinion("III.b.iv.5", _STAFF)),
    "III.b.v.1": service.complaints,
    "III.b.v.2": service.escalation,
    "III.b.v.3": service.follow_up,
    "III.c.i": improving.training,
    "III.c.ii": improving.feedback_sought,
    "III.c.iii": improving.suggestions,
    "III.d.i": adherence.supervision,
    "III.d.ii": improving.corrective,
    "III.d.iii": recognising.rewards,
    "III.e": improving.review,
    "III.f": adherence.questions,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A clause with the figures found for it; none where it cannot be measured, or nothing is recorded."""

    clause: Clause
    figures: list[ScoreFigure]


def scorecard(question: Question) -> list[Finding]:
    """Measure every clause, in the order of the policy."""
    return [finding(question, clause) for clause in CLAUSES]


def finding(question: Question, clause: Clause) -> Finding:
    """Measure one clause."""
    return Finding(clause, MEASURED[clause.key](question))

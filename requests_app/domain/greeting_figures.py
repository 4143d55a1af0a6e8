"""How greetings are counted: set in time, the four elements, looked at, taken down (III.b.ii.5).

Every count is a part: a figure and the list behind it ask the same question, so they cannot part.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from requests_app.domain.greeting_tracks import Clearing, GreetingTrack, Timeliness, clearing, timeliness
from requests_app.domain.greetings import Element, ElementState

_JUDGED = (Timeliness.IN_TIME, Timeliness.LATE, Timeliness.NOT_SET)
_RETURNED = (Clearing.IN_TIME, Clearing.LATE, Clearing.NOT_CLEARED)


@dataclass(frozen=True, slots=True)
class GreetingCase:
    """One absence that obliged to a greeting; `declined` are the elements left out with a reason."""

    track: GreetingTrack
    declined: frozenset[Element] = frozenset()

    def timeliness(self, now: datetime) -> Timeliness | None:
        """Say whether it was set in time; None where none was due."""
        return timeliness(self.track, now=now)

    def element(self, element: Element) -> ElementState:
        """Say what became of an element: nothing can be set while one lacks, and nothing is there that was not set.

        A day of return that was over while the person was still away is none (III.b.ii.5.b).
        """
        is_overtaken = element is Element.RETURN_DATE and self.track.says_too_early
        if self.track.first_set_at is None or is_overtaken:
            return ElementState.LACKING
        return ElementState.DECLINED if element in self.declined else ElementState.PRESENT


Part = Callable[[GreetingCase, datetime], bool]


def _timely(*wanted: Timeliness, is_planned: bool | None = None) -> Part:
    return lambda case, now: (
        case.timeliness(now) in wanted and (is_planned is None or case.track.is_planned is is_planned)
    )


def _element(element: Element, *states: ElementState) -> Part:
    return lambda case, now: case.timeliness(now) in _JUDGED and case.element(element) in states


def _set(case: GreetingCase, _now: datetime) -> bool:
    return case.track.due_at is not None and case.track.first_set_at is not None


def _checked(is_right: bool | None = None) -> Part:  # three answers: looked at, right, not right
    return lambda case, now: (
        _set(case, now) and case.track.checked_at is not None and (is_right is None or case.track.is_right is is_right)
    )


def _cleared(*wanted: Clearing) -> Part:
    return lambda case, now: _set(case, now) and clearing(case.track, now=now) in wanted


PARTS: Mapping[str, Part] = {
    "obliged": lambda case, _now: case.track.due_at is not None,
    "pending": _timely(Timeliness.PENDING),
    "due": _timely(*_JUDGED),
    "planned": _timely(*_JUDGED, is_planned=True),
    "unforeseen": _timely(*_JUDGED, is_planned=False),
    "in_time": _timely(Timeliness.IN_TIME),
    **{f"planned_{each.value}": _timely(each, is_planned=True) for each in _JUDGED},
    **{f"unforeseen_{each.value}": _timely(each, is_planned=False) for each in _JUDGED},
    **{f"{element.value}_{state.value}": _element(element, state) for element in Element for state in ElementState},
    **{f"{element.value}_kept": _element(element, ElementState.PRESENT, ElementState.DECLINED) for element in Element},
    "set": _set,
    "checked": _checked(),
    "right": _checked(is_right=True),
    "wrong": _checked(is_right=False),
    "returned": _cleared(*_RETURNED),
    **{f"cleared_{each.value}": _cleared(each) for each in _RETURNED},
}


def count(cases: Iterable[GreetingCase], part: str, *, now: datetime) -> int:
    """Count the cases of a part; KeyError for a name that is none."""
    rule = PARTS[part]
    return sum(1 for case in cases if rule(case, now))

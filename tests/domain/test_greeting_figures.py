"""How greetings are counted: every combination falls where it belongs, and parts add up to their whole (III.b.ii.5)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from requests_app.domain.greeting_figures import PARTS, GreetingCase, count
from requests_app.domain.greeting_tracks import GreetingTrack
from requests_app.domain.greetings import Element, ElementState

START = datetime(2026, 11, 23, 16, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
END, CLOSE = START + 7 * DAY, START + 7 * DAY + 9 * HOUR
LATER = CLOSE + DAY
AWAY = GreetingTrack(
    is_planned=True, starts_at=START, ends_at=END, due_at=START, returns_on=date(2026, 11, 30), clear_due_at=CLOSE
)
IN_TIME = replace(AWAY, first_set_at=START - HOUR, set_at=START - HOUR, said_back_on=date(2026, 11, 30))
LATE = replace(IN_TIME, first_set_at=START + HOUR, set_at=START + HOUR)
# What each whole is shared out into, with nothing left over and nothing counted twice.
SHARED = {
    "obliged": ("pending", "due"),
    "due": ("planned", "unforeseen"),
    "planned": ("planned_in_time", "planned_late", "planned_not_set"),
    "unforeseen": ("unforeseen_in_time", "unforeseen_late", "unforeseen_not_set"),
    "checked": ("right", "wrong"),
    "returned": ("cleared_in_time", "cleared_late", "cleared_not_cleared"),
}


def every_track() -> list[GreetingTrack]:
    """Every combination of what can be recorded of an absence."""
    sets = (None, START - HOUR, START, START + HOUR)
    looked = ((None, None), (START + 2 * HOUR, True), (START + 2 * HOUR, False))
    cleared = (None, END, CLOSE, CLOSE + HOUR)
    found = []
    for is_planned, due_at, first, (checked_at, is_right), cleared_at in product(
        (True, False), (None, START), sets, looked, cleared
    ):
        if first is None and (checked_at or cleared_at):
            continue  # the database refuses it
        found.append(
            replace(
                AWAY,
                is_planned=is_planned,
                due_at=due_at,
                first_set_at=first,
                set_at=first,
                checked_at=checked_at,
                is_right=is_right,
                cleared_at=cleared_at,
            )
        )
    return found


@pytest.mark.parametrize("whole", sorted(SHARED))
@pytest.mark.parametrize("now", [START - DAY, START, START + DAY, CLOSE, LATER])
def test_parts_add_up_to_their_whole_for_every_absence(whole: str, now: datetime) -> None:
    for track in every_track():
        case = GreetingCase(track)
        parts = [part for part in SHARED[whole] if PARTS[part](case, now)]
        assert len(parts) == (1 if PARTS[whole](case, now) else 0), track


@pytest.mark.parametrize("element", list(Element))
@pytest.mark.parametrize("now", [START, START + DAY, LATER])
def test_each_element_of_what_was_due_is_there_left_out_or_lacking(element: Element, now: datetime) -> None:
    parts = [f"{element.value}_{state.value}" for state in ElementState]
    for track, declined in product(every_track(), (frozenset(), frozenset({element}))):
        case = GreetingCase(track, declined)
        assert sum(PARTS[part](case, now) for part in parts) == int(PARTS["due"](case, now)), track


@pytest.mark.parametrize("part", sorted(PARTS))
def test_what_obliges_to_nothing_is_counted_nowhere(part: str) -> None:
    assert not [track for track in every_track() if not track.due_at and PARTS[part](GreetingCase(track), LATER)]


@pytest.mark.parametrize(
    ("track", "now", "parts"),
    [
        (AWAY, START, {"obliged", "pending"}),
        (AWAY, START + HOUR, {"obliged", "due", "planned", "planned_not_set"}),
        (IN_TIME, START + HOUR, {"obliged", "due", "in_time", "planned", "planned_in_time", "set"}),
        (LATE, START + 2 * HOUR, {"obliged", "due", "planned", "planned_late", "set"}),
        (
            replace(LATE, is_planned=False),
            START + 2 * HOUR,
            {"obliged", "due", "unforeseen", "unforeseen_late", "set"},
        ),
    ],
)
def test_planned_and_unforeseen_are_counted_apart(track: GreetingTrack, now: datetime, parts: set[str]) -> None:
    found = {part for part in PARTS if PARTS[part](GreetingCase(track), now) and "_" not in part[:2]}
    assert found == parts


@pytest.mark.parametrize(
    ("track", "declined", "states"),
    [
        (AWAY, set(), "lacking lacking lacking lacking"),
        (AWAY, {Element.ALTERNATIVE}, "lacking lacking lacking lacking"),
        (IN_TIME, set(), "present present present present"),
        (IN_TIME, {Element.ALTERNATIVE, Element.INSIDE_AND_OUTSIDE}, "present present declined declined"),
        (replace(IN_TIME, returns_on=date(2026, 12, 7)), set(), "present lacking present present"),
        (replace(IN_TIME, returns_on=date(2026, 11, 25)), set(), "present present present present"),
    ],
)
def test_the_elements_are_those_of_what_was_set(track: GreetingTrack, declined: set[Element], states: str) -> None:
    case = GreetingCase(track, frozenset(declined))
    assert " ".join(case.element(element) for element in Element) == states


@pytest.mark.parametrize(
    ("cleared_at", "now", "part"),
    [
        (None, CLOSE, ""),
        (None, LATER, "cleared_not_cleared"),
        (CLOSE, LATER, "cleared_in_time"),
        (CLOSE + HOUR, LATER, "cleared_late"),
    ],
)
def test_taken_down_by_the_close_of_the_day_of_return(cleared_at: datetime | None, now: datetime, part: str) -> None:
    case = GreetingCase(replace(IN_TIME, cleared_at=cleared_at))
    assert "".join(name for name in SHARED["returned"] if PARTS[name](case, now)) == part


def test_a_count_is_of_the_cases_of_its_part() -> None:
    cases = [GreetingCase(track) for track in (AWAY, IN_TIME, LATE, IN_TIME)]
    assert [count(cases, part, now=LATER) for part in ("due", "planned_in_time", "planned_not_set")] == [4, 2, 1]
    with pytest.raises(KeyError):
        count(cases, "nothing", now=LATER)

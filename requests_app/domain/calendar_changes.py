"""What differs between two definitions of a calendar, as facts to be put into words elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from requests_app.domain.calendar_schema import parse_calendar, parse_closures
from requests_app.domain.calendars import WEEKDAYS, BusinessCalendar, Closure
from requests_app.domain.typed_hours import format_hours


class ChangeKind(StrEnum):
    """What a change is about."""

    CLOSURE_ADDED = "closure_added"
    CLOSURE_REMOVED = "closure_removed"
    CLOSURE_CHANGED = "closure_changed"
    WEEKLY_HOURS = "weekly_hours"
    ALTERNATE_DAY_OFF = "alternate_day_off"
    PART_DAYS_COUNT = "part_days_count"
    BUSINESS_DAY_HOURS = "business_day_hours"
    KNOWN_FROM = "known_from"
    KNOWN_THROUGH = "known_through"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; `subject` is a closure's name or a weekday's code, before and after are plain values."""

    kind: ChangeKind
    on: date | None = None
    subject: str = ""
    before: str = ""
    after: str = ""


def changes_between(before: object, after: object) -> list[Change]:
    """List what an administrator changed, by date, then the rules. Raises InvalidCalendar for what is no calendar."""
    old, new = parse_calendar(before), parse_calendar(after)
    closures = _closure_changes(parse_closures(before), parse_closures(after))
    return [*closures, *_rule_changes(old, new)]


def _closure_changes(before: list[Closure], after: list[Closure]) -> Iterator[Change]:
    gone, come = _by_date(set(before) - set(after)), _by_date(set(after) - set(before))
    for on in sorted(gone.keys() | come.keys()):
        # One for one on a date is an edit; anything else went or came.
        if len(gone[on]) == len(come[on]) == 1:
            yield Change(ChangeKind.CLOSURE_CHANGED, on, "", _closure_text(gone[on][0]), _closure_text(come[on][0]))
            continue
        yield from (Change(ChangeKind.CLOSURE_REMOVED, on, _closure_text(closure)) for closure in gone[on])
        yield from (Change(ChangeKind.CLOSURE_ADDED, on, _closure_text(closure)) for closure in come[on])


def _by_date(closures: set[Closure]) -> defaultdict[date, list[Closure]]:
    found: defaultdict[date, list[Closure]] = defaultdict(list)
    for closure in sorted(closures):
        found[closure.on].append(closure)
    return found


def _closure_text(closure: Closure) -> str:
    return f"{closure.name}, {format_hours(closure.open)}" if closure.open else closure.name


def _rule_changes(old: BusinessCalendar, new: BusinessCalendar) -> Iterator[Change]:
    for weekday, before, after in zip(WEEKDAYS, old.weekly_hours, new.weekly_hours, strict=True):
        yield from _if_changed(ChangeKind.WEEKLY_HOURS, format_hours(before), format_hours(after), weekday)
    anchors_before, anchors_after = dict(old.alternate_days_off), dict(new.alternate_days_off)
    for number, weekday in enumerate(WEEKDAYS):
        was, now = anchors_before.get(number), anchors_after.get(number)
        yield from _if_changed(ChangeKind.ALTERNATE_DAY_OFF, _day_text(was), _day_text(now), weekday)
    yield from _if_changed(
        ChangeKind.PART_DAYS_COUNT, "yes" if old.partial_days_count else "", "yes" if new.partial_days_count else ""
    )
    yield from _if_changed(ChangeKind.BUSINESS_DAY_HOURS, f"{old.business_day_hours}", f"{new.business_day_hours}")
    yield from _if_changed(ChangeKind.KNOWN_FROM, _day_text(old.known_from), _day_text(new.known_from))
    yield from _if_changed(ChangeKind.KNOWN_THROUGH, _day_text(old.known_through), _day_text(new.known_through))


def _if_changed(kind: ChangeKind, before: str, after: str, subject: str = "") -> Iterator[Change]:
    if before != after:
        yield Change(kind, None, subject, before, after)


def _day_text(on: date | None) -> str:
    return on.isoformat() if on else ""

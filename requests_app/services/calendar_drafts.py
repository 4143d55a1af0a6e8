"""Edit the draft of a calendar, and confirm it (III.b.ii.3, III.b.ii.4); deadlines never run on a draft.

Each edit takes the mark of the draft its form showed. An edit that is so already does nothing, so that a double click
is harmless; one made on a draft that somebody else changed is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from requests_app.domain.calendar_errors import InvalidCalendar
from requests_app.domain.calendar_schema import dump_intervals, parse_calendar
from requests_app.domain.calendars import WEEKDAYS, Interval
from requests_app.models import BackgroundJob, Calendar, CalendarVersion, Closure
from requests_app.selectors.access import Actor
from requests_app.selectors.calendars import Draft, definition_of, draft_of
from requests_app.services.calendars import add_year, confirm_calendar
from requests_app.services.edits import ChangedMeanwhile, require_unchanged
from requests_app.services.events import record_audit
from requests_app.services.jobs import enqueue_job


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Who edits which calendar, when, and the mark of the draft they saw."""

    calendar_id: int
    seen: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosureEntry:
    """A date on which the weekly pattern does not hold; without hours the city is closed all day."""

    on: date
    name: str
    open: tuple[Interval, ...] = ()

    @property
    def facts(self) -> dict[str, object]:
        """Give the fields of the row."""
        return {"on": self.on, "name": self.name, "open": dump_intervals(self.open)}


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursEntry:
    """The weekly pattern, Monday first, and what of it is a local choice."""

    weekly_hours: tuple[tuple[Interval, ...], ...]
    anchors: Mapping[int, date]  # weekday to one of its days off; every second one is off
    partial_days_count: bool
    business_day_hours: Decimal

    @property
    def settings(self) -> dict[str, object]:
        """Give them in the schema of a calendar."""
        return {
            "weekly_hours": dict(zip(WEEKDAYS, map(dump_intervals, self.weekly_hours), strict=True)),
            "alternate_days_off": [
                {"weekday": WEEKDAYS[weekday], "anchor": anchor.isoformat()}
                for weekday, anchor in sorted(self.anchors.items())
            ],
            "partial_days_count": self.partial_days_count,
            "business_day_hours": float(self.business_day_hours),
        }


@transaction.atomic
def add_closure(edit: Edit, entry: ClosureEntry) -> None:
    """Add a closure, a part day or an extra open day. Raises InvalidCalendar, ChangedMeanwhile."""
    draft = _locked(edit)
    if draft.calendar.closures.filter(**entry.facts).exists():
        return
    require_unchanged(seen=edit.seen, now=draft.mark)
    _require_unnamed(draft.calendar, entry)
    closure = Closure.objects.create(calendar=draft.calendar, **entry.facts)
    _check(draft.calendar)
    record_audit("closure_added", closure, actor=edit.actor, at=edit.at, fields=entry.facts)


@transaction.atomic
def change_closure(edit: Edit, *, closure_id: int, entry: ClosureEntry) -> None:
    """Rename or move a closure, or give it other hours. Raises as `add_closure`, ChangedMeanwhile for one gone."""
    draft = _locked(edit)
    closure = draft.calendar.closures.filter(pk=closure_id).first()
    if closure is None:
        raise ChangedMeanwhile
    if {name: getattr(closure, name) for name in entry.facts} == entry.facts:
        return
    require_unchanged(seen=edit.seen, now=draft.mark)
    _require_unnamed(draft.calendar, entry, besides=closure_id)
    draft.calendar.closures.filter(pk=closure_id).update(**entry.facts, confirmed_at=None)
    _check(draft.calendar)
    record_audit("closure_changed", closure, actor=edit.actor, at=edit.at, fields=entry.facts)


@transaction.atomic
def remove_closure(edit: Edit, *, closure_id: int) -> None:
    """Take a closure out of the draft; what was confirmed keeps it until the draft is confirmed."""
    draft = _locked(edit)
    closure = draft.calendar.closures.filter(pk=closure_id).first()
    if closure is None:
        return
    require_unchanged(seen=edit.seen, now=draft.mark)
    fields = {"on": closure.on, "name": closure.name}
    record_audit("closure_removed", closure, actor=edit.actor, at=edit.at, fields=fields)
    closure.delete()


@transaction.atomic
def add_holidays(edit: Edit, *, year: int) -> int:
    """Add the holidays of a year and let the draft reach its end; count those added. Raises as `add_closure`."""
    draft = _locked(edit)
    if edit.seen != draft.mark and draft.business_calendar.known_through >= date(year, 12, 31):
        return 0  # added a moment ago, by the first of two clicks or by somebody else
    require_unchanged(seen=edit.seen, now=draft.mark)
    return add_year(calendar_id=edit.calendar_id, year=year, actor=edit.actor, at=edit.at)


@transaction.atomic
def change_hours(edit: Edit, entry: HoursEntry) -> None:
    """Change the weekly pattern and its rules. Raises InvalidCalendar, ChangedMeanwhile."""
    draft = _locked(edit)
    calendar, settings = draft.calendar, {**draft.calendar.settings, **entry.settings}
    if calendar.settings == settings:
        return
    require_unchanged(seen=edit.seen, now=draft.mark)
    changed = {name: value for name, value in settings.items() if calendar.settings.get(name) != value}
    calendar.settings = settings
    calendar.save(update_fields=["settings"])
    _check(calendar)
    record_audit("calendar_hours_changed", calendar, actor=edit.actor, at=edit.at, fields=changed)


@transaction.atomic
def discard_draft(edit: Edit) -> None:
    """Put the draft back to what was confirmed last; nothing to do where it is the same, or nothing was confirmed."""
    draft = _locked(edit)
    if draft.newest is None or not draft.is_changed:
        return
    require_unchanged(seen=edit.seen, now=draft.mark)
    definition = dict(draft.newest.definition)
    closures, name = definition.pop("closures"), definition.pop("name")
    draft.calendar.closures.all().delete()
    Closure.objects.bulk_create(
        Closure(
            calendar=draft.calendar,
            on=date.fromisoformat(closure["date"]),
            name=closure["name"],
            open=closure["open"],
            confirmed_at=draft.newest.confirmed_at,
        )
        for closure in closures
    )
    draft.calendar.name, draft.calendar.settings = name, definition
    draft.calendar.save(update_fields=["name", "settings"])
    fields = {"number": draft.newest.number}
    record_audit("calendar_draft_discarded", draft.calendar, actor=edit.actor, at=edit.at, fields=fields)


@transaction.atomic
def confirm_draft(edit: Edit) -> tuple[CalendarVersion, BackgroundJob | None]:
    """Confirm the draft and ask for the open dates to follow; a second click gives back the version of the first.

    Raises InvalidCalendar, ChangedMeanwhile: what is confirmed is what was shown, with its preview.
    """
    draft = _locked(edit)
    if draft.newest and not draft.is_changed:
        return draft.newest, None
    require_unchanged(seen=edit.seen, now=draft.mark)
    version = confirm_calendar(calendar_id=edit.calendar_id, actor=edit.actor, at=edit.at)
    parameters: dict[str, object] = {"calendar_id": edit.calendar_id}
    return version, enqueue_job("recompute_clocks", parameters=parameters, actor=edit.actor, at=edit.at)


def _locked(edit: Edit) -> Draft:
    return draft_of(Calendar.objects.select_for_update().get(pk=edit.calendar_id))


def _require_unnamed(calendar: Calendar, entry: ClosureEntry, *, besides: int = 0) -> None:
    """Raise InvalidCalendar where the date has a closure of that name already, with other hours."""
    if calendar.closures.filter(on=entry.on, name=entry.name).exclude(pk=besides).exists():
        raise InvalidCalendar("name", "that date has an entry of this name already; change that one.")


def _check(calendar: Calendar) -> None:
    parse_calendar(definition_of(calendar))

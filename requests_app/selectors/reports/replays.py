"""What-if over the clocks of a report: each read once and replayed; nothing is written (III.b.ii.3, III.b.ii.4)."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from requests_app.domain.calendars import BusinessCalendar
from requests_app.domain.metrics import ClockClass
from requests_app.domain.periods import Period
from requests_app.domain.replays import DueDates, Outcome, Question, Recorded, replay
from requests_app.models import Calendar, CalendarVersion, Replay, ServiceStandard
from requests_app.selectors.access import Actor
from requests_app.selectors.due_dates import allowance_of
from requests_app.selectors.reports.facts import Facts, clock_facts
from requests_app.selectors.reports.lists import CellList, ReplayLine
from requests_app.selectors.reports.scope import Narrowing, ReportQuery, ReportScope, report_scope
from requests_app.selectors.visibility import sees_confidential

_CHUNK = 2000
_FACTS = (
    "started_at", "due_at", "met_at", "given_on", "standard_id", "department_id", "is_answered_on_the_spot", "kind",
)  # fmt: skip


class ReplayedClock(NamedTuple):
    """One clock of a replay: where it is counted, what was recorded, and what would have become of it."""

    clock_id: int
    department_id: int
    is_answered_on_the_spot: bool
    recorded: Recorded
    outcome: Outcome


class ReplayDesk:
    """The due dates of every standard, as they are counted and as a question has them; read once (three queries)."""

    def __init__(self, question: Question) -> None:
        newest = _newest_calendars()
        other = next((calendar for slug, calendar in newest.values() if slug == question.calendar), None)
        self._pairs: dict[int, tuple[DueDates, DueDates]] = {}
        self._days: dict[datetime, date] = {}
        for standard in ServiceStandard.objects.all():
            if standard.calendar_id in newest:
                own, allowance = newest[standard.calendar_id][1], allowance_of(standard)
                instead = question.calendar_from(other or own)
                self._pairs[standard.pk] = DueDates(own, allowance), DueDates(instead, question.allowance(allowance))

    def replayed(self, facts: Facts, *, as_of: datetime) -> Iterator[ReplayedClock]:
        """Replay clocks one after another; those of a calendar nobody confirmed stay as recorded."""
        for row in _rows(facts):
            pk, started_at, due_at, met_at, given_on, standard_id, department_id, on_the_spot, kind = row
            recorded = Recorded(ClockClass(kind), started_at, due_at, met_at, given_on)
            pair = self._pairs.get(standard_id)
            if pair is None:
                outcome = Outcome(recorded.kind, due_at, is_left=True)
            else:
                outcome = replay(recorded, by=pair[0], instead=pair[1], as_of=as_of)
            yield ReplayedClock(pk, department_id, on_the_spot, recorded, outcome)

    def due_on(self, due_at: datetime) -> date:
        """Give the day a due instant belongs to; many share theirs."""
        if due_at not in self._days:
            calendars = (by.calendar for by, _ in self._pairs.values())
            calendar = next(calendars, None)
            self._days[due_at] = calendar.due_date(due_at) if calendar else timezone.localdate(due_at)
        return self._days[due_at]


def _rows(facts: Facts) -> Iterator[tuple[Any, ...]]:
    clock_id = "clock_id" if facts.are_revisions else "pk"
    paths = [facts.path(name) for name in _FACTS]
    rows: QuerySet[Any, tuple[Any, ...]] = facts.rows.order_by().values_list(clock_id, *paths)
    return rows.iterator(chunk_size=_CHUNK)


def _newest_calendars() -> dict[int, tuple[str, BusinessCalendar]]:
    """Give slug and newest confirmed version by the id of the calendar."""
    slugs = dict(Calendar.objects.values_list("pk", "slug"))
    newest = {version.calendar_id: version for version in CalendarVersion.objects.order_by("number")}
    return {pk: (slugs[pk], version.business_calendar()) for pk, version in newest.items()}


def query_to_json(query: ReportQuery) -> dict[str, Any]:
    """Give a report's query as JSON values."""
    # What the city had chosen is read again from the instant: it is not part of the question.
    plain = {each.name: getattr(query, each.name) for each in fields(query) if each.name != "choices"}
    ids = query.department_ids
    return {
        **plain,
        "period": [query.period.from_on.isoformat(), query.period.to_on.isoformat()],
        "as_of": query.as_of.isoformat(),
        "department_ids": None if ids is None else sorted(ids),
        "narrowing": asdict(query.narrowing),
    }


def query_from_json(stored: Mapping[str, Any]) -> ReportQuery:
    """Read what `query_to_json` gave."""
    ids = stored["department_ids"]
    return ReportQuery(
        **{
            **stored,
            "period": Period(*map(date.fromisoformat, stored["period"])),
            "as_of": datetime.fromisoformat(stored["as_of"]),
            "department_ids": None if ids is None else frozenset(ids),
            "narrowing": Narrowing(**stored["narrowing"]),
        }
    )


def asked_facts(row: Replay, scope: ReportScope) -> Facts:
    """Give the clocks a question is about, as far as a scope has them."""
    return clock_facts(scope, query_from_json(row.query))


def scope_mark(actor: Actor, scope: ReportScope) -> str:
    """Say how far an actor's figures reach, so that figures made for a wider reach are not shown in a narrower one."""
    ids = "city" if scope.department_ids is None else ",".join(map(str, sorted(scope.department_ids)))
    return f"{ids} {'all' if sees_confidential(actor) else 'ordinary'}"


def replays_of(actor: Actor) -> QuerySet[Replay]:
    """Give what somebody asked and may still read: figures count what their reader could see when they were made."""
    mark = scope_mark(actor, report_scope(actor))
    return Replay.objects.filter(requested_by=actor.employee_id, scope_mark=mark).select_related("job")


def replay_list(row: Replay, scope: ReportScope, *, move: str = "", department_id: int | None = None) -> CellList[Any]:
    """List the clocks that would have been judged otherwise, as far as the reader may see them now."""
    rows: QuerySet[Any] = row.changes.filter(clock__in=scope.clocks)
    narrowing = {"move": move, "department": department_id}
    rows = rows.filter(**{name: value for name, value in narrowing.items() if value})
    if scope.department_ids is not None:
        rows = rows.filter(department__in=scope.department_ids)
    names = (
        "started_at", "pk", "clock__service_request__number", "clock__service_request__title", "department__name",
        "clock__channel", "clock__standard__name", "due_at", "would_be_due_at", "met_at", "move",
    )  # fmt: skip
    return CellList(rows, ReplayLine, names, scope.is_masked)

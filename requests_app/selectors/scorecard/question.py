"""What a scorecard is asked for, and by whom; what several clauses count is read once and kept."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Count, Exists, F, Func, OuterRef, QuerySet
from django.db.models.fields import IntegerField
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from requests_app.domain.metrics import Tally, total
from requests_app.domain.periods import Period, midnight
from requests_app.domain.scorecard import Frame, Pair, Series
from requests_app.domain.surveys import Scores
from requests_app.domain.vocabulary import RequestKind
from requests_app.models import ComplaintDecision, Confirmation, Improvement, ServiceRequest, ServiceStandard
from requests_app.selectors.access import Actor
from requests_app.selectors.confirmations import target_confirmed
from requests_app.selectors.feedback_told import told_by_clause
from requests_app.selectors.improvements import parts as improvement_parts
from requests_app.selectors.reports.cells import tallies
from requests_app.selectors.reports.choices import ReportChoices
from requests_app.selectors.reports.complaints import RegisterQuery
from requests_app.selectors.reports.facts import clock_facts
from requests_app.selectors.reports.first_contact import logged_contacts
from requests_app.selectors.reports.greetings import GreetingFigures, greeting_figures
from requests_app.selectors.reports.scope import ReportQuery, ReportScope
from requests_app.selectors.scorecard.contact_parts import contact_parts
from requests_app.selectors.trainings import RosterScope, training_counts_on


class Question:
    """A period and a department as one reader may see them: the scope is that of every other report."""

    def __init__(self, *, actor: Actor, scope: ReportScope, query: ReportQuery, choices: ReportChoices) -> None:
        self.actor = actor
        self.scope = scope
        self.choices = choices
        self.now = query.as_of
        self.period = query.period
        self.frame = Frame(query.period)
        # All that is compared, at one go; channels and standards narrow no clause.
        self.query = replace(query, period=self.frame.whole, channel="", standard="", milestone="", kind="")

    @property
    def today(self) -> date:
        """Give the local date of the look."""
        return timezone.localdate(self.now)

    @cached_property
    def target_confirmed(self) -> Confirmation | None:
        """Give who confirmed the city's target as it stands, which is a local choice."""
        return target_confirmed(self.choices.target_rate)

    @property
    def asked_department(self) -> int | None:
        """Give the one department asked for, its divisions included; None where all are."""
        asked = self.query.department_ids
        return next((each.pk for each in self.choices.departments if each.with_divisions == asked), None)

    @property
    def department_ids(self) -> frozenset[int] | None:
        """Give the departments counted: those asked for, of those the reader answers for; None for the whole city."""
        asked, own = self.query.department_ids, self.scope.department_ids
        return own if asked is None else asked if own is None else asked & own

    @property
    def register(self) -> RegisterQuery:
        """Ask the register of complaints for the same."""
        return RegisterQuery(
            actor=self.actor, period=self.frame.whole, now=self.now, department_ids=self.department_ids
        )

    def of_departments(self, rows: QuerySet[Any], path: str = "department") -> QuerySet[Any]:
        """Narrow rows to the departments counted."""
        return rows if self.department_ids is None else rows.filter(**{f"{path}__in": self.department_ids})

    def closed_complaints(self) -> QuerySet[ServiceRequest]:
        """Give the complaints that had a written outcome and are closed."""
        decided = Exists(ComplaintDecision.objects.filter(complaint__service_request=OuterRef("pk")))
        rows = self.scope.requests.filter(decided, kind=RequestKind.COMPLAINT, closed_at__isnull=False)
        return self.of_departments(rows)

    @cached_property
    def feedback(self) -> Mapping[Period, Mapping[str, tuple[Scores, int]]]:
        """Give what may be told of residents and staff in each of what is compared, and how many answered."""
        return told_by_clause(self.frame.slots, today=self.today, small_number=self.choices.small_number)

    @cached_property
    def contacts(self) -> Mapping[str, Series]:
        """Count the logged contacts, and of them each part a clause asks for; one query."""
        parts = contact_parts(now=self.now)
        rows = between(logged_contacts(self.scope, self.query), "received_at", self.frame.whole)
        counted = (
            rows.annotate(segment=segment_of("received_at", self.frame))
            .order_by()
            .values_list("segment")
            .annotate(of_all=Count("pk"), **{f"of_{code}": Count("pk", filter=part) for code, part in parts.items()})
        )
        found: dict[str, dict[int, Pair]] = {code: {} for code in parts}
        for segment, whole, *numbers in counted:
            for code, number in zip(parts, numbers, strict=True):
                found[code][segment] = Pair(number, whole)
        return {code: self.frame.series(of_segment) for code, of_segment in found.items()}

    @cached_property
    def suggested(self) -> Mapping[str, Series]:
        """Count the suggestions by what came of them, those proposed and `due` included; one query."""
        rows = between_days(self.of_departments(Improvement.objects.all()), "proposed_on", self.frame.whole)
        asked = {f"of_{name}": Count("pk", filter=part) for name, part in improvement_parts(self.today).items() if name}
        counted = (
            rows.annotate(segment=segment_of_day("proposed_on", self.frame))
            .order_by()
            .values("segment")
            .annotate(of_proposed=Count("pk"), **asked)
        )
        by_name: dict[str, dict[int, Pair]] = {name: {} for name in (*asked, "of_proposed")}
        for row in counted:
            for name, of_segment in by_name.items():
                of_segment[row["segment"]] = Pair(row[name], row[name])
        return {name.removeprefix("of_"): self.frame.series(found) for name, found in by_name.items()}

    @cached_property
    def trained(self) -> Series:
        """Count whoever is in date with training at the end of each of what is compared, of those who owe it."""
        scope = RosterScope(self.scope.department_ids, self.scope.is_masked)
        days = {slot: min(slot.to_on, self.today) for slot in self.frame.slots}
        counts = training_counts_on(set(days.values()), scope, department_ids=self.query.department_ids)
        return self.frame.series_by(lambda slot: Pair(counts[days[slot]].in_date, counts[days[slot]].n))

    def standards_of(self, clause: str) -> list[ServiceStandard]:
        """Give the standards that make a clause countable, in the versions in force."""
        return [standard for standard in self.choices.standards if standard.clause == clause]

    def clocks(self, *, standard: str = "", milestone: str = "") -> Series:
        """Count what had to wait and was kept, of one standard or of one milestone."""
        wanted = (standard, milestone)
        found: dict[int, list[Tally]] = {}
        for (standard_id, of, segment), tally in self._clock_cells.items():
            if wanted in ((self.choices.codes[standard_id], ""), ("", of)):
                found.setdefault(segment, []).append(tally)
        return self.frame.series({segment: _kept(total(cells)) for segment, cells in found.items()})

    @cached_property
    def _clock_cells(self) -> Mapping[tuple[Any, ...], Tally]:
        facts = clock_facts(self.scope, self.query)
        rows = facts.rows.annotate(segment=segment_of("started_at", self.frame))
        by = ("standard_id", "milestone", "segment")
        return tallies(facts.over(rows), by, period=self.frame.whole, is_timed=False)

    @cached_property
    def greetings(self) -> GreetingFigures:
        """Give the absences whose greeting was due, over all that is compared."""
        return greeting_figures(
            self.scope, period=self.frame.whole, department_ids=self.query.department_ids, now=self.now
        )


class Segment(Func):
    """The place of a day or an instant among the ends of segments, written as one CASE.

    Django's own `Case` costs a dozen expressions a query to take apart and put together, and each figure asks one.
    """

    output_field = IntegerField()

    def __init__(self, field: str, ends: tuple[date, ...], **extra: Any) -> None:
        super().__init__(F(field), **extra)
        self.ends = ends

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_args: Any, **_extra: Any
    ) -> tuple[str, tuple[Any, ...]]:
        """Write it; the ends go in as parameters, as the column's own field prepares them."""
        (column,) = self.get_source_expressions()
        name, params = compiler.compile(column)
        field = column.output_field
        sql: list[str] = []
        given: list[Any] = []
        for number, end in enumerate(self.ends):
            sql.append(f"WHEN {name} < %s THEN {number}")
            given += [*params, field.get_db_prep_value(end, connection)]
        return f"CASE {' '.join(sql)} ELSE {len(self.ends)} END", tuple(given)


def segment_of(field: str, frame: Frame) -> Segment:
    """Name the segment an instant falls into; days begin at local midnight."""
    time_zone = timezone.get_default_timezone()
    return Segment(field, tuple(midnight(on, time_zone) for on in frame.cuts[1:]))


def segment_of_day(field: str, frame: Frame) -> Segment:
    """Name the segment a local day falls into."""
    return Segment(field, tuple(frame.cuts[1:]))


def between_days(rows: QuerySet[Any], field: str, period: Period) -> QuerySet[Any]:
    """Narrow rows to those of which a local day falls into a period."""
    return rows.filter(**{f"{field}__range": (period.from_on, period.to_on)})


def between(rows: QuerySet[Any], field: str, period: Period) -> QuerySet[Any]:
    """Narrow rows to those of which an instant falls into a period."""
    starts_at, ends_at = period.bounds(timezone.get_default_timezone())
    return rows.filter(**{f"{field}__gte": starts_at, f"{field}__lt": ends_at})


def _kept(tally: Tally) -> Pair:
    return Pair(tally.count("waited_met"), tally.count("waited_n"))

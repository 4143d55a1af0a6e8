"""A figure of the scorecard, and the rows behind it: what is counted and what is listed are the same rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import BooleanField, Case, Count, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.functional import Promise

from requests_app.domain.clauses import Measure
from requests_app.domain.greeting_figures import PARTS as GREETING_PARTS
from requests_app.domain.periods import Period
from requests_app.domain.scorecard import Pair, Series, Standing, standing
from requests_app.domain.vocabulary import StandardSource
from requests_app.models import ServiceStandard
from requests_app.selectors.clause_signatures import signatures_of
from requests_app.selectors.reports.definition import Definition
from requests_app.selectors.reports.definitions import BY_CODE
from requests_app.selectors.reports.first_contact import logged_contacts
from requests_app.selectors.reports.greetings import CountedAbsence
from requests_app.selectors.reports.lists import CellList, MatterLine
from requests_app.selectors.scorecard.contact_parts import contact_parts
from requests_app.selectors.scorecard.question import Question, between, segment_of

PART, WHOLE = "part", "whole"
_EACH = Q(pk__isnull=False)


@dataclass(frozen=True, slots=True)
class ListedAt:
    """A page that lists what a figure counts: the name of its address, and what narrows it besides the period."""

    name: str
    args: tuple[str, ...] = ()
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matters:
    """Rows that each belong to a request: when they count, which are the part, and where the request is named.

    `rows` reach over all that is compared, already narrowed to what the reader may see.
    """

    rows: QuerySet[Any]
    at: str
    part: Q = _EACH
    number: str = "number"
    title: str = "title"
    department: str = "department__name"

    def series(self, question: Question) -> Series:
        """Count them, in one query."""
        rows = between(self.rows, self.at, question.frame.whole)
        counted = (
            rows.annotate(segment=segment_of(self.at, question.frame))
            .order_by()
            .values_list("segment")
            .annotate(of_part=Count("pk", filter=self.part), of_whole=Count("pk"))
        )
        return question.frame.series({segment: Pair(part, whole) for segment, part, whole in counted})

    def listed(self, period: Period, *, which: str, is_masked: bool) -> CellList[MatterLine]:
        """List those of a period, the part or the whole."""
        is_part = Case(When(self.part, then=Value(True)), default=Value(False), output_field=BooleanField())
        rows = between(self.rows, self.at, period).annotate(is_part=is_part)
        if which == PART:
            rows = rows.filter(is_part=True)
        fields = (self.at, "pk", self.number, self.title, self.department, "is_part")
        return CellList(rows, MatterLine, fields, is_masked)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed what is attested, and when last."""

    who: str | Promise
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreFigure:
    """One figure of a clause. `part` and `whole` are the pages that list it, unless `matters` are listed here.

    Without a target nothing is judged. `of_one_person` keeps a share back: none is about a person.
    """

    code: str
    measure: Measure
    series: Series
    named: str | Promise = ""  # a name of its own, such as that of a standard
    defined_by: str = ""  # the definition, where it goes by another code
    target: Decimal | None = None
    is_local_choice: bool = False
    is_city_target: bool = False  # the city's one target, where the policy gives none
    of_one_person: bool = False
    part: ListedAt | None = None  # neither these nor `matters`: whoever reads the figure may not read the list
    whole: ListedAt | None = None
    matters: Matters | None = None
    signed: Signature | None = None
    is_number: bool = False  # a plain number, not so many of so many
    is_yes_or_no: bool = False  # one thing that is so or not so
    untold: str | Promise = ""  # what is said where the number is not to be told

    @property
    def definition(self) -> Definition:
        """Give what the figure means. Raises KeyError for one that the table of definitions does not know."""
        return BY_CODE[self.defined_by or self.code]

    @property
    def label(self) -> str | Promise:
        """Name the figure as it is defined."""
        return self.named or self.definition.name

    def listed(self, *, part: ListedAt, whole: ListedAt) -> ScoreFigure:
        """Give the figure with the pages that list it."""
        return replace(self, part=part, whole=whole)

    def rated(self, question: Question) -> ScoreFigure:
        """Give the figure judged by the city's own target."""
        return replace(self, target=question.choices.target_rate, is_local_choice=True, is_city_target=True)

    def standing(self, *, small_number: int) -> Standing:
        """Judge the figure of the period."""
        pair = self.series.now if self.series.is_recorded else None
        return standing(
            pair,
            measure=self.measure,
            target=self.target,
            small_number=small_number,
            is_about_one=self.of_one_person,
        )


def of_matters(
    question: Question, code: str, matters: Matters, *, measure: Measure, is_rated: bool = False
) -> ScoreFigure:
    """Give a figure counted from rows; rated against the city's own target, a local choice, where that is asked."""
    figure = ScoreFigure(code=code, measure=measure, series=matters.series(question), matters=matters)
    return figure.rated(question) if is_rated else figure


def of_contacts(question: Question, code: str, *, measure: Measure, is_rated: bool = False) -> ScoreFigure:
    """Give a part of the logged contacts, all of which are counted in one query."""
    rows, part = logged_contacts(question.scope, question.query), contact_parts(now=question.now)[code]
    matters = Matters(rows=rows, at="received_at", part=part)
    figure = ScoreFigure(code=code, measure=measure, series=question.contacts[code], matters=matters)
    return figure.rated(question) if is_rated else figure


def of_standard(question: Question, standard: ServiceStandard) -> ScoreFigure:
    """Give how one standard was kept, of what had to wait, against its own target."""
    params = {"standard": standard.code}
    return ScoreFigure(
        code=standard.code,
        named=standard.name,
        defined_by="on_time",
        measure=Measure.AUTO,
        series=question.clocks(standard=standard.code),
        target=standard.target_rate,
        is_local_choice=standard.source == StandardSource.LOCAL_CHOICE,
        part=ListedAt("compliance_clocks", params={**params, "part": "waited_met"}),
        whole=ListedAt("compliance_clocks", params={**params, "part": "waited_n"}),
    )


def of_standards(question: Question, clause: str) -> list[ScoreFigure]:
    """Give one figure for each standard under a clause."""
    return [of_standard(question, standard) for standard in question.standards_of(clause)]


def of_signatures(question: Question, clause: str, *, defined_by: str) -> ScoreFigure:
    """Give how many signatures stand under a clause, by the days they are for; the last one by name."""
    rows = [row for row in signatures_of(clause, question.department_ids) if row.withdrawn_at is None]

    def count(slot: Period) -> Pair:
        number = sum(row.from_on <= slot.to_on and row.to_on >= slot.from_on for row in rows)
        return Pair(number, number)

    period = question.period
    last = next((row for row in rows if row.from_on <= period.to_on and row.to_on >= period.from_on), None)
    listed = ListedAt("scorecard_clause", (clause,))
    return ScoreFigure(
        code="signed",
        defined_by=defined_by,
        measure=Measure.ATTESTED,
        series=question.frame.series_by(count),
        part=listed,
        whole=listed,
        signed=Signature(last.signed_by.name, last.signed_at) if last else None,
        is_number=True,
    )


def of_greetings(
    question: Question,
    part: str,
    *,
    whole: str,
    defined_by: str,
    named: str | Promise = "",
    signed_by: str | Promise = "",
) -> ScoreFigure:
    """Give a figure of the register of absences; what people say of themselves or others is attested, not rated."""
    found, period = question.greetings, question.period
    of_segment: dict[int, Pair] = {}
    in_period: list[CountedAbsence] = []
    for each in found.of(whole):
        on = timezone.localdate(each.case.track.due_at)
        segment = question.frame.segment_of(on)
        is_part = GREETING_PARTS[part](each.case, found.now)
        of_segment[segment] = of_segment.get(segment, Pair()) + Pair(int(is_part), 1)
        if period.from_on <= on <= period.to_on:
            in_period.append(each)
    figure = ScoreFigure(
        code=part,
        named=named,
        defined_by=defined_by,
        measure=Measure.ATTESTED if signed_by else Measure.AUTO,
        series=question.frame.series(of_segment),
        of_one_person=len({each.absence.employee_id for each in in_period}) == 1,
        part=ListedAt("greeting_rows", (part,)),
        whole=ListedAt("greeting_rows", (whole,)),
        signed=Signature(signed_by, _last_signed(in_period, part)) if signed_by else None,
    )
    return figure if signed_by else figure.rated(question)


def _last_signed(counted: list[CountedAbsence], part: str) -> datetime | None:
    tracks = [each.case.track for each in counted]
    instants = [track.checked_at if part == "checked" else track.first_set_at for track in tracks]
    return max((at for at in instants if at is not None), default=None)

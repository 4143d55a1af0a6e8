"""What the complaint register counts, defined once: page, file, lists and the council's report read it here.

Every breakdown puts each of its rows into exactly one cell, in SQL, so that a figure and the list behind it are the
same rows. Nothing is counted about a person: no breakdown goes by owner, decider or whom a complaint is about.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, Max, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.domain.complaints import FIRST_STAGE, REVIEW_STAGE
from requests_app.domain.metrics import ClockClass
from requests_app.domain.periods import Period
from requests_app.domain.vocabulary import Milestone, RequestKind, RevisionReason
from requests_app.models import ClockRevision, ComplaintDecision, Department, Escalation, FollowUp, ServiceRequest
from requests_app.models.labels import COMPLAINT_OUTCOMES, COMPLAINT_SUBJECTS, FOLLOW_UP_OUTCOMES, ROOT_CAUSES, Labels
from requests_app.selectors.access import Actor, divisions_of, parents_of_departments
from requests_app.selectors.escalation_chain import LEVEL_WORDS
from requests_app.selectors.reports.complaint_definitions import TABLE_DEFINITIONS
from requests_app.selectors.reports.definition import Definition
from requests_app.selectors.reports.facts import facts_at
from requests_app.selectors.visibility import requests_visible_to, visible_clocks

NONE = "none"
UNDECIDED = "undecided"
Cells = Mapping[str, str | Promise]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterQuery:
    """Which complaints are counted, for whom and at which instant; without departments those of the whole city."""

    actor: Actor
    period: Period
    now: datetime
    department_ids: frozenset[int] | None = None


def _named(labels: Labels) -> dict[str, str | Promise]:
    return {code.value: label for code, label in labels.items()}


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One table of the register; `milestone` is that of the clocks it counts, empty where it counts complaints.

    `shared` is a cell that stands in other tables too, with the same rows.
    """

    code: str
    cells: Cells = field(default_factory=dict)
    milestone: str = ""
    shared: str = ""

    @property
    def title(self) -> str | Promise:
        """Give its name, as it is defined."""
        return _DEFINED[self.code].name


_DEFINED: Mapping[str, Definition] = {
    part.removeprefix("complaints."): definition for definition in TABLE_DEFINITIONS for part in definition.parts
}
_CLOCK_CELLS: Cells = {
    ClockClass.MET.value: _("Kept"),
    ClockClass.LATE.value: _("Late"),
    ClockClass.OVERDUE.value: _("Overdue now"),
    ClockClass.OPEN.value: _("Open, not yet due"),
    ClockClass.EXCUSED.value: _("Late answer excused"),
    ClockClass.MERGED.value: _("Merged"),
    ClockClass.CANCELLED.value: _("Cancelled"),
}
_NO_OUTCOME: Cells = {UNDECIDED: _("No written outcome yet")}
BREAKDOWNS: tuple[Breakdown, ...] = (
    Breakdown(
        "subject",
        {**_named(COMPLAINT_SUBJECTS), NONE: _("Not said yet")},
    ),
    Breakdown(
        "department",
    ),
    Breakdown(
        "outcome",
        {**_named(COMPLAINT_OUTCOMES), **_NO_OUTCOME},
        shared=UNDECIDED,
    ),
    Breakdown(
        "stage",
        {str(FIRST_STAGE): _("First stage"), str(REVIEW_STAGE): _("Review")},
    ),
    Breakdown(
        "acknowledgement",
        _CLOCK_CELLS,
        milestone=Milestone.COMPLAINT_ACKNOWLEDGED.value,
    ),
    Breakdown(
        "answer",
        _CLOCK_CELLS,
        milestone=Milestone.COMPLAINT_ANSWER.value,
    ),
    Breakdown(
        "extended",
        {"yes": _("Extended"), "no": _("Not extended")},
        milestone=Milestone.COMPLAINT_ANSWER.value,
    ),
    Breakdown(
        "escalation",
        {"0": _("Not escalated"), **{str(int(level)): words for level, words in LEVEL_WORDS.items()}},
    ),
    Breakdown(
        "follow_up",
        {**_named(FOLLOW_UP_OUTCOMES), NONE: _("Answered, not followed up yet"), **_NO_OUTCOME},
        shared=UNDECIDED,
    ),
    Breakdown(
        "root_cause",
        {**_named(ROOT_CAUSES), **_NO_OUTCOME},
        shared=UNDECIDED,
    ),
)  # fmt: skip
BY_CODE: Mapping[str, Breakdown] = {breakdown.code: breakdown for breakdown in BREAKDOWNS}
# The acknowledgement and the answer: what is timed, kept and late alike.
TIMED = ("acknowledgement", "answer")


def complaints_of(query: RegisterQuery) -> QuerySet[ServiceRequest]:
    """Give the complaints that reached the city in a period, of those the reader may know."""
    starts_at, ends_at = query.period.bounds(timezone.get_default_timezone())
    rows = requests_visible_to(query.actor).filter(
        kind=RequestKind.COMPLAINT, complaint__isnull=False, received_at__gte=starts_at, received_at__lt=ends_at
    )
    return rows if query.department_ids is None else rows.filter(department__in=query.department_ids)


def rows_of(query: RegisterQuery, breakdown: Breakdown) -> QuerySet[Any]:
    """Give the rows of a table, complaints or clocks, each with its `cell`."""
    if breakdown.milestone:
        return _clocks(query, breakdown)
    rows: QuerySet[Any] = complaints_of(query).annotate(cell=_CELL_OF[breakdown.code](query))
    return rows


def counts_of(query: RegisterQuery, breakdown: Breakdown) -> dict[str, int]:
    """Count the rows of each cell of a table, in one query; an empty cell is nought."""
    rows = rows_of(query, breakdown).order_by().values_list("cell").annotate(number=Count("pk"))
    counted = {str(cell): number for cell, number in rows}
    return {cell: counted.get(cell, 0) for cell in [*breakdown.cells, *(set(counted) - set(breakdown.cells))]}


def minutes_of(query: RegisterQuery, breakdown: Breakdown) -> dict[int, int]:
    """Count how often each number of business minutes occurs among what was kept or late."""
    rows = _clocks(query, breakdown).filter(
        kind__in=[ClockClass.MET.value, ClockClass.LATE.value], business_minutes__isnull=False
    )
    return dict(rows.order_by().values_list("business_minutes").annotate(number=Count("pk")))


def cell_names(breakdown: Breakdown) -> dict[str, str]:
    """Name the cells of a table; those of the table of departments are read, in one query."""
    if breakdown.code != "department":
        return {cell: str(label) for cell, label in breakdown.cells.items()}
    return {str(pk): name for pk, name in Department.objects.order_by("name").values_list("pk", "name")}


def _clocks(query: RegisterQuery, breakdown: Breakdown) -> QuerySet[Any]:
    clocks = visible_clocks(query.actor).filter(
        milestone=breakdown.milestone, service_request__in=complaints_of(query).order_by().values("pk")
    )
    rows: QuerySet[Any] = facts_at(clocks, as_of=query.now, is_past=False).rows
    if breakdown.code != "extended":
        by_kind: QuerySet[Any] = rows.annotate(cell=F("kind"))
        return by_kind
    put_off = Exists(ClockRevision.objects.filter(clock=OuterRef("pk"), reason=RevisionReason.EXTENDED))
    was_put_off = Case(When(put_off, then=Value("yes")), default=Value("no"), output_field=CharField())
    by_extension: QuerySet[Any] = rows.annotate(cell=was_put_off)
    return by_extension


def _last_decision(field_name: str) -> Coalesce:
    decisions = ComplaintDecision.objects.filter(complaint__service_request=OuterRef("pk"))
    return Coalesce(Subquery(decisions.order_by("-decided_at", "-pk").values(field_name)[:1]), Value(UNDECIDED))


def _department(query: RegisterQuery) -> Case | Cast:
    """Name the department; in the figures of the whole city a division counts for the department it is part of."""
    own = Cast(F("department_id"), CharField())
    if query.department_ids is not None:
        return own
    parents = parents_of_departments()
    parts = [
        When(department__in=divisions_of([pk], parents), then=Value(str(pk)))
        for pk, parent in parents.items()
        if parent is not None and parents[parent] is None
    ]
    return Case(*parts, default=own) if parts else own


def _subject() -> Case:
    return Case(When(complaint__subject="", then=Value(NONE)), default=F("complaint__subject"))


def _follow_up() -> Case:
    said = FollowUp.objects.filter(complaint__service_request=OuterRef("pk")).exclude(outcome="")
    decided = ComplaintDecision.objects.filter(complaint__service_request=OuterRef("pk"))
    last = Coalesce(Subquery(said.order_by("-at", "-pk").values("outcome")[:1]), Value(NONE))
    return Case(When(~Exists(decided), then=Value(UNDECIDED)), default=last)


def _escalation() -> Cast:
    chain = Escalation.objects.filter(service_request=OuterRef("pk")).order_by().values("service_request")
    highest = Coalesce(Subquery(chain.annotate(highest=Max("level")).values("highest")), Value(0))
    return Cast(highest, CharField())


_CELL_OF: Mapping[str, Callable[[RegisterQuery], Any]] = {
    "subject": lambda _query: _subject(),
    "department": _department,
    "outcome": lambda _query: _last_decision("outcome"),
    "stage": lambda _query: Cast(F("complaint__stage"), CharField()),
    "escalation": lambda _query: _escalation(),
    "follow_up": lambda _query: _follow_up(),
    "root_cause": lambda _query: _last_decision("root_cause"),
}

"""The lists of requests: each starts from what its reader may see, and comes in sections or one long order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import IntEnum, StrEnum
from functools import cached_property
from typing import Any

from django.db.models import Case, Count, DateTimeField, F, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Coalesce

from requests_app.models import ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.keysets import Key, KeyKind, Segment
from requests_app.selectors.list_filters import ListFilters
from requests_app.selectors.visibility import requests_visible_to
from requests_app.selectors.worklists import (
    DANGER,
    WAITING_FOR_RESIDENT,
    covered_by,
    due_today,
    in_departments_of,
    overdue,
    owned_by,
    queue_of,
    without_owner,
)

COUNT_LIMIT = 10_000
_FAR_AHEAD = datetime(2199, 1, 1, tzinfo=UTC)
_LONG_AGO = datetime(1901, 1, 1, tzinfo=UTC)


class Sort(StrEnum):
    """Orders a list can be put in; a leading minus is descending, as in the address."""

    DUE = "due"
    DUE_LAST = "-due"
    RECEIVED = "received"
    NEWEST = "-received"

    @property
    def is_descending(self) -> bool:
        """Say whether the latest comes first."""
        return self.value.startswith("-")


class Section(IntEnum):
    """Parts of a list, in the order they are shown."""

    DANGER = 0
    OVERDUE = 1
    TODAY = 2
    MINE = 3
    WAITING = 4
    COVERING = 5
    MY_DEPARTMENT = 6
    OTHER_DEPARTMENTS = 7
    EVERYTHING = 9


@dataclass(frozen=True)
class RequestList:
    """A list ready to be paged; `parts` are the columns that split a short one into parts with a count of their own."""

    rows: QuerySet[Any]
    segments: tuple[Segment, ...]
    parts: tuple[str, ...] = ()

    @cached_property
    def part_counts(self) -> Mapping[tuple[int, ...], int]:
        """Count the rows of each part, by the values of its columns; one query."""
        counted = self.rows.order_by().values_list(*self.parts).annotate(rows=Count("pk"))
        return {tuple(part): rows for *part, rows in counted}

    @cached_property
    def count(self) -> int:
        """Count the rows, exactly up to COUNT_LIMIT and as COUNT_LIMIT + 1 beyond."""
        if self.parts:
            return min(sum(self.part_counts.values()), COUNT_LIMIT + 1)
        return self.rows.order_by()[: COUNT_LIMIT + 1].count()


@dataclass(frozen=True, slots=True)
class ListQuestion:
    """Who asks for a list, when, narrowed to what and in which order."""

    actor: Actor
    now: datetime
    filters: ListFilters = field(default_factory=ListFilters)
    sort: Sort = Sort.DUE

    def visible(self) -> QuerySet[ServiceRequest]:
        """Give what the actor may see of what is asked for."""
        return requests_visible_to(self.actor).filter(self.filters.condition(actor=self.actor, now=self.now))


def my_work(question: ListQuestion) -> RequestList:
    """List what is the actor's own, the most pressing first, then what they look after for somebody who is away.

    At last what nobody in their department has yet.
    """
    mine = owned_by(question.actor)
    covered = covered_by(question.actor)
    nobody_yet = without_owner() & in_departments_of(question.actor)
    late, today = overdue(question.now), due_today(question.now)
    section = _sections(
        (DANGER, Section.DANGER),
        (nobody_yet, Section.MY_DEPARTMENT),
        (covered, Section.COVERING),
        (late, Section.OVERDUE),
        (today, Section.TODAY),
        (WAITING_FOR_RESIDENT, Section.WAITING),
        otherwise=Section.MINE,
    )
    return _sectioned(question.visible().filter(mine | covered | nobody_yet).annotate(section=section), question.sort)


def queue(question: ListQuestion) -> RequestList:
    """List the requests without an owner that the actor may pick up, those of their own departments first."""
    section = _sections(
        (DANGER, Section.DANGER),
        (in_departments_of(question.actor), Section.MY_DEPARTMENT),
        otherwise=Section.OTHER_DEPARTMENTS,
    )
    return _sectioned(question.visible().filter(queue_of(question.actor)).annotate(section=section), question.sort)


def overdue_list(question: ListQuestion, *, today: bool = False) -> RequestList:
    """List what is overdue, or due today, by owner; danger on top, then what nobody has, then people by name."""
    asked = due_today(question.now) if today else overdue(question.now)
    rows = question.visible().filter(asked)
    rows = rows.annotate(
        section=_sections((DANGER, Section.DANGER), otherwise=Section.EVERYTHING),
        owner_name=Coalesce(F("owner__name_normalised"), Value(""), output_field=TextField()),
        owner_key=Coalesce(F("owner_id"), Value(0)),
    )
    return _sectioned(rows, question.sort, Key("owner_name", KeyKind.TEXT), Key("owner_key"))


def all_requests(question: ListQuestion) -> RequestList:
    """List everything the actor may see, danger on top, in an order an index serves."""
    rows = question.visible()
    others = rows.filter(~DANGER)
    received = Key("received_at", KeyKind.INSTANT, descending=question.sort is not Sort.RECEIVED)
    pk = Key("pk", descending=received.descending)
    danger = Segment(rows.filter(DANGER), (received, pk))
    if question.sort in (Sort.RECEIVED, Sort.NEWEST):
        return RequestList(rows, (danger, Segment(others, (received, pk))))
    due = Key("answer_by_at", KeyKind.INSTANT, descending=question.sort.is_descending)
    dated = Segment(others.filter(answer_by_at__isnull=False), (due, Key("pk", descending=due.descending)))
    return RequestList(rows, (danger, dated, Segment(others.filter(answer_by_at__isnull=True), (received, pk))))


def _sections(*cases: tuple[Q, Section], otherwise: Section) -> Case:
    return Case(
        *(When(condition, then=Value(section.value)) for condition, section in cases),
        default=Value(otherwise.value),
        output_field=IntegerField(),
    )


def _sectioned(rows: QuerySet[ServiceRequest], sort: Sort, *groups: Key) -> RequestList:
    """Order a short list by section, then within it; what has no date comes last either way."""
    keys = (Key("section"), *groups)
    parts = tuple(key.name for key in keys if key.kind is KeyKind.INTEGER)
    if sort in (Sort.RECEIVED, Sort.NEWEST):
        ordered = rows
        within = Key("received_at", KeyKind.INSTANT, descending=sort.is_descending)
    else:
        undated = Value(_LONG_AGO if sort.is_descending else _FAR_AHEAD, output_field=DateTimeField())
        ordered = rows.annotate(due_key=Coalesce(F("answer_by_at"), undated))
        within = Key("due_key", KeyKind.INSTANT, descending=sort.is_descending)
    return RequestList(rows, (Segment(ordered, (*keys, within, Key("pk"))),), parts)

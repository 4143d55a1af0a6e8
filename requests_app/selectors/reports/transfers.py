"""Transfers before the first answer, and answers typed in long after they were given (III.b.iii.2).

Both as of the report's instant: a move is a revision of the clock, a gift an event on the request.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Least

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.metrics import MOST_TRANSFERS, TIME_BINS
from requests_app.domain.vocabulary import RevisionReason
from requests_app.models import ClockRevision, Event
from requests_app.selectors.reports.facts import Facts, clock_facts
from requests_app.selectors.reports.scope import ReportQuery, ReportScope, choices_of

_GIFTS = (EventKind.GIVEN.value, EventKind.SENT_BACK.value)


def narrowed_facts(scope: ReportScope, query: ReportQuery) -> Facts:
    """Give the clocks a report counts, narrowed to those behind one figure about times or transfers."""
    facts, asked = clock_facts(scope, query), query.narrowing
    if asked.time_bin:
        facts = _in_time_bin(facts, asked.time_bin)
    if asked.is_typed_in_late:
        facts = _filtered(typed_in_after(facts), typed_in_after__gt=long_after(query))
    if asked.moves is not None:
        facts = _filtered(with_moves(facts, as_of=query.as_of), transfers=asked.moves)
    if asked.gives is not None:
        facts = _filtered(with_gifts(facts, as_of=query.as_of), transfers=asked.gives)
    return facts


def with_moves(facts: Facts, *, as_of: datetime) -> Facts:
    """Count for each clock, as `transfers`, how often it went to another department before it was answered."""
    moves = ClockRevision.objects.filter(
        clock=OuterRef("clock" if facts.are_revisions else "pk"),
        reason=RevisionReason.TRANSFERRED,
        recorded_at__lt=_answered_or(as_of),
    )
    return _with_transfers(facts, moves, by="clock")


def with_gifts(facts: Facts, *, as_of: datetime) -> Facts:
    """Count for each clock, as `transfers`, how often its request was given on or sent back before it was answered."""
    gifts = Event.objects.filter(
        service_request=OuterRef(facts.path("service_request")),
        kind__in=_GIFTS,
        at__gte=OuterRef("started_at"),
        at__lt=_answered_or(as_of),
    )
    return _with_transfers(facts, gifts, by="service_request")


def typed_in_after(facts: Facts) -> Facts:
    """Give for each answered clock, as `typed_in_after`, how long after the answer its verdict was recorded."""
    gap = ExpressionWrapper(F(facts.path("verdict_recorded_at")) - F("met_at"), output_field=DurationField())
    return facts.over(facts.rows.annotate(typed_in_after=gap))


def long_after(query: ReportQuery) -> timedelta:
    """Give how much later than it happened something may be recorded: a local choice."""
    return timedelta(minutes=choices_of(query).backdated_after_minutes)


def _answered_or(as_of: datetime) -> Coalesce:
    return Coalesce(OuterRef("met_at"), Value(as_of))


def _with_transfers(facts: Facts, told: QuerySet[Any], *, by: str) -> Facts:
    counted = told.order_by().values(by).annotate(number=Count("*")).values("number")
    number = Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    return facts.over(facts.rows.annotate(transfers=Least(number, MOST_TRANSFERS)))


def _in_time_bin(facts: Facts, code: str) -> Facts:
    each = TIME_BINS[code]
    found = _filtered(facts, business_minutes__gte=each.from_minutes)
    return found if each.until_minutes is None else _filtered(found, business_minutes__lt=each.until_minutes)


def _filtered(facts: Facts, **wanted: object) -> Facts:
    return facts.over(facts.rows.filter(**wanted))

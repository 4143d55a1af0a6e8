"""Which rows of a register that is kept by class, not by request, are past their years, and by whom they are listed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from requests_app.domain.disposal import RUNNING
from requests_app.domain.improvements import ImprovementState
from requests_app.domain.retention import REGISTERS, RetentionCode, last_closed_on
from requests_app.domain.surveys import month_of
from requests_app.domain.vocabulary import Role
from requests_app.models import (
    CorrectiveAction,
    DisposalList,
    Improvement,
    LegalHold,
    Packet,
    PulseRound,
    SurveyAnswer,
    TrainingEvidence,
    TrainingRecord,
)
from requests_app.selectors.access import Actor
from requests_app.selectors.corrective_actions import is_register_on
from requests_app.selectors.holds import held_requests
from requests_app.selectors.retention import current_retentions

Rows = Mapping[str, QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class RegisterDue:
    """A register with rows past their years, how many, and whether a hold keeps them all the same."""

    code: RetentionCode
    ended_by_on: date
    n: int
    is_held: bool


def registers_due(actor: Actor, *, now: datetime) -> list[RegisterDue]:
    """Give the registers Human Resources can list now, held ones too; none to anybody else."""
    if not actor.holds(Role.HR):
        return []
    held, listed = held_registers(), _registers_listed()
    found = []
    for code in REGISTERS:
        ended_by_on = ended_by(code, now=now)
        n = sum(rows.count() for rows in rows_past(code, ended_by_on=ended_by_on).values())
        if n and code.value not in listed:
            found.append(RegisterDue(code, ended_by_on, n, code.value in held))
    return found


def ended_by(code: RetentionCode, *, now: datetime) -> date:
    """Give the last day on which a row must have ended to be past the years of its class today."""
    return last_closed_on(timezone.localdate(now), years=current_retentions()[code].years)


def rows_past(code: RetentionCode, *, ended_by_on: date) -> Rows:
    """Give the rows of a register that ended by a day, by the name of their table. Raises KeyError for no register."""
    return {str(rows.model._meta.model_name): rows for rows in _ROWS[code](ended_by_on)}


def held_registers() -> set[str]:
    """Name the registers that some hold keeps whole."""
    standing = LegalHold.objects.filter(released_at__isnull=True).exclude(register="")
    return set(standing.values_list("register", flat=True))


def _registers_listed() -> set[str]:
    running = DisposalList.objects.filter(state__in=RUNNING).exclude(register="")
    return set(running.values_list("register", flat=True))


def _survey(ended_by_on: date) -> list[QuerySet[Any]]:
    """An answer has a month and no day: it ends with its month."""
    answers = SurveyAnswer.objects.filter(month__lt=month_of(ended_by_on))
    return [answers, PulseRound.objects.filter(closes_on__lte=ended_by_on)]


def _corrective(ended_by_on: date) -> list[QuerySet[Any]]:
    """While the register is off nothing of it is known, nor listed."""
    lines = CorrectiveAction.objects.filter(closed_on__lte=ended_by_on)
    return [lines if is_register_on() else lines.none()]


def _packets(ended_by_on: date) -> list[QuerySet[Any]]:
    """The revisions of a month go together: each names the one before."""
    until = timezone.make_aware(datetime.combine(ended_by_on, time.max))
    younger = Packet.objects.filter(month=OuterRef("month"), sealed_at__gt=until)
    return [Packet.objects.filter(sealed_at__lte=until).exclude(Exists(younger))]


def _suggestions(ended_by_on: date) -> list[QuerySet[Any]]:
    """Those that are over: declined, or adopted and done. One made of a request that is held is held with it."""
    declined = Q(state=ImprovementState.DECLINED, decided_on__lte=ended_by_on)
    done = Q(state=ImprovementState.DONE, done_on__lte=ended_by_on)
    return [Improvement.objects.filter(declined | done).exclude(service_request__in=held_requests())]


def _trainings(ended_by_on: date) -> list[QuerySet[Any]]:
    """Old records, but of whoever is still here the last one of each course stays: it says when the next is owed."""
    later = TrainingRecord.objects.filter(
        employee=OuterRef("employee"), course=OuterRef("course"), on__gt=OuterRef("on"), removed_at__isnull=True
    )
    has_left = Q(employee__is_active=False, employee__left_on__lte=ended_by_on)
    struck_out = Q(removed_at__isnull=False)
    records = TrainingRecord.objects.filter(on__lte=ended_by_on).filter(has_left | struck_out | Q(Exists(later)))
    until = timezone.make_aware(datetime.combine(ended_by_on, time.max))
    kept = TrainingRecord.objects.filter(evidence=OuterRef("pk")).exclude(pk__in=records.order_by().values("pk"))
    return [records, TrainingEvidence.objects.filter(uploaded_at__lte=until).exclude(Exists(kept))]


_ROWS: Mapping[RetentionCode, Callable[[date], list[QuerySet[Any]]]] = {
    RetentionCode.SURVEY: _survey,
    RetentionCode.CORRECTIVE_ACTION: _corrective,
    RetentionCode.PACKET: _packets,
    RetentionCode.STAFF_SUGGESTION: _suggestions,
    RetentionCode.TRAINING: _trainings,
}

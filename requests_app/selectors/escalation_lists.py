"""The lists of escalations: what waits for somebody, what somebody sent, and what nobody sent (III.b.v.2)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from requests_app.domain.escalations import SPEAK_FOR_INDEPENDENT
from requests_app.domain.vocabulary import Role
from requests_app.models import Escalation, ServiceRequest
from requests_app.models.escalations import RUNNING
from requests_app.selectors.access import Actor
from requests_app.selectors.due_words import DueView, DueWording
from requests_app.selectors.escalation_chain import EscalationStep, step_of, with_people
from requests_app.selectors.escalation_figures import (
    EscalationMeasure,
    escalation_measure,
    late_and_not_escalated,
)
from requests_app.selectors.visibility import requests_read_by

LEADS = (Role.SUPERVISOR, Role.DEPARTMENT_HEAD, Role.CITY_MANAGER, Role.HR)
# A page, not an archive: what is older is on its request.
MOST_ROWS = 50
_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class EscalationRow:
    """One escalation of a list: the request, the step it begins with, and how the last step stands."""

    service_request: ServiceRequest
    step: EscalationStep
    last: EscalationStep

    @property
    def shows_words(self) -> bool:
        """Say whether the reason may stand in a list; of a restricted matter it is read on its own page, recorded."""
        return not self.service_request.is_restricted


@dataclass(frozen=True, slots=True)
class LateComplaint:
    """A complaint that is late and was passed to nobody."""

    service_request: ServiceRequest
    due: DueView


@dataclass(frozen=True, slots=True)
class EscalationPage:
    """What the page of escalations shows its reader; `measure` is None for whoever leads nothing."""

    waiting: Sequence[EscalationRow]
    in_hand: Sequence[EscalationRow]
    sent: Sequence[EscalationRow]
    late: Sequence[LateComplaint] = field(default=())
    measure: EscalationMeasure | None = None


def escalation_page(actor: Actor, *, now: datetime) -> EscalationPage:
    """Gather the page, in a number of queries that does not grow with it."""
    wording = DueWording(now=now)
    shown = running_shown_to(actor)
    is_lead = actor.holds(*LEADS)
    complaints = complaints_led_by(actor)
    return EscalationPage(
        waiting=_rows(shown.filter(_for(actor), accepted_at__isnull=True), wording),
        in_hand=_rows(shown.filter(_held_by(actor), accepted_at__isnull=False), wording),
        sent=_sent(actor, wording),
        late=_late(complaints, wording) if is_lead else (),
        measure=escalation_measure(complaints.filter(received_at__gte=now - _YEAR), now=now) if is_lead else None,
    )


def count_waiting(actor: Actor) -> int:
    """Count the escalations that wait for an actor to accept them."""
    return running_shown_to(actor).filter(_for(actor), accepted_at__isnull=True).distinct().count()


def complaints_led_by(actor: Actor) -> QuerySet[ServiceRequest]:
    """Give the complaints in what an actor leads, of which they may read every word."""
    return requests_read_by(actor).filter(complaint__isnull=False, department__in=actor.departments_as(*LEADS))


def running_shown_to(actor: Actor) -> QuerySet[Escalation]:
    """Narrow the running escalations to those of requests an actor may read; what may be done, the services say."""
    return Escalation.objects.filter(service_request__in=requests_read_by(actor), **RUNNING)


def _for(actor: Actor) -> Q:
    mine = Q(receivers__employee=actor.employee_id, to_outside="")
    return mine | ~Q(to_outside="") if actor.holds(*SPEAK_FOR_INDEPENDENT) else mine


def _held_by(actor: Actor) -> Q:
    mine = Q(accepted_by=actor.employee_id)
    return mine | ~Q(to_outside="") if actor.holds(*SPEAK_FOR_INDEPENDENT) else mine


def _read(rows: QuerySet[Escalation]) -> QuerySet[Escalation]:
    return with_people(rows).select_related(
        "service_request", "from_employee", "to_employee", "to_department", "clock", "accepted_by", "sent_back_by",
        "climbed_to",
    )  # fmt: skip


def _rows(rows: QuerySet[Escalation], wording: DueWording) -> list[EscalationRow]:
    found = _read(rows.distinct()).order_by("sent_at", "pk")[:MOST_ROWS]
    steps = [(row.service_request, step_of(row, wording, reads_words=True)) for row in found]
    return [EscalationRow(service_request, step, step) for service_request, step in steps]


def _sent(actor: Actor, wording: DueWording) -> list[EscalationRow]:
    """Give what somebody sent, the newest first, each with the step it has come to."""
    mine = Escalation.objects.filter(from_employee=actor.employee_id, service_request__in=requests_read_by(actor))
    first = list(_read(mine).order_by("-sent_at", "-pk")[:MOST_ROWS])
    others = with_people(
        Escalation.objects.filter(
            service_request__in={row.service_request_id for row in first}, climbed_from__isnull=False
        )
    )
    following = {row.climbed_from_id: row for row in others}
    rows = []
    for row in first:
        last = row
        while last.pk in following:
            last = following[last.pk]
        step, end = (step_of(each, wording, reads_words=True) for each in (row, last))
        rows.append(EscalationRow(row.service_request, step, end))
    return rows


def _late(complaints: QuerySet[ServiceRequest], wording: DueWording) -> list[LateComplaint]:
    found = late_and_not_escalated(complaints, now=wording.now).select_related("owner", "department")
    return [LateComplaint(row, wording.of_due_at(row.late_since)) for row in found[:MOST_ROWS]]  # type: ignore[attr-defined]  # annotated

"""The incidents: which are open, who keeps them, what each reader sees of their reports."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from requests_app.domain.fingerprints import fingerprint
from requests_app.domain.vocabulary import Role
from requests_app.models import Incident, IncidentReport, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.contacts import may_log
from requests_app.selectors.visibility import requests_read_by

_KEEPERS = (Role.FRONT_DESK, Role.SUPERVISOR, Role.DEPARTMENT_HEAD, Role.CITY_MANAGER)
_SHOWN = 5
_UNANSWERED = Q(answered_at__isnull=True, service_request__closed_at__isnull=True)


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident with how many reports its reader may read, and how many of those are still to be answered."""

    incident: Incident
    reports: int
    waiting: int


def reads_incidents(actor: Actor) -> bool:
    """Say whether somebody may know of incidents: whoever logs contacts is told what is known already."""
    return may_log(actor)


def keeps_incidents(actor: Actor) -> bool:
    """Say whether somebody opens, changes, answers and closes incidents; each report asks the table once more."""
    return actor.holds(*_KEEPERS)


def open_incidents() -> list[Incident]:
    """Give what is known now, the newest first (one query)."""
    return list(Incident.objects.filter(closed_at__isnull=True).select_related("category")[:_SHOWN])


def is_anything_known() -> bool:
    """Say whether an incident is open (one query)."""
    return Incident.objects.filter(closed_at__isnull=True).exists()


def incident_rows(actor: Actor) -> list[IncidentRow]:
    """Give every incident, open ones first; counted are the reports the reader may read (two queries)."""
    read = reports_read_by(actor).order_by().values_list("incident")
    counted: Mapping[int, tuple[int, int]] = {
        pk: (reports, waiting)
        for pk, reports, waiting in read.annotate(reports=Count("pk"), waiting=Count("pk", filter=_UNANSWERED))
    }
    rows = sorted(Incident.objects.select_related("category"), key=lambda row: row.closed_at is not None)
    return [IncidentRow(row, *counted.get(row.pk, (0, 0))) for row in rows]


def reports_read_by(actor: Actor) -> QuerySet[IncidentReport]:
    """Give the reports an actor may read; of the others not even the number is told (DOMAIN 4)."""
    return IncidentReport.objects.filter(service_request__in=requests_read_by(actor).order_by().values("pk"))


def reports_to_answer(incident: Incident, actor: Actor) -> QuerySet[IncidentReport]:
    """Give the reports of an incident that the actor reads, that are not closed, and were not answered with others."""
    return reports_read_by(actor).filter(_UNANSWERED, incident=incident)


def incident_of(service_request: ServiceRequest) -> Incident | None:
    """Give the incident a request reports, if it is still open (one query)."""
    return Incident.objects.filter(reports__service_request=service_request, closed_at__isnull=True).first()


def mark_of(incident: Incident) -> str:
    """Give the mark a form sends back, so that another edit in between is noticed."""
    return fingerprint({field.name: str(getattr(incident, field.attname)) for field in Incident._meta.local_fields})

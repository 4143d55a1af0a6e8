"""Open an incident, keep what is known of it, and link the requests that report it."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.workflow import Action
from requests_app.models import Employee, Incident, IncidentReport, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.incidents import keeps_incidents, mark_of
from requests_app.services.edits import require_unchanged
from requests_app.services.events import record_audit, record_event
from requests_app.services.transitions import request_for_action


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentEntry:
    """An incident as typed; both texts are what the public is told."""

    title: str
    text: str
    text_es: str
    category_id: int | None = None
    place: str = ""
    expected_on: date | None = None


@transaction.atomic
def open_incident(entry: IncidentEntry, *, key: UUID, actor: Actor, at: datetime) -> Incident:
    """Open an incident; the same key again gives back the first one. Raises ActionRefused."""
    keeper = _require_keeper(actor)
    facts = asdict(entry)
    incident, is_new = Incident.objects.get_or_create(key=key, defaults={**facts, "opened_at": at, "opened_by": keeper})
    if is_new:
        record_audit("incident_opened", incident, actor=actor, at=at, fields=facts)
    return incident


@transaction.atomic
def change_incident(incident_id: int, entry: IncidentEntry, *, seen: str, actor: Actor, at: datetime) -> Incident:
    """Change what is known; what was told already stays told. Raises ActionRefused, ChangedMeanwhile."""
    _require_keeper(actor)
    incident, after = lock_incident(incident_id), asdict(entry)
    changed = {name: value for name, value in after.items() if getattr(incident, name) != value}
    if not changed:
        return incident
    require_unchanged(seen=seen, now=mark_of(incident))
    for name, value in changed.items():
        setattr(incident, name, value)
    incident.save(update_fields=[name.removesuffix("_id") for name in changed])
    record_audit("incident_changed", incident, actor=actor, at=at, fields=changed)
    return incident


@transaction.atomic
def end_incident(incident_id: int, *, actor: Actor, at: datetime) -> bool:
    """Close an incident: the log form tells of it no more, and its reports stay as they are. False if it was closed."""
    _require_keeper(actor)
    incident = lock_incident(incident_id)
    if incident.closed_at is not None:
        return False
    incident.closed_at = at
    incident.save(update_fields=["closed_at"])
    record_audit("incident_closed", incident, actor=actor, at=at)
    return True


@transaction.atomic
def link_report(*, request_id: int, incident_id: int, actor: Actor, at: datetime) -> ServiceRequest:
    """Link an open request to an open incident, instead of the one it was linked to; linked twice, it stays linked.

    Whoever may answer it may link it, for so it will be answered. Raises ActionRefused.
    """
    service_request, _to = request_for_action(request_id, Action.ANSWER, actor=actor)
    require_ordinary(service_request)
    incident = Incident.objects.get(pk=incident_id)
    if incident.closed_at is not None:
        raise ActionRefused(Refusal.INCIDENT_OVER)
    known = IncidentReport.objects.filter(service_request=service_request).first()
    if known is not None and (known.incident_id == incident_id or known.answered_at is not None):
        return service_request
    _keep(service_request, incident, actor=actor, at=at)
    return service_request


@transaction.atomic
def unlink_report(*, request_id: int, actor: Actor, at: datetime) -> bool:
    """Take a request off its incident, before it was answered with the others; False if it is on none."""
    service_request, _to = request_for_action(request_id, Action.ANSWER, actor=actor)
    report = IncidentReport.objects.filter(service_request=service_request, answered_at__isnull=True).first()
    if report is None:
        return False
    title = report.incident.title
    report.delete()
    record_event(service_request, EventKind.INCIDENT_UNLINKED, actor=actor, at=at, text=title)
    return True


def link_logged(service_request: ServiceRequest, incident_id: int | None, *, actor: Actor, at: datetime) -> None:
    """Link what is just being logged, in its transaction; what cannot be linked is logged all the same."""
    if incident_id is None:
        return
    incident = Incident.objects.filter(pk=incident_id, closed_at__isnull=True).first()
    if incident is not None and not _is_by_itself(service_request):
        _keep(service_request, incident, actor=actor, at=at)


def lock_incident(incident_id: int) -> Incident:
    """Read an incident for change; reports may be linked meanwhile, which need only that it is there."""
    return Incident.objects.select_for_update(no_key=True).get(pk=incident_id)


def require_ordinary(service_request: ServiceRequest) -> None:
    """Raise ActionRefused for what must be answered by itself: restricted matters, complaints, records requests."""
    if _is_by_itself(service_request):
        raise ActionRefused(Refusal.ANSWER_BY_ITSELF)


def _is_by_itself(service_request: ServiceRequest) -> bool:
    return service_request.is_restricted or service_request.is_complaint or service_request.is_records_request


def _keep(service_request: ServiceRequest, incident: Incident, *, actor: Actor, at: datetime) -> None:
    IncidentReport.objects.update_or_create(
        service_request=service_request, defaults={"incident": incident, "linked_at": at}
    )
    record_event(service_request, EventKind.INCIDENT_LINKED, actor=actor, at=at, text=incident.title)


def _require_keeper(actor: Actor) -> Employee:
    if actor.employee is None or not keeps_incidents(actor):
        raise ActionRefused(Refusal.ROLE)
    return actor.employee

"""Pass on a compliment: tell whom it thanks, and leave a draft of a commendation for each (III.d.iii)."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import CommendationState, Involvement, RequestKind
from requests_app.domain.workflow import Action
from requests_app.models import Commendation, Employee, Notice, RequestSubject, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.commendations import commendations_led_by, supervisors_over, words_of_compliment
from requests_app.selectors.directory import is_concerned
from requests_app.services.events import record_audit, record_event
from requests_app.services.notices import NoticeEntry, queue_notice
from requests_app.services.transitions import request_for_action, touch


@transaction.atomic
def thank(*, request_id: int, employee_ids: Collection[int], actor: Actor, at: datetime) -> list[Commendation]:
    """Say whom a compliment thanks: they and who leads them are told in its words, once each, and a draft is left.

    Who was thanked already is passed over. Of a restricted compliment nobody is told, and no draft is made.
    Raises ActionRefused for what is no compliment, and for somebody it is a matter about.
    """
    service_request, _to = request_for_action(request_id, Action.THANK, actor=actor)
    if service_request.kind != RequestKind.COMPLIMENT:
        raise ActionRefused(Refusal.NOT_A_COMPLIMENT)
    people = list(Employee.objects.filter(pk__in=employee_ids, is_active=True).order_by("pk"))
    if any(is_concerned(person, service_request) for person in people):
        raise ActionRefused(Refusal.PERSON_CONCERNED)
    new = [person for person in people if _mention(service_request, person)]
    if not new:
        return []
    names = ", ".join(person.name for person in new)
    fields = {"employees": ",".join(str(person.pk) for person in new)}
    record_event(service_request, EventKind.THANKED, actor=actor, at=at, text=names, fields=fields)
    touch(service_request, at)
    if service_request.is_restricted or actor.employee is None:
        return []
    return [_draft(service_request, person, by=actor.employee, at=at) for person in new]


@transaction.atomic
def change_commendation(*, commendation_id: int, text: str, actor: Actor, at: datetime) -> Commendation:
    """Change the words of a draft; the same words change nothing. Raises ActionRefused for what is no draft."""
    commendation = _lock(commendation_id, actor=actor)
    if commendation.text == text:
        return commendation
    _must_be_draft(commendation)
    commendation.text = text
    commendation.save(update_fields=["text"])
    record_audit("commendation_changed", commendation, actor=actor, at=at, fields={"text": text})
    return commendation


@transaction.atomic
def give_commendation(*, commendation_id: int, text: str, actor: Actor, at: datetime) -> Commendation:
    """Give a commendation in its final words, and tell the person; a second click changes nothing."""
    commendation = _decide(commendation_id, CommendationState.GIVEN, text=text, actor=actor, at=at)
    _tell(commendation.service_request, commendation.employee, f"commendation:{commendation.pk}", text, at=at)
    return commendation


@transaction.atomic
def lay_aside_commendation(*, commendation_id: int, text: str, actor: Actor, at: datetime) -> Commendation:
    """Lay a draft aside; nobody is told."""
    return _decide(commendation_id, CommendationState.LAID_ASIDE, text=text, actor=actor, at=at)


def _mention(service_request: ServiceRequest, person: Employee) -> bool:
    """Write the mention; False for whoever was thanked for it already."""
    thanked = Commendation.objects.filter(service_request=service_request, employee=person).exists()
    _subject, is_new = RequestSubject.objects.get_or_create(
        service_request=service_request, employee=person, defaults={"involvement": Involvement.MENTIONED}
    )
    return not thanked and (is_new or not service_request.is_restricted)


def _draft(service_request: ServiceRequest, person: Employee, *, by: Employee, at: datetime) -> Commendation:
    words = words_of_compliment(service_request)
    commendation = Commendation.objects.create(
        service_request=service_request, employee=person, text=words, drafted_by=by, drafted_at=at
    )
    for recipient in (person, *supervisors_over(person, service_request)):
        said = words if recipient == person else f"{person.name}:\n{words}"
        _tell(service_request, recipient, f"thanked:{service_request.pk}:{person.pk}:{recipient.pk}", said, at=at)
    return commendation


def _tell(service_request: ServiceRequest, recipient: Employee, key: str, text: str, *, at: datetime) -> None:
    queue_notice(
        NoticeEntry(
            kind=Notice.Kind.THANKED,
            recipient=recipient,
            service_request=service_request,
            dedupe_key=key,
            text=text,
            is_addressed=True,
        ),
        at=at,
    )


def _lock(commendation_id: int, *, actor: Actor) -> Commendation:
    """Read a commendation for change, if it is one this actor finishes. Raises ActionRefused otherwise."""
    if not commendations_led_by(actor).filter(pk=commendation_id).exists():
        raise ActionRefused(Refusal.ROLE)
    rows = Commendation.objects.select_for_update(of=("self",)).select_related("service_request", "employee")
    return rows.get(pk=commendation_id)


def _decide(commendation_id: int, state: CommendationState, *, text: str, actor: Actor, at: datetime) -> Commendation:
    commendation = _lock(commendation_id, actor=actor)
    if commendation.state == state:
        return commendation
    _must_be_draft(commendation)
    commendation.state, commendation.text = state, text
    commendation.decided_by, commendation.decided_at = actor.employee, at
    commendation.save(update_fields=["state", "text", "decided_by", "decided_at"])
    record_audit(f"commendation_{state}", commendation, actor=actor, at=at, fields={"state": state, "text": text})
    return commendation


def _must_be_draft(commendation: Commendation) -> None:
    if commendation.state != CommendationState.DRAFT:
        raise ActionRefused(Refusal.NOT_A_DRAFT)

"""What reaches somebody who is away goes to whoever stands in, and the story says so (III.b.ii.5)."""

from datetime import datetime

from django.utils.translation import gettext

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.stages import Audience
from requests_app.domain.vocabulary import Confidentiality
from requests_app.models import Event, Notice, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.away_words import detour_words
from requests_app.selectors.cover import Detour, detour_around
from requests_app.selectors.directory import people_concerned
from requests_app.selectors.ownership import past_deciders
from requests_app.selectors.recipients import Roster, first_reached
from requests_app.selectors.whereabouts import Whereabouts
from requests_app.services.assignments import assign_owner, tell_receiver
from requests_app.services.events import record_event
from requests_app.services.notices import NoticeEntry, queue_notice


def record_detour(service_request: ServiceRequest, detour: Detour, *, actor: Actor, at: datetime) -> Event:
    """Write into the story of a request why it went elsewhere; never why somebody is away."""
    fields = {
        "away": detour.away.pk,
        "back_on": detour.back_on,
        "owner": detour.owner.pk if detour.owner else None,
        "department": detour.queue.pk if detour.queue else service_request.department_id,
    }
    text = detour_words(detour, at=at)
    return record_event(service_request, EventKind.ROUTED, actor=actor, at=at, text=text, fields=fields)


def send_around_absence(service_request: ServiceRequest, *, actor: Actor, at: datetime) -> None:
    """Give a locked request that is to be worked on anew to whoever stands in, where its owner is away.

    What few may read waits for the owner or their supervisor; an owner who opened it themselves keeps it.
    """
    owner = service_request.owner
    if owner is None or owner.pk == actor.employee_id or service_request.confidentiality != Confidentiality.ORDINARY:
        return
    whereabouts = Whereabouts(at)
    if not whereabouts.is_away(owner.pk):
        return
    department = service_request.department or owner.department
    closed = {person.pk for person in people_concerned(service_request)} | past_deciders(service_request)
    detour = detour_around(owner, department, whereabouts=whereabouts, besides=closed)
    if detour is None:
        return
    assign_owner(service_request, owner=detour.owner, department=detour.queue or department, actor=actor, at=at)
    record_detour(service_request, detour, actor=actor, at=at)
    if detour.owner and detour.owner.pk != actor.employee_id:
        tell_receiver(service_request, detour.owner, note=detour_words(detour, at=at), at=at)


def tell_stand_in(service_request: ServiceRequest, *, actor: Actor, at: datetime) -> None:
    """Tell whoever stands in for an absent owner that the customer called again; an owner who is there sees it."""
    owner = service_request.owner
    if owner is None:
        return
    whereabouts = Whereabouts(at)
    if not whereabouts.is_away(owner.pk):
        return
    roster = Roster([service_request], whereabouts=whereabouts)
    text = gettext("The customer called again. %(name)s is away: look after it meanwhile.") % {"name": owner.name}
    for person in first_reached(service_request, Audience.OWNER, roster=roster):
        if person.pk not in (owner.pk, actor.employee_id):
            key = f"cover:{service_request.pk}:{service_request.version}:{person.pk}"
            entry = NoticeEntry(
                kind=Notice.Kind.COVER,
                recipient=person,
                service_request=service_request,
                dedupe_key=key,
                text=text,
            )
            queue_notice(entry, at=at)

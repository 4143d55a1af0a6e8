"""Log a contact, and the next contact on the same matter (III.b.ii.3, III.b.ii.4, III.a.iv)."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.responses import no_reply_reason
from requests_app.domain.search_text import build_search_text
from requests_app.domain.tracking_numbers import new_tracking_number
from requests_app.domain.vocabulary import Confidentiality, Direction, Milestone, Status
from requests_app.domain.workflow import Action
from requests_app.models import Customer, Interaction, ResponseClock, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.choices import current_choices
from requests_app.selectors.clocks import open_clocks
from requests_app.selectors.routing import Route, Wanted, level_of, restricted_route, route_contact, unowned_until
from requests_app.services.clocks import refresh_answer_by, start_clock, stop_clock
from requests_app.services.complaint_beginnings import begin_complaint
from requests_app.services.customers import keep_customer
from requests_app.services.detours import record_detour, tell_stand_in
from requests_app.services.entries import ContactEntry, InboundEntry
from requests_app.services.events import record_event
from requests_app.services.inbound import owe_response, record_inbound
from requests_app.services.incidents import link_logged
from requests_app.services.police_handovers import hand_over_to_police
from requests_app.services.referral_cards import keep_referral, told_with
from requests_app.services.transitions import request_for_action, touch


@dataclass(frozen=True, slots=True)
class _Logging:
    """What one logging works with, gathered once."""

    entry: ContactEntry
    actor: Actor
    at: datetime
    route: Route
    customer: Customer | None


def log_request(entry: ContactEntry, *, actor: Actor, at: datetime) -> ServiceRequest:
    """Log a contact as a new request with its clocks, in one transaction.

    The same submission key posted again gives back the request it made, so a double click logs once.
    Raises ActionRefused for a receipt in the future and for a danger nobody was told of.
    """
    _check(entry, at=at)
    known = _already_logged(entry)
    if known:
        return known
    try:
        with transaction.atomic():
            return _log(entry, actor=actor, at=at)
    except IntegrityError:
        known = _already_logged(entry)
        if known is None:
            raise
        return known


@transaction.atomic
def add_contact(*, request_id: int, entry: InboundEntry, actor: Actor, at: datetime) -> ServiceRequest:
    """Add a further inbound contact to an unfinished request.

    While a response is owed it counts as "calling again" and moves no date; after an answer it starts a new clock.
    The same submission key posted again changes nothing.
    """
    service_request, to = request_for_action(request_id, Action.ADD_CONTACT, actor=actor)
    # Under the lock of the request, so that of two clicks at once the second finds the first.
    if entry.submission_key and Interaction.objects.filter(submission_key=entry.submission_key).exists():
        return service_request
    owed = open_clocks(service_request, [Milestone.RESPONSE])
    interaction = record_inbound(service_request, entry, actor=actor, at=at, is_calling_again=bool(owed))
    if owed:
        ResponseClock.objects.filter(pk=owed[0].pk).update(calling_again_count=F("calling_again_count") + 1)
    else:
        owe_response(service_request, interaction=interaction, actor=actor)
    service_request.status = to
    service_request.waiting_since = None
    touch(service_request, entry.occurred_at, "status", "waiting_since")
    refresh_answer_by(service_request)
    record_event(service_request, EventKind.CONTACTED_AGAIN, actor=actor, at=at, fields={"channel": entry.channel})
    tell_stand_in(service_request, actor=actor, at=at)
    return service_request


def _check(entry: ContactEntry, *, at: datetime) -> None:
    if entry.received_at > at:
        raise ActionRefused(Refusal.IN_FUTURE)
    if entry.danger is not None and not entry.danger.told.strip():
        raise ActionRefused(Refusal.DANGER_UNTOLD)


def _already_logged(entry: ContactEntry) -> ServiceRequest | None:
    if entry.submission_key is None:
        return None
    return ServiceRequest.objects.filter(submission_key=entry.submission_key).first()


def _log(entry: ContactEntry, *, actor: Actor, at: datetime) -> ServiceRequest:
    on_the_spot = entry.outcome.is_answered
    answered_by = actor.employee if on_the_spot else None
    route = route_contact(_wanted(entry), answered_by=answered_by, taker=actor.employee, at=at)
    # Of what is handed over to the police no word may be kept, so this stands before anything is written.
    entry = replace(entry, confidentiality=level_of(entry.confidentiality, route.category))
    route = restricted_route(route, entry.confidentiality)
    if entry.confidentiality is Confidentiality.POLICE_STUB:
        return hand_over_to_police(entry, category=route.category, department=route.department, actor=actor, at=at)
    logging = _Logging(entry, actor, at, route, keep_customer(entry.customer, at=entry.received_at))
    service_request = _new_request(logging)
    contact = InboundEntry(channel=entry.channel, text=entry.text or entry.title, occurred_at=entry.received_at)
    inbound = record_inbound(service_request, contact, actor=actor, at=at)
    if on_the_spot or not service_request.no_reply:
        _start_clocks(service_request, inbound, actor=actor)
    if service_request.is_complaint:
        begin_complaint(service_request, inbound=inbound, about_request_id=entry.about_request_id, actor=actor)
    record_event(service_request, EventKind.LOGGED, actor=actor, at=at, fields=_logged_fields(service_request))
    link_logged(service_request, entry.incident_id, actor=actor, at=at)
    if route.detour:
        record_detour(service_request, route.detour, actor=actor, at=at)
    if on_the_spot:
        _answer_on_the_spot(service_request, logging)
    if entry.danger:
        record_event(service_request, EventKind.HAZARD_TOLD, actor=actor, at=at, text=entry.danger.told)
    if at - entry.received_at > timedelta(minutes=current_choices().backdated_after_minutes):
        record_event(
            service_request, EventKind.BACKDATED, actor=actor, at=at, fields={"received_at": entry.received_at}
        )
    refresh_answer_by(service_request)
    return service_request


def _wanted(entry: ContactEntry) -> Wanted:
    return Wanted(
        category_id=entry.category_id,
        for_employee_id=entry.for_employee_id,
        about_request_id=entry.about_request_id,
        department_id=entry.department_id,
        leave_with_id=entry.leave_with_id,
    )


def _new_request(logging: _Logging) -> ServiceRequest:
    entry, route, customer = logging.entry, logging.route, logging.customer
    number = new_tracking_number(secrets.randbelow)
    contacts = [point.value for point in customer.contact_points.all()] if customer else []
    return ServiceRequest.objects.create(
        number=number,
        kind=entry.kind or route.kind,
        channel=entry.channel,
        status=Status.NEW,
        title=entry.title,
        category=route.category,
        department=route.department,
        owner=route.owner,
        customer=customer,
        is_from_colleague=entry.is_from_colleague,
        colleague_id=entry.colleague_id,
        for_employee_id=entry.for_employee_id,
        place=entry.place,
        language=entry.language,
        needs_interpreter=entry.needs_interpreter,
        best_time_to_reach=entry.best_time_to_reach,
        confidentiality=entry.confidentiality,
        no_reply=no_reply_reason(
            is_reply_wanted=entry.is_reply_wanted,
            has_contact=bool(contacts),
            is_from_colleague=entry.is_from_colleague,
        )
        or "",
        received_at=entry.received_at,
        recorded_at=logging.at,
        recorded_by=logging.actor.employee,
        last_touch_at=entry.received_at,
        unowned_until_at=None if route.owner else unowned_until(logging.at),
        is_hazard=entry.danger is not None,
        hazard_told=entry.danger.told if entry.danger else "",
        hazard_told_at=entry.danger.told_at if entry.danger else None,
        submission_key=entry.submission_key,
        search_text=build_search_text(
            number=number,
            title=entry.title,
            customer_name=customer.name if customer else "",
            place=entry.place,
            contact_values=contacts,
        ),
    )


def _start_clocks(service_request: ServiceRequest, inbound: Interaction, *, actor: Actor) -> None:
    start_clock(service_request, milestone=Milestone.RESPONSE, interaction=inbound, actor=actor)
    if service_request.is_records_request:  # Cal. Gov. Code 7922.535
        start_clock(service_request, milestone=Milestone.RECORDS_DETERMINATION, interaction=inbound, actor=actor)


def _answer_on_the_spot(service_request: ServiceRequest, logging: _Logging) -> None:
    """Store the clock as met at once, and close the request.

    Unless the law still wants a determination, or a complaint its outcome in writing (III.b.v.1).
    """
    entry = logging.entry
    told = entry.outcome_note or told_with(entry.referral_card_id, language=entry.language) or entry.title
    outbound = Interaction.objects.create(
        service_request=service_request,
        direction=Direction.OUTBOUND,
        channel=entry.channel,
        occurred_at=entry.received_at,
        recorded_at=logging.at,
        employee=logging.actor.employee,
        text=told,
        answer="full",
        is_qualifying=True,
    )
    for clock in open_clocks(service_request, [Milestone.RESPONSE, Milestone.COMPLAINT_ACKNOWLEDGED]):
        stop_clock(clock, interaction=outbound, actor=logging.actor, on_the_spot=True)
    if service_request.is_records_request or service_request.is_complaint:
        return
    service_request.status = Status.CLOSED
    service_request.closed_at = logging.at
    service_request.disposition = entry.disposition
    service_request.outcome_note = told
    service_request.save(update_fields=["status", "closed_at", "disposition", "outcome_note"])
    card = keep_referral(service_request, entry.referral_card_id, at=logging.at)
    record_event(
        service_request,
        EventKind.CLOSED,
        actor=logging.actor,
        at=logging.at,
        fields={"disposition": entry.disposition, **card},
    )


def _logged_fields(service_request: ServiceRequest) -> dict[str, object]:
    return {
        "channel": service_request.channel,
        "kind": service_request.kind,
        "category": service_request.category_id,
        "department": service_request.department_id,
        "owner": service_request.owner_id,
        "received_at": service_request.received_at,
        "confidentiality": service_request.confidentiality,
    }

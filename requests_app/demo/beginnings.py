"""How a matter of the demo begins: it is logged, routed and dated like any contact."""

from datetime import datetime, timedelta
from typing import NamedTuple

from requests_app.demo import profile
from requests_app.demo.arrivals import Arrival
from requests_app.demo.complaints import open_complaint
from requests_app.demo.matters import Matter
from requests_app.demo.phrases import contacts, titles
from requests_app.demo.phrases.answers import DANGER_TOLD
from requests_app.demo.world import World
from requests_app.domain.business_time import add_business_minutes, next_opening
from requests_app.domain.choices import DEFAULT_CHOICES
from requests_app.domain.event_kinds import EventKind
from requests_app.domain.search_text import build_search_text
from requests_app.domain.tracking_numbers import new_tracking_number
from requests_app.domain.vocabulary import Channel, Milestone, NoReply, RequestKind, Status
from requests_app.models import Category, Employee, ServiceRequest

_SPOKEN = (Channel.PHONE, Channel.COUNTER)
_BY_KIND = {
    RequestKind.COMPLAINT: titles.COMPLAINT_TITLES,
    RequestKind.COMPLIMENT: titles.COMPLIMENT_TITLES,
    RequestKind.SUGGESTION: titles.SUGGESTION_TITLES,
}
_INTERPRETED = ("es", "zh", "tl", "pa")


class Taking(NamedTuple):
    """Who typed a contact in, when, and whether it ended there and then."""

    by: Employee
    at: datetime
    is_on_the_spot: bool


def begin(world: World, arrival: Arrival, *, title: str = "", place: str = "") -> tuple[Matter, Taking]:
    """Log a contact and start its clocks; title and place are invented unless they are given."""
    category = world.categories[arrival.subject]
    taking = _taking(world, arrival, category)
    place = place or world.place()
    title = title or _title(world, arrival, place)
    matter = Matter(world, _request(world, arrival, category, taking))
    _describe(matter, arrival, title, place)
    _assign(matter, category, taking)
    inbound = matter.receive(
        arrival.channel, arrival.received_at, _text(world, arrival, title), recorded_at=taking.at, by=taking.by
    )
    if taking.is_on_the_spot or not matter.request.no_reply:
        matter.start_clock(Milestone.RESPONSE, inbound, by=taking.by)
        if arrival.kind is RequestKind.RECORDS:  # Cal. Gov. Code 7922.535
            matter.start_clock(Milestone.RECORDS_DETERMINATION, inbound, by=taking.by)
    if arrival.kind is RequestKind.COMPLAINT:
        open_complaint(matter, inbound, by=taking.by)
    matter.tell(
        EventKind.LOGGED, taking.at, taking.by, channel=arrival.channel.value, kind=arrival.kind.value,
        category=category.pk, department=category.department_id, received_at=arrival.received_at.isoformat(),
    )  # fmt: skip
    matter.record_backdating(taking.by)
    if category.is_hazard:
        _tell_of_danger(matter, taking)
    return matter, taking


def _taking(world: World, arrival: Arrival, category: Category) -> Taking:
    if arrival.channel not in _SPOKEN:
        opening = next_opening(world.calendar, arrival.received_at)
        recorded_at = add_business_minutes(world.calendar, opening, world.rng.randrange(3, 75))
        by = world.worker(category)
        return Taking(by, min(recorded_at, world.until_at), is_on_the_spot=False)
    at_front = world.happens(0.9 if arrival.channel is Channel.COUNTER else 0.6)
    by = world.at_front_desk() if at_front else world.worker(category)
    recorded_at = arrival.received_at + timedelta(seconds=world.rng.randrange(40, 230))
    return Taking(by, min(recorded_at, world.until_at), is_on_the_spot=_ends_on_the_spot(world, arrival, category))


def _ends_on_the_spot(world: World, arrival: Arrival, category: Category) -> bool:
    if category.is_hazard or arrival.kind in (RequestKind.COMPLAINT, RequestKind.RECORDS):
        return False
    is_service = arrival.kind is RequestKind.SERVICE
    return world.happens(profile.ON_THE_SPOT_SERVICE if is_service else profile.ON_THE_SPOT_QUESTION)


def _request(world: World, arrival: Arrival, category: Category, taking: Taking) -> ServiceRequest:
    foreign = arrival.language in _INTERPRETED
    return ServiceRequest(
        number=_number(world),
        kind=arrival.kind.value,
        channel=arrival.channel.value,
        status=Status.NEW.value,
        category=category,
        department=category.department,
        is_from_colleague=arrival.is_from_colleague,
        language=arrival.language,
        needs_interpreter=foreign and arrival.channel in _SPOKEN and world.happens(0.5),
        best_time_to_reach=world.one_of(("after 3 pm", "mornings", "lunch time")) if world.happens(0.06) else "",
        received_at=arrival.received_at,
        recorded_at=taking.at,
        recorded_by=taking.by,
        last_touch_at=arrival.received_at,
    )


def _number(world: World) -> str:
    while True:
        number = new_tracking_number(world.rng.randrange)
        if number not in world.numbers:
            world.numbers.add(number)
            return number


def _title(world: World, arrival: Arrival, place: str) -> str:
    if arrival.is_from_colleague:
        return world.one_of(titles.COLLEAGUE_TITLES).format(place=place)
    return world.one_of(_BY_KIND.get(arrival.kind, titles.TITLES[arrival.subject])).format(place=place)


def _describe(matter: Matter, arrival: Arrival, title: str, place: str) -> None:
    """Put in what it is about and who asks."""
    world, request, visitor = matter.world, matter.request, arrival.visitor
    request.title = title
    request.place = place if place in title or arrival.kind is RequestKind.SERVICE else ""
    if arrival.is_from_colleague:
        request.colleague = world.one_of(world.roster.everybody)
    if visitor:
        request.customer = visitor.customer
    request.no_reply = _no_reply(world, arrival)
    if arrival.subject == "property-condition" and world.happens(0.4):
        request.external_reference = f"CE26-{world.rng.randrange(100, 999)}"
    request.search_text = build_search_text(
        number=request.number,
        title=title,
        customer_name=visitor.customer.name if visitor else "",
        place=request.place,
        contact_values=[point.value for point in visitor.points] if visitor else [],
    )


def _no_reply(world: World, arrival: Arrival) -> str:
    """Say why nobody waits for an answer."""
    wanted = {RequestKind.COMPLIMENT: 0.3, RequestKind.SUGGESTION: 0.7}.get(arrival.kind, 1.0)
    if not world.happens(wanted):
        return NoReply.NOT_WANTED.value
    has_contact = arrival.visitor is not None and bool(arrival.visitor.points)
    return "" if has_contact or arrival.is_from_colleague else NoReply.NO_CONTACT_POINT.value


def _assign(matter: Matter, category: Category, taking: Taking) -> None:
    """Route it: to whoever answered, to the person asked for, to the category's owner, or to the queue."""
    world, request = matter.world, matter.request
    if taking.is_on_the_spot:
        request.owner = taking.by
    elif not world.happens(profile.UNOWNED_SHARE):
        request.owner = world.worker(category)
        if world.happens(profile.FOR_PERSON_SHARE):
            request.for_employee = request.owner
    else:
        request.unowned_until_at = unowned_until(world, taking.at)


def unowned_until(world: World, at: datetime) -> datetime:
    """Say until when a request may be without an owner before it goes to the supervisor."""
    return add_business_minutes(world.calendar, at, DEFAULT_CHOICES.unowned_limit_business_hours * 60)


def _text(world: World, arrival: Arrival, title: str) -> str:
    """Give the contact in the words of the person, or as the front desk noted it."""
    if arrival.channel in _SPOKEN:
        return title
    if arrival.language in contacts.OTHER_CONTACTS:
        topics = contacts.OTHER_CONTACTS[arrival.language]
        return world.one_of(topics.get(arrival.kind.value, topics["other"]))
    return world.one_of(contacts.ENGLISH_CONTACTS[arrival.kind.value]).format(title=title)


def _tell_of_danger(matter: Matter, taking: Taking) -> None:
    """Say who was told at once; nothing dangerous is saved without it."""
    request = matter.request
    request.is_hazard = True
    request.hazard_told = matter.world.one_of(DANGER_TOLD)
    request.hazard_told_at = taking.at
    matter.tell(EventKind.HAZARD_TOLD, taking.at, taking.by, request.hazard_told)

"""How a matter of the demo ends, and how a few begin again."""

from datetime import datetime, timedelta

from requests_app.demo import profile
from requests_app.demo.handling import WRITTEN, take_if_unowned
from requests_app.demo.matters import Matter, StoryEnds
from requests_app.demo.phrases import answers, titles
from requests_app.domain.event_kinds import EventKind
from requests_app.domain.vocabulary import Channel, Disposition, Milestone, RequestKind, Status
from requests_app.models import Employee

_PERMIT_DAYS = 1.0
_MIN_WAIT = timedelta(days=2)


def end_matter(matter: Matter, answered_at: datetime) -> datetime:
    """Close an answered request when its work is done; give when."""
    request, owner = matter.request, _owner(matter)
    if request.kind == RequestKind.RECORDS:
        return _determine(matter, answered_at, owner)
    days = _days(matter)
    closed_at = answered_at if days is None else matter.world.after_days(request.received_at, days)
    closed_at = max(closed_at, answered_at)
    if closed_at - answered_at > _MIN_WAIT and matter.world.happens(profile.WAITING_SHARE):
        _wait(matter, owner, answered_at, closed_at)
    matter.reach(closed_at)
    _close(matter, owner, closed_at, is_done_later=closed_at > answered_at)
    return closed_at


def end_unanswered(matter: Matter) -> None:
    """Deal with what nobody waits for: no name was left, or no reply is wanted."""
    world, request = matter.world, matter.request
    owner = take_if_unowned(matter, after_at=request.recorded_at, minutes=world.rng.randrange(5, 300))
    days = _days(matter) or 0.2
    started_at = max(matter.events[-1].at, request.recorded_at)
    closed_at = max(world.after_days(request.received_at, days), started_at + timedelta(minutes=2))
    matter.reach(closed_at)
    if request.kind in (RequestKind.COMPLIMENT, RequestKind.SUGGESTION):
        matter.close(Disposition.DONE, closed_at, answers.COMPLIMENT_OUTCOME, by=owner)
    elif request.kind == RequestKind.SERVICE:
        matter.close(Disposition.DONE, closed_at, _outcome(matter), by=owner)
    else:
        matter.close(Disposition.NO_ACTION, closed_at, answers.ANONYMOUS_OUTCOME, by=owner)


def reopen(matter: Matter, closed_at: datetime) -> datetime:
    """Begin again with a new clock; the old verdict stays. Give when."""
    world, request = matter.world, matter.request
    at = world.after_days(closed_at, world.rng.uniform(0.6, 6))
    matter.reach(at)
    desk = world.at_front_desk()
    channel = Channel.EMAIL if Channel(request.channel) in WRITTEN else Channel.PHONE
    inbound = matter.receive(channel, at, world.one_of(titles.REOPENING_TEXTS), recorded_at=at, by=desk)
    request.status = Status.OPEN.value
    request.closed_at, request.disposition = None, ""
    request.reopened_count += 1
    matter.start_clock(Milestone.RESPONSE, inbound, by=desk)
    matter.tell(EventKind.REOPENED, at, desk, inbound.text)
    return at


def _owner(matter: Matter) -> Employee:
    if matter.request.owner is None:
        raise StoryEnds
    return matter.request.owner


def _days(matter: Matter) -> float | None:
    """Draw how many days from receipt to the end; None if it ends with its answer."""
    subject = matter.request.category.slug if matter.request.category else ""
    kind = RequestKind(matter.request.kind)
    median = profile.RESOLUTION_DAYS.get(subject)
    if kind is RequestKind.QUESTION and subject == "noise":
        median = profile.NOISE_DAYS
    elif kind is RequestKind.QUESTION and subject.startswith("permit"):
        median = _PERMIT_DAYS
    elif kind is not RequestKind.SERVICE:
        median = None
    return None if median is None else matter.world.lognormal(median, profile.RESOLUTION_SIGMA)


def _outcome(matter: Matter) -> str:
    request = matter.request
    subject = request.category.slug if request.category else ""
    words = answers.OUTCOMES.get(subject)
    return matter.world.one_of(words) if words else matter.interactions[-1].text


def _close(matter: Matter, owner: Employee, at: datetime, *, is_done_later: bool) -> None:
    world, request = matter.world, matter.request
    agency = request.category.referral_agency if request.category else ""
    note = _outcome(matter)
    if agency:
        note = answers.REFERRED_ANSWER.format(agency=agency)
    if is_done_later and world.happens(0.6):
        channel = Channel.EMAIL if Channel(request.channel) in WRITTEN else Channel.PHONE
        matter.reply(channel, at, note, by=owner, recorded_at=at)
    done = Disposition.DONE if world.happens(0.92) else Disposition.NO_ACTION
    disposition = done if request.kind == RequestKind.SERVICE else Disposition.ANSWERED
    matter.close(Disposition.REFERRED if agency else disposition, at, note, by=owner)


def _wait(matter: Matter, owner: Employee, answered_at: datetime, closed_at: datetime) -> None:
    """Let the resident have the next word for a while."""
    request = matter.request
    waiting_at = matter.world.after_open_minutes(answered_at, matter.world.rng.randrange(60, 500))
    resumed_at = waiting_at + (closed_at - waiting_at) * 0.8
    if not answered_at < waiting_at < resumed_at < closed_at:
        return
    matter.reach(waiting_at)
    request.status, request.waiting_since = Status.WAITING.value, waiting_at
    matter.tell(EventKind.WAITING, waiting_at, owner, answers.WAITING_NOTE)
    matter.reach(resumed_at)
    request.status, request.waiting_since = Status.OPEN.value, None
    matter.tell(EventKind.RESUMED, resumed_at, owner)


def _determine(matter: Matter, answered_at: datetime, owner: Employee) -> datetime:
    """Say what the city holds, within ten calendar days (Cal. Gov. Code 7922.535)."""
    world, request = matter.world, matter.request
    days = world.lognormal(profile.RECORDS_DAYS, profile.RECORDS_SIGMA)
    at = max(world.after_days(request.received_at, days), answered_at + timedelta(minutes=5))
    matter.reach(at)
    clock = matter.open_clock(Milestone.RECORDS_DETERMINATION)
    note = world.one_of(answers.OUTCOMES["records"])
    answer = matter.reply(Channel.EMAIL, at, note, by=owner, recorded_at=at)
    if clock:
        matter.stop_clock(clock, answer)
    matter.tell(EventKind.DETERMINED, at, owner, channel=answer.channel, answer=answer.answer)
    matter.close(Disposition.DONE, at, note, by=owner)
    return at

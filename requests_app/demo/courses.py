"""How a matter of the demo goes on: it is answered, late, or not at all."""

from contextlib import suppress
from datetime import datetime, timedelta

from requests_app.demo import profile
from requests_app.demo.arrivals import Arrival
from requests_app.demo.beginnings import Taking, begin
from requests_app.demo.complaints import settle_complaint
from requests_app.demo.endings import end_matter, end_unanswered, reopen
from requests_app.demo.handling import WRITTEN, call_again, leave_note, send_back, take_if_unowned, try_in_vain
from requests_app.demo.matters import Matter, StoryEnds
from requests_app.demo.phrases import answers
from requests_app.demo.promises import answer_with_promise
from requests_app.demo.sensitive import give_to_supervisor, restrict, restricted_title
from requests_app.demo.thanks import pass_on_thanks
from requests_app.demo.world import World
from requests_app.domain.business_time import add_business_minutes, business_minutes_between
from requests_app.domain.event_kinds import EventKind
from requests_app.domain.vocabulary import (
    AttemptOutcome,
    Channel,
    Disposition,
    Milestone,
    RequestKind,
    RevisionReason,
    Status,
)
from requests_app.models import Employee, Excusal, Interaction, ResponseClock

_ROOM_FOR_MORE = 150  # business minutes
_DAY_MINUTES = 9 * 60


def tell_matter(world: World, arrival: Arrival) -> Matter:
    """Tell one matter from its first contact to its end, or to the end of the story."""
    title = restricted_title(world, arrival)
    matter, taking = begin(world, arrival, title=title)
    if title:
        restrict(matter)
    elif arrival.kind is RequestKind.COMPLAINT:
        give_to_supervisor(matter)
    pass_on_thanks(matter, arrival)
    with suppress(StoryEnds):
        _go_on(matter, arrival, taking)
    matter.finish()
    return matter


def _go_on(matter: Matter, arrival: Arrival, taking: Taking) -> None:
    if taking.is_on_the_spot:
        answer_on_the_spot(matter, taking)
        return
    if matter.complaint:
        settle_complaint(matter, _acknowledge(matter, arrival))
        return
    if not matter.clocks:
        end_unanswered(matter)
        return
    # What the law wants determined cannot be left lying, nor cleared away.
    can_lapse = arrival.kind is not RequestKind.RECORDS
    if can_lapse and matter.world.happens(profile.NEVER_SHARE):
        _never_answer(matter)
        return
    if can_lapse and matter.world.happens(profile.WITHDRAWN_SHARE):
        _withdraw(matter)
        return
    answer_at = respond(matter, arrival.received_at)
    closed_at = end_matter(matter, answer_at)
    if matter.world.happens(profile.REOPENED_SHARE):
        reopened_at = reopen(matter, closed_at)
        end_matter(matter, respond(matter, reopened_at))


def _acknowledge(matter: Matter, arrival: Arrival) -> datetime:
    """Let the complainant know that it is looked into, where there is a way to; give since when they do."""
    if matter.open_clock(Milestone.RESPONSE) is None:
        take_if_unowned(matter, after_at=matter.request.recorded_at, minutes=60)
        return matter.events[-1].at
    return respond(matter, arrival.received_at)


def answer_on_the_spot(matter: Matter, taking: Taking) -> None:
    """Answer and close in one step; the clock is met at once."""
    request, world = matter.request, matter.world
    agency = request.category.referral_agency if request.category else ""
    text = answers.REFERRED_ANSWER.format(agency=agency) if agency else answer_text(matter)
    answer = matter.reply(
        Channel(request.channel), request.received_at, text, by=taking.by, recorded_at=request.recorded_at
    )
    for clock in matter.clocks:
        matter.stop_clock(clock, answer, on_the_spot=True)
    is_done = request.kind == RequestKind.SERVICE and world.happens(0.7)
    disposition = Disposition.DONE if is_done else Disposition.ANSWERED
    matter.close(Disposition.REFERRED if agency else disposition, request.recorded_at, text, by=taking.by)


def answer_text(matter: Matter) -> str:
    """Choose the words of an answer."""
    request = matter.request
    if request.language == "es" and matter.world.happens(0.6):
        return matter.world.one_of(answers.SPANISH_ANSWERS)
    return matter.world.one_of(answers.ANSWERS[request.kind])


def respond(matter: Matter, started_at: datetime) -> datetime:
    """Answer the open response clock, with everything that happens before; give when the answer was typed in."""
    world = matter.world
    clock = matter.open_clock(Milestone.RESPONSE)
    if clock is None or clock.due_at is None:
        raise StoryEnds
    if world.is_left_lying(clock, matter.request.owner):
        raise StoryEnds
    is_absent = world.happens(profile.ABSENT_SHARE)
    if is_absent:
        answer_at = world.after_open_minutes(clock.due_at + timedelta(minutes=1), world.rng.randrange(20, 1100))
    else:
        median, sigma = profile.RESPONSE_TIMES[Channel(clock.channel)]
        answer_at = world.after_open_minutes(started_at, world.lognormal(median, sigma) * world.pace(started_at))
    begun_at = matter.interactions[-1].recorded_at
    answer_at = max(answer_at, begun_at + timedelta(minutes=3))
    owner = _before_the_answer(matter, begun_at, answer_at)
    recorded_at = answer_at
    if answer_at <= clock.due_at and world.happens(profile.RECORDED_LATE_SHARE):
        recorded_at = world.after_open_minutes(clock.due_at + timedelta(minutes=1), world.rng.randrange(10, 240))
    matter.reach(recorded_at)
    answer = _answer(matter, answer_at, owner, recorded_at)
    matter.stop_clock(clock, answer)
    if acknowledgement := matter.open_clock(Milestone.COMPLAINT_ACKNOWLEDGED):
        matter.stop_clock(acknowledgement, answer)
    if is_absent:
        _excuse(matter, clock, answer)
    return answer_with_promise(matter, answer) if answer.answer == "holding" else recorded_at


def _before_the_answer(matter: Matter, begun_at: datetime, answer_at: datetime) -> Employee:
    """Let people take it, ask again, try in vain and leave notes, in order; give who answers in the end."""
    world = matter.world
    room = business_minutes_between(world.calendar, begun_at, answer_at)
    owner = take_if_unowned(matter, after_at=begun_at, minutes=room * 2 // 5)
    if room > _ROOM_FOR_MORE:
        if world.happens(profile.SENT_BACK_SHARE):
            send_back(matter, owner, add_business_minutes(world.calendar, begun_at, room // 2))
        elif world.happens(profile.NOTE_SHARE):
            leave_note(matter, owner, add_business_minutes(world.calendar, begun_at, room * 3 // 5))
        if world.happens(profile.CALLING_AGAIN_SHARE * 2):
            call_again(matter, add_business_minutes(world.calendar, begun_at, room * 3 // 4))
        if world.happens(profile.NO_ANSWER_FIRST_SHARE):
            try_in_vain(matter, owner, add_business_minutes(world.calendar, begun_at, room * 9 // 10))
    return owner


def _answer(matter: Matter, at: datetime, owner: Employee, recorded_at: datetime) -> Interaction:
    """Answer by letter of the channel: in writing, by phone, or on a voicemail."""
    world, request = matter.world, matter.request
    is_written = Channel(request.channel) in WRITTEN and world.happens(0.85)
    channel = Channel.EMAIL if is_written else Channel.PHONE
    answer = matter.reply(channel, at, answer_text(matter), by=owner, recorded_at=recorded_at)
    request.status = Status.OPEN.value
    if not is_written and world.happens(0.25):
        answer.outcome, answer.text = AttemptOutcome.LEFT_MESSAGE.value, answers.VOICEMAIL_LEFT
        matter.tell(EventKind.ATTEMPTED, recorded_at, owner, outcome=answer.outcome)
        return answer
    answer.outcome = "" if is_written else AttemptOutcome.REACHED.value
    if request.kind in (RequestKind.QUESTION, RequestKind.SERVICE) and world.happens(profile.HOLDING_SHARE):
        answer.answer = "holding"
    matter.tell(EventKind.ANSWERED, recorded_at, owner, channel=channel.value, answer=answer.answer)
    return answer


def _excuse(matter: Matter, clock: ResponseClock, answer: Interaction) -> None:
    """Let the supervisor explain a late answer; it stands beside the rate."""
    world, request = matter.world, matter.request
    decided_at = world.after_open_minutes(answer.recorded_at, world.rng.randrange(10, 600))
    if decided_at > world.until_at or request.department is None:
        return
    supervisor = world.supervisor_of(request.department.pk, other_than=answer.employee)
    reason = world.one_of(answers.EXCUSAL_REASONS)
    matter.excusals.append(Excusal(clock=clock, reason=reason, decided_by=supervisor, decided_at=decided_at))
    matter.tell(EventKind.EXCUSED, decided_at, supervisor, reason)


def _never_answer(matter: Matter) -> None:
    """Leave it lying until a supervisor clears it away, weeks later."""
    world, request = matter.world, matter.request
    if request.department is None:
        raise StoryEnds
    days = world.rng.randrange(*profile.CLEARED_AFTER_BUSINESS_DAYS)
    cleared_at = world.after_open_minutes(request.recorded_at, days * _DAY_MINUTES)
    supervisor = world.supervisor_of(request.department.pk)
    _cancel(matter, cleared_at, supervisor, answers.CLEARED_NOTE)


def _withdraw(matter: Matter) -> None:
    """Let the customer call back before there is an answer: no longer needed."""
    world, request = matter.world, matter.request
    at = world.after_open_minutes(request.recorded_at, world.rng.randrange(20, 300))
    _cancel(matter, at, world.at_front_desk(), answers.WITHDRAWN_NOTE)


def _cancel(matter: Matter, at: datetime, who: Employee, note: str) -> None:
    matter.reach(at)
    request = matter.request
    if request.owner is None:
        request.owner, request.unowned_until_at = who, None
        matter.tell(EventKind.TAKEN, at, who, owner=who.pk)
    for clock in matter.clocks:
        matter.end_clock(clock, RevisionReason.CANCELLED, at, who, Disposition.WITHDRAWN.value)
    matter.close(Disposition.WITHDRAWN, at, note, by=who)

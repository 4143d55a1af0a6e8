"""A holding answer of the demo: it names who deals with it and by when, and the promise has a clock of its own."""

from datetime import datetime, timedelta

from requests_app.demo.matters import Matter
from requests_app.demo.phrases import answers
from requests_app.domain.business_time import nth_business_day_after
from requests_app.domain.event_kinds import EventKind
from requests_app.domain.vocabulary import Channel, Milestone
from requests_app.models import Interaction

_LATE_SHARE = 0.08


def answer_with_promise(matter: Matter, holding: Interaction) -> datetime:
    """Promise a date and keep it, mostly; give when the full answer was typed in."""
    world, owner = matter.world, holding.employee
    if owner is None:
        return holding.recorded_at
    answered_on = world.calendar.local_date(holding.occurred_at)
    promised_on = nth_business_day_after(world.calendar, answered_on, world.rng.randrange(2, 9))
    holding.text = answers.HOLDING_ANSWER.format(owner=owner, on=f"{promised_on:%a} {promised_on.day} {promised_on:%b}")
    clock = matter.start_clock(Milestone.PROMISED_ANSWER, holding, by=owner, promised_on=promised_on)
    due_at = clock.due_at or holding.occurred_at
    if world.happens(_LATE_SHARE):
        answer_at = world.after_open_minutes(due_at + timedelta(minutes=1), world.rng.randrange(30, 900))
    else:
        answer_at = holding.occurred_at + (due_at - holding.occurred_at) * world.rng.uniform(0.3, 0.97)
        answer_at = min(world.after_open_minutes(answer_at, world.rng.randrange(1, 60)), due_at)
    answer_at = max(answer_at, holding.recorded_at + timedelta(minutes=5))
    matter.reach(answer_at)
    full = matter.reply(Channel(holding.channel), answer_at, answers.PROMISED_ANSWER, by=owner, recorded_at=answer_at)
    matter.stop_clock(clock, full)
    matter.tell(EventKind.ANSWERED, answer_at, owner, channel=full.channel, answer=full.answer)
    return answer_at

"""What people of the demo do with a matter on its way to an answer."""

from datetime import datetime, timedelta

from requests_app.demo.matters import Matter, StoryEnds
from requests_app.demo.phrases import answers, titles
from requests_app.domain.business_time import add_business_minutes
from requests_app.domain.event_kinds import EventKind
from requests_app.domain.vocabulary import AttemptOutcome, Channel, Milestone, Status
from requests_app.models import Employee

WRITTEN = (Channel.EMAIL, Channel.WEB, Channel.LETTER)


def take_if_unowned(matter: Matter, *, after_at: datetime, minutes: int) -> Employee:
    """Let the category's owner take it from the queue so many open minutes later; give the owner."""
    request = matter.request
    if request.owner is not None:
        return request.owner
    if request.category is None:
        raise StoryEnds
    at = max(add_business_minutes(matter.world.calendar, after_at, minutes), after_at + timedelta(minutes=1))
    matter.reach(at)
    owner = matter.world.worker(request.category)
    request.owner, request.unowned_until_at = owner, None
    request.status = Status.OPEN.value
    matter.tell(EventKind.TAKEN, at, owner, owner=owner.pk)
    return owner


def send_back(matter: Matter, owner: Employee, at: datetime) -> None:
    """Send it back to the front desk, which gives it to the same department again."""
    world, request = matter.world, matter.request
    department, desk = request.department, world.at_front_desk()
    if department is None:
        return
    matter.reach(at)
    note = world.one_of(answers.SENT_BACK_NOTES)
    matter.tell(EventKind.SENT_BACK, at, owner, note, department=desk.department.pk)
    request.send_back_count += 1
    matter.move_to(desk.department, None, at, owner)
    given_at = at + timedelta(minutes=world.rng.randrange(1, 4))
    matter.move_to(department, owner, given_at, desk)
    given_to = {"owner": owner.pk, "department": department.pk}
    matter.tell(EventKind.GIVEN, given_at, desk, f"{owner}, {department}. {answers.GIVEN_NOTE}", **given_to)


def leave_note(matter: Matter, owner: Employee, at: datetime) -> None:
    """Write something down for colleagues."""
    matter.reach(at)
    matter.note(at, matter.world.one_of(answers.NOTES), by=owner)


def call_again(matter: Matter, at: datetime) -> None:
    """Let the customer ask again while an answer is owed; no date moves."""
    world = matter.world
    matter.reach(at)
    desk = world.at_front_desk()
    channel = Channel.EMAIL if Channel(matter.request.channel) in WRITTEN else Channel.PHONE
    matter.receive(channel, at, world.one_of(titles.CALLING_AGAIN_TEXTS), recorded_at=at, by=desk)
    clock = matter.open_clock(Milestone.RESPONSE)
    if clock:
        clock.calling_again_count += 1
    matter.tell(EventKind.CONTACTED_AGAIN, at, desk, channel=channel.value)


def try_in_vain(matter: Matter, owner: Employee, at: datetime) -> None:
    """Call and reach nobody, which never counts as an answer."""
    matter.reach(at)
    attempt = matter.reply(Channel.PHONE, at, answers.NOBODY_ANSWERED, by=owner, recorded_at=at)
    attempt.outcome, attempt.answer, attempt.is_qualifying = AttemptOutcome.NO_ANSWER.value, "", False
    matter.tell(EventKind.ATTEMPTED, at, owner, outcome=attempt.outcome)

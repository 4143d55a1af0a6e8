"""Fill an empty database with a year of the city's work, the same for the same seed and end."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from django.db import transaction

from requests_app.demo import profile
from requests_app.demo.absences import seed_absences
from requests_app.demo.arrivals import Arrival, Hours, make_arrivals
from requests_app.demo.counter import seed_counter
from requests_app.demo.courses import tell_matter
from requests_app.demo.customers import deal_visitors, invent_customers, save_visitors
from requests_app.demo.duplicates import can_be_duplicated, tell_duplicate
from requests_app.demo.feedback import seed_feedback
from requests_app.demo.improvements import seed_improvements
from requests_app.demo.matters import Matter
from requests_app.demo.packets import seed_packet
from requests_app.demo.policies import seed_policies
from requests_app.demo.queue import arrange_queue, give_own_work
from requests_app.demo.receipts import seed_receipts
from requests_app.demo.recognition import seed_recognition
from requests_app.demo.referrals import seed_referrals
from requests_app.demo.reminders import send_past_reminders
from requests_app.demo.replays import seed_replays
from requests_app.demo.roster import hire_staff
from requests_app.demo.scorecard import seed_scorecard
from requests_app.demo.shared_answers import seed_shared_answers
from requests_app.demo.storing import store_matters
from requests_app.demo.trainings import seed_trainings
from requests_app.demo.world import World, open_world
from requests_app.domain.vocabulary import RequestKind
from requests_app.models import Calendar, ServiceRequest
from requests_app.selectors.access import SYSTEM
from requests_app.selectors.standards import current_calendar_version
from requests_app.services.events import record_audit

_CHUNK = 2000
_RECENT = 40

Progress = Callable[[int], None]
Telling = Callable[[World, Arrival], Matter]


@dataclass(frozen=True, slots=True)
class Wish:
    """What to fill the database with; `until_at` is the instant at which the story stops."""

    requests: int
    seed: int
    until_at: datetime


@transaction.atomic
def seed_city_year(wish: Wish, *, progress: Progress = lambda _: None) -> None:
    """Add staff, customers and a year of requests to a city that is set up and otherwise empty.

    The same wish gives the same rows. Reminders that would have been sent by `until_at` count as sent.
    """
    rng = Random(f"{wish.seed}")  # noqa: S311  # repeatable on purpose  # nosec B311
    roster = hire_staff(rng, at=wish.until_at)
    world = open_world(rng, roster=roster, until_at=wish.until_at)
    kinds = {slug: RequestKind(category.kind) for slug, category in world.categories.items()}
    arrivals = make_arrivals(rng, count=wish.requests, hours=hours_of(world), kinds=kinds, until_at=wish.until_at)
    visitors = invent_customers(rng, requests=wish.requests, at=wish.until_at)
    deal_visitors(rng, visitors, arrivals)
    save_visitors(visitors)
    done = 0
    for chunk in _chunks(arrivals):
        matters = tell_matters(world, chunk)
        done += len(chunk)
        if done == len(arrivals):
            give_own_work(matters)
            arrange_queue(matters, requests=wish.requests)
        store_matters(matters)
        record_audit("demo_seeded", ServiceRequest, actor=SYSTEM, at=wish.until_at, count=len(matters))
        progress(done)
    seed_registers(world, seed=wish.seed)
    send_past_reminders(until_at=wish.until_at)
    seed_replays(roster, until_at=wish.until_at)
    seed_packet(roster, until_at=wish.until_at)


def seed_registers(world: World, *, seed: int) -> None:
    """Add what stands beside the requests: absences, training, the policy, suggestions, feedback, thanks, counter."""
    seed_absences(world, seed=seed)
    seed_counter(world, seed=seed)
    seed_trainings(world, seed=seed)
    seed_policies(world, seed=seed)
    seed_improvements(world, seed=seed)
    seed_shared_answers(world, seed=seed)
    seed_feedback(world, seed=seed)
    seed_scorecard(world, seed=seed)
    seed_recognition(world, seed=seed)
    seed_receipts(world, seed=seed)
    seed_referrals(world)


def hours_of(world: World) -> Hours:
    """Give when the city answers: the hours deadlines run on, and those of the counter."""
    counter = current_calendar_version(Calendar.COUNTER)
    return Hours(world.calendar, counter.business_calendar() if counter else world.calendar)


def _chunks(arrivals: Sequence[Arrival]) -> Iterator[Sequence[Arrival]]:
    """Give parts of about one size: the last one holds enough to arrange the queue from."""
    parts = -(-len(arrivals) // _CHUNK)
    for part in range(parts):
        yield arrivals[part * len(arrivals) // parts : (part + 1) * len(arrivals) // parts]


def tell_matters(world: World, arrivals: Sequence[Arrival], *, tell: Telling = tell_matter) -> list[Matter]:
    """Tell these matters in order; now and then the next contact is about the same thing as one that waits."""
    matters: list[Matter] = []
    for arrival in arrivals:
        matter = None
        if world.happens(profile.DUPLICATE_SHARE):
            recent = (each for each in reversed(matters[-_RECENT:]) if can_be_duplicated(each, arrival))
            first = next(recent, None)
            matter = tell_duplicate(arrival, of=first) if first else None
        matters.append(matter or tell(world, arrival))
    return matters

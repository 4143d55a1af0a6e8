"""What the scorecard shows besides the year's work: counts of machines, signatures, questions about the policy."""

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random

from django.utils import timezone

from requests_app.demo.world import World
from requests_app.domain.counted_contacts import COUNTABLE
from requests_app.domain.periods import Month
from requests_app.domain.vocabulary import Direction
from requests_app.models import ClauseSignature, Confirmation, ContactCount, Interaction, StaffQuestion
from requests_app.selectors.staff_questions import CONTACT_KEY

_COUNTED_DAYS = 60
_NOT_LOGGED = 0.12  # of what a machine counted
_QUESTIONS = (
    ("III.b.ii.4", "Does an automatic reply count as acknowledging an e-mail?", "No: somebody has to write."),
    ("III.b.ii.5", "Do I need a greeting when I am out for an afternoon?", "Only for whole business days."),
    ("III.b.ii.3", "Is a voicemail I leave an answer?", "Yes, if it says who called and what about."),
    ("", "Whom do I ask about a complaint that names me?", ""),
)


def seed_scorecard(world: World, *, seed: int) -> None:
    """Add what machines counted in the last weeks, two signatures, four questions; the same for the same seed."""
    rng = Random(f"scorecard {seed}")  # noqa: S311  # repeatable on purpose  # nosec B311
    _count(world, rng)
    _sign(world)
    _ask(world)


def _count(world: World, rng: Random) -> None:
    today = timezone.localdate(world.until_at)
    first_on = today - timedelta(days=_COUNTED_DAYS)
    logged: Counter[tuple[date, int, str]] = Counter()
    rows = Interaction.objects.filter(
        direction=Direction.INBOUND,
        channel__in=[channel.value for channel in COUNTABLE],
        occurred_at__gte=world.until_at - timedelta(days=_COUNTED_DAYS),
        service_request__department__isnull=False,
    ).order_by("pk")
    for at, department_id, channel in rows.values_list("occurred_at", "service_request__department_id", "channel"):
        on = timezone.localdate(at)
        if first_on < on < today:
            logged[(on, department_id, channel)] += 1
    hr = world.roster.human_resources[0]
    counts = [
        ContactCount(
            on=on,
            department_id=department_id,
            channel=channel,
            count=number + sum(rng.random() < _NOT_LOGGED for _ in range(number + 2)),
            is_from_file=True,
            recorded_at=world.until_at,
            recorded_by=hr,
        )
        for (on, department_id, channel), number in sorted(logged.items())
    ]
    ContactCount.objects.bulk_create(counts, batch_size=500)


def _sign(world: World) -> None:
    hr = world.roster.human_resources[0]
    month = Month.of(timezone.localdate(world.until_at))
    facts = {"from_on": month.first_on, "to_on": month.last_on, "signed_at": world.until_at, "signed_by": hr}
    ClauseSignature.objects.create(
        clause="III.b.ii.1", statement="Every text was read in English and Spanish.", evidence="HR folder 12", **facts
    )
    Confirmation.objects.create(key=CONTACT_KEY, confirmed_at=world.until_at - timedelta(days=70), confirmed_by=hr)


def _ask(world: World) -> None:
    hr, staff = world.roster.human_resources[0], world.roster.by_login["staff"]
    for number, (clause, question, answer) in enumerate(_QUESTIONS):
        asked_at = _days_before(world.until_at, 40 - 12 * number)
        StaffQuestion.objects.create(
            clause=clause,
            question=question,
            asked_at=asked_at,
            asked_by=staff,
            answer=answer,
            answered_at=_days_before(world.until_at, 38 - 12 * number) if answer else None,
            answered_by=hr if answer else None,
        )


def _days_before(at: datetime, days: int) -> datetime:
    return at - timedelta(days=days)

"""What happens at the counter of the demo: taps of some weeks, the checklist and the voicemail box on most days."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from requests_app.demo.world import World
from requests_app.domain.opening_checks import open_days
from requests_app.models import (
    Category,
    ChecklistItem,
    CounterDevice,
    CounterTap,
    OpeningCheck,
    OpeningCheckLine,
    VisitorWait,
    VoicemailCheck,
    WaitingSample,
)
from requests_app.selectors.opening_checks import counter_calendar
from requests_app.selectors.standards import response_calendar

_DAYS = 70
_SAMPLE_DAYS = 4
_A_DAY = (14, 32)
_SHARE_ANSWERED = 0.86
_SHARE_SIGNED, _SHARE_LATE, _SHARE_NOTED = 0.94, 0.06, 0.1
_SUBJECTS = (
    "permit-question", "permit-status", "business-licence", "recreation-class", "inspection", "senior-programs",
    "facility-rental", "swim-center", "planning-question", "records-request",
)  # fmt: skip
_NOTES = ("A bulb is out; Public Works knows", "No Spanish forms left; ordered", "The floor is wet, a sign is up")


def seed_counter(world: World, *, seed: int) -> None:
    """Add two counter computers, what was tapped there, and the mornings; the same for the same seed."""
    rng = Random(f"counter {seed}")  # noqa: S311  # repeatable on purpose  # nosec B311
    today = timezone.localdate(world.until_at)
    days = open_days(counter_calendar(), today - timedelta(days=_DAYS), today)
    _tap(world, rng, days, _computers(world))
    _open(world, rng, days)
    _wait(world, rng, days[-_SAMPLE_DAYS * 3 : -_SAMPLE_DAYS * 2])
    _listen(world, rng, open_days(response_calendar(), today - timedelta(days=_DAYS), today))


def _computers(world: World) -> list[CounterDevice]:
    facts = {"place": "City Hall, 2131 Pear Street", "registered_by": world.roster.by_login["admin"]}
    at = world.until_at - timedelta(days=_DAYS + 20)
    # No token has these hashes, so no browser can pass for one of them.
    return [
        CounterDevice.objects.create(name=name, token_hash=hash_of_none, registered_at=at, **facts)
        for name, hash_of_none in (("Front counter, left", "l" * 64), ("Front counter, right", "r" * 64))
    ]


def _tap(world: World, rng: Random, days: Sequence[date], computers: Sequence[CounterDevice]) -> None:
    categories = list(Category.objects.filter(slug__in=_SUBJECTS).order_by("slug"))
    taps = []
    for on in days:
        for _number in range(rng.randrange(*_A_DAY)):
            at = _at(on, 8 * 60 + rng.randrange(8 * 60 + 25), rng)
            by, is_answered = rng.choice(world.roster.front_desk), rng.random() < _SHARE_ANSWERED
            taps.append(
                CounterTap(
                    tapped_at=at,
                    is_answered=is_answered,
                    category=rng.choice(categories) if is_answered and rng.random() < 0.9 else None,
                    department_id=by.department_id,
                    device=rng.choice([*computers, computers[0]]),
                    tapped_by=by,
                    key=UUID(int=rng.getrandbits(128), version=4),
                    undone_at=at + timedelta(seconds=20) if rng.random() < 0.02 else None,
                )
            )
    CounterTap.objects.bulk_create([tap for tap in taps if tap.tapped_at < world.until_at], batch_size=500)


def _open(world: World, rng: Random, days: Sequence[date]) -> None:
    items = list(ChecklistItem.objects.filter(retired_at__isnull=True))
    for on in days:
        late = 70 if rng.random() < _SHARE_LATE else 0
        at = _at(on, 7 * 60 + 40 + rng.randrange(30) + late, rng)
        noted = rng.randrange(len(items)) if rng.random() < _SHARE_NOTED else None
        if rng.random() > _SHARE_SIGNED or at > world.until_at:
            continue
        opening = OpeningCheck.objects.create(on=on, signed_at=at, signed_by=rng.choice(world.roster.front_desk))
        note = rng.choice(_NOTES)
        OpeningCheckLine.objects.bulk_create(
            OpeningCheckLine(opening=opening, text=item.text, note=note if number == noted else "")
            for number, item in enumerate(items)
        )


def _listen(world: World, rng: Random, days: Sequence[date]) -> None:
    checks = []
    for on in days:
        at = _at(on, 8 * 60 + rng.randrange(40) + (150 if rng.random() < _SHARE_LATE else 0), rng)
        messages = rng.randrange(9)
        check = VoicemailCheck(
            key=UUID(int=rng.getrandbits(128), version=4),
            on=on,
            begun_at=at - timedelta(minutes=2 * messages),
            checked_by=rng.choice(world.roster.front_desk),
            logged=max(0, messages - rng.randrange(3)),
            finished_at=at,
            messages=messages,
        )
        if rng.random() < _SHARE_SIGNED and at < world.until_at:
            checks.append(check)
    VoicemailCheck.objects.bulk_create(checks)


def _wait(world: World, rng: Random, days: Sequence[date]) -> None:
    """Time the visitors of one sample week; it is over."""
    hr = world.roster.human_resources[0]
    sample = WaitingSample.objects.create(
        from_on=days[0], to_on=days[-1], switched_on_at=_at(days[0], 7 * 60, rng), switched_on_by=hr
    )
    waits = []
    for on in days:
        for _number in range(rng.randrange(*_A_DAY)):
            at, by = _at(on, 8 * 60 + rng.randrange(8 * 60), rng), rng.choice(world.roster.front_desk)
            called_at = at + timedelta(minutes=rng.lognormvariate(1.1, 0.8)) if rng.random() < 0.95 else None
            waits.append(
                VisitorWait(
                    sample=sample,
                    key=UUID(int=rng.getrandbits(128), version=4),
                    checked_in_at=at,
                    called_at=called_at,
                    helped_at=called_at + timedelta(minutes=rng.randrange(2, 15)) if called_at else None,
                    left_at=None if called_at else at + timedelta(minutes=12),
                    department_id=by.department_id,
                )
            )
    VisitorWait.objects.bulk_create(waits, batch_size=500)


def _at(on: date, minute: int, rng: Random) -> datetime:
    local = datetime.combine(on, datetime.min.time()) + timedelta(minutes=minute, seconds=rng.randrange(60))
    return timezone.make_aware(local)

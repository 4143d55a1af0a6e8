"""Suggestions of the demo's staff: some done, some declined, one overdue, a few that wait (III.c.iii)."""

from datetime import date, datetime, timedelta
from random import Random

from django.utils import timezone

from requests_app.demo.phrases.improvements import COMMENTS, IDEAS, REASONS, REASONS_AGAINST, RESULTS
from requests_app.demo.world import World
from requests_app.domain.business_time import business_day_on_or_after
from requests_app.domain.improvements import ImprovementState, decide_by
from requests_app.domain.vocabulary import RequestKind
from requests_app.models import Employee, Improvement, ImprovementComment, ServiceRequest
from requests_app.selectors.choices import current_choices

_ANONYMOUS_SHARE, _ADOPTED_SHARE, _LATE_SHARE, _DONE_SHARE = 0.15, 0.6, 0.15, 0.6


def seed_improvements(world: World, *, seed: int) -> None:
    """Add suggestions over the year, the first of them out of what a resident suggested."""
    rng = Random(f"improvements {seed}")  # noqa: S311  # repeatable on purpose  # nosec B311
    today = timezone.localdate(world.until_at)
    asked = ServiceRequest.objects.filter(kind=RequestKind.SUGGESTION, confidentiality="ordinary").order_by("pk")
    sources = [row for row in asked[:2] if row.department_id]
    rows = []
    for place, idea in enumerate(IDEAS):
        days = 2 + 330 * (len(IDEAS) - 1 - place) // (len(IDEAS) - 1)
        on = business_day_on_or_after(world.calendar, today - timedelta(days=days))
        person = rng.choice(world.roster.everybody)
        is_named = rng.random() >= _ANONYMOUS_SHARE
        source = sources[place] if place < len(sources) else None
        row = _proposed(world, on, idea, person, source)
        row.proposed_by = person if is_named else None
        rows.append(_told(world, rng, row, today))
    Improvement.objects.bulk_create(rows)
    ImprovementComment.objects.bulk_create(
        ImprovementComment(
            improvement=row, employee=rng.choice(world.roster.everybody), text=text, at=_at(world, row.proposed_on)
        )
        for row in rows
        for text in rng.sample(COMMENTS, rng.randrange(0, 3))
    )


def _proposed(
    world: World, on: date, idea: tuple[str, str], person: Employee, source: ServiceRequest | None
) -> Improvement:
    number = current_choices().suggestion_decision_business_days
    return Improvement(
        title=idea[0],
        text=idea[1],
        department=source.department if source and source.department else person.department,
        service_request=source,
        proposed_by=person,
        proposed_on=on,
        due_on=decide_by(world.calendar, on, number),
    )


def _told(world: World, rng: Random, row: Improvement, today: date) -> Improvement:
    """Decide it, mostly in time; what would be decided later still waits."""
    shift = rng.randrange(2, 20) if rng.random() < _LATE_SHARE else -rng.randrange(1, 25)
    on = business_day_on_or_after(world.calendar, row.due_on + timedelta(days=shift))
    if on > today:
        return row
    is_adopted = rng.random() < _ADOPTED_SHARE
    row.state = ImprovementState.ADOPTED if is_adopted else ImprovementState.DECLINED
    row.decided_on, row.decided_by = on, world.roster.human_resources[0]
    row.decision_reason = rng.choice(REASONS if is_adopted else REASONS_AGAINST)
    done_on = business_day_on_or_after(world.calendar, on + timedelta(days=rng.randrange(5, 60)))
    if is_adopted and done_on <= today and rng.random() < _DONE_SHARE:
        row.state, row.done_on, row.done_by = ImprovementState.DONE, done_on, row.decided_by
        row.done_note = rng.choice(RESULTS)
    return row


def _at(world: World, on: date) -> datetime:
    return min(world.calendar.closing_at(on), world.until_at)

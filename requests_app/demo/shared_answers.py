"""Answers that the demo's staff shares, one of them to be read again, with replies made of them (III.b.iv.4)."""

from datetime import timedelta
from random import Random

from django.utils import timezone

from requests_app.demo.phrases.shared_answers import ANSWERS
from requests_app.demo.world import World
from requests_app.domain.vocabulary import Direction
from requests_app.models import Employee, Interaction, SharedAnswer
from requests_app.selectors.access import actor_for_employee
from requests_app.services.shared_answers import SharedAnswerEntry, count_uses, share_answer

_MOST_USES = 14


def seed_shared_answers(world: World, *, seed: int) -> None:
    """Share the answers over the last half year; the first was to be read again a few days ago."""
    rng = Random(f"shared answers {seed}")  # noqa: S311  # repeatable on purpose  # nosec B311
    today = timezone.localdate(world.until_at)
    for place, (title, english, spanish, slug) in enumerate(ANSWERS):
        category = world.categories[slug]
        owner = next((each for each in _staff(world) if each.department_id == category.department_id), _staff(world)[0])
        at = world.until_at - timedelta(days=180 - 30 * place)
        entry = SharedAnswerEntry(
            title=title,
            texts={"en": english, "es": spanish},
            review_by=today + timedelta(days=120 * place - 4),
            owner_id=owner.pk,
            category_id=category.pk,
        )
        answer = share_answer(entry, actor=actor_for_employee(owner), at=at)
        _use(answer, rng)


def _staff(world: World) -> list[Employee]:
    return list(world.roster.everybody)


def _use(answer: SharedAnswer, rng: Random) -> None:
    """Let replies about the category have been made of it."""
    replies = Interaction.objects.filter(
        direction=Direction.OUTBOUND, service_request__category=answer.category_id, service_request__destroyed_at=None
    ).order_by("-occurred_at", "-pk")
    for reply in replies[: rng.randrange(3, _MOST_USES)]:
        count_uses(reply, [answer.pk], at=reply.occurred_at)

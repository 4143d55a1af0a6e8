"""The policy in the demo: its first review overdue and open, a draft of the next version, a round of attestations."""

from datetime import date, timedelta
from random import Random

from django.utils import timezone

from requests_app.demo import profile
from requests_app.demo.phrases import policies as words
from requests_app.demo.world import World
from requests_app.domain.business_time import business_day_on_or_after
from requests_app.models import (
    Attestation,
    AttestationRound,
    Employee,
    PolicyQuestion,
    PolicyReview,
    PolicyVersion,
)
from requests_app.selectors.directory import active_employees
from requests_app.selectors.policies import policy_in_force
from requests_app.selectors.policy_reviews import review_countdown

_DAY = timedelta(days=1)
# Days before the end of the story; the round is due so many days after it.
_OPENED, _ROUND_OPENED, _ROUND_LASTS = 12, 24, 30


def seed_policies(world: World, *, seed: int) -> None:
    """Add what Human Resources began in the last weeks; the same seed gives the same rows."""
    rng = Random(f"policies {seed}")  # noqa: S311  # repeatable on purpose  # nosec B311
    today, keeper = timezone.localdate(world.until_at), world.roster.by_login["hr"]
    version = policy_in_force(today)
    due = review_countdown(today)
    if version is None or due is None:
        return
    PolicyReview.objects.create(due_on=due.due_on, opened_on=today - _OPENED * _DAY, opened_by=keeper)
    _draft(world, version, keeper)
    _questions(world, rng, keeper)
    _attest(world, rng, version, keeper, today=today)


def _draft(world: World, version: PolicyVersion, keeper: Employee) -> None:
    text = version.text
    for before, after in words.CHANGES:
        text = text.replace(before, after)
    PolicyVersion.objects.create(
        number=version.number + 1,
        title=version.title,
        text=text,
        is_summary=version.is_summary,
        changed_at=world.until_at - 2 * _DAY,
        changed_by=keeper,
    )


def _questions(world: World, rng: Random, keeper: Employee) -> None:
    leads = [people[0] for _department, people in sorted(world.roster.supervisors.items()) if people]
    for place, (clause, question, answer) in enumerate(words.QUESTIONS):
        raised_at = world.until_at - (40 - 6 * place) * _DAY
        asked = PolicyQuestion(clause=clause, question=question, raised_at=raised_at, raised_by=rng.choice(leads))
        if answer:
            asked.answer, asked.answered_at, asked.answered_by = answer, raised_at + 3 * _DAY, keeper
        asked.save()


def _attest(world: World, rng: Random, version: PolicyVersion, keeper: Employee, *, today: date) -> None:
    """Let most attest on one of the days since the round began; whoever has no login signs on paper."""
    opened_on = today - _ROUND_OPENED * _DAY
    due_on = business_day_on_or_after(world.calendar, opened_on + _ROUND_LASTS * _DAY)
    found = AttestationRound.objects.create(version=version, opened_on=opened_on, due_on=due_on, opened_by=keeper)
    rows = []
    for person in active_employees().order_by("pk"):
        drawn, days = rng.random(), rng.randrange(_ROUND_OPENED)
        is_own = person == world.roster.by_login["staff"]  # left to do for whoever looks at the demo
        if drawn < profile.ATTESTED_SHARE and not is_own:
            is_on_paper = person.user_id is None
            rows.append(
                Attestation(
                    attestation_round=found,
                    employee=person,
                    attested_on=opened_on + days * _DAY,
                    is_on_paper=is_on_paper,
                    recorded_at=world.until_at - (_ROUND_OPENED - days) * _DAY,
                    recorded_by=keeper if is_on_paper else person,
                )
            )
    Attestation.objects.bulk_create(rows)

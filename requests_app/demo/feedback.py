"""Feedback of the demo: residents who were asked, a third of whom answered, and two rounds of the staff pulse."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone

from requests_app.demo.phrases import feedback as phrases
from requests_app.demo.world import World
from requests_app.domain.choices import LocalChoices
from requests_app.domain.pulses import PulseQuestion
from requests_app.domain.surveys import ASK_AFTER, Question, SurveyRoute, month_of, why_not_asked
from requests_app.domain.vocabulary import Channel
from requests_app.models import (
    ContactPoint,
    Customer,
    PulseRound,
    PulseSeat,
    PulseTally,
    ServiceRequest,
    SurveyAddressee,
    SurveyAnswer,
    SurveyInvitation,
)
from requests_app.selectors.access import parents_of_departments
from requests_app.selectors.choices import current_choices
from requests_app.selectors.feedback_figures import departments_with_a_duty, top_of
from requests_app.selectors.survey_links import hash_of, token_of
from requests_app.selectors.surveys import address_of, keys_of, matter_of

_ANSWERED_SHARE, _SLIP_SHARE, _WRITTEN_SHARE, _TOOK_PART_SHARE = 0.31, 0.35, 0.3, 0.62
_SLIP_AFTER = timedelta(minutes=1)
# How often each degree is ticked, least first; the fourth of residents' statements does a little worse.
_USUAL, _WORSE = (4, 6, 12, 38, 40), (8, 14, 22, 34, 22)
# Days before the end of the story on which rounds opened, and how many departments, by name, were in each.
_ROUNDS = ((250, 9), (75, 6))
_ROUND_DAYS = timedelta(days=14)


@dataclass(slots=True)
class _Asking:
    """What was asked and said so far; `asked_at` by the keys somebody is known by."""

    rng: Random
    chosen: LocalChoices
    invitations: list[SurveyInvitation] = field(default_factory=list)
    answers: list[SurveyAnswer] = field(default_factory=list)
    asked_at: dict[str, datetime] = field(default_factory=dict)
    addresses: dict[int, str] = field(default_factory=dict)

    def address_of(self, customer: Customer | None) -> str:
        """Give where somebody is asked; looked up once for each customer, which is most of what seeding costs."""
        if customer is None:
            return ""
        if customer.pk not in self.addresses:
            self.addresses[customer.pk] = address_of(customer)
        return self.addresses[customer.pk]

    def uuid(self) -> UUID:
        """Give a random key, the same for the same seed."""
        return UUID(int=self.rng.getrandbits(128), version=4)


def seed_feedback(world: World, *, seed: int) -> None:
    """Ask whoever would have been asked by the end of the story, and hold the rounds of the pulse."""
    rng = Random(f"feedback {seed}")  # noqa: S311  # repeatable on purpose  # nosec B311
    asking = _Asking(rng, current_choices())
    for service_request in _closed(until_at=world.until_at):
        _ask(asking, service_request, until_at=world.until_at)
    SurveyInvitation.objects.bulk_create(asking.invitations, batch_size=500)
    SurveyAnswer.objects.bulk_create(asking.answers, batch_size=500)
    SurveyAddressee.objects.bulk_create(
        [SurveyAddressee(key_hash=key, asked_at=at) for key, at in sorted(asking.asked_at.items())], batch_size=500
    )
    for days_ago, departments in _ROUNDS:
        _hold_round(rng, world, opens_on=timezone.localdate(world.until_at) - timedelta(days=days_ago), of=departments)


def _closed(*, until_at: datetime) -> Iterator[ServiceRequest]:
    """Give the closed requests of people who can be reached by mail, and those at the counter, in order of closing."""
    has_mail = Exists(ContactPoint.objects.filter(customer=OuterRef("customer"), kind=ContactPoint.Kind.EMAIL))
    found = ServiceRequest.objects.filter(closed_at__lte=until_at - ASK_AFTER, is_imported=False).annotate(
        mail=has_mail
    )
    for service_request in found.select_related("customer").order_by("closed_at", "pk"):
        if service_request.mail or service_request.channel == Channel.COUNTER:
            yield service_request


def _ask(asking: _Asking, service_request: ServiceRequest, *, until_at: datetime) -> None:
    address = asking.address_of(service_request.customer)
    route = SurveyRoute.MAIL if address else SurveyRoute.SLIP
    is_slip_made = route is SurveyRoute.MAIL or asking.rng.random() < _SLIP_SHARE
    closed_at, chosen = service_request.closed_at, asking.chosen
    if closed_at is None or not is_slip_made:
        return
    at = closed_at + (ASK_AFTER if route is SurveyRoute.MAIL else _SLIP_AFTER)
    keys = keys_of(service_request.customer, address)
    quiet = timedelta(days=chosen.survey_quiet_days)
    if any(key in asking.asked_at and asking.asked_at[key] > at - quiet for key in keys):
        return
    if why_not_asked(matter_of(service_request), route=route):
        return
    asking.asked_at |= dict.fromkeys(keys, at)
    invitation = SurveyInvitation(
        service_request=service_request,
        department_id=service_request.department_id or 0,
        route=route.value,
        channel=service_request.channel,
        language=service_request.language,
        month=month_of(timezone.localdate(at)),
        invited_at=at,
        expires_at=at + timedelta(days=chosen.survey_link_days),
        seed=asking.uuid(),
        is_used=at < until_at - timedelta(days=1) and asking.rng.random() < _ANSWERED_SHARE,
    )
    invitation.token_hash = hash_of(token_of(invitation))
    asking.invitations.append(invitation)
    if invitation.is_used:
        asking.answers.append(_answer(asking, invitation))


def _answer(asking: _Asking, invitation: SurveyInvitation) -> SurveyAnswer:
    rng, words = asking.rng, phrases.SPANISH if invitation.language == "es" else phrases.ENGLISH
    scores = {
        question.value: _score(rng, _WORSE if question is Question.CLEAR else _USUAL)
        for question in Question
        if rng.random() < 0.94
    }
    return SurveyAnswer(
        id=asking.uuid(),
        department_id=invitation.department_id,
        route=invitation.route,
        channel=invitation.channel,
        language=invitation.language,
        month=invitation.month,
        comment=rng.choice(words) if rng.random() < _WRITTEN_SHARE else "",
        **scores,
    )


def _hold_round(rng: Random, world: World, *, opens_on: date, of: int) -> None:
    """Hold one round, long over: who took part, and what was counted."""
    parents = parents_of_departments()
    departments = [row.pk for row in departments_with_a_duty()[:of]]
    people = [person for person in world.roster.everybody if person.is_active and person.user_id]
    held = PulseRound.objects.create(
        opens_on=opens_on,
        closes_on=opens_on + _ROUND_DAYS,
        questions=[question.value for question in PulseQuestion],
        opened_by=world.roster.human_resources[0],
        opened_at=datetime.combine(opens_on, datetime.min.time(), tzinfo=timezone.get_default_timezone())
        + timedelta(hours=9),
    )
    placed = [(person, top_of(person.department_id, parents)) for person in people]
    seats = [
        PulseSeat(round=held, employee=person, department_id=place, is_used=rng.random() < _TOOK_PART_SHARE)
        for person, place in placed
        if place in departments
    ]
    PulseSeat.objects.bulk_create(seats)
    counts: dict[tuple[int, str, int], int] = {}
    for seat in seats:
        for question in PulseQuestion if seat.is_used else ():
            key = (seat.department_id, question.value, _score(rng, _USUAL))
            counts[key] = counts.get(key, 0) + 1
    PulseTally.objects.bulk_create(
        PulseTally(round=held, department_id=place, question=question, score=score, count=count)
        for (place, question, score), count in sorted(counts.items())
    )


def _score(rng: Random, weights: Sequence[int]) -> int:
    return rng.choices((1, 2, 3, 4, 5), weights=weights)[0]

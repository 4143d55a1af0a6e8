"""The chain of a request: every escalation with what became of it, and the notices of lateness (III.b.v.2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from requests_app.domain.escalations import (
    RUNNING_STATES,
    SPEAK_FOR_INDEPENDENT,
    Act,
    Level,
    State,
    may_follow,
    state_of,
)
from requests_app.domain.stages import Audience
from requests_app.domain.workflow import Action
from requests_app.models import Escalation, LadderRung, Notice, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.due_words import DueView, DueWording
from requests_app.selectors.ladder import read_rung
from requests_app.selectors.ladder_words import AUDIENCE_WORDS

LEVEL_WORDS: Mapping[int, str | Promise] = {
    Level.SUPERVISOR: _("Level 1: supervisor"),
    Level.DEPARTMENT_HEAD: _("Level 2: department head"),
    Level.CITY_MANAGER: _("Level 3: city manager"),
    Level.HUMAN_RESOURCES: _("Level 4: Human Resources"),
    Level.INDEPENDENT: _("Level 5: independent recipient"),
}
STATE_WORDS: Mapping[State, str | Promise] = {
    State.WAITING: _("waits to be accepted"),
    State.ACCEPTED: _("accepted, not answered yet"),
    State.SENT_BACK: _("sent back"),
    State.CLIMBED: _("not accepted in time, went on"),
    State.ANSWERED: _("answered"),
    State.WITHDRAWN: _("withdrawn"),
}
_TAGS: Mapping[State, str] = {State.WAITING: "soon", State.ACCEPTED: "beside", State.ANSWERED: "good"}
# DOMAIN 2: to these lateness goes up by itself; it tells, and asks nobody to accept anything.
_TOLD_UPWARDS = (Audience.DEPARTMENT_HEAD, Audience.CITY_MANAGER)


@dataclass(frozen=True, slots=True)
class EscalationStep:
    """One escalation of the chain as its reader may see it: `reads_words` is for colleagues inside only."""

    escalation: Escalation
    state: State
    due: DueView | None
    reads_words: bool

    @property
    def at(self) -> datetime:
        """Say where in the chain it stands."""
        return self.escalation.sent_at

    @property
    def from_words(self) -> str:
        """Name who sent it; what climbed was sent by nobody."""
        sender = self.escalation.from_employee
        return sender.name if sender else gettext("passed on by itself")

    @property
    def to_words(self) -> str:
        """Name who it went to."""
        return recipient_words(self.escalation)

    @property
    def level_words(self) -> str:
        """Say on which rung."""
        return level_words(self.escalation.level)

    @property
    def state_words(self) -> str:
        """Say what became of it; what was taken out of somebody's hands went on too."""
        if self.state is State.WITHDRAWN and hasattr(self.escalation, "climbed_to"):
            return gettext("went on to others")
        return str(STATE_WORDS[self.state])

    @property
    def tag(self) -> str:
        """Give the kind of its tag."""
        return _TAGS.get(self.state, "")


@dataclass(frozen=True, slots=True)
class LatenessNotice:
    """One rung of the reminder ladder that told somebody above: a notice without a duty to accept."""

    at: datetime
    people: Sequence[str]
    audience_words: str
    milestone_words: str

    @property
    def escalation(self) -> None:
        """Say that it is none."""
        return None


@dataclass(frozen=True, slots=True)
class Chain:
    """All of it in order, and the step that runs, with what its reader may do about it."""

    links: Sequence[EscalationStep | LatenessNotice] = ()
    running: EscalationStep | None = None
    is_mine: bool = False

    @property
    def is_mine_to_accept(self) -> bool:
        """Say whether it waits for the reader's acceptance."""
        return self.is_mine and self.running is not None and self.running.state is State.WAITING

    def withheld(self, service_request: ServiceRequest) -> frozenset[Action]:
        """Give the acts of escalating that are not possible now, whatever the table says of roles."""
        step = self.running
        possible = {
            Action.ESCALATE: step is None and not service_request.is_imported,
            Action.ACCEPT: self.is_mine_to_accept,
            Action.RETURN: self.is_mine
            and step is not None
            and may_follow(step.state, Act.ANSWER, is_outside=bool(step.escalation.to_outside)),
        }
        return frozenset(action for action, is_possible in possible.items() if not is_possible)


def chain_of(
    service_request: ServiceRequest,
    notices: Sequence[Notice],
    *,
    actor: Actor,
    wording: DueWording,
    reads_words: bool,
) -> Chain:
    """Give the chain of a request; `notices` are all of it, with firing, clock and recipient (three queries)."""
    steps = [step_of(row, wording, reads_words=reads_words) for row in escalations_shown(service_request)]
    running = next((step for step in steps if step.state in RUNNING_STATES), None)
    links: list[EscalationStep | LatenessNotice] = [*steps, *_lateness(notices)]
    is_mine = running is not None and _is_for(running.escalation, actor)
    return Chain(sorted(links, key=lambda link: link.at), running, is_mine)


def escalations_shown(service_request: ServiceRequest) -> QuerySet[Escalation]:
    """Give the escalations of a request, oldest first, with everybody they name."""
    return with_people(Escalation.objects.filter(service_request=service_request)).order_by("sent_at", "pk")


def with_people(rows: QuerySet[Escalation]) -> QuerySet[Escalation]:
    """Read escalations with everybody they name."""
    return rows.select_related(
        "from_employee", "to_employee", "to_department", "clock", "accepted_by", "sent_back_by", "climbed_to"
    ).prefetch_related("receivers__employee")


def step_of(row: Escalation, wording: DueWording, *, reads_words: bool) -> EscalationStep:
    """Show one escalation read with its people."""
    state = state_of_row(row)
    due = wording.of_clock(row.clock) if row.clock is not None and state is State.WAITING else None
    return EscalationStep(row, state, due, reads_words)


def state_of_row(row: Escalation) -> State:
    """Say how far a stored step has come."""
    return state_of(
        accepted=row.accepted_at is not None,
        sent_back=row.sent_back_at is not None,
        climbed=row.climbed_at is not None,
        answered=row.answered_at is not None,
        withdrawn=row.withdrawn_at is not None,
    )


def recipient_words(row: Escalation) -> str:
    """Name who an escalation went to: the person, the leads of a department, or who stands outside."""
    if row.to_outside:
        return row.to_outside.partition(" <")[0]
    if row.to_employee is not None:
        return row.to_employee.name
    names = ", ".join(receipt.employee.name for receipt in row.receivers.all())
    return f"{names}, {row.to_department}" if names else str(row.to_department)


def level_words(level: int) -> str:
    """Say a rung of the ladder."""
    return str(LEVEL_WORDS.get(level, level))


def _is_for(row: Escalation, actor: Actor) -> bool:
    """Say the same as `may_act_on`, of a step read with its people."""
    if row.to_outside:
        return actor.holds(*SPEAK_FOR_INDEPENDENT)
    if row.accepted_by_id is not None:
        return row.accepted_by_id == actor.employee_id
    return any(receipt.employee_id == actor.employee_id for receipt in row.receivers.all())


def _lateness(notices: Sequence[Notice]) -> list[LatenessNotice]:
    fired = [notice for notice in notices if notice.firing is not None]
    if not fired:
        return []
    audiences = {
        rung.code: stage.audience
        for rung in LadderRung.objects.all()
        if (stage := read_rung(rung)) and stage.audience in _TOLD_UPWARDS
    }
    told: dict[int, list[Notice]] = {}
    for notice in fired:
        if notice.firing is not None and notice.firing.stage in audiences:
            told.setdefault(notice.firing.pk, []).append(notice)
    return [_lateness_notice(group, audiences) for group in told.values()]


def _lateness_notice(group: Sequence[Notice], audiences: Mapping[str, Audience]) -> LatenessNotice:
    first = group[0]
    stage = first.firing.stage if first.firing else ""
    return LatenessNotice(
        at=first.created_at,
        people=[notice.recipient.name for notice in group],
        audience_words=str(AUDIENCE_WORDS[audiences[stage]]),
        milestone_words=str(first.clock.get_milestone_display()) if first.clock else "",
    )

"""One matter being told: the request with all its rows, unsaved, exactly as the services would have left them."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from requests_app.demo.world import World
from requests_app.domain.business_time import business_minutes_between
from requests_app.domain.event_kinds import EventKind
from requests_app.domain.stages import next_stage
from requests_app.domain.trace import to_json
from requests_app.domain.verdicts import is_recorded_late, judge
from requests_app.domain.vocabulary import (
    AnswerKind,
    Channel,
    Direction,
    Disposition,
    Milestone,
    RevisionReason,
    Status,
    Verdict,
)
from requests_app.models import (
    ClockRevision,
    Commendation,
    Complaint,
    ComplaintDecision,
    Department,
    Employee,
    Escalation,
    EscalationReceiver,
    Event,
    Excusal,
    FollowUp,
    Interaction,
    RequestSubject,
    ResponseClock,
    ServiceRequest,
)
from requests_app.models.clocks import FACT_FIELDS

_BACKDATED_AFTER = timedelta(hours=1)


class StoryEnds(Exception):
    """What would have come next lies behind the end of the story."""


@dataclass(slots=True)
class Matter:
    """A request and the rows that hang on it; nothing later than the end of the story is ever added."""

    world: World
    request: ServiceRequest
    interactions: list[Interaction] = field(default_factory=list)
    clocks: list[ResponseClock] = field(default_factory=list)
    revisions: list[ClockRevision] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    subjects: list[RequestSubject] = field(default_factory=list)
    excusals: list[Excusal] = field(default_factory=list)
    complaint: Complaint | None = None
    decisions: list[ComplaintDecision] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)
    escalations: list[Escalation] = field(default_factory=list)
    receivers: list[EscalationReceiver] = field(default_factory=list)
    commendations: list[Commendation] = field(default_factory=list)
    merged_into: "Matter | None" = None

    def reach(self, at: datetime) -> None:
        """Go on to an instant. Raises StoryEnds if it lies behind the end, and what would come next never happens."""
        if at > self.world.until_at:
            raise StoryEnds

    def tell(self, what: EventKind, at: datetime, who: Employee | None, text: str = "", **data: object) -> None:
        """Add what was done to the request."""
        shown = {name: "" if value is None else str(value) for name, value in data.items()}
        self.events.append(
            Event(service_request=self.request, kind=what.value, actor=who, at=at, text=text, data=shown)
        )

    def receive(self, channel: Channel, at: datetime, text: str, *, recorded_at: datetime, by: Employee) -> Interaction:
        """Add a contact from the customer."""
        return self._touch(
            Interaction(
                service_request=self.request,
                direction=Direction.INBOUND.value,
                channel=channel.value,
                occurred_at=at,
                recorded_at=recorded_at,
                employee=by,
                text=text,
                is_calling_again=self.open_clock(Milestone.RESPONSE) is not None,
            )
        )

    def reply(self, channel: Channel, at: datetime, text: str, *, by: Employee, recorded_at: datetime) -> Interaction:
        """Add a personal answer, full unless the caller makes it something else."""
        return self._touch(
            Interaction(
                service_request=self.request,
                direction=Direction.OUTBOUND.value,
                channel=channel.value,
                occurred_at=at,
                recorded_at=recorded_at,
                employee=by,
                text=text,
                answer=AnswerKind.FULL.value,
                is_qualifying=True,
            )
        )

    def note(self, at: datetime, text: str, *, by: Employee) -> None:
        """Add an internal note."""
        self._touch(
            Interaction(
                service_request=self.request,
                direction=Direction.NOTE.value,
                occurred_at=at,
                recorded_at=at,
                employee=by,
                department=by.department,
                text=text,
            )
        )
        self.tell(EventKind.NOTED, at, by)

    def _touch(self, interaction: Interaction) -> Interaction:
        self.interactions.append(interaction)
        self.request.last_touch_at = max(self.request.last_touch_at, interaction.occurred_at)
        return interaction

    def open_clock(self, milestone: Milestone) -> ResponseClock | None:
        """Give the open clock of a milestone."""
        return next((c for c in self.clocks if c.milestone == milestone and c.verdict == Verdict.OPEN), None)

    def start_clock(
        self, milestone: Milestone, interaction: Interaction, *, by: Employee, promised_on: date | None = None
    ) -> ResponseClock:
        """Start a clock with its date, and the first revision with its explanation."""
        channel = Channel(interaction.channel or self.request.channel)  # an internal note has none of its own
        standard = self.world.standard(milestone, channel, is_from_colleague=self.request.is_from_colleague)
        deadline = self.world.deadline(standard, interaction.occurred_at, promised_on)
        clock = ResponseClock(
            service_request=self.request,
            milestone=milestone.value,
            clause=standard.clause,
            standard=standard,
            channel=channel.value,
            is_from_colleague=self.request.is_from_colleague,
            department=self.request.department,
            started_at=interaction.occurred_at,
            started_by=interaction,
            given_on=promised_on,
            due_at=deadline.due_at,
            calendar_version=self.world.version,
            recorded_at=interaction.recorded_at,
        )
        self.clocks.append(clock)
        self._revise(clock, RevisionReason.STARTED, interaction.recorded_at, by)
        self.revisions[-1].trace = to_json(deadline.trace)
        return clock

    def stop_clock(self, clock: ResponseClock, answer: Interaction, *, on_the_spot: bool = False) -> None:
        """Judge a clock by its answer (III.b.ii.3, III.b.ii.4)."""
        due_at = clock.due_at or answer.occurred_at
        clock.stopped_by = answer
        clock.met_at = answer.occurred_at
        clock.verdict = judge(due_at=due_at, met_at=answer.occurred_at).value
        clock.verdict_recorded_at = answer.recorded_at
        clock.business_minutes = business_minutes_between(self.world.calendar, clock.started_at, answer.occurred_at)
        clock.is_holding_only = answer.answer == AnswerKind.HOLDING
        clock.is_answered_on_the_spot = on_the_spot
        clock.is_recorded_late = is_recorded_late(
            due_at=due_at, met_at=answer.occurred_at, recorded_at=answer.recorded_at
        )
        self._revise(clock, RevisionReason.ANSWERED, answer.recorded_at, answer.employee)

    def end_clock(self, clock: ResponseClock, reason: RevisionReason, at: datetime, who: Employee, note: str) -> None:
        """End a clock without an answer: cancelled or merged."""
        cancelled = reason is RevisionReason.CANCELLED
        clock.verdict = (Verdict.CANCELLED if cancelled else Verdict.MERGED).value
        clock.verdict_recorded_at = at
        clock.ended_reason = note if cancelled else ""
        self._revise(clock, reason, at, who)
        self.revisions[-1].note = note

    def _revise(self, clock: ResponseClock, reason: RevisionReason, at: datetime, who: Employee | None) -> None:
        facts = {name: getattr(clock, name) for name in FACT_FIELDS}
        number = 1 + sum(1 for revision in self.revisions if revision.clock is clock)
        self.revisions.append(
            ClockRevision(clock=clock, number=number, reason=reason.value, recorded_at=at, recorded_by=who, **facts)
        )

    def move_to(self, department: Department, owner: Employee | None, at: datetime, who: Employee) -> None:
        """Change owner and department; open clocks follow, their dates stay."""
        self.request.owner = owner
        if department != self.request.department:
            self.request.department = department
            for clock in self.clocks:
                if clock.verdict == Verdict.OPEN:
                    clock.department = department
                    self._revise(clock, RevisionReason.TRANSFERRED, at, who)

    def close(self, disposition: Disposition, at: datetime, note: str, *, by: Employee) -> None:
        """End the request and say how."""
        self.request.status = Status.CLOSED.value
        self.request.closed_at = at
        self.request.disposition = disposition.value
        self.request.outcome_note = note
        self.request.last_touch_at = max(self.request.last_touch_at, at)
        self.tell(EventKind.CLOSED, at, by, note, disposition=disposition.value)

    def record_backdating(self, by: Employee) -> None:
        """Flag a contact that was typed in long after it reached the city."""
        if self.request.recorded_at - self.request.received_at > _BACKDATED_AFTER:
            self.tell(EventKind.BACKDATED, self.request.recorded_at, by, received_at=self.request.received_at)

    def finish(self) -> None:
        """Work out what lists and sweeps read from the rows, and put the rows in order."""
        waiting = [clock for clock in self.clocks if clock.verdict == Verdict.OPEN]
        self.request.answer_by_at = min((clock.due_at for clock in waiting if clock.due_at), default=None)
        for clock in waiting:
            clock.next_stage_at = self._next_stage_at(clock)
        self.interactions.sort(key=lambda interaction: interaction.recorded_at)
        self.events.sort(key=lambda event: event.at)

    def _next_stage_at(self, clock: ResponseClock) -> datetime | None:
        if clock.due_at is None:
            return None
        # Stages of the past count as fired: a demo does not begin with a year's reminders.
        stage = next_stage(
            self.world.ladder,
            self.world.calendar,
            started_at=clock.started_at,
            due_at=clock.due_at,
            after=self.world.until_at,
        )
        return stage.at if stage else None

"""How a complaint of the demo goes on: looked into, answered in writing, followed up until it is resolved (III.b.v)."""

from datetime import datetime, timedelta

from requests_app.demo import profile
from requests_app.demo.escalations import answer_escalation, escalate_if_late
from requests_app.demo.handling import WRITTEN
from requests_app.demo.matters import Matter, StoryEnds
from requests_app.demo.phrases import complaints as words
from requests_app.domain.complaints import ends_as
from requests_app.domain.event_kinds import EventKind
from requests_app.domain.vocabulary import (
    AttemptOutcome,
    Channel,
    ComplaintOutcome,
    ComplaintSubject,
    FollowUpOutcome,
    Milestone,
    RootCause,
    Status,
)
from requests_app.models import Complaint, ComplaintDecision, Employee, FollowUp, Interaction

_ATTEMPTS = 3


def open_complaint(matter: Matter, inbound: Interaction, *, by: Employee) -> None:
    """Give a complaint its record and its clocks, as logging does."""
    request = matter.request
    matter.complaint = Complaint(service_request=request)
    if not request.no_reply:
        matter.start_clock(Milestone.COMPLAINT_ACKNOWLEDGED, inbound, by=by)
    matter.start_clock(Milestone.COMPLAINT_ANSWER, inbound, by=by)


def settle_complaint(matter: Matter, acknowledged_at: datetime) -> None:
    """Tell it from its acknowledgement to its end; one that is not resolved is answered once more."""
    _may_rest(matter)
    owner = _investigate(matter, acknowledged_at)
    _may_rest(matter)
    days = matter.world.lognormal(profile.COMPLAINT_DAYS, profile.RESOLUTION_SIGMA)
    at = max(matter.world.after_days(matter.request.received_at, days), matter.events[-1].at + timedelta(minutes=9))
    step = escalate_if_late(matter, owner, at)
    decision = _decide(matter, at, owner)
    answer_escalation(matter, step, at)
    if _follow_up(matter, decision, owner) is FollowUpOutcome.NOT_RESOLVED:
        at = matter.world.after_days(matter.events[-1].at, matter.world.rng.uniform(2, 9))
        _follow_up(matter, _decide(matter, at, owner), owner, ends=True)


def _may_rest(matter: Matter) -> None:
    """Leave some of the last weeks where they are, so that the board of complaints is not empty at the end."""
    age = matter.world.until_at - matter.request.received_at
    if age < timedelta(days=profile.RECENT_COMPLAINT_DAYS) and matter.world.happens(profile.RESTING_SHARE):
        raise StoryEnds


def _investigate(matter: Matter, acknowledged_at: datetime) -> Employee:
    world, request, complaint = matter.world, matter.request, matter.complaint
    if complaint is None or request.owner is None:
        raise StoryEnds
    owner = request.owner
    described_at = world.after_open_minutes(max(acknowledged_at, request.recorded_at), world.rng.randrange(3, 40))
    matter.reach(described_at)
    complaint.subject = _subject(matter).value
    complaint.desired_outcome = world.one_of(words.WISHES)
    matter.tell(EventKind.COMPLAINT_DESCRIBED, described_at, owner, subject=complaint.subject)
    began_at = world.after_open_minutes(described_at, world.rng.randrange(30, 900))
    matter.reach(began_at)
    complaint.investigated_by, complaint.investigation_began_at = owner, began_at
    request.status = Status.OPEN.value
    matter.tell(EventKind.INVESTIGATION_BEGUN, began_at, owner, owner.name, employee=owner.pk)
    return owner


def _subject(matter: Matter) -> ComplaintSubject:
    if matter.subjects:
        return ComplaintSubject.STAFF_CONDUCT
    return next(
        (subject for part, subject in words.SUBJECTS.items() if part in matter.request.title), ComplaintSubject.OTHER
    )


def _decide(matter: Matter, at: datetime, owner: Employee) -> ComplaintDecision:
    """Answer in writing; the follow-up is owed from then on."""
    world, request, complaint = matter.world, matter.request, matter.complaint
    matter.reach(at)
    if complaint is None:
        raise StoryEnds
    outcome = world.one_of(words.OUTCOMES)
    channel = Channel.EMAIL if Channel(request.channel) in WRITTEN else Channel.LETTER
    answer = matter.reply(channel, at, world.one_of(words.REASONS[outcome]), by=owner, recorded_at=at)
    for milestone in (Milestone.RESPONSE, Milestone.COMPLAINT_ACKNOWLEDGED, Milestone.COMPLAINT_ANSWER):
        if clock := matter.open_clock(milestone):
            matter.stop_clock(clock, answer)
    upheld = outcome in (ComplaintOutcome.UPHELD, ComplaintOutcome.PARTLY_UPHELD)
    decision = ComplaintDecision(
        complaint=complaint,
        stage=complaint.stage,
        outcome=outcome.value,
        findings=world.one_of(words.FINDINGS),
        reasons=answer.text,
        remedy=world.one_of(words.REMEDIES) if upheld else "",
        root_cause=(world.one_of(words.CAUSES) if upheld else RootCause.NONE_FOUND).value,
        interaction=answer,
        decided_by=owner,
        decided_at=at,
    )
    matter.decisions.append(decision)
    matter.start_clock(Milestone.FOLLOW_UP, answer, by=owner)
    request.status = Status.RESOLVED.value
    matter.tell(EventKind.DECIDED, at, owner, str(decision.get_outcome_display()), outcome=outcome.value)
    return decision


def _follow_up(matter: Matter, decision: ComplaintDecision, owner: Employee, *, ends: bool = False) -> FollowUpOutcome:
    """Hear from the complainant some days later; whoever cannot be reached is tried three times."""
    world = matter.world
    outcome = world.one_of(words.FOLLOW_UPS)
    ends = ends or decision.outcome == ComplaintOutcome.WITHDRAWN
    if matter.request.no_reply:
        outcome = FollowUpOutcome.NOT_REACHED
    elif ends and outcome is FollowUpOutcome.NOT_RESOLVED:
        outcome = FollowUpOutcome.CONFIRMED
    at = world.after_days(decision.decided_at, world.rng.uniform(*profile.FOLLOW_UP_DAYS))
    if outcome is FollowUpOutcome.NOT_REACHED and not matter.request.no_reply:
        for _attempt in range(_ATTEMPTS):
            matter.reach(at)
            tried = matter.reply(Channel.PHONE, at, words.NOBODY_ANSWERED, by=owner, recorded_at=at)
            tried.outcome, tried.answer, tried.is_qualifying = AttemptOutcome.NO_ANSWER.value, "", False
            _record(matter, decision, None, tried, by=owner)
            at = world.after_days(at, 1)
    matter.reach(at)
    heard = _heard(matter, outcome, at, by=owner)
    if clock := matter.open_clock(Milestone.FOLLOW_UP):
        matter.stop_clock(clock, heard)
    _record(matter, decision, outcome, heard, by=owner)
    if outcome is FollowUpOutcome.NOT_RESOLVED:
        matter.request.status = Status.OPEN.value
        matter.request.reopened_count += 1
        matter.start_clock(Milestone.COMPLAINT_ANSWER, heard, by=owner)
    else:
        matter.close(ends_as(ComplaintOutcome(decision.outcome)), at, decision.reasons, by=owner)
    return outcome


def _heard(matter: Matter, outcome: FollowUpOutcome, at: datetime, *, by: Employee) -> Interaction:
    if outcome is FollowUpOutcome.NOT_REACHED:
        matter.note(at, words.NOT_REACHED, by=by)
        return matter.interactions[-1]
    said = matter.reply(Channel.PHONE, at, matter.world.one_of(words.SAID[outcome]), by=by, recorded_at=at)
    said.outcome = AttemptOutcome.REACHED.value
    return said


def _record(
    matter: Matter, decision: ComplaintDecision, outcome: FollowUpOutcome | None, touch: Interaction, *, by: Employee
) -> None:
    matter.follow_ups.append(
        FollowUp(
            complaint=matter.complaint,
            decision=decision,
            outcome=outcome.value if outcome else "",
            interaction=touch,
            by=by,
            at=touch.occurred_at,
        )
    )
    shown = {"outcome": outcome.value if outcome else "", "attempt": touch.outcome}
    matter.tell(EventKind.FOLLOWED_UP, touch.recorded_at, by, **shown)

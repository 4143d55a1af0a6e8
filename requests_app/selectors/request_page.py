"""Everything the page of one request shows, in a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from django.db.models import Prefetch
from django.utils.translation import get_language, gettext

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.trace import from_json, render_trace
from requests_app.domain.vocabulary import Milestone, StandardSource, Verdict
from requests_app.domain.workflow import Action, actions_for
from requests_app.models import (
    Attachment,
    ClockRevision,
    ContactPoint,
    Event,
    Notice,
    ResponseClock,
    ServiceRequest,
)
from requests_app.selectors.access import Actor
from requests_app.selectors.attachments import visible_attachments
from requests_app.selectors.away_words import AwayWords
from requests_app.selectors.complaint_page import ComplaintFacts, complaint_facts, complaints_about
from requests_app.selectors.due_words import DueState, DueView, DueWording
from requests_app.selectors.escalation_chain import Chain, chain_of
from requests_app.selectors.excusal_states import ExcuseStates, excuse_states
from requests_app.selectors.fairness import Fairness, fairness_of
from requests_app.selectors.masking import mask
from requests_app.selectors.notice_log import NoticeLine, notice_lines, notices_about
from requests_app.selectors.people_involved import Involved, involved_in
from requests_app.selectors.record_keeping import RecordsSummary, records_summary
from requests_app.selectors.request_story import Story, Touch
from requests_app.selectors.snoozes import put_off_till
from requests_app.selectors.visibility import requests_visible_to
from requests_app.selectors.whereabouts import Whereabouts


@dataclass(frozen=True, slots=True)
class ClockView:
    """One obligation as shown: its date, why that date, and every revision of it."""

    clock: ResponseClock
    due: DueView
    trace: list[str]
    is_local_choice: bool
    is_late: bool
    is_excused: bool
    revisions: Sequence[ClockRevision]
    put_off_until: datetime | None = None
    excuse: str = ""

    @property
    def clause_line(self) -> str:
        """Name the standard and the clause it comes from."""
        return f"{self.clock.standard.name}, {self.clock.clause}"

    @property
    def is_acceptance(self) -> bool:
        """Say whether it asks to accept an escalation, which is owed to a colleague and not to the customer."""
        return self.clock.milestone == Milestone.ESCALATION_ACCEPTED

    @property
    def is_revised(self) -> bool:
        """Say whether the recorded facts or the date changed after the start, other than by the answer."""
        return len(self.revisions) > 1


@dataclass(frozen=True)
class RequestPage:
    """What the page of a request shows and offers."""

    service_request: ServiceRequest
    clocks: list[ClockView]
    earliest: ClockView | None
    due: DueView
    conversation: list[Touch]
    attachments: list[Attachment]
    events: list[Event]
    notice_lines: list[NoticeLine]
    actions: frozenset[Action]
    contact_points: list[ContactPoint]
    records: RecordsSummary
    is_masked: bool
    involved: Involved
    fairness: list[Fairness]
    merged_into: ServiceRequest | None
    chain: Chain
    complaint: ComplaintFacts | None
    complaints: list[ServiceRequest]
    whereabouts: Whereabouts
    excuses: ExcuseStates

    @property
    def is_answer_owed(self) -> bool:
        """Say whether some obligation is still open."""
        return self.service_request.answer_by_at is not None

    @cached_property
    def owner_line(self) -> str:
        """Say who answers for it (III.a.iv)."""
        found = self.service_request
        owner = found.owner.name if found.owner else gettext("Nobody yet")
        line = f"{owner}, {found.department}" if found.department else owner
        # Read within the query of the request, so that an owner who is there costs no question.
        away = AwayWords(self.whereabouts).line(found.owner_id) if getattr(found, "owner_may_be_away", False) else ""
        return gettext("%(owner)s; %(away)s") % {"owner": line, "away": away} if away else line

    @property
    def next_verb(self) -> str:
        """Name the panel that does what comes next: a complaint is led by it, anything else by the answer it owes."""
        if self.complaint:
            return self.complaint.next.verb if self.complaint.next else ""
        return "answer" if self.is_answer_owed else ""

    @property
    def is_promise_told(self) -> bool:
        """Say whether what comes next on a complaint tells the earliest date already."""
        told = self.complaint.clock if self.complaint and self.complaint.next else None
        return told is not None and self.earliest is not None and told is self.earliest.clock

    def offers(self, action: Action) -> bool:
        """Say whether a button is drawn."""
        return action in self.actions


def request_page(service_request: ServiceRequest, *, actor: Actor, now: datetime) -> RequestPage:
    """Gather the page of a request the actor may see; for an auditor the request itself is masked."""
    wording = DueWording(now=now)
    story = Story(service_request, actor=actor)
    if story.is_masked:
        mask(service_request)
    events = story.events()
    put_off = put_off_till(events, service_request, now=now)
    clocks = [
        replace(view, put_off_until=put_off.get(view.clock.pk))
        for view in _clock_views(service_request, wording, reads_reasons=story.reads_notes)
    ]
    excuses = _excuses(service_request, clocks, events, actor=actor, now=now) if story.reads_notes else ExcuseStates()
    clocks = [replace(view, excuse=excuses.words.get(view.clock.pk, "")) for view in clocks]
    complaint = complaint_facts(
        service_request,
        actor=actor,
        clocks=[view.clock for view in clocks],
        wording=wording,
        reads_notes=story.reads_notes,
        is_masked=story.is_masked,
    )
    owners = [view for view in clocks if not view.is_acceptance]
    owed = [view for view in owners if view.clock.verdict == Verdict.OPEN]
    notices = list(notices_about(service_request))
    chain = chain_of(service_request, notices, actor=actor, wording=wording, reads_words=story.reads_notes)
    earliest = owed[0] if owed else (owners[-1] if owners else None)
    return RequestPage(
        service_request=service_request,
        clocks=clocks,
        earliest=earliest,
        # The card writes the date out itself; beneath it stand words only.
        due=replace(earliest.due, at=None) if earliest else wording.of_request(service_request),
        conversation=story.conversation(),
        events=events,
        attachments=list(visible_attachments(actor, service_request)),
        notice_lines=_told(notices, story),
        actions=_actions(service_request, actor, complaint) - chain.withheld(service_request) - _too_late(owners, now),
        contact_points=list(ContactPoint.objects.filter(customer=service_request.customer_id)),
        records=_records(service_request, actor, is_masked=story.is_masked),
        is_masked=story.is_masked,
        involved=involved_in(service_request, actor=actor, is_masked=story.is_masked, reads_notes=story.reads_notes),
        fairness=fairness_of(service_request) if story.reads_notes else [],
        merged_into=_merged_into(service_request, actor),
        chain=chain,
        complaint=complaint,
        complaints=complaints_about(service_request, actor=actor),
        whereabouts=Whereabouts(now, calendar=wording.calendar),
        excuses=excuses,
    )


def _excuses(
    service_request: ServiceRequest, views: list[ClockView], events: list[Event], *, actor: Actor, now: datetime
) -> ExcuseStates:
    was_proposed = any(event.kind == EventKind.EXCUSAL_PROPOSED for event in events)
    clocks = [view.clock for view in views]
    return excuse_states(service_request, clocks, actor=actor, now=now, was_proposed=was_proposed)


def _actions(service_request: ServiceRequest, actor: Actor, complaint: ComplaintFacts | None) -> frozenset[Action]:
    if service_request.destroyed_at:
        return frozenset()
    allowed = actions_for(service_request.status, actor.roles_for(service_request))
    if service_request.owner_id == actor.employee_id:
        allowed -= {Action.TAKE}
    return allowed - complaint.withheld if complaint else allowed


def _too_late(owners: Sequence[ClockView], now: datetime) -> frozenset[Action]:
    """Leave out what can only be done before an answer is late: reminders are put off till then, and not beyond."""
    is_ahead = any(view.clock.verdict == Verdict.OPEN and (view.clock.due_at or now) > now for view in owners)
    return frozenset() if is_ahead else frozenset({Action.SNOOZE})


def _told(notices: list[Notice], story: Story) -> list[NoticeLine]:
    """Give the lines of the log to those who read notes, and to an auditor without names."""
    if not (story.reads_notes or story.is_masked):
        return []
    return notice_lines(notices, is_masked=story.is_masked)


def _records(service_request: ServiceRequest, actor: Actor, *, is_masked: bool) -> RecordsSummary:
    """Sum up the records; why they are held was typed, and may name somebody."""
    records = records_summary(service_request, actor=actor)
    for hold in records.holds if is_masked else ():
        hold.reason = gettext("Reason withheld")
    return records


def _merged_into(service_request: ServiceRequest, actor: Actor) -> ServiceRequest | None:
    """Give the request this one repeats, unless it is one the reader may not see."""
    if service_request.merged_into_id is None:
        return None
    return requests_visible_to(actor).filter(pk=service_request.merged_into_id).first()


def _clock_views(service_request: ServiceRequest, wording: DueWording, *, reads_reasons: bool) -> list[ClockView]:
    clocks = (
        ResponseClock.objects.filter(service_request=service_request)
        .select_related("standard", "department")
        .prefetch_related(Prefetch("revisions", ClockRevision.objects.select_related("recorded_by")), "excusals")
    )
    views = [_clock_view(clock, wording, reads_reasons=reads_reasons) for clock in clocks]
    # What is owed first, the earliest on top; then what was, oldest first.
    return sorted(views, key=lambda view: (view.clock.verdict != Verdict.OPEN, view.clock.due_at or wording.now))


def _clock_view(clock: ResponseClock, wording: DueWording, *, reads_reasons: bool) -> ClockView:
    revisions = list(clock.revisions.all())
    if not reads_reasons:
        for revision in revisions:
            revision.note = ""
    traces = [revision.trace for revision in revisions if revision.trace]
    excused = any(excusal.revoked_at is None for excusal in clock.excusals.all())
    plain = wording.of_clock(clock)
    return ClockView(
        clock=clock,
        due=wording.of_clock(clock, is_excused=True) if excused else plain,
        trace=render_trace(from_json(traces[-1]), get_language() or "en") if traces else [],
        is_local_choice=clock.standard.source == StandardSource.LOCAL_CHOICE,
        is_late=plain.state in (DueState.OVERDUE, DueState.LATE),
        is_excused=excused,
        revisions=revisions,
    )

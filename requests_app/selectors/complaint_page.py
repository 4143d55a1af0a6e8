"""How far a complaint has come, what comes next and by when, and its facts as far as a reader may know them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.domain.complaints import Duty, Progress, may_decide
from requests_app.domain.vocabulary import Milestone, Verdict
from requests_app.domain.workflow import Action, awaits_follow_up, is_finished
from requests_app.models import Complaint, ComplaintDecision, Department, FollowUp, ResponseClock, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.complaints import complaint_of
from requests_app.selectors.due_words import DueView, DueWording
from requests_app.selectors.visibility import requests_visible_to

# By which clock each duty is due: what has none of its own is part of the way to the written answer.
_CLOCK_OF: Mapping[Duty, Milestone] = {
    Duty.ACKNOWLEDGE: Milestone.COMPLAINT_ACKNOWLEDGED,
    Duty.DESCRIBE: Milestone.COMPLAINT_ANSWER,
    Duty.INVESTIGATE: Milestone.COMPLAINT_ANSWER,
    Duty.ANSWER: Milestone.COMPLAINT_ANSWER,
    Duty.FOLLOW_UP: Milestone.FOLLOW_UP,
}


Owed = Mapping[str, ResponseClock]


@dataclass(frozen=True, slots=True)
class DutyWords:
    """A duty in plain words: what comes next, how, and the panel of the page that does it."""

    title: str | Promise
    how: str | Promise
    verb: str
    button: str | Promise


WORDS: Mapping[Duty, DutyWords] = {
    Duty.ACKNOWLEDGE: DutyWords(
        _("Acknowledge it"),
        _("Tell them in person that it arrived and who looks into it. Any personal answer counts."),
        "answer",
        _("Log an answer"),
    ),
    Duty.DESCRIBE: DutyWords(
        _("Say what it is about"),
        _("The subject, the departments, and what they wish for. Then somebody looks into it."),
        "describe",
        _("Say what it is about"),
    ),
    Duty.INVESTIGATE: DutyWords(
        _("Look into it"),
        _("Say who looks into it and since when. The written answer follows."),
        "investigate",
        _("Look into it"),
    ),
    Duty.ANSWER: DutyWords(
        _("Answer it in writing"),
        _("Tell them the outcome with its reasons, and what is put right."),
        "decide",
        _("Answer in writing"),
    ),
    Duty.FOLLOW_UP: DutyWords(
        _("Follow up"),
        _("Ask them whether it is resolved. Only that closes a complaint."),
        "follow-up",
        _("Follow up"),
    ),
}


@dataclass(frozen=True, slots=True)
class ComplaintFacts:
    """A complaint beside its request, as shown to one reader."""

    complaint: Complaint
    progress: Progress
    due: DueView | None
    clock: ResponseClock | None
    decisions: Sequence[ComplaintDecision]
    departments: Sequence[Department]
    about: ServiceRequest | None
    reads_findings: bool
    withheld: frozenset[Action]

    @property
    def next(self) -> DutyWords | None:
        """Say what comes next, in words; None once nothing more is asked."""
        return words_of(self.progress)


def complaint_facts(
    service_request: ServiceRequest,
    *,
    actor: Actor,
    clocks: Iterable[ResponseClock],
    wording: DueWording,
    reads_notes: bool,
    is_masked: bool,
) -> ComplaintFacts | None:
    """Give what a complaint adds to the page of its request, in a constant number of queries; None for others."""
    complaint = complaint_of(service_request)
    if complaint is None:
        return None
    owed = owed_by_milestone(clocks)
    progress = progress_of(complaint, owed)
    clock = duty_clock(progress, owed)
    decisions = list(
        complaint.decisions.select_related("decided_by", "interaction").prefetch_related(
            "follow_ups__by", "follow_ups__interaction"
        )
    )
    if is_masked:
        _take_words_out(complaint, decisions)
    return ComplaintFacts(
        complaint=complaint,
        progress=progress,
        due=wording.of_clock(clock) if clock else None,
        clock=clock,
        decisions=decisions,
        departments=list(complaint.departments.all()),
        about=_visible(complaint.about_request_id, actor),
        reads_findings=reads_notes,
        withheld=_withheld(complaint, decisions, actor),
    )


def mark_complained_of(requests: QuerySet[ServiceRequest]) -> QuerySet[ServiceRequest]:
    """Note on each request whether any complaint is about it, in the query that reads it: of most there is none."""
    return requests.annotate(is_complained_of=Exists(Complaint.objects.filter(about_request=OuterRef("pk"))))


def complaints_about(service_request: ServiceRequest, *, actor: Actor) -> list[ServiceRequest]:
    """Give the complaints about a request that the reader may see; asks nothing where there is known to be none."""
    if not getattr(service_request, "is_complained_of", True):
        return []
    return list(requests_visible_to(actor).filter(complaint__about_request=service_request.pk).order_by("pk"))


def owed_by_milestone(clocks: Iterable[ResponseClock]) -> Owed:
    """Give the clocks that are still owed, by what they are about."""
    return {clock.milestone: clock for clock in clocks if clock.verdict == Verdict.OPEN and not clock.stopped_by_id}


def duty_clock(progress: Progress, owed: Owed) -> ResponseClock | None:
    """Give the clock of what comes next."""
    milestone = _CLOCK_OF.get(progress.next_duty)
    return owed.get(milestone) if milestone else None


def words_of(progress: Progress) -> DutyWords | None:
    """Say what comes next, in words; None once nothing more is asked."""
    return WORDS.get(progress.next_duty)


def progress_of(complaint: Complaint, owed: Owed) -> Progress:
    """Say how far a complaint has come, of the stage that runs."""
    status = complaint.service_request.status
    return Progress(
        is_acknowledged=Milestone.COMPLAINT_ACKNOWLEDGED not in owed,
        is_described=bool(complaint.subject),
        is_investigating=complaint.investigation_began_at is not None,
        is_answered=awaits_follow_up(status),
        is_finished=is_finished(status),
    )


def _visible(request_id: int | None, actor: Actor) -> ServiceRequest | None:
    return requests_visible_to(actor).filter(pk=request_id).first() if request_id else None


def _withheld(complaint: Complaint, decisions: Iterable[ComplaintDecision], actor: Actor) -> frozenset[Action]:
    """Say what is not offered to who decided the stage that is reviewed: neither deciding nor owning (III.b.v.1)."""
    earlier = [(decision.stage, decision.decided_by_id) for decision in decisions]
    if may_decide(stage=complaint.stage, actor_id=actor.employee_id or 0, earlier=earlier):
        return frozenset()
    return frozenset({Action.DECIDE, Action.TAKE})


def _take_words_out(complaint: Complaint, decisions: Iterable[ComplaintDecision]) -> None:
    """Take what somebody typed out of what is only shown; never save what came of it."""
    complaint.desired_outcome = complaint.review_reason = ""
    for decision in decisions:
        decision.findings = decision.reasons = decision.remedy = decision.lesson = ""
        for row in decision.follow_ups.all():
            _silence(row)


def _silence(row: FollowUp) -> None:
    if row.interaction:
        row.interaction.text = ""

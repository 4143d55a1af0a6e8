"""A complaint that has been through everything the procedure knows, each step with words of its own."""

from datetime import datetime, timedelta

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.vocabulary import Involvement
from requests_app.models import (
    Complaint,
    ComplaintDecision,
    Escalation,
    Event,
    FollowUp,
    Interaction,
    RequestSubject,
    ServiceRequest,
)
from tests.cast import Cast
from tests.factories import ContactPointFactory, CustomerFactory, ServiceRequestFactory, start_clock_row

# What colleagues wrote to each other, and whom it is about: for those only who read notes.
AMONG_COLLEAGUES = (
    "canaryfindings", "canarylesson", "canarynote", "canaryreviewreason", "canaryescalation", "canarysentback",
    "canaryanswer", "Charlie Outsider",
)  # fmt: skip
FOR_EVERY_READER = (
    "canarytitle", "canaryhappened", "canarywish", "canaryreasons", "canaryremedy", "canaryoutcome", "canaryfollowup",
    "canaryname", "canary@mail.example", "canaryevenings", "Upheld", "Wants no follow-up",
)  # fmt: skip


def told_complaint(cast: Cast, *, now: datetime, **facts: object) -> ServiceRequest:
    """Make a complaint about Charlie, owned by Alice: acknowledged, escalated twice, decided and followed up."""
    customer = CustomerFactory.create(name="Rosa canaryname")
    ContactPointFactory.create(customer=customer, value="canary@mail.example", as_typed="canary@mail.example")
    found = ServiceRequestFactory.create(
        **{
            "kind": "complaint", "title": "canarytitle", "department": cast.streets, "owner": cast.alice,
            "customer": customer, "recorded_by": cast.fay, "best_time_to_reach": "canaryevenings",
            "needs_interpreter": True, "language": "es", "received_at": now - timedelta(days=20), **facts,
        }
    )  # fmt: skip
    RequestSubject.objects.create(service_request=found, employee=cast.charlie, involvement=Involvement.CONCERNED)
    complaint = Complaint.objects.create(
        service_request=found, subject="staff_conduct", desired_outcome="canarywish", stage=2,
        investigated_by=cast.hana, investigation_began_at=now - timedelta(days=15), review_reason="canaryreviewreason",
    )  # fmt: skip
    complaint.departments.add(cast.streets)
    _touch(found, "inbound", "canaryhappened", now - timedelta(days=20))
    _touch(found, "note", "canarynote", now - timedelta(days=14), cast)
    _escalate(found, cast, now)
    _decide(complaint, found, cast, now)
    Event.objects.create(service_request=found, kind=EventKind.LOGGED, actor=cast.fay, at=now - timedelta(days=20))
    met_at = now - timedelta(days=19)
    start_clock_row(
        found, due_at=now - timedelta(days=18), milestone="complaint_acknowledged", standard_code="phone_response",
        verdict="met", met_at=met_at, verdict_recorded_at=met_at, next_stage_at=None,
    )  # fmt: skip
    return found


def _touch(found: ServiceRequest, direction: str, text: str, at: datetime, cast: Cast | None = None) -> Interaction:
    return Interaction.objects.create(
        service_request=found, direction=direction, channel="phone", occurred_at=at, recorded_at=at, text=text,
        employee=cast.hana if cast else None, department=found.department if direction == "note" else None,
    )  # fmt: skip


def _escalate(found: ServiceRequest, cast: Cast, now: datetime) -> None:
    first = Escalation.objects.create(
        service_request=found, from_employee=cast.alice, to_employee=cast.sam, level=1, reason="canaryescalation",
        sent_at=now - timedelta(days=13), sent_back_at=now - timedelta(days=12), sent_back_by=cast.sam,
        sent_back_reason="canarysentback",
    )  # fmt: skip
    Escalation.objects.create(
        service_request=found, to_department=cast.public_works, level=2, reason="canaryescalation",
        climbed_from=first, sent_at=now - timedelta(days=12), accepted_at=now - timedelta(days=11),
        accepted_by=cast.dora, answered_at=now - timedelta(days=10), answer="canaryanswer",
    )  # fmt: skip


def _decide(complaint: Complaint, found: ServiceRequest, cast: Cast, now: datetime) -> None:
    decision = ComplaintDecision.objects.create(
        complaint=complaint, stage=1, outcome="upheld", findings="canaryfindings", reasons="canaryreasons",
        remedy="canaryremedy", root_cause="delay", lesson="canarylesson", decided_by=cast.hana,
        decided_at=now - timedelta(days=9),
        interaction=_touch(found, "outbound", "canaryoutcome", now - timedelta(days=9), cast),
    )  # fmt: skip
    FollowUp.objects.create(
        complaint=complaint, decision=decision, outcome="declined", by=cast.hana, at=now - timedelta(days=2),
        interaction=_touch(found, "inbound", "canaryfollowup", now - timedelta(days=2)),
    )  # fmt: skip


def counted_complaint(
    cast: Cast, *, at: datetime, outcome: str = "", follow_up: str = "", level: int = 0, **facts: object
) -> ServiceRequest:
    """Make a complaint with just what the register counts; `subject` and `stage` are of its record."""
    of_record = {name: facts.pop(name) for name in ("subject", "stage") if name in facts}
    found = ServiceRequestFactory.create(
        **{"kind": "complaint", "title": "Nobody called back", "department": cast.streets, "received_at": at, **facts}
    )
    complaint = Complaint.objects.create(service_request=found, **of_record)
    if outcome:
        letter = _touch(found, "outbound", "As follows.", at, cast)
        decision = ComplaintDecision.objects.create(
            complaint=complaint, stage=complaint.stage, outcome=outcome, findings="Found.", reasons="Reasons.",
            root_cause="delay", decided_by=cast.hana, decided_at=at, interaction=letter,
        )  # fmt: skip
        if follow_up:
            FollowUp.objects.create(
                complaint=complaint, decision=decision, outcome=follow_up, by=cast.hana, at=at, interaction=letter
            )
    for rung in range(1, level + 1):
        Escalation.objects.create(
            service_request=found, to_employee=cast.sam, level=rung, reason="Late", sent_at=at, withdrawn_at=at
        )
    return found


def owe(
    found: ServiceRequest, milestone: str, *, due_at: datetime, met_at: datetime | None = None, minutes: int = 0
) -> None:
    """Owe an acknowledgement or an answer; done, it took so many business minutes."""
    facts: dict[str, object] = {}
    if met_at:
        verdict = "met" if met_at <= due_at else "late"
        facts = {
            "verdict": verdict, "met_at": met_at, "verdict_recorded_at": met_at, "next_stage_at": None,
            "business_minutes": minutes,
        }  # fmt: skip
    start_clock_row(found, due_at=due_at, milestone=milestone, standard_code=milestone, **facts)

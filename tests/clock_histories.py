"""Clocks with everything ever known of them, written as rows: for reports as of any instant."""

import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from requests_app.domain.vocabulary import Channel, Confidentiality, RevisionReason, Verdict
from requests_app.models import ClockRevision, Employee, Excusal, ResponseClock, ServiceRequest, ServiceStandard
from tests.cast import Cast
from tests.factories import ServiceRequestFactory, concern

Facts = dict[str, Any]
_OPEN: Facts = {
    "undated_reason": "",
    "met_at": None,
    "verdict": Verdict.OPEN.value,
    "business_minutes": None,
    "is_answered_on_the_spot": False,
    "is_holding_only": False,
    "is_recorded_late": False,
    "is_corrected": False,
}


def write_history(
    service_request: ServiceRequest,
    *changes: tuple[datetime, Facts],
    standard_code: str = "phone_response",
) -> ResponseClock:
    """Write a clock and one revision for each change: when it was recorded, and the facts that were new."""
    standard = ServiceStandard.objects.get(code=standard_code)
    facts: Facts = {
        **_OPEN,
        "started_at": service_request.received_at,
        "department": service_request.department,
        "channel": service_request.channel,
        "standard": standard,
    }
    known: list[tuple[datetime, Facts]] = []
    for recorded_at, new in changes:
        facts = {**facts, **new}
        if facts["verdict"] != Verdict.OPEN:
            facts.setdefault("verdict_recorded_at", recorded_at)
        known.append((recorded_at, facts))
    clock = ResponseClock.objects.create(
        service_request=service_request,
        milestone=standard.milestone,
        clause=standard.clause,
        recorded_at=known[0][0],
        ended_reason="withdrawn" if facts["verdict"] == Verdict.CANCELLED else "",
        **facts,
    )
    ClockRevision.objects.bulk_create(
        ClockRevision(clock=clock, number=number, reason=_reason(number, new), recorded_at=at, **each)
        for number, ((at, each), (_at, new)) in enumerate(zip(known, changes, strict=True), start=1)
    )
    return clock


def _reason(number: int, new: Facts) -> RevisionReason:
    return RevisionReason.TRANSFERRED if number > 1 and "department" in new else RevisionReason.STARTED


def excuse(clock: ResponseClock, by: Employee, *, at: datetime, revoked_at: datetime | None = None) -> Excusal:
    """Write an excusal, standing unless revoked."""
    return Excusal.objects.create(
        clock=clock,
        reason="Taken ill",
        decided_by=by,
        decided_at=at,
        revoked_by=by if revoked_at else None,
        revoked_at=revoked_at,
    )


def write_random_histories(cast: Cast, *, count: int, seed: int, start_at: datetime, days: int) -> None:
    """Write clocks of every fate over some days, departments, channels and standards; the same for the same seed."""
    dice = random.Random(seed)
    for _ in range(count):
        received_at = start_at + timedelta(minutes=dice.randrange(days * 24 * 60))
        service_request = ServiceRequestFactory.create(
            department=dice.choice([cast.streets, cast.public_works, cast.finance]),
            channel=dice.choice([Channel.PHONE, Channel.EMAIL, Channel.COUNTER]).value,
            received_at=received_at,
            recorded_at=received_at + timedelta(minutes=dice.randrange(3000)),
            confidentiality=dice.choices(list(Confidentiality), weights=[8, 2, 1, 0])[0].value,
            no_reply=dice.choices(["", "not_wanted"], weights=[6, 1])[0],
        )
        if dice.random() < 0.1:
            concern(service_request, dice.choice([cast.sam, cast.hana, cast.dora]))
        for code in dice.choice([("phone_response",), ("email_response", "promised_answer"), ()]):
            _write_random(service_request, code, cast=cast, dice=dice)


def _write_random(service_request: ServiceRequest, code: str, *, cast: Cast, dice: random.Random) -> None:
    recorded_at = service_request.recorded_at
    due_at = service_request.received_at + timedelta(hours=dice.randrange(1, 96))
    changes: list[tuple[datetime, Facts]] = [(recorded_at, {"due_at": due_at})]
    if dice.random() < 0.1:
        changes = [(recorded_at, {"due_at": None, "undated_reason": "no_calendar"})]
        if dice.random() < 0.5:
            changes.append((_later(recorded_at, dice), {"due_at": due_at, "undated_reason": ""}))
    if dice.random() < 0.3:
        changes.append((_later(changes[-1][0], dice), {"department": dice.choice([cast.streets, cast.finance])}))
    is_dated = changes[-1][1].get("due_at") is not None or changes[0][1]["due_at"] is not None
    ending = _random_ending(service_request, due_at, dice) if is_dated else {}
    if ending:
        changes.append((_later(changes[-1][0], dice), ending))
    if ending.get("met_at") and dice.random() < 0.2:
        changes.append((_later(changes[-1][0], dice), {"is_corrected": True, "channel": Channel.EMAIL.value}))
    assert all(early[0] <= late[0] for early, late in pairwise(changes))
    clock = write_history(service_request, *changes, standard_code=code)
    if dice.random() < 0.3:
        decided_at = _later(recorded_at, dice)
        excuse(clock, cast.sam, at=decided_at, revoked_at=dice.choice([None, _later(decided_at, dice)]))


def _random_ending(service_request: ServiceRequest, due_at: datetime, dice: random.Random) -> Facts:
    fate = dice.choice(["spot", "met", "met", "late", "late", "cancelled", "merged", "open", "open"])
    started_at = service_request.received_at
    if fate == "open":
        return {}
    if fate in ("cancelled", "merged"):
        return {"verdict": fate}
    met_at = {
        "spot": started_at,
        "met": dice.choice([due_at, started_at + (due_at - started_at) / 2]),
        "late": due_at + timedelta(seconds=dice.randrange(1, 200_000)),
    }[fate]
    return {
        "verdict": (Verdict.LATE if fate == "late" else Verdict.MET).value,
        "met_at": met_at,
        "business_minutes": dice.choice([None, *[dice.randrange(2000)] * 5]),
        "is_answered_on_the_spot": fate == "spot",
        "is_holding_only": dice.random() < 0.2,
        "is_recorded_late": fate == "met" and dice.random() < 0.2,
    }


def _later(at: datetime, dice: random.Random) -> datetime:
    return (at + timedelta(minutes=dice.randrange(1, 6000))).astimezone(UTC)

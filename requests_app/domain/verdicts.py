"""What a clock's instants amount to (III.b.ii.3, III.b.ii.4: "generally within")."""

from datetime import datetime

from requests_app.domain.vocabulary import Verdict


def judge(*, due_at: datetime, met_at: datetime) -> Verdict:
    """Judge an answer by when it was given: at the due instant itself it is on time."""
    return Verdict.MET if met_at <= due_at else Verdict.LATE


def is_overdue(*, verdict: str, due_at: datetime | None, now: datetime) -> bool:
    """Say whether a clock is open and strictly past due."""
    return verdict == Verdict.OPEN and due_at is not None and now > due_at


def is_recorded_late(*, due_at: datetime, met_at: datetime, recorded_at: datetime) -> bool:
    """Say whether an answer given on time was typed in after its due instant."""
    return met_at <= due_at < recorded_at


def moved_due_at(*, given_at: datetime, worked_out_at: datetime | None) -> datetime | None:
    """Give where a recomputation moves a due instant, never earlier than already given; None if it stays."""
    return worked_out_at if worked_out_at is not None and worked_out_at > given_at else None

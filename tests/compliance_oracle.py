"""The compliance report worked out row by row in plain Python, to hold the database's sums against."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

from requests_app.models import ResponseClock, ServiceRequest

PINOLE = ZoneInfo("America/Los_Angeles")
_FLAGS = {
    "answered_on_the_spot": "is_answered_on_the_spot",
    "holding_only": "is_holding_only",
    "recorded_late": "is_recorded_late",
    "corrected": "is_corrected",
}
_CLASSES = ("met", "late", "overdue", "open", "excused", "merged", "cancelled")


def clock_rows(clocks: Iterable[ResponseClock], *, period: tuple[str, str], as_of: datetime) -> list[dict[str, Any]]:
    """Give the rows of "clocks" for all clocks given, from what was recorded by `as_of`."""
    cells: dict[tuple[str, ...], list[tuple[str, Any]]] = defaultdict(list)
    for clock in clocks:
        known = [revision for revision in clock.revisions.all() if revision.recorded_at <= as_of]
        if not known:
            continue
        facts = max(known, key=lambda revision: revision.number)
        local = facts.started_at.astimezone(PINOLE)
        if not period[0] <= local.strftime("%Y-%m-%d") <= period[1]:
            continue
        key = (
            facts.standard.code, clock.milestone, clock.clause, facts.department.slug, facts.channel,
            local.strftime("%Y-%m"),
        )  # fmt: skip
        cells[key].append((_class_of(clock, facts, as_of), facts))
    return [_row(key, members) for key, members in sorted(cells.items())]


def _class_of(clock: ResponseClock, facts: Any, as_of: datetime) -> str:
    found = str(facts.verdict)
    if found == "open" and facts.due_at is not None and as_of > facts.due_at:
        found = "overdue"
    if found in ("late", "overdue"):
        for excusal in clock.excusals.all():
            if excusal.decided_at <= as_of and not (excusal.revoked_at and excusal.revoked_at <= as_of):
                found = "excused"
    return found


def _row(key: tuple[str, ...], members: list[tuple[str, Any]]) -> dict[str, Any]:
    names = ("standard", "milestone", "clause", "department", "channel", "month")
    row: dict[str, Any] = dict(zip(names, key, strict=True))
    row["received"] = len(members)
    row |= {name: len([1 for kind, _ in members if kind == name]) for name in _CLASSES}
    row |= {name: len([1 for _, facts in members if getattr(facts, flag)]) for name, flag in _FLAGS.items()}
    rated = [(kind, facts) for kind, facts in members if kind in ("met", "late", "overdue")]
    waited = [(kind, facts) for kind, facts in rated if not facts.is_answered_on_the_spot]
    for prefix, some in (("", rated), ("waited_", waited)):
        met = len([1 for kind, _ in some if kind == "met"])
        row[f"{prefix}n"] = len(some)
        row[f"{prefix}on_time_rate"] = met / len(some) if len(some) >= 5 else None
    minutes = sorted(
        facts.business_minutes for kind, facts in waited if kind != "overdue" and facts.business_minutes is not None
    )
    for name, portion in (("median", 0.5), ("p90", 0.9)):
        row[f"{name}_business_minutes"] = minutes[ceil(round(portion * len(minutes), 9)) - 1] if minutes else None
    return row


def first_contact_rows(requests: Iterable[ServiceRequest], *, period: tuple[str, str]) -> list[dict[str, Any]]:
    """Give the rows of "first_contact" for all requests given, as they are now."""
    cells: dict[tuple[str, str, str], list[bool]] = defaultdict(list)
    for service_request in requests:
        local = service_request.received_at.astimezone(PINOLE)
        if service_request.is_imported or not period[0] <= local.strftime("%Y-%m-%d") <= period[1]:
            continue
        assert service_request.department is not None
        key = (service_request.department.slug, service_request.channel, local.strftime("%Y-%m"))
        cells[key].append(
            any(
                clock.is_answered_on_the_spot for clock in service_request.clocks.all() if clock.milestone == "response"
            )
        )
    return [
        {
            **dict(zip(("department", "channel", "month"), key, strict=True)),
            "contacts": len(found),
            "resolved": sum(found),
            "rate": sum(found) / len(found) if len(found) >= 5 else None,
        }
        for key, found in sorted(cells.items())
    ]

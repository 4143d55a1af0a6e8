"""The same matter reported twice: the second request is merged into the first while that one waits."""

from datetime import datetime, timedelta

from requests_app.demo.arrivals import Arrival
from requests_app.demo.beginnings import begin
from requests_app.demo.matters import Matter
from requests_app.domain.event_kinds import EventKind
from requests_app.domain.vocabulary import Confidentiality, Disposition, Milestone, RequestKind, RevisionReason
from requests_app.models import ClockRevision, ResponseClock

_PLAIN = (RequestKind.QUESTION, RequestKind.SERVICE)
_MERGED_AFTER = timedelta(minutes=20)
_ROOM = timedelta(hours=2)
_NOTE = "Same place, same matter."


def can_be_duplicated(first: Matter, arrival: Arrival) -> bool:
    """Say whether a contact can be a second report of a matter: both plain, the first one still waiting."""
    request = first.request
    return (
        _is_plain(first)
        and _waits_at(first, arrival.received_at)
        and arrival.kind in _PLAIN
        and arrival.visitor is not None
        and bool(arrival.visitor.points)
        and arrival.channel == request.channel
        and request.recorded_at < arrival.received_at
    )


def _is_plain(first: Matter) -> bool:
    request, clocks = first.request, first.clocks
    ordinary = request.confidentiality == Confidentiality.ORDINARY and not request.is_from_colleague
    waited = len(clocks) == 1 and not clocks[0].is_answered_on_the_spot
    return ordinary and waited and request.kind in _PLAIN and first.merged_into is None


def _waits_at(first: Matter, at: datetime) -> bool:
    """Say whether a first report still waits some hours after an instant."""
    clock = first.clocks[0]
    ends_at = clock.met_at or clock.verdict_recorded_at or first.world.until_at
    return at + _ROOM < min(ends_at, first.world.until_at)


def tell_duplicate(arrival: Arrival, *, of: Matter) -> Matter | None:
    """Tell a second report of a matter and merge it; None if it would not fit after all."""
    request = of.request
    if request.category is None:
        return None
    arrival.subject, arrival.kind = request.category.slug, RequestKind(request.kind)
    matter, taking = begin(of.world, arrival, title=request.title, place=request.place)
    merged_at = taking.at + _MERGED_AFTER
    first, second = of.clocks[0], matter.open_clock(Milestone.RESPONSE)
    ends_at = first.verdict_recorded_at or of.world.until_at
    if taking.is_on_the_spot or second is None or merged_at >= ends_at or _due(second) < _due(first):
        return None
    matter.end_clock(second, RevisionReason.MERGED, merged_at, taking.by, request.number)
    second.merged_into = first
    matter.request.owner, matter.request.unowned_until_at = matter.request.owner or taking.by, None
    matter.merged_into = of
    matter.close(Disposition.DUPLICATE, merged_at, _NOTE, by=taking.by)
    matter.tell(EventKind.MERGED, merged_at, taking.by, _NOTE, merged_into=request.number)
    of.tell(EventKind.MERGED, merged_at, taking.by, merged=matter.request.number)
    _take_over(of, first, second)
    matter.finish()
    of.finish()
    return matter


def _due(clock: ResponseClock) -> float:
    return clock.due_at.timestamp() if clock.due_at else 0.0


def _take_over(of: Matter, first: ResponseClock, second: ResponseClock) -> None:
    """Write down that the first clock stands for both; its own start and date were the earlier ones."""
    started = of.revisions[0]
    merged_at, who = second.verdict_recorded_at, second.started_by
    if merged_at is None:
        return
    facts = {
        field.name: getattr(started, field.name)
        for field in ClockRevision._meta.concrete_fields
        if field.name not in {"id", "reason", "recorded_at", "trace", "note", "number"}
    }
    row = ClockRevision(**facts, reason=RevisionReason.TAKEN_OVER.value, recorded_at=merged_at, number=0, note="")
    row.recorded_by = who.employee if who else None
    of.revisions.append(row)
    of.revisions.sort(key=lambda revision: revision.recorded_at)
    for number, revision in enumerate(of.revisions, start=1):
        revision.number = number

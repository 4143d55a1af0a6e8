"""Record what became of a records request (Cal. Gov. Code 7922.535, 7922.540)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Channel, Milestone, RecordsOutcome
from requests_app.domain.workflow import Action, next_status
from requests_app.models import RecordsDetermination, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.clocks import open_clocks, unanswered
from requests_app.services.answers import record_answer
from requests_app.services.entries import AnswerEntry
from requests_app.services.events import record_event
from requests_app.services.record_keeping import note_change, request_for_keeping
from requests_app.services.transitions import touch

_WITHHOLDS = (RecordsOutcome.PARTLY, RecordsOutcome.WITHHELD)
_RELEASES = (RecordsOutcome.RELEASED, RecordsOutcome.PARTLY)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeterminationEntry:
    """What was typed of a records request; `told` is what the requester was told, where the answer is still owed."""

    outcome: RecordsOutcome | None = None
    exemptions: tuple[str, ...] = ()
    released_on: date | None = None
    page_count: int | None = None
    attorney_asked_on: date | None = None
    note: str = ""
    external_reference: str = ""
    told: str = ""
    channel: Channel = Channel.EMAIL

    def facts(self) -> dict[str, Any]:
        """Give what is kept in the determination."""
        return {
            "outcome": self.outcome or "",
            "exemptions": sorted(self.exemptions),
            "released_on": self.released_on,
            "page_count": self.page_count,
            "attorney_asked_on": self.attorney_asked_on,
            "note": self.note,
        }


@transaction.atomic
def record_determination(
    *, request_id: int, entry: DeterminationEntry, actor: Actor, at: datetime
) -> RecordsDetermination:
    """Keep what became of a records request; an outcome is the determination, and stops its clock.

    Recording the same again changes nothing. Raises ActionRefused for another kind of request, for withholding
    without a reason of the law, and where an answer is owed and nothing was told.
    """
    service_request = request_for_keeping(request_id, actor=actor)
    if not service_request.is_records_request:
        raise ActionRefused(Refusal.NOT_A_RECORDS_REQUEST)
    _check(entry)
    is_answered = _answer(service_request, entry, actor=actor, at=at)
    return _keep(service_request, entry, is_answered=is_answered, actor=actor, at=at)


def _check(entry: DeterminationEntry) -> None:
    if entry.outcome in _WITHHOLDS and not entry.exemptions:
        raise ActionRefused(Refusal.EXEMPTION_NEEDED)  # Gov. Code 7922.000, 7922.540: a denial names its reason
    if entry.outcome in _RELEASES and entry.released_on is None:
        raise ActionRefused(Refusal.RELEASE_DATE_NEEDED)


def _answer(service_request: ServiceRequest, entry: DeterminationEntry, *, actor: Actor, at: datetime) -> bool:
    """Tell the requester, where the determination is still owed."""
    owed = unanswered(open_clocks(service_request, [Milestone.RECORDS_DETERMINATION]))
    if entry.outcome is None or not owed:
        return False
    answer = AnswerEntry(channel=entry.channel, text=entry.told, occurred_at=at, is_determination=True)
    record_answer(service_request, answer, actor=actor, at=at)
    service_request.status = next_status(service_request.status, Action.DETERMINE, actor.roles_for(service_request))
    touch(service_request, at, "status")
    return True


def _keep(
    service_request: ServiceRequest, entry: DeterminationEntry, *, is_answered: bool, actor: Actor, at: datetime
) -> RecordsDetermination:
    facts = entry.facts()
    known = RecordsDetermination.objects.filter(service_request=service_request).first()
    is_same = known is not None and all(getattr(known, name) == value for name, value in facts.items())
    if known is not None and is_same and service_request.external_reference == entry.external_reference:
        return known
    row, _ = RecordsDetermination.objects.update_or_create(
        service_request=service_request, defaults={**facts, "recorded_by": actor.employee, "recorded_at": at}
    )
    service_request.external_reference = entry.external_reference
    note_change(service_request, "external_reference")
    shown = {"outcome": row.outcome, "exemptions": ", ".join(row.exemptions), "released_on": row.released_on}
    kind = EventKind.DETERMINED if is_answered else EventKind.RECORDS_FILE_CHANGED
    record_event(service_request, kind, actor=actor, at=at, fields=shown)
    return row

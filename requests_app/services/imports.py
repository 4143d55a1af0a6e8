"""Keep cases of other cities' systems as closed or open requests of their own kind: no clock, no department."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from requests_app.domain.imports.cases import ForeignCase
from requests_app.domain.search_text import build_search_text
from requests_app.domain.tracking_numbers import new_tracking_number
from requests_app.domain.vocabulary import Disposition, NoReply, RequestKind, Status
from requests_app.models import ImportedCase, ServiceRequest
from requests_app.selectors.access import SYSTEM
from requests_app.services.events import record_audit
from requests_app.services.past_facts import keep_past_facts_of_cases

_REQUEST_FIELDS = (
    "channel", "status", "title", "place", "received_at", "last_touch_at", "closed_at", "disposition", "outcome_note",
    "search_text",
)  # fmt: skip
_CASE_FIELDS = (
    "imported_due_at", "agency", "category_text", "channel_text", "status_text", "latitude", "longitude",
    "content_hash", "imported_at",
)  # fmt: skip
_TRIES = 3


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """What a batch came to."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0

    def __add__(self, other: "ImportCounts") -> "ImportCounts":
        return ImportCounts(
            self.created + other.created, self.updated + other.updated, self.unchanged + other.unchanged
        )


def import_cases(cases: Sequence[ForeignCase], *, source: str, at: datetime) -> ImportCounts:
    """Keep one batch of cases, each id once, in one transaction; what is known and unchanged is left alone.

    May run again after a kill: a batch is there as a whole or not at all.
    """
    for attempt in range(_TRIES):
        try:
            with transaction.atomic():
                return _import(cases, source=source, at=at)
        except IntegrityError:
            # Another import of the same file was quicker, or two numbers met: what is there now is known.
            if attempt + 1 == _TRIES:
                raise
    raise AssertionError("the last try either returns or raises")


def _import(cases: Sequence[ForeignCase], *, source: str, at: datetime) -> ImportCounts:
    known = {
        row.source_case_id: row
        for row in ImportedCase.objects.filter(
            source=source, source_case_id__in=[case.case_id for case in cases]
        ).select_related("service_request")
    }
    hashes = {case.case_id: case.content_hash for case in cases}
    new = [case for case in cases if case.case_id not in known]
    changed = [
        case
        for case in cases
        if case.case_id in known
        and known[case.case_id].content_hash != hashes[case.case_id]
        # What was destroyed does not come back with the next file.
        and known[case.case_id].service_request.destroyed_at is None
    ]
    _create(new, hashes, source=source, at=at)
    _update([(known[case.case_id], case) for case in changed], hashes, at=at)
    if new or changed:
        record_audit("imported", ServiceRequest, actor=SYSTEM, at=at, count=len(new) + len(changed))
    return ImportCounts(len(new), len(changed), len(cases) - len(new) - len(changed))


def _create(cases: Sequence[ForeignCase], hashes: Mapping[str, str], *, source: str, at: datetime) -> None:
    rows = []
    for number, case in zip(_unused_numbers(len(cases)), cases, strict=True):
        service_request = ServiceRequest(
            number=number,
            kind=RequestKind.SERVICE.value,
            is_imported=True,
            no_reply=NoReply.IMPORTED.value,
            recorded_at=at,
        )
        row = ImportedCase(service_request=service_request, source=source, source_case_id=case.case_id)
        _fill(row, case, hashes[case.case_id], at=at)
        rows.append(row)
    ServiceRequest.objects.bulk_create([row.service_request for row in rows])
    ImportedCase.objects.bulk_create(rows)


def _update(pairs: Sequence[tuple[ImportedCase, ForeignCase]], hashes: Mapping[str, str], *, at: datetime) -> None:
    keep_past_facts_of_cases([row for row, _ in pairs], at=at)
    for row, case in pairs:
        _fill(row, case, hashes[case.case_id], at=at)
    rows = [row for row, _ in pairs]
    ServiceRequest.objects.bulk_update([row.service_request for row in rows], _REQUEST_FIELDS, batch_size=200)
    ImportedCase.objects.bulk_update(rows, _CASE_FIELDS, batch_size=200)


def _fill(row: ImportedCase, case: ForeignCase, content_hash: str, *, at: datetime) -> None:
    """Put a case into its rows. Its target stays the source's: it is never our own due date."""
    service_request = row.service_request
    service_request.channel = case.channel.value
    service_request.title = case.title[:200]
    service_request.place = case.place[:200]
    service_request.received_at = case.opened_at
    service_request.closed_at = case.closed_at
    service_request.last_touch_at = case.closed_at or case.opened_at
    service_request.status = (Status.CLOSED if case.closed_at else Status.OPEN).value
    service_request.disposition = Disposition.DONE.value if case.closed_at else ""
    service_request.outcome_note = case.outcome_note
    service_request.search_text = build_search_text(
        number=service_request.number, title=case.title[:200], place=case.place[:200], contact_values=[case.case_id]
    )
    row.imported_due_at = case.due_at
    row.agency = case.agency[:200]
    row.category_text = case.category_text[:300]
    row.channel_text = case.channel_text[:60]
    row.status_text = case.status_text[:60]
    row.latitude, row.longitude = case.latitude, case.longitude
    row.content_hash, row.imported_at = content_hash, at


def _unused_numbers(count: int) -> list[str]:
    """Draw tracking numbers nobody has yet; in a million of them some do meet."""
    numbers: set[str] = set()
    while len(numbers) < count:
        drawn = {new_tracking_number(secrets.randbelow) for _ in range(count - len(numbers))}
        taken = ServiceRequest.objects.filter(number__in=drawn).values_list("number", flat=True)
        numbers |= drawn - set(taken)
    return list(numbers)

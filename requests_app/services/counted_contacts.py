"""Record what a telephone system or a mailbox counted, typed or from a file."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.roster_files import RosterFile
from requests_app.domain.vocabulary import Channel
from requests_app.models import ContactCount, ContactCountUpload
from requests_app.selectors.access import Actor
from requests_app.selectors.counted_contacts import count_preview, may_count
from requests_app.selectors.kept_tables import lines_of
from requests_app.services.events import record_audit
from requests_app.services.kept_tables import keep_table


@dataclass(frozen=True, slots=True, kw_only=True)
class CountEntry:
    """What was counted on one local day in one department on one channel."""

    on: date
    department_id: int
    channel: Channel
    count: int


@transaction.atomic
def record_count(entry: CountEntry, *, actor: Actor, at: datetime, is_from_file: bool = False) -> ContactCount:
    """Record a count in the place of the one known; the same number changes nothing. Raises ActionRefused."""
    if not may_count(actor):
        raise ActionRefused(Refusal.ROLE)
    facts = {"count": entry.count, "is_from_file": is_from_file, "recorded_at": at, "recorded_by": actor.employee}
    row, is_new = ContactCount.objects.get_or_create(
        on=entry.on, department_id=entry.department_id, channel=entry.channel.value, defaults=facts
    )
    if not is_new:
        if row.count == entry.count:
            return row
        for name, value in facts.items():
            setattr(row, name, value)
        row.save(update_fields=list(facts))
    record_audit("contacts_counted", row, actor=actor, at=at, fields={"on": entry.on, "count": entry.count})
    return row


@transaction.atomic
def keep_count_upload(file: RosterFile, *, file_name: str, actor: Actor, at: datetime) -> ContactCountUpload:
    """Keep a file for its preview; what was left lying for a day is thrown away."""
    return keep_table(ContactCountUpload, file.lines, file_name=file_name, actor=actor, at=at)


@transaction.atomic
def apply_count_upload(*, upload_id: int, digest: str, today: date, actor: Actor, at: datetime) -> int:
    """Record exactly what the preview with this fingerprint showed, forget the file, and say how many rows.

    Raises ActionRefused when anything changed since, and ContactCountUpload.DoesNotExist for a file applied already.
    """
    upload = ContactCountUpload.objects.select_for_update().get(pk=upload_id)
    preview = count_preview(lines_of(upload), today=today)
    if preview.digest != digest:
        raise ActionRefused(Refusal.PLAN_CHANGED)
    for planned in preview.to_apply:
        if planned.row is not None and planned.department is not None:
            entry = CountEntry(
                on=planned.row.on,
                department_id=planned.department.pk,
                channel=planned.row.channel,
                count=planned.row.count,
            )
            record_count(entry, actor=actor, at=at, is_from_file=True)
    record_audit("counts_imported", ContactCountUpload, actor=actor, at=at, count=len(preview.to_apply))
    upload.delete()
    return len(preview.to_apply)

"""Export requests as public records: asked for, made in the background, fetched, removed after some days."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from requests_app.domain.record_copies import CopyOptions
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Confidentiality
from requests_app.models import RecordsExport, ServiceRequest
from requests_app.models.record_exports import export_path
from requests_app.selectors.access import SYSTEM, Actor, actor_for_employee
from requests_app.selectors.record_exports import EXPORTERS
from requests_app.selectors.record_originals import original_copy
from requests_app.selectors.record_releases import city_contacts, released_copy, withheld_whole
from requests_app.selectors.visibility import requests_visible_to
from requests_app.services.events import record_audit
from requests_app.services.jobs import JobRun, enqueue_job
from requests_app.services.record_archives import ArchiveWriter

JOB = "records_export"
EXPORT_LIMIT = 2_000
KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportEntry:
    """What was asked for. With one request chosen by itself, a restricted one is copied; among many it is withheld."""

    request_ids: Sequence[int]
    options: CopyOptions
    with_original: bool = False
    submission_key: UUID | None = None


@transaction.atomic
def request_export(entry: ExportEntry, *, actor: Actor, at: datetime) -> RecordsExport:
    """Ask for an export; it is made in the background. The same submission key gives the same export.

    Only what the actor may see goes in, whatever ids are given. Raises ActionRefused for whoever keeps no records.
    """
    if actor.employee is None or not actor.holds(*EXPORTERS):
        raise ActionRefused(Refusal.ROLE)
    known = RecordsExport.objects.filter(submission_key=entry.submission_key).first() if entry.submission_key else None
    if known:
        return known
    requests = list(requests_visible_to(actor).filter(pk__in=entry.request_ids).order_by("pk")[:EXPORT_LIMIT])
    export = RecordsExport.objects.create(
        options=asdict(entry.options),
        with_original=entry.with_original,
        requested_by=actor.employee,
        requested_at=at,
        submission_key=entry.submission_key,
        request_count=len(requests),
    )
    export.requests.set(requests)
    job = enqueue_job(JOB, parameters={"export_id": export.pk}, actor=actor, at=at)
    RecordsExport.objects.filter(pk=export.pk).update(job=job)
    record_audit(
        "records_export_requested",
        export,
        actor=actor,
        at=at,
        fields={**export.options, "with_original": entry.with_original},
        count=len(requests),
    )
    export.refresh_from_db()
    return export


def make_export(run: JobRun) -> dict[str, object]:
    """Write the files of an export, one request after another; what its requester no longer sees is left out."""
    export = RecordsExport.objects.select_related("requested_by").get(pk=int(str(run.parameters["export_id"])))
    actor, at = actor_for_employee(export.requested_by), run.clock()
    seen = requests_visible_to(actor).filter(records_exports=export).order_by("number")
    requests = list(seen.only("pk", "number", "confidentiality"))
    options, city, is_single = CopyOptions(**export.options), city_contacts(), export.request_count == 1
    with ArchiveWriter(at=at, is_original=False) as released, ArchiveWriter(at=at, is_original=True) as original:
        for done, found in enumerate(requests, start=1):
            if found.confidentiality != Confidentiality.ORDINARY and not is_single:
                released.withhold(withheld_whole(found))
            else:
                released.add(released_copy(found.pk, options=options, city=city))
                if export.with_original:
                    original.add(original_copy(found.pk))
            run.report(done, len(requests))
        withheld = released.finish()
        keys = (released.keep(), original.keep() if export.with_original and original.finish() is not None else "")
    _record_finish(export, requests, keys=keys, withheld=withheld, actor=actor, at=run.clock())
    return {"requests": len(requests), "withheld": withheld}


@transaction.atomic
def _record_finish(
    export: RecordsExport,
    requests: Sequence[ServiceRequest],
    *,
    keys: tuple[str, str],
    withheld: int,
    actor: Actor,
    at: datetime,
) -> None:
    released_key, original_key = keys
    RecordsExport.objects.filter(pk=export.pk).update(
        released_key=released_key, original_key=original_key, finished_at=at, withheld_count=withheld
    )
    for found in requests:
        if found.confidentiality != Confidentiality.ORDINARY:
            record_audit("restricted_request_exported", found, actor=actor, at=at)
    record_audit("records_exported", export, actor=actor, at=at, fields={"withheld": withheld}, count=len(requests))


def record_export_fetched(export: RecordsExport, copy: str, *, actor: Actor, at: datetime) -> None:
    """Leave evidence that somebody took an export out of the product, and which copy."""
    record_audit(
        "records_export_fetched", export, actor=actor, at=at, fields={"copy": copy}, count=export.request_count
    )


def remove_old_exports(*, now: datetime) -> int:
    """Remove files of exports that were kept long enough, and those no export knows; the rows stay as evidence."""
    old = RecordsExport.objects.filter(~Q(released_key=""), finished_at__lte=now - KEPT)
    gone = old.update(released_key="", original_key="")
    known = {key for keys in RecordsExport.objects.values_list("released_key", "original_key") for key in keys if key}
    for path in Path(settings.EXPORT_DIR).glob("*"):
        is_settled = datetime.fromtimestamp(path.stat().st_mtime, tz=now.tzinfo) < now - timedelta(hours=1)
        if path.stem not in known and is_settled:
            path.unlink(missing_ok=True)
    if gone:
        record_audit("records_exports_removed", RecordsExport, actor=SYSTEM, at=now, count=gone)
    return gone


def file_of(export: RecordsExport, copy: str) -> Path | None:
    """Give the finished file of an export; None where there is none, or no longer."""
    key = export.released_key if copy == "released" else export.original_key
    path = export_path(key) if key else None
    return path if path and path.is_file() else None

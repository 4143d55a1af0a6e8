"""Files of the compliance report: asked for, made in the background, fetched, removed after some days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q, QuerySet

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.models import ReportFile
from requests_app.selectors.access import SYSTEM, Actor
from requests_app.selectors.report_files import KEPT, MONTH_KEPT
from requests_app.selectors.reports.scope import may_read_reports
from requests_app.services.events import record_audit
from requests_app.services.exports import record_export
from requests_app.services.jobs import enqueue_job

JOB = "report_file"


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeFile:
    """A file as it was drawn; `numbers` asks for the tracking numbers in it, where there are any."""

    content: bytes
    rows: int
    numbers: QuerySet[Any, Any] | None = None


@transaction.atomic
def request_report_file(
    *, file_format: str, asked: Mapping[str, str], submission_key: UUID | None, actor: Actor, at: datetime
) -> ReportFile:
    """Ask for a file of the report under some filters; the same submission key gives the same file.

    Raises ActionRefused for whoever reads no reports.
    """
    if actor.employee is None or not may_read_reports(actor):
        raise ActionRefused(Refusal.ROLE)
    facts = {"format": file_format, "asked": dict(asked), "requested_by": actor.employee, "requested_at": at}
    # The unique key decides between two clicks at once: the other waits here, and then finds the row.
    file, is_new = ReportFile.objects.get_or_create(submission_key=submission_key or uuid4(), defaults=facts)
    if is_new:
        ask_for_job(file, actor=actor, at=at)
    return file


def ask_for_job(file: ReportFile, *, actor: Actor, at: datetime) -> None:
    """Have a file made in the background."""
    file.job = enqueue_job(JOB, parameters={"report_file_id": file.pk}, actor=actor, at=at)
    file.save(update_fields=["job"])


@transaction.atomic
def keep_report_file(file: ReportFile, made: MadeFile, *, actor: Actor, address: str, at: datetime) -> None:
    """Keep a file that was made; that its rows are in a file now is evidence, before anybody has fetched it."""
    ReportFile.objects.filter(pk=file.pk).update(
        content=made.content, size=len(made.content), row_count=made.rows, finished_at=at
    )
    record_export(actor=actor, address=address, rows=made.rows, at=at, numbers=made.numbers)


def record_report_fetched(file: ReportFile, *, actor: Actor, at: datetime) -> None:
    """Leave evidence that somebody took a file of the report out of the product."""
    record_audit("report_fetched", file, actor=actor, at=at, fields={"format": file.format}, count=file.row_count)


def remove_old_report_files(*, now: datetime) -> int:
    """Empty the files that were kept long enough; the rows stay as evidence of who had what made."""
    old = ReportFile.objects.filter(
        Q(month="", finished_at__lte=now - KEPT) | Q(finished_at__lte=now - MONTH_KEPT), size__gt=0
    )
    with transaction.atomic():
        gone = old.update(content=None, size=0)
        if gone:
            record_audit("report_files_removed", ReportFile, actor=SYSTEM, at=now, count=gone)
    return gone

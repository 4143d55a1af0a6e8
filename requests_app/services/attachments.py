"""Attach files to a request, record who read one, and destroy them with the request."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Confidentiality
from requests_app.domain.workflow import Action
from requests_app.models import Attachment, Interaction, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.attachments import attached_bytes, has_submission
from requests_app.services.answers import write_note
from requests_app.services.attachment_files import StoredFile, remove_files, store_file
from requests_app.services.events import record_audit, record_event
from requests_app.services.transitions import lock_request, request_for_action, touch
from requests_app.services.uploads import IncomingFile


@transaction.atomic
def attach_files(
    *,
    request_id: int,
    files: Sequence[IncomingFile],
    note: str,
    submission_key: UUID | None,
    actor: Actor,
    at: datetime,
) -> ServiceRequest:
    """Attach files to a request; with a note they belong to that note and are seen by whoever reads it.

    The same submission key posted again changes nothing. Raises ActionRefused.
    """
    found = lock_request(request_id)
    if has_submission(submission_key):
        return found
    service_request, to = request_for_action(request_id, Action.ATTACH, actor=actor)
    interaction = write_note(service_request, note, actor=actor, at=at) if note.strip() else None
    kept = store_attachments(
        service_request, files, interaction=interaction, submission_key=submission_key, actor=actor, at=at
    )
    service_request.status = to
    touch(service_request, at, "status")
    record_event(
        service_request,
        EventKind.ATTACHED,
        actor=actor,
        at=at,
        fields={"files": len(kept), "sha256": " ".join(row.sha256 for row in kept)},
    )
    return service_request


def store_attachments(
    service_request: ServiceRequest,
    files: Sequence[IncomingFile],
    *,
    interaction: Interaction | None,
    submission_key: UUID | None = None,
    actor: Actor,
    at: datetime,
) -> list[Attachment]:
    """Store files and their rows in the transaction of the caller, which holds the request locked.

    The files come first, so that no row is ever without one; where the rows fail, the files are removed again.
    Raises ActionRefused where they are more than the request may hold.
    """
    stored: list[StoredFile] = []
    try:
        for incoming in files:
            stored += [store_file(incoming)]
        if attached_bytes(service_request) + sum(file.size for file in stored) > settings.REQUEST_FILES_MAX_BYTES:
            raise ActionRefused(Refusal.TOO_MANY_FILES)
        return [
            Attachment.objects.create(
                key=file.key,
                service_request=service_request,
                interaction=interaction,
                name=incoming.name,
                content_type=incoming.content_type,
                size=file.size,
                sha256=file.sha256,
                uploaded_by=actor.employee,
                uploaded_at=at,
                submission_key=submission_key,
            )
            for file, incoming in zip(stored, files, strict=True)
        ]
    except BaseException:
        remove_files(file.key for file in stored)
        raise


def record_attachment_read(attachment: Attachment, *, actor: Actor, at: datetime) -> None:
    """Leave evidence that somebody took a copy of a file of a restricted request."""
    if attachment.service_request.confidentiality != Confidentiality.ORDINARY:
        record_audit("attachment_read", attachment, actor=actor, at=at, fields={"sha256": attachment.sha256})


@transaction.atomic
def destroy_attachments(*, request_ids: Collection[int], actor: Actor, at: datetime) -> int:
    """Destroy the files of requests with their rows; to be called in the transaction of a disposal.

    The files go once that transaction stands. If the process dies in between, the next sweep removes them.
    """
    rows = Attachment.objects.filter(service_request__in=request_ids)
    keys = list(rows.values_list("key", flat=True))
    if not keys:
        return 0
    rows.delete()
    record_audit("attachments_destroyed", Attachment, actor=actor, at=at, count=len(keys))
    transaction.on_commit(partial(remove_files, keys))
    return len(keys)

"""Which files of a request somebody may see, and how much room they take."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from requests_app.models import Attachment, ServiceRequest, TrainingEvidence
from requests_app.selectors.access import Actor
from requests_app.selectors.approved_forms import form_file_keys
from requests_app.selectors.visibility import is_masked, visible_interactions


def visible_attachments(actor: Actor, service_request: ServiceRequest) -> QuerySet[Attachment]:
    """Give the files of a request the actor sees; the file of a note is seen by whoever reads the note.

    Nobody can mask a file, so who reads a request masked sees none.
    """
    if is_masked(actor, service_request):
        return Attachment.objects.none()
    read = visible_interactions(actor, service_request).order_by().values("pk")
    return (
        Attachment.objects.filter(service_request=service_request)
        .filter(Q(interaction=None) | Q(interaction__in=read))
        .select_related("service_request", "interaction", "uploaded_by")
    )


def attached_bytes(service_request: ServiceRequest) -> int:
    """Say how many bytes the files of a request take."""
    rows = Attachment.objects.filter(service_request=service_request)
    return rows.aggregate(bytes=Sum("size"))["bytes"] or 0


def has_submission(submission_key: UUID | None) -> bool:
    """Say whether files of this submission were stored already."""
    return submission_key is not None and Attachment.objects.filter(submission_key=submission_key).exists()


def keys_without_row(keys: Iterable[str]) -> set[str]:
    """Give those of the stored names that no row knows: no attachment, no form of the register, no training record."""
    asked = {key: UUID(key) for key in keys}
    known: set[UUID] = set()
    for rows in (Attachment.objects.all(), TrainingEvidence.objects.all()):
        known |= set(rows.filter(key__in=asked.values()).values_list("key", flat=True))
    return {name for name, key in asked.items() if key not in known} - form_file_keys(asked)

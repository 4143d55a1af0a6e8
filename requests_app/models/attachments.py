"""Files that belong to a request: the row says what a file is, the file itself lies under a random name."""

from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.urls import reverse

from requests_app.domain.vocabulary import Direction
from requests_app.models.directory import Employee
from requests_app.models.interactions import Interaction
from requests_app.models.service_requests import ServiceRequest


def attachment_path(key: str) -> Path:
    """Give where the file of that key lies; a folder for each of the first two digits keeps folders small."""
    return Path(settings.ATTACHMENTS_ROOT) / key[:2] / key


class Attachment(models.Model):
    """A file as it came in. Its interaction says who sees it; without one, whoever sees the request."""

    key = models.UUIDField(default=uuid4, unique=True, editable=False, help_text="the stored name, and its address")
    service_request = models.ForeignKey(ServiceRequest, on_delete=models.PROTECT, related_name="attachments")
    interaction = models.ForeignKey(
        Interaction, null=True, blank=True, on_delete=models.PROTECT, related_name="attachments"
    )
    name = models.CharField(max_length=255, help_text="as given, made harmless")
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    submission_key = models.UUIDField(null=True, blank=True, db_index=True)

    class Meta:
        ordering = ["uploaded_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="attachment_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Give the address it is downloaded from; needs the request."""
        return reverse("attachment", args=[self.service_request.number, self.key])

    @property
    def path(self) -> Path:
        """Give where its file lies."""
        return attachment_path(self.key.hex)

    @property
    def is_internal(self) -> bool:
        """Say whether it came with an internal note; needs the interaction."""
        return self.interaction is not None and self.interaction.direction == Direction.NOTE

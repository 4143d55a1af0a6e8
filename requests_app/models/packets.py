"""Sealed packets of closed months: every revision is kept as it was sealed."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from requests_app.models.directory import Employee


class Packet(models.Model):
    """The figures of one closed month as known at an instant, sealed; nothing of it is ever changed."""

    month = models.CharField(max_length=7, help_text="as 2026-10")
    revision = models.PositiveSmallIntegerField()
    as_of = models.DateTimeField(help_text="what had been recorded by then is in it")
    sealed_at = models.DateTimeField()
    sealed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    data_digest = models.CharField(max_length=64, help_text="SHA-256 of what was counted")
    manifest = models.TextField()
    manifest_digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the manifest")
    # Where the audit trail ended at the sealing; the entry of the sealing, with the manifest's hash, comes after it.
    audit_sequence = models.BigIntegerField()
    audit_hash = models.CharField(max_length=64)
    changes = models.JSONField(default=dict, blank=True, help_text="what differs from the revision before")
    content = models.BinaryField()

    class Meta:
        ordering = ["-month", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["month", "revision"], name="packet_revision_once"),
            models.CheckConstraint(condition=Q(revision__gte=1), name="packet_revision_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"Packet {self.month}, revision {self.revision}"

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        return reverse("packet", args=[self.pk])

    @property
    def name(self) -> str:
        """Give the name it is saved under."""
        return f"packet-{self.month}-revision-{self.revision}.zip"

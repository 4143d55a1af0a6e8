"""Copies of the whole: when one was proven to restore, and whether this one may send mail."""

from django.db import models
from django.db.models import Q

from requests_app.models.directory import Employee


class SendingPause(models.Model):
    """A time in which nothing leaves: a restored copy begins with one, so that it writes to nobody by itself."""

    since_at = models.DateTimeField()
    reason = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=Q(ended_at__isnull=True), name="one_standing_sending_pause"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since_at:%Y-%m-%d %H:%M}: {self.reason}"


class RestoreDrill(models.Model):
    """One try at restoring a backup elsewhere: proven when counts, hashes and the audit chain were found equal."""

    backup_name = models.CharField(max_length=120)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    is_proven = models.BooleanField()
    rows = models.PositiveBigIntegerField(default=0)
    attachments = models.PositiveIntegerField(default=0)
    differences = models.JSONField(default=list, blank=True)
    asked_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.backup_name}: {'proven' if self.is_proven else 'failed'}"

"""Rounds of the voicemail box: when it was listened to, by whom, how many messages it held (III.b.ii.3)."""

from django.db import models
from django.db.models import F, Q

from requests_app.models.directory import Employee


class VoicemailCheck(models.Model):
    """One round, open until the box is empty; nothing of a message is kept here, each is a contact of its own."""

    key = models.UUIDField(unique=True, help_text="of the round as it was begun: sent twice, it is one round")
    on = models.DateField(help_text="local day it was begun")
    begun_at = models.DateTimeField()
    checked_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    logged = models.PositiveIntegerField(default=0, help_text="messages logged as contacts")
    finished_at = models.DateTimeField(null=True, blank=True)
    messages = models.PositiveIntegerField(null=True, blank=True, help_text="all in the box, silent ones too")

    class Meta:
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, messages__isnull=True)
                | Q(finished_at__isnull=False, messages__gte=F("logged")),
                name="voicemail_check_finished_with_a_number",
            ),
        ]
        indexes = [models.Index(fields=["on"], name="voicemail_check_on")]

    def __str__(self) -> str:
        return str(self.on)

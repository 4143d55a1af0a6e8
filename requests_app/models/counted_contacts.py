"""Contacts counted by a telephone system or a mailbox, by day, department and channel; never who or what."""

from django.db import models

from requests_app.domain.counted_contacts import COUNTABLE
from requests_app.models.directory import Department, Employee
from requests_app.models.labels import CHANNELS

COUNTED_CHANNELS = [(channel.value, CHANNELS[channel]) for channel in COUNTABLE]


class ContactCount(models.Model):
    """How many a machine counted; the newest word on a day stands, the evidence keeps the others."""

    on = models.DateField()
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=12, choices=COUNTED_CHANNELS)
    count = models.PositiveIntegerField()
    is_from_file = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-on", "department", "channel"]
        constraints = [
            models.UniqueConstraint(fields=["on", "department", "channel"], name="contacts_counted_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.on}, {self.channel}: {self.count}"


class ContactCountUpload(models.Model):
    """A file that waits between preview and application; thrown away after a day."""

    file_name = models.CharField(max_length=120)
    lines = models.JSONField(help_text="line number and cells by column")
    uploaded_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.file_name

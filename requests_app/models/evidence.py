"""Two tables: Event tells the story on a request, AuditEntry is evidence without free text."""

from django.db import models

from requests_app.models.directory import Employee
from requests_app.models.labels import EVENT_KINDS, choices_of
from requests_app.models.service_requests import ServiceRequest


class Event(models.Model):
    """One thing that was done to a request, as people read it."""

    service_request = models.ForeignKey(ServiceRequest, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20, choices=choices_of(EVENT_KINDS))
    actor = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(blank=True)
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["service_request", "at"], name="event_stream")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%Y-%m-%d %H:%M}"


class AuditEntry(models.Model):
    """Evidence of one act: ids, field names and salted hashes of values, under an HMAC from its birth."""

    at = models.DateTimeField()
    action = models.CharField(max_length=40)
    actor = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    object_kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField(null=True, blank=True)
    fields = models.JSONField(default=dict, blank=True, help_text="field name to salted hash of its new value")
    count = models.PositiveIntegerField(default=1, help_text="rows the act touched, for a sweep's batch")
    salt = models.CharField(max_length=32)
    birth_hmac = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["object_kind", "object_id"], name="audit_object")]

    def __str__(self) -> str:
        return f"{self.action} {self.object_kind} {self.object_id}"

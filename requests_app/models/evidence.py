"""Two tables: Event tells the story on a request, AuditEntry is evidence without free text."""

from django.db import models

from requests_app.models.directory import Employee
from requests_app.models.event_words import EVENT_KINDS
from requests_app.models.labels import choices_of
from requests_app.models.service_requests import ServiceRequest


class Event(models.Model):
    """One thing that was done to a request, as people read it."""

    service_request = models.ForeignKey(ServiceRequest, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20, choices=choices_of(EVENT_KINDS))
    actor = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(blank=True)
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        # With the kind in it, whether and how often something was done is answered by the index alone.
        indexes = [models.Index(fields=["service_request", "at", "kind"], name="event_stream")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%Y-%m-%d %H:%M}"


class AuditEntry(models.Model):
    """Evidence of one act: ids, field names and salted hashes of values, under an HMAC from its birth.

    Triggers of the database refuse every change but one: the seal may go from NULL to a value. A migration that
    rebuilds this table on SQLite loses them and has to make them again (0003).
    """

    at = models.DateTimeField()
    action = models.CharField(max_length=40)
    actor = models.ForeignKey(
        Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    on_behalf_of = models.ForeignKey(
        Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    object_kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField(null=True, blank=True)
    fields = models.JSONField(default=dict, blank=True, help_text="field name to salted hash of its new value")
    count = models.PositiveIntegerField(default=1, help_text="rows the act touched, for a sweep's batch")
    salt = models.CharField(max_length=32)
    birth_hmac = models.CharField(max_length=64)

    # Its place in the order of sealing, which is not that of ids: who commits late is sealed late.
    sequence = models.BigIntegerField(null=True, blank=True)
    chain_hash = models.CharField(max_length=64, null=True, blank=True)  # noqa: DJ001  # sealed or not, never empty
    sealed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sequence"], name="audit_sequence_once", condition=models.Q(sequence__isnull=False)
            ),
            models.CheckConstraint(
                condition=models.Q(sequence__isnull=True, chain_hash__isnull=True, sealed_at__isnull=True)
                | models.Q(sequence__isnull=False, chain_hash__isnull=False, sealed_at__isnull=False),
                name="audit_seal_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["object_kind", "object_id"], name="audit_object"),
            models.Index(fields=["at", "id"], name="audit_at"),
            models.Index(fields=["action", "at"], name="audit_action"),
            models.Index(fields=["actor", "at"], name="audit_actor"),
            models.Index(fields=["id"], name="audit_unsealed", condition=models.Q(sequence__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object_kind} {self.object_id}"


class AuditHead(models.Model):
    """The end of the chain, one row: whoever seals holds it, and its HMAC tells a shortened chain from a whole one."""

    ONLY = 1

    sequence = models.BigIntegerField(default=0)
    chain_hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(null=True, blank=True)
    head_hmac = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.sequence}-{self.chain_hash}"

"""What a request was counted as before it was changed: a row for each change, none for what never changed (III.d.i)."""

from django.db import models
from django.db.models import F, Q

from requests_app.models.directory import Department
from requests_app.models.labels import CHANNELS, CONFIDENTIALITIES, KINDS, choices_of
from requests_app.models.service_requests import ServiceRequest


class PastFacts(models.Model):
    """The facts of a request as known from one instant until before another; those of now are on the request.

    Spans of one request do not overlap, so that at most one row holds at any instant. The last three are another
    system's, of imported cases.
    """

    service_request = models.ForeignKey(ServiceRequest, on_delete=models.CASCADE, related_name="past_facts")
    known_from_at = models.DateTimeField()
    known_until_at = models.DateTimeField(help_text="when the change was recorded")
    kind = models.CharField(max_length=12, choices=choices_of(KINDS))
    channel = models.CharField(max_length=12, choices=choices_of(CHANNELS))
    language = models.CharField(max_length=8)
    confidentiality = models.CharField(max_length=20, choices=choices_of(CONFIDENTIALITIES))
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    imported_due_at = models.DateTimeField(null=True, blank=True)
    agency = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["service_request", "known_until_at"]
        constraints = [
            models.UniqueConstraint(fields=["service_request", "known_until_at"], name="past_facts_once"),
            models.CheckConstraint(
                condition=Q(known_until_at__gt=F("known_from_at")), name="past_facts_were_known_for_a_while"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_request_id}, until {self.known_until_at:%Y-%m-%d %H:%M}"


# What is copied from the request itself, by the name of the column.
REQUEST_FACTS = ("kind", "channel", "language", "confidentiality", "department_id", "received_at", "closed_at")

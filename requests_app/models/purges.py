"""Numbers that nobody may keep: asked for by the clerk, confirmed by the attorney, gone for good."""

from django.db import models
from django.db.models import F, Q

from requests_app.models.directory import Employee
from requests_app.models.service_requests import ServiceRequest


class Purge(models.Model):
    """One removal of payment-card and social-security numbers from a request; the certificate once confirmed."""

    service_request = models.ForeignKey(ServiceRequest, on_delete=models.PROTECT, related_name="purges")
    requested_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, blank=True, help_text="numbers removed, by table and column")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["service_request"], condition=Q(confirmed_at__isnull=True), name="one_pending_purge"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("requested_by")), name="purge_by_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_request_id}, {self.requested_at:%Y-%m-%d}"

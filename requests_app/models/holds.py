"""Legal holds: what must not be destroyed, and why (Cal. Gov. Code 34090 yields to them)."""

from django.db import models
from django.db.models import Q

from requests_app.models.directory import Employee
from requests_app.models.labels import RETENTIONS, choices_of
from requests_app.models.service_requests import ServiceRequest


class LegalHold(models.Model):
    """One reason to keep requests, or a whole register, however old they grow, until somebody releases it."""

    service_requests = models.ManyToManyField(ServiceRequest, related_name="holds")
    register = models.CharField(max_length=20, blank=True, choices=choices_of(RETENTIONS))
    reason = models.CharField(max_length=300)
    placed_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    release_reason = models.CharField(max_length=300, blank=True)
    released_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="hold_has_reason"),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, release_reason="")
                | (Q(released_at__isnull=False) & ~Q(release_reason="")),
                name="hold_released_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.reason

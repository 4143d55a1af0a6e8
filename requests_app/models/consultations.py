"""What opens one request to one person more, and closes again: being asked about it, or a records request."""

from django.db import models
from django.db.models import F, Q

from requests_app.models.directory import Employee
from requests_app.models.service_requests import ServiceRequest


class Consultation(models.Model):
    """A colleague, or the attorney, was asked about a request; reads it and adds notes until it ends."""

    service_request = models.ForeignKey(ServiceRequest, on_delete=models.CASCADE, related_name="consultations")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="consultations")
    asked_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    question = models.TextField(blank=True)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["service_request", "employee"],
                condition=Q(ended_at__isnull=True),
                name="consulted_once_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(employee=F("asked_by")), name="consulted_by_somebody_else"),
        ]
        indexes = [
            models.Index(fields=["employee"], name="consultation_running", condition=Q(ended_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.employee}: {self.service_request_id}"


class RecordsLink(models.Model):
    """A request that a public-records request asks for; the records clerk reads it while that one is open."""

    records_request = models.ForeignKey(ServiceRequest, on_delete=models.CASCADE, related_name="records_links")
    service_request = models.ForeignKey(ServiceRequest, on_delete=models.CASCADE, related_name="asked_for_in")
    linked_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["records_request", "service_request"], name="records_link_once"),
            models.CheckConstraint(
                condition=~Q(records_request=F("service_request")), name="records_link_is_to_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.records_request_id}: {self.service_request_id}"

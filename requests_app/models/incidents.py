"""One outage, many reports: an incident, and the requests that tell of it."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from requests_app.models.categories import Category
from requests_app.models.directory import Employee
from requests_app.models.notices import OutgoingMail
from requests_app.models.service_requests import ServiceRequest


class Incident(models.Model):
    """What is known already, and what the public is told of it; open until somebody closes it."""

    key = models.UUIDField(unique=True, help_text="of the form as it was shown: sent twice, it is one incident")
    title = models.CharField(max_length=120)
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=200, blank=True)
    expected_on = models.DateField(null=True, blank=True, help_text="when it is expected to be over")
    text = models.TextField(help_text="what the public is told")
    text_es = models.TextField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        indexes = [models.Index(fields=["-opened_at"], name="incident_open", condition=Q(closed_at__isnull=True))]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        return reverse("incident", args=[self.pk])

    def told(self, language: str) -> str:
        """Give what the public is told, in one of the two languages it is told in."""
        return self.text_es if language == "es" else self.text


class IncidentReport(models.Model):
    """A request that reports an incident; it stays a request of its own, with its owner and its clock."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="reports")
    service_request = models.OneToOneField(ServiceRequest, on_delete=models.CASCADE, related_name="incident_report")
    linked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True, help_text="when it was answered with the others")
    mail = models.OneToOneField(
        OutgoingMail,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="incident_report",
        help_text="that carried the answer, where it went by e-mail",
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.incident}: {self.service_request_id}"

"""Copies of requests made for somebody outside: which, for whom, with what withheld, and where the file lies."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.urls import reverse

from requests_app.models.directory import Employee
from requests_app.models.jobs import BackgroundJob
from requests_app.models.service_requests import ServiceRequest


def export_path(key: str) -> Path:
    """Give where the finished file of that key lies."""
    return Path(settings.EXPORT_DIR) / f"{key}.zip"


class RecordsExport(models.Model):
    """One export, kept as evidence; its files go after some days, their keys are empty then."""

    requests = models.ManyToManyField(ServiceRequest, related_name="records_exports")
    options = models.JSONField(default=dict, help_text="what the clerk chose to withhold")
    with_original = models.BooleanField(default=False)
    requested_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    submission_key = models.UUIDField(null=True, blank=True, unique=True)
    job = models.OneToOneField(BackgroundJob, null=True, blank=True, on_delete=models.SET_NULL, related_name="export")
    finished_at = models.DateTimeField(null=True, blank=True)
    released_key = models.CharField(max_length=32, blank=True)
    original_key = models.CharField(max_length=32, blank=True)
    request_count = models.PositiveIntegerField(default=0)
    withheld_count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-requested_at", "-pk"]

    def __str__(self) -> str:
        return f"Records export {self.pk}"

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        return reverse("records_export", args=[self.pk])

    @property
    def is_gone(self) -> bool:
        """Say whether it was finished and its files are no longer kept."""
        return self.finished_at is not None and not self.released_key

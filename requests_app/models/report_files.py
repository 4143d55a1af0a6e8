"""Files of the compliance report, made in the background: who asked for which figures, and the file while kept."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from requests_app.models.directory import Employee
from requests_app.models.jobs import BackgroundJob


class ReportFile(models.Model):
    """One file, kept as evidence; its content goes after some days.

    It is one person's, or that of a closed month, which every reader of Human Resources may fetch.
    """

    class Format(models.TextChoices):
        PDF = "pdf", _("PDF")
        XLSX = "xlsx", _("XLSX")

    format = models.CharField(max_length=4, choices=Format)
    asked = models.JSONField(default=dict, help_text="the filters of the report, as its address has them")
    month = models.CharField(max_length=7, blank=True, help_text="the closed month of a scheduled report, as 2026-10")
    requested_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    submission_key = models.UUIDField(null=True, blank=True, unique=True)
    job = models.OneToOneField(
        BackgroundJob, null=True, blank=True, on_delete=models.SET_NULL, related_name="report_file"
    )
    finished_at = models.DateTimeField(null=True, blank=True)
    row_count = models.PositiveIntegerField(default=0)
    size = models.PositiveIntegerField(default=0, help_text="bytes")
    # In the database, not in a folder: the worker that makes it and the web server that hands it out share no disk.
    content = models.BinaryField(null=True, blank=True)

    class Meta:
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["month"], name="report_of_month_once", condition=~Q(month="")),
            models.CheckConstraint(
                condition=Q(month="", requested_by__isnull=False) | (~Q(month="") & Q(requested_by__isnull=True)),
                name="report_file_is_somebodys",
            ),
        ]
        indexes = [models.Index(fields=["requested_by", "requested_at"], name="report_file_requester")]

    def __str__(self) -> str:
        return f"Report file {self.pk}"

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        return reverse("report_file", args=[self.pk])

    @property
    def is_kept(self) -> bool:
        """Say whether the file is there to be fetched."""
        return bool(self.size)

    @property
    def name(self) -> str:
        """Give the name it is saved under."""
        return f"compliance-{self.asked.get('from', '')}-to-{self.asked.get('to', '')}.{self.format}"

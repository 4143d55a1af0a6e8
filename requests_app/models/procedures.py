"""The city's approved forms and processes, as III.b.v.2 allows beside the procedure's own form."""

from pathlib import Path

from django.db import models
from django.db.models import Q
from django.urls import reverse

from requests_app.models.attachments import attachment_path
from requests_app.models.directory import Department, Employee


class ApprovedForm(models.Model):
    """A form or process the city approved: by link, by file, or by its number in another system."""

    name = models.CharField(max_length=160)
    name_es = models.CharField(max_length=160, blank=True)
    owner = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="approved_forms")
    purpose = models.TextField(blank=True)
    link = models.URLField(max_length=300, blank=True)
    external_number = models.CharField(max_length=60, blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    file_key = models.CharField(max_length=80, blank=True, help_text="random name of the stored PDF")
    is_procedure_form = models.BooleanField(
        default=False, help_text="stands in place of the procedure form this software draws"
    )
    approved_on = models.DateField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    changed_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_procedure_form"],
                condition=Q(is_procedure_form=True, is_active=True),
                name="one_procedure_form_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(link="") | ~Q(file_key="") | ~Q(external_number=""), name="approved_form_is_somewhere"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Give where to find it: its link, or its file; empty where only a number is known."""
        if self.file_key:
            return reverse("approved_form_file", args=[self.pk])
        return self.link

    @property
    def path(self) -> Path:
        """Give where its file lies, among the attachments; only where it has one."""
        return attachment_path(self.file_key)

"""Training in customer service: the courses, who took which and when, and the paper that shows it (III.c.i)."""

from pathlib import Path
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from requests_app.models.attachments import attachment_path
from requests_app.models.directory import Employee
from requests_app.models.labels import choices_of
from requests_app.models.training_words import COURSE_KINDS


class TrainingCourse(models.Model):
    """A course, and of whom it is asked; without months of its own it repeats at the city's interval."""

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=choices_of(COURSE_KINDS))
    interval_months = models.PositiveSmallIntegerField(null=True, blank=True)
    employments = models.JSONField(help_text="the types of people it is asked of, as Employee.Employment has them")
    asked_from = models.DateField(help_text="local date; who was here before owes it as if they had started then")
    is_active = models.BooleanField(default=True)
    changed_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-is_active", "name", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("name"), condition=Q(is_active=True), name="training_course_name_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def asked_of(self) -> list[str]:
        """Name the types of people it is asked of."""
        return [str(label) for code, label in Employee.Employment.choices if code in self.employments]


class TrainingEvidence(models.Model):
    """A sign-in sheet or certificate, as it came in; one may stand behind the records of a whole class."""

    key = models.UUIDField(default=uuid4, unique=True, editable=False, help_text="the stored name, and its address")
    name = models.CharField(max_length=255, help_text="as given, made harmless")
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Give where its file lies, among the attachments."""
        return attachment_path(self.key.hex)


class TrainingRecord(models.Model):
    """That somebody took a course on a day. A wrong one is struck out with a reason, never deleted."""

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="training_records")
    course = models.ForeignKey(TrainingCourse, on_delete=models.PROTECT, related_name="records")
    on = models.DateField(help_text="local date")
    evidence = models.ForeignKey(
        TrainingEvidence, null=True, blank=True, on_delete=models.PROTECT, related_name="records"
    )
    is_imported = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    removed_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "course", "on"], condition=Q(removed_at__isnull=True), name="training_recorded_once"
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_reason="")
                | (Q(removed_at__isnull=False) & ~Q(removed_reason="")),
                name="training_struck_out_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id}: {self.course_id}, {self.on}"


class TrainingReminder(models.Model):
    """That a date was told; the row is what makes it told once."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    course = models.ForeignKey(TrainingCourse, on_delete=models.CASCADE, related_name="+")
    due_on = models.DateField()
    is_overdue = models.BooleanField(help_text="told once it was over, not ahead of it")
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "course", "due_on", "is_overdue"], name="training_reminded_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id}: {self.course_id}, {self.due_on}"


class TrainingUpload(models.Model):
    """A file of records between its preview and its application; it is deleted then, or after a day."""

    file_name = models.CharField(max_length=120)
    lines = models.JSONField(help_text="line number and cells by column, as domain.training_rows reads them")
    uploaded_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.file_name

"""The tally at the counter: one row for each person greeted, never who they were (III.b.iii.1)."""

from django.db import models
from django.db.models import Q

from requests_app.models.categories import Category
from requests_app.models.counters import CounterDevice
from requests_app.models.directory import Department, Employee


class CounterTap(models.Model):
    """One person greeted; what was taken back stays as a row and counts nowhere."""

    tapped_at = models.DateTimeField()
    is_answered = models.BooleanField(help_text="answered on the spot")
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    device = models.ForeignKey(CounterDevice, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    tapped_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField(unique=True, help_text="of the button as it was shown: pressed twice, it counts once")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-tapped_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(category__isnull=True) | Q(is_answered=True), name="tap_category_is_of_an_answer"
            ),
        ]
        indexes = [
            models.Index(fields=["tapped_at"], condition=Q(undone_at__isnull=True), name="tap_counted"),
            models.Index(fields=["tapped_by", "tapped_at"], name="tap_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.tapped_at:%Y-%m-%d %H:%M}"

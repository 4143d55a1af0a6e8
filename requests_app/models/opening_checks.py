"""The checklist at opening, and who signed it on which day (III.b.iii.3)."""

from django.db import models
from django.db.models import Q

from requests_app.models.directory import Employee


class ChecklistItem(models.Model):
    """One line of the checklist; taken out, it stays for the days on which it was signed."""

    text = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["text"], condition=Q(retired_at__isnull=True), name="checklist_item_once_in_use"
            )
        ]

    def __str__(self) -> str:
        return self.text


class OpeningCheck(models.Model):
    """The checklist of one local day, signed once; corrected the same day it keeps when it was signed first."""

    on = models.DateField(unique=True)
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    corrected_at = models.DateTimeField(null=True, blank=True)
    corrected_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-on"]

    def __str__(self) -> str:
        return str(self.on)


class OpeningCheckLine(models.Model):
    """One line as it read on the day; a note says what was not in order."""

    opening = models.ForeignKey(OpeningCheck, on_delete=models.CASCADE, related_name="lines")
    text = models.CharField(max_length=200)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text

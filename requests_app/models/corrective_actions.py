"""The register of corrective action: for Human Resources only, off until they switch it on (III.d.ii).

Nothing leads here from anywhere else: no name on a person's side, no request, no notice.
"""

from django.db import models
from django.urls import reverse

from requests_app.domain.corrective_actions import MOST_REFERENCE, MOST_RULE
from requests_app.models.directory import Employee


class CorrectiveSwitch(models.Model):
    """One turn of the switch, with its dated note; the newest counts, the older ones stay as evidence."""

    is_on = models.BooleanField()
    includes_sworn = models.BooleanField(default=False)
    noted_on = models.DateField()
    note = models.CharField(max_length=200)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.noted_on}"


class CorrectiveAction(models.Model):
    """One line: when, under which rule, where in the personnel files, closed when. It tells no story."""

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    acted_on = models.DateField()
    rule = models.CharField(max_length=MOST_RULE)
    file_reference = models.CharField(max_length=MOST_REFERENCE)
    closed_on = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-acted_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "acted_on", "rule", "file_reference"], name="corrective_action_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"  # never whom

    def get_absolute_url(self) -> str:
        """Give the address of its line."""
        return reverse("corrective_action", args=[self.pk])

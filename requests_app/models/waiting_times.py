"""Sample weeks of waiting times at the counter: off unless switched on, and never who waited (III.b.iii.1)."""

from django.db import models
from django.db.models import F, Q

from requests_app.models.counters import CounterDevice
from requests_app.models.directory import Department, Employee


class WaitingSample(models.Model):
    """Days on which visitors check in, both ends included; ended early, it ends on that day."""

    from_on = models.DateField()
    to_on = models.DateField()
    switched_on_at = models.DateTimeField()
    switched_on_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-from_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="waiting_sample_days_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.from_on} to {self.to_on}"


class VisitorWait(models.Model):
    """One visitor of a sample: when they checked in, were called, were helped, or left."""

    sample = models.ForeignKey(WaitingSample, on_delete=models.PROTECT, related_name="waits")
    key = models.UUIDField(unique=True, help_text="of the button as it was shown: pressed twice, it counts once")
    checked_in_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True, blank=True)
    helped_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    device = models.ForeignKey(CounterDevice, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["checked_in_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(called_at__isnull=True), name="visitor_left_uncalled"
            ),
            models.CheckConstraint(
                condition=Q(helped_at__isnull=True) | Q(called_at__isnull=False), name="visitor_helped_once_called"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.checked_in_at:%Y-%m-%d %H:%M}"

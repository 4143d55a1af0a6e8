"""How somebody is told, and which reminders they put off; duty notices cannot be switched off (III.d.i)."""

from django.db import models
from django.db.models import Q

from requests_app.models.clocks import ResponseClock
from requests_app.models.directory import Employee


class NoticePreference(models.Model):
    """How somebody wants news by mail: each at once, or gathered once a day. No row means at once."""

    employee = models.OneToOneField(Employee, on_delete=models.CASCADE, related_name="notice_preference")
    is_daily = models.BooleanField(
        default=False, help_text="news gathered at the next opening; duty notices go at once"
    )
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.employee_id}: {'daily' if self.is_daily else 'at once'}"


class Snooze(models.Model):
    """That an owner put off the reminders of a clock, until when and why; lateness is told all the same."""

    clock = models.ForeignKey(ResponseClock, on_delete=models.CASCADE, related_name="snoozes")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    in_place_of = models.ForeignKey(
        Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="the owner, who was away"
    )
    reason = models.CharField(max_length=200)
    until_at = models.DateTimeField()
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="snooze_has_reason"),
            models.CheckConstraint(condition=Q(until_at__gt=models.F("created_at")), name="snooze_ends_later"),
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} until {self.until_at:%Y-%m-%d %H:%M}"

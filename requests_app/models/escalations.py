"""Escalations: a matter passed upwards until somebody accepts it and answers (III.b.v.2)."""

from django.db import models
from django.db.models import Q

from requests_app.models.clocks import ResponseClock
from requests_app.models.directory import Department, Employee
from requests_app.models.service_requests import ServiceRequest

RUNNING = {"sent_back_at": None, "climbed_at": None, "answered_at": None, "withdrawn_at": None}


class Escalation(models.Model):
    """One step of the chain: from, to, why, and what became of it. Exactly one of its ends is stored, or none yet."""

    service_request = models.ForeignKey(ServiceRequest, on_delete=models.CASCADE, related_name="escalations")
    from_employee = models.ForeignKey(
        Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="empty: it climbed"
    )
    to_employee = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    to_department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    to_outside = models.CharField(max_length=200, blank=True, help_text="the independent recipient, by name and mail")
    level = models.PositiveSmallIntegerField(help_text="rung of the ladder: 1 supervisor … 5 independent recipient")
    reason = models.TextField()
    sent_at = models.DateTimeField()
    climbed_from = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="climbed_to"
    )
    clock = models.OneToOneField(ResponseClock, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sent_back_at = models.DateTimeField(null=True, blank=True)
    sent_back_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sent_back_reason = models.TextField(blank=True)
    climbed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="the request was closed before its end")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ["sent_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["service_request"],
                condition=Q(**RUNNING),
                name="one_running_escalation_per_request",
            ),
            models.CheckConstraint(
                condition=Q(to_employee__isnull=False) | Q(to_department__isnull=False) | ~Q(to_outside=""),
                name="escalation_goes_to_somebody",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="escalation_has_reason"),
            models.CheckConstraint(
                condition=Q(sent_back_at__isnull=True) | ~Q(sent_back_reason=""),
                name="escalation_back_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(accepted_by__isnull=False), name="escalation_accepted_by_one"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(accepted_at__isnull=False),
                name="escalation_answer_once_taken",
            ),
            models.CheckConstraint(
                condition=Q(climbed_at__isnull=True) | Q(accepted_at__isnull=True),
                name="escalation_climbs_untaken",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_request_id}, level {self.level}"

    @property
    def is_running(self) -> bool:
        """Say whether it still waits for somebody: to accept it, or to answer it."""
        return not (self.sent_back_at or self.climbed_at or self.answered_at or self.withdrawn_at)

    @property
    def is_waiting(self) -> bool:
        """Say whether nobody has accepted it yet."""
        return self.is_running and self.accepted_at is None


class EscalationReceiver(models.Model):
    """Who may accept an escalation; while it runs it opens the request to them, as being asked does."""

    escalation = models.ForeignKey(Escalation, on_delete=models.CASCADE, related_name="receivers")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="escalations_received")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["escalation", "employee"], name="escalation_received_once"),
        ]

    def __str__(self) -> str:
        return f"{self.employee}: {self.escalation_id}"

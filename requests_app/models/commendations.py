"""Commendations: what came of a compliment, as a draft a supervisor finishes (III.d.iii)."""

from django.db import models

from requests_app.models.directory import Employee
from requests_app.models.labels import COMMENDATION_STATES, choices_of
from requests_app.models.service_requests import ServiceRequest
from requests_app.models.withdrawals import Withdrawable, withdrawn_with_reason


class Commendation(Withdrawable):
    """Thanks to one person out of a compliment: a draft until it is given or laid aside; given, it may be withdrawn."""

    service_request = models.ForeignKey(ServiceRequest, on_delete=models.CASCADE, related_name="commendations")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="commendations")
    text = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=choices_of(COMMENDATION_STATES), default="draft")
    drafted_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    decided_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-drafted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["service_request", "employee"], name="commended_once_per_compliment"),
            withdrawn_with_reason("commendation_withdrawn_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.employee}: {self.get_state_display()}"

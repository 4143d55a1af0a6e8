"""Suggestions of staff for better service: proposed, discussed, decided with a reason, done (III.a.v, III.c.iii)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from requests_app.domain.improvements import ImprovementState
from requests_app.models.directory import Department, Employee
from requests_app.models.improvement_words import IMPROVEMENT_STATES
from requests_app.models.labels import choices_of
from requests_app.models.service_requests import ServiceRequest

_IS_OPEN = Q(state=ImprovementState.OPEN.value)


class Improvement(models.Model):
    """One suggestion, open to all staff. Of an anonymous one nobody is kept, and of all only the day, no instant."""

    title = models.CharField(max_length=160)
    text = models.TextField()
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="improvements")
    service_request = models.ForeignKey(
        ServiceRequest, null=True, blank=True, on_delete=models.PROTECT, related_name="improvements"
    )
    proposed_by = models.ForeignKey(
        Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="improvements"
    )
    proposed_on = models.DateField(help_text="local date")
    due_on = models.DateField(help_text="local date; the last day for a decision, by the city's choice of then")
    state = models.CharField(max_length=10, choices=choices_of(IMPROVEMENT_STATES), default="open")
    decided_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(null=True, blank=True)
    decision_reason = models.TextField(blank=True)
    done_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField(null=True, blank=True)
    done_note = models.TextField(blank=True)

    class Meta:
        ordering = ["-proposed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=(_IS_OPEN & Q(decided_on__isnull=True, decision_reason=""))
                | (~_IS_OPEN & Q(decided_on__isnull=False) & ~Q(decision_reason="")),
                name="improvement_decided_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(state=ImprovementState.DONE.value),
                name="improvement_done_says_so",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        return reverse("improvement_detail", args=[self.pk])


class ImprovementComment(models.Model):
    """What a colleague says to a suggestion, under their name."""

    improvement = models.ForeignKey(Improvement, on_delete=models.CASCADE, related_name="comments")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.employee_id}: {self.improvement_id}"

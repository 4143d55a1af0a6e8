"""The correspondence on a request: one row for each touch."""

from django.db import models
from django.db.models import Q

from requests_app.domain.vocabulary import Direction
from requests_app.models.directory import Department, Employee
from requests_app.models.labels import ANSWER_KINDS, ATTEMPT_OUTCOMES, CHANNELS, DIRECTIONS, choices_of
from requests_app.models.service_requests import ServiceRequest


class Interaction(models.Model):
    """One touch: inbound, outbound or an internal note. `occurred_at` is when it happened, `recorded_at` when typed."""

    service_request = models.ForeignKey(ServiceRequest, on_delete=models.CASCADE, related_name="interactions")
    direction = models.CharField(max_length=8, choices=choices_of(DIRECTIONS))
    channel = models.CharField(max_length=12, blank=True, choices=choices_of(CHANNELS))
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    employee = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="interactions")
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, help_text="whose note it is"
    )
    text = models.TextField(blank=True)
    outcome = models.CharField(max_length=12, blank=True, choices=choices_of(ATTEMPT_OUTCOMES))
    answer = models.CharField(max_length=8, blank=True, choices=choices_of(ANSWER_KINDS))
    is_qualifying = models.BooleanField(default=False, help_text="a personal answer to the customer, as counted then")
    is_automatic = models.BooleanField(default=False)
    is_calling_again = models.BooleanField(default=False)
    submission_key = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["occurred_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_qualifying=False) | Q(direction=Direction.OUTBOUND.value, is_automatic=False),
                name="qualifying_is_personal_and_outbound",
            ),
            models.CheckConstraint(
                condition=Q(occurred_at__lte=models.F("recorded_at")), name="interaction_occurred_first"
            ),
        ]
        indexes = [
            models.Index(fields=["service_request", "occurred_at"], name="interaction_stream"),
            models.Index(
                fields=["occurred_at"], name="interaction_came_in", condition=Q(direction=Direction.INBOUND.value)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_direction_display()}, {self.occurred_at:%Y-%m-%d %H:%M}"

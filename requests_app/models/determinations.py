"""What became of a records request: released or withheld, and why (Cal. Gov. Code 7922.535, 7922.540)."""

from django.db import models
from django.db.models import Q

from requests_app.domain.exemptions import EXEMPTIONS
from requests_app.models.directory import Employee
from requests_app.models.labels import RECORDS_OUTCOMES, choices_of
from requests_app.models.service_requests import ServiceRequest


class RecordsDetermination(models.Model):
    """What the clerk keeps of a records request; without an outcome it is still being looked into."""

    service_request = models.OneToOneField(ServiceRequest, on_delete=models.CASCADE, related_name="determination")
    outcome = models.CharField(max_length=12, blank=True, choices=choices_of(RECORDS_OUTCOMES))
    exemptions = models.JSONField(default=list, blank=True, help_text="codes of domain.exemptions")
    released_on = models.DateField(null=True, blank=True)
    page_count = models.PositiveIntegerField(null=True, blank=True)
    attorney_asked_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True, help_text="what was withheld")
    recorded_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome__in=["released", "partly"]) | Q(released_on__isnull=False),
                name="determination_released_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_request_id}: {self.get_outcome_display()}"

    @property
    def citations(self) -> list[str]:
        """Give the law behind what was withheld."""
        return [EXEMPTIONS[code].citation for code in self.exemptions if code in EXEMPTIONS]

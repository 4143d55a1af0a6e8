"""Lost second factors: who asked for help, how Human Resources knew them, and the one code that came of it."""

from django.db import models
from django.db.models import Q

from requests_app.models.directory import Employee


class FactorRecovery(models.Model):
    """One person who can no longer show a second factor; undecided, refused, or confirmed with a code for one use."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="factor_recoveries")
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    identified_how = models.TextField(blank=True)
    code_hash = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the code; empty when refused or void")
    code_expires_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["employee"], condition=Q(decided_at__isnull=True), name="recovery_open_once_per_person"
            ),
        ]

    def __str__(self) -> str:
        return f"recovery {self.pk}"

    @property
    def is_confirmed(self) -> bool:
        """Say whether Human Resources knew the person."""
        return self.code_expires_at is not None

"""What is taken back stays on record, with who took it back and why."""

from django.db import models
from django.db.models import Q

from requests_app.models.directory import Employee


def withdrawn_with_reason(name: str) -> models.CheckConstraint:
    """Give the constraint that a row taken back says why, and no other does."""
    return models.CheckConstraint(
        condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
        | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
        name=name,
    )


class Withdrawable(models.Model):
    """A row that may be taken back, once and for good; until that instant it stood."""

    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True

"""What somebody signs of a clause that nobody can compute: who, when, for whom and for which days (III.b.ii.1)."""

from django.db import models
from django.db.models import F, Q

from requests_app.models.directory import Department, Employee


class ClauseSignature(models.Model):
    """One signature under one clause; without a department it is for the whole city. Never changed, only withdrawn."""

    clause = models.CharField(max_length=20)
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField()
    statement = models.TextField()
    evidence = models.CharField(max_length=300, blank=True, help_text="where what it rests on is kept")
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-signed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="signature_days_in_order"),
            models.CheckConstraint(condition=~Q(statement=""), name="signature_says_something"),
        ]
        indexes = [models.Index(fields=["clause", "to_on"], name="signature_of_clause")]

    def __str__(self) -> str:
        return f"{self.clause}, {self.from_on} to {self.to_on}"

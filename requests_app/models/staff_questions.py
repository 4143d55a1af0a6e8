"""Questions about the policy that people ask Human Resources, and the answers (III.f)."""

from django.db import models
from django.db.models import Q

from requests_app.models.directory import Employee


class StaffQuestion(models.Model):
    """One question of one person, open until it is answered; whoever asked reads it, and Human Resources."""

    clause = models.CharField(max_length=20, blank=True)
    question = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="staff_question_answered_iff_answer",
            ),
        ]
        indexes = [models.Index(fields=["asked_at"], name="staff_question_asked")]

    def __str__(self) -> str:
        return self.question[:60]

"""Recognition beside commendations: thanks between colleagues, and awards (III.b.iv.5, III.d.iii)."""

from django.db import models
from django.db.models import F, Q

from requests_app.models.commendations import Commendation
from requests_app.models.directory import Employee
from requests_app.models.withdrawals import Withdrawable, withdrawn_with_reason


class ColleagueThanks(Withdrawable):
    """What one colleague thanks another for; read by both, by who leads them and by Human Resources."""

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="thanks_received")
    thanked_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="thanks_given")
    text = models.TextField()
    on = models.DateField(help_text="local date")

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(employee=F("thanked_by")), name="thanks_go_to_somebody_else"),
            withdrawn_with_reason("thanks_withdrawn_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id}: {self.on}"


class Award(Withdrawable):
    """An award to somebody, for all staff to read; it may come out of a commendation."""

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="awards")
    name = models.CharField(max_length=120)
    occasion = models.CharField(max_length=300)
    on = models.DateField(help_text="local date")
    commendation = models.ForeignKey(
        Commendation, null=True, blank=True, on_delete=models.PROTECT, related_name="awards"
    )
    recorded_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "name", "on"], condition=Q(withdrawn_at__isnull=True), name="award_given_once"
            ),
            withdrawn_with_reason("award_withdrawn_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.employee_id}"

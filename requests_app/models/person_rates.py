"""That rates per person were switched on, with the note that the unions were told, and off again."""

from django.db import models
from django.db.models import F, Q

from requests_app.models.directory import Employee


class PersonRatesSwitch(models.Model):
    """One stretch of time in which rates per person may be seen; without an end it lasts."""

    unions_notified_on = models.DateField()
    note = models.TextField(help_text="who was told, and how")
    includes_sworn = models.BooleanField(default=False)
    switched_on_at = models.DateTimeField()
    switched_on_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    switched_off_at = models.DateTimeField(null=True, blank=True)
    switched_off_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-switched_on_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=Q(switched_off_at__isnull=True), name="person_rates_on_once"
            ),
            models.CheckConstraint(condition=~Q(note=""), name="person_rates_say_who_was_told"),
            models.CheckConstraint(
                condition=Q(switched_off_at__isnull=True) | Q(switched_off_at__gte=F("switched_on_at")),
                name="person_rates_end_after_they_begin",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.switched_on_at:%Y-%m-%d}"

"""The service standards of the policy, as versions with an effective date."""

from django.db import models

from requests_app.domain.deadlines import Rule
from requests_app.models.calendars import Calendar
from requests_app.models.labels import MILESTONES, STANDARD_SOURCES, UNITS, choices_of


class ServiceStandard(models.Model):
    """One version of one standard; a contact is judged by the version in force when it was received."""

    code = models.SlugField(max_length=40)
    version = models.PositiveIntegerField()
    effective_from = models.DateField()
    name = models.CharField(max_length=120)
    clause = models.CharField(max_length=40, help_text="key of POLICY, or the statute")
    milestone = models.CharField(max_length=24, choices=choices_of(MILESTONES))
    channels = models.JSONField(default=list, blank=True, help_text="channels whose contact starts it; empty = any")
    is_for_colleagues = models.BooleanField(default=False)
    number = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=16, choices=choices_of(UNITS))
    rule = models.CharField(max_length=32, choices=[(rule.value, rule.value) for rule in Rule])
    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, related_name="standards")
    target_rate = models.DecimalField(max_digits=4, decimal_places=3)
    source = models.CharField(max_length=12, choices=choices_of(STANDARD_SOURCES))

    class Meta:
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="standard_version_once"),
            models.UniqueConstraint(fields=["code", "effective_from"], name="standard_effective_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1, number__lte=366), name="standard_number_in_range"),
            models.CheckConstraint(
                condition=models.Q(target_rate__gt=0, target_rate__lte=1), name="standard_target_is_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"

"""What the city had chosen and how its departments stood before a change, for reports as of a day before (III.d.i)."""

from django.db import models

from requests_app.models.directory import Department


class PastChoice(models.Model):
    """The value of one local choice until it was changed; None where the default held."""

    key = models.SlugField(max_length=60)
    value = models.JSONField(null=True)
    known_until_at = models.DateTimeField()

    class Meta:
        ordering = ["known_until_at", "pk"]

    def __str__(self) -> str:
        return f"{self.key}, until {self.known_until_at:%Y-%m-%d %H:%M}"


class PastDepartment(models.Model):
    """The name and the place of a department until they were changed; until it was added it was not there."""

    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="+")
    was_there = models.BooleanField(default=True)
    name = models.CharField(max_length=120, blank=True)
    parent = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    known_until_at = models.DateTimeField()

    class Meta:
        ordering = ["known_until_at", "pk"]

    def __str__(self) -> str:
        return f"{self.department_id}, until {self.known_until_at:%Y-%m-%d %H:%M}"

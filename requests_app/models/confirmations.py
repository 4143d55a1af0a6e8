"""Who looked at something that must be right and said that it is: numbers, names, answers of the first run (III.f)."""

from django.db import models

from requests_app.models.directory import Employee


class Confirmation(models.Model):
    """One look at one thing; the newest counts, the older ones stay as evidence."""

    key = models.SlugField(max_length=60)
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-confirmed_at", "-pk"]
        indexes = [models.Index(fields=["key", "-confirmed_at"], name="confirmation_newest")]

    def __str__(self) -> str:
        return f"{self.key}, {self.confirmed_at:%Y-%m-%d}"

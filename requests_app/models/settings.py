"""What the city chose where the policy leaves it open; a choice without a row has its default."""

from django.db import models

from requests_app.models.directory import Employee


class CitySetting(models.Model):
    """One choice that was changed; `key` is a field of `domain.choices.LocalChoices`."""

    key = models.SlugField(max_length=60, unique=True)
    value = models.JSONField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.key

"""What somebody typed and has not saved yet, kept for that person alone."""

from django.db import models

from requests_app.models.directory import Employee


class Draft(models.Model):
    """The fields of one half-typed form: `typed` maps each name to the list of its values, as the browser sent them.

    Holds what residents said, so it goes with the save, and after some days in any case.
    """

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="drafts")
    form_key = models.SlugField(max_length=80)
    typed = models.JSONField()
    saved_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employee", "form_key"], name="draft_once_per_form"),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"

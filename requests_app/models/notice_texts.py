"""Texts the city put in the place of the defaults (III.b.ii.1, III.b.ii.2)."""

from django.db import models

from requests_app.models.directory import Employee


class NoticeTemplate(models.Model):
    """One text in one language, with whoever answers for it and the date by which it is to be read again."""

    code = models.SlugField(max_length=40)
    language = models.CharField(max_length=8)
    text = models.TextField(blank=True)
    review_by = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["code", "language"]
        constraints = [models.UniqueConstraint(fields=["code", "language"], name="notice_text_once_per_language")]

    def __str__(self) -> str:
        return f"{self.code}, {self.language}"

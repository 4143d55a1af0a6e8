"""Answers that colleagues share, with every version there was and every use of one (III.b.iv.4)."""

from django.db import models
from django.urls import reverse

from requests_app.models.categories import Category
from requests_app.models.directory import Employee
from requests_app.models.interactions import Interaction


class SharedAnswer(models.Model):
    """One answer as it stands; a retired one is offered no more, and what it was used for stays."""

    title = models.CharField(max_length=80, unique=True)
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="shared_answers")
    texts = models.JSONField(help_text="by language; English always")
    review_by = models.DateField(help_text="local date; from this day on it is to be read again")
    version = models.PositiveIntegerField(default=1)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        return reverse("shared_answer", args=[self.pk])


class SharedAnswerRevision(models.Model):
    """A version as it was saved, whole: who shared what, and when."""

    answer = models.ForeignKey(SharedAnswer, on_delete=models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=80)
    texts = models.JSONField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["answer", "version"], name="shared_answer_version_once")]

    def __str__(self) -> str:
        return f"{self.answer_id}, {self.version}"


class SharedAnswerUse(models.Model):
    """That an answer was put into a reply; it is counted still when the reply is destroyed."""

    answer = models.ForeignKey(SharedAnswer, on_delete=models.CASCADE, related_name="uses")
    version = models.PositiveIntegerField()
    interaction = models.ForeignKey(Interaction, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    used_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "interaction"], name="shared_answer_used_once")]

    def __str__(self) -> str:
        return f"{self.answer_id}: {self.interaction_id}"

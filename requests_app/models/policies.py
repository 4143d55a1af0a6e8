"""The policy in versions, the yearly rounds of its review, and the questions kept for them (III.e)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from requests_app.domain.policies import VersionState
from requests_app.models.directory import Employee
from requests_app.models.labels import choices_of
from requests_app.models.policy_words import REVIEW_OUTCOMES, VERSION_STATES


class PolicyVersion(models.Model):
    """One version of the text; published, it never changes again. A case is judged by that in force at its receipt."""

    number = models.PositiveSmallIntegerField(unique=True)
    title = models.CharField(max_length=160)
    text = models.TextField(help_text="one line for each clause, beginning with its number")
    is_summary = models.BooleanField(default=False, help_text="our own short summary, not the city's sentences")
    state = models.CharField(max_length=12, choices=choices_of(VERSION_STATES), default=VersionState.DRAFT.value)
    approved_on = models.DateField(null=True, blank=True)
    effective_from = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state=VersionState.DRAFT.value), name="one_policy_draft_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state=VersionState.DRAFT.value)
                | Q(approved_on__isnull=False, effective_from__isnull=False, published_at__isnull=False),
                name="published_policy_has_its_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.number}"

    def get_absolute_url(self) -> str:
        """Give the address of its text."""
        return reverse("policy_version", args=[self.number])

    @property
    def is_draft(self) -> bool:
        """Say whether it may still change."""
        return self.state == VersionState.DRAFT


class PolicyReview(models.Model):
    """One yearly review: opened by somebody, completed with an outcome and where its minutes are."""

    due_on = models.DateField(help_text="as the countdown said when it was opened")
    opened_on = models.DateField()
    opened_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    completed_on = models.DateField(null=True, blank=True)
    completed_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, blank=True, choices=choices_of(REVIEW_OUTCOMES))
    minutes_reference = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-opened_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["due_on"], condition=Q(completed_on__isnull=True), name="one_open_policy_review_per_due_day"
            ),
            models.CheckConstraint(
                condition=Q(completed_on__isnull=True) | ~Q(outcome=""), name="completed_policy_review_has_its_outcome"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.due_on}"

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        return reverse("policy_review", args=[self.pk])


class PolicyQuestion(models.Model):
    """Something the next review is to look at, with what came of it."""

    clause = models.CharField(max_length=20, blank=True)
    question = models.TextField()
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-raised_at", "-pk"]

    def __str__(self) -> str:
        return self.question[:60]

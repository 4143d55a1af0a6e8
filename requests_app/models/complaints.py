"""Complaints: what the procedure adds to a request, from the wish to what came of it (III.b.v.1, III.b.v.3)."""

from django.db import models
from django.db.models import F, Q

from requests_app.domain.complaints import FIRST_STAGE, REVIEW_STAGE
from requests_app.domain.vocabulary import ComplaintOutcome, FollowUpOutcome
from requests_app.models.directory import Department, Employee
from requests_app.models.interactions import Interaction
from requests_app.models.labels import (
    COMPLAINT_OUTCOMES,
    COMPLAINT_SUBJECTS,
    FAIRNESS_KINDS,
    FOLLOW_UP_OUTCOMES,
    ROOT_CAUSES,
    choices_of,
)
from requests_app.models.service_requests import ServiceRequest


class Complaint(models.Model):
    """A complaint or concern beside its request, which carries who, when, owner, clocks and correspondence."""

    service_request = models.OneToOneField(ServiceRequest, on_delete=models.CASCADE, related_name="complaint")
    about_request = models.ForeignKey(
        ServiceRequest,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="complaints",
        help_text="the request that is complained of; it stays with its owner",
    )
    subject = models.CharField(max_length=16, blank=True, choices=choices_of(COMPLAINT_SUBJECTS))
    departments = models.ManyToManyField(Department, blank=True, related_name="+")
    desired_outcome = models.TextField(blank=True)
    stage = models.PositiveSmallIntegerField(default=FIRST_STAGE)
    investigated_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    investigation_began_at = models.DateTimeField(null=True, blank=True)
    review_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=[FIRST_STAGE, REVIEW_STAGE]), name="complaint_stage_is_one_or_two"
            ),
            models.CheckConstraint(
                condition=Q(investigation_began_at__isnull=True) | Q(investigated_by__isnull=False),
                name="complaint_investigated_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(about_request__isnull=True) | ~Q(about_request=F("service_request")),
                name="complaint_about_another",
            ),
        ]

    def __str__(self) -> str:
        return f"complaint {self.service_request_id}"


class ComplaintDecision(models.Model):
    """The written outcome of a stage; one that follows "not resolved" or a review stands beside the earlier one."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="decisions")
    stage = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=16, choices=choices_of(COMPLAINT_OUTCOMES))
    findings = models.TextField()
    reasons = models.TextField(help_text="as told to the complainant")
    remedy = models.TextField(blank=True)
    root_cause = models.CharField(max_length=20, choices=choices_of(ROOT_CAUSES))
    lesson = models.TextField(blank=True)
    interaction = models.ForeignKey(Interaction, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["decided_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=ComplaintOutcome.WITHDRAWN.value) | ~Q(reasons=""), name="decision_has_reasons"
            ),
        ]
        indexes = [models.Index(fields=["decided_at"], name="decision_decided")]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}, stage {self.stage}"


class FollowUp(models.Model):
    """One try to hear from the complainant after the answer; without an outcome it was an attempt only (III.b.v.3)."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="follow_ups")
    decision = models.ForeignKey(ComplaintDecision, on_delete=models.PROTECT, related_name="follow_ups")
    outcome = models.CharField(max_length=16, blank=True, choices=choices_of(FOLLOW_UP_OUTCOMES))
    interaction = models.ForeignKey(Interaction, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision"], condition=~Q(outcome=""), name="one_follow_up_outcome_per_decision"
            ),
            models.CheckConstraint(
                condition=Q(interaction__isnull=False) | Q(outcome=FollowUpOutcome.NOT_REACHED.value),
                name="follow_up_attempt_is_a_touch",
            ),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display() or "attempt"


class FairnessStep(models.Model):
    """What a person a complaint is about was told, offered, asked for or given; the person's own words are theirs."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="fairness_steps")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24, choices=choices_of(FAIRNESS_KINDS))
    text = models.TextField(blank=True)
    on = models.DateField(help_text="local date on which it was done")
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.on}"

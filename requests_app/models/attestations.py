"""Rounds in which everybody who deals with the public says that they read the policy (II, III.e)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from requests_app.models.directory import Employee
from requests_app.models.policies import PolicyVersion


class AttestationRound(models.Model):
    """One round about one version; whoever is on the roster while it runs is asked, with a login or without."""

    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="attestation_rounds")
    due_on = models.DateField()
    check_questions = models.JSONField(default=list, blank=True, help_text="question, answers, place of the right one")
    opened_on = models.DateField()
    opened_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-opened_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version"], condition=Q(closed_on__isnull=True), name="one_open_attestation_round_per_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}, {self.due_on}"

    def get_absolute_url(self) -> str:
        """Give the address of its roster."""
        return reverse("attestation_round", args=[self.pk])


class Attestation(models.Model):
    """That one person attested, themselves or on paper; wrong answers to the check leave no trace."""

    attestation_round = models.ForeignKey(AttestationRound, on_delete=models.PROTECT, related_name="attestations")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="attestations")
    attested_on = models.DateField()
    is_on_paper = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["attestation_round", "employee"], name="attested_once_per_round"),
        ]

    def __str__(self) -> str:
        return f"{self.employee}, {self.attested_on}"

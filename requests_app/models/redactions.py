"""What was taken out of a request, and the words that stood there: the only place that still has them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from requests_app.domain.exemptions import EXEMPTIONS, Exemption
from requests_app.domain.redaction import Cut, Passage
from requests_app.models.directory import Employee
from requests_app.models.service_requests import ServiceRequest


class Redaction(models.Model):
    """One decision to take words, or who the customer is, out of a request; lifted, never deleted."""

    class Kind(models.TextChoices):
        PASSAGE = "passage", _("words")
        IDENTITY = "identity", _("who the customer is")

    service_request = models.ForeignKey(ServiceRequest, on_delete=models.CASCADE, related_name="redactions")
    kind = models.CharField(max_length=8, choices=Kind)
    code = models.CharField(max_length=30, choices=[(code, found.label) for code, found in EXEMPTIONS.items()])
    passages = models.JSONField(help_text="what is taken out, each as [text, whether whole words only]")
    identity = models.JSONField(default=list, blank=True, help_text="the customer's rows, to put back when lifted")
    customer_id = models.BigIntegerField(null=True, blank=True, help_text="who the customer was")
    redacted_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    redacted_at = models.DateTimeField()
    lifted_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["service_request"],
                condition=Q(kind="identity", lifted_at__isnull=True),
                name="one_standing_identity_redaction",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_request_id}: {self.code}"

    @property
    def exemption(self) -> Exemption:
        """Give the reason with its law."""
        return EXEMPTIONS[self.code]

    @property
    def cuts(self) -> list[Cut]:
        """Give what is taken out, as the rule takes it."""
        return [Cut(Passage(text, whole), self.exemption.mark) for text, whole in self.passages]


class RedactedText(models.Model):
    """One field of one row as it was before, and as it is shown while any redaction of it stands."""

    service_request = models.ForeignKey(ServiceRequest, on_delete=models.CASCADE, related_name="redacted_texts")
    redactions = models.ManyToManyField(Redaction, related_name="texts")
    place = models.CharField(max_length=60, help_text="model and field")
    object_id = models.BigIntegerField()
    original = models.JSONField()
    shown = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "object_id"], name="redacted_text_once_per_field"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.object_id}"

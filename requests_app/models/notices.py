"""What was told to whom: firings come first, notices follow, mails carry them (III.b.ii.3, III.b.ii.4)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from requests_app.models.clocks import ResponseClock
from requests_app.models.directory import Employee
from requests_app.models.service_requests import ServiceRequest


class StageFiring(models.Model):
    """A stage of the reminder ladder that came due; the row is what makes it fire once."""

    clock = models.ForeignKey(ResponseClock, on_delete=models.CASCADE, related_name="firings")
    stage = models.CharField(max_length=40)
    occurs_on = models.DateField(help_text="local date of the stage")
    occurs_at = models.DateTimeField()
    fired_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clock", "stage", "occurs_on"], name="stage_fires_once"),
        ]

    def __str__(self) -> str:
        return f"{self.stage} {self.occurs_on}"


class OutgoingMail(models.Model):
    """One mail on its way: pending, claimed under a lease, then sent or failed."""

    class Status(models.TextChoices):
        PENDING = "pending", _("pending")
        CLAIMED = "claimed", _("claimed")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")

    to_address = models.EmailField()
    recipient = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    status = models.CharField(max_length=8, choices=Status, default=Status.PENDING)
    created_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_by = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                name="mail_unsent",
                condition=Q(status__in=["pending", "claimed"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.to_address}: {self.subject}"


class Notice(models.Model):
    """One thing one person is told about one request."""

    class Kind(models.TextChoices):
        REMINDER = "reminder", _("reminder")
        DIGEST = "digest", _("digest")
        NUDGE = "nudge", _("reminder sent by a person")
        ASSIGNED = "assigned", _("given to you")
        UNOWNED = "unowned", _("nobody yet")
        CONSULTED = "consulted", _("asked about it")
        RELIEVED = "relieved", _("no longer yours")
        ESCALATED = "escalated", _("escalated to you")
        ESCALATION = "escalation", _("news of an escalation")
        THANKED = "thanked", _("thanks")
        WITHDRAWN = "withdrawn", _("thanks taken back")
        WATCHDOG = "watchdog", _("watchdog")
        ABSENCE = "absence", _("absence and greeting")
        COVER = "cover", _("standing in")
        EXCUSAL = "excusal", _("excuse to decide")
        POLICY = "policy", _("policy to read or review")
        UNDELIVERED = "undelivered", _("mail not delivered")
        REPORT = "report", _("report of a month")
        PULSE = "pulse", _("staff pulse")
        SUGGESTION = "suggestion", _("suggestion of staff")
        UNDECIDED = "undecided", _("suggestion to decide")
        STALE_ANSWER = "stale_answer", _("shared answer to read again")
        TRAINING = "training", _("training to be taken")
        REFERRAL = "referral", _("referral card to check")

    kind = models.CharField(max_length=12, choices=Kind)
    dedupe_key = models.CharField(max_length=120, unique=True)
    recipient = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="notices")
    service_request = models.ForeignKey(
        ServiceRequest, null=True, blank=True, on_delete=models.CASCADE, related_name="notices"
    )
    clock = models.ForeignKey(ResponseClock, null=True, blank=True, on_delete=models.CASCADE, related_name="notices")
    firing = models.ForeignKey(StageFiring, null=True, blank=True, on_delete=models.CASCADE, related_name="notices")
    mail = models.ForeignKey(OutgoingMail, null=True, blank=True, on_delete=models.PROTECT, related_name="notices")
    in_place_of = models.ForeignKey(
        Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="who was away"
    )
    text = models.TextField(blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True, help_text="when the recipient marked it as seen in the inbox")

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["recipient", "created_at"], name="notice_recipient"),
            models.Index(fields=["recipient"], name="notice_unread", condition=Q(read_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.dedupe_key


class LadderRung(models.Model):
    """One rung of the reminder ladder, as data; `domain.stages` gives it meaning."""

    code = models.SlugField(max_length=40, unique=True)
    position = models.PositiveSmallIntegerField()
    definition = models.JSONField()
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.code

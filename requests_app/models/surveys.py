"""Feedback of residents and staff: who was asked on one side, what was said on the other, with no way between.

See docs/decisions/0039: an answer has no time, no order, no request and no person (III.c.ii).
"""

import uuid

from django.db import models
from django.db.models import Q

from requests_app.domain.surveys import SCALE
from requests_app.models.directory import Department, Employee
from requests_app.models.labels import CHANNELS, choices_of
from requests_app.models.notices import OutgoingMail
from requests_app.models.service_requests import ServiceRequest
from requests_app.models.survey_words import PULSE_QUESTIONS, SURVEY_ROUTES

_ON_THE_SCALE = (min(SCALE), max(SCALE))


class SurveyInvitation(models.Model):
    """That somebody was asked about a closed request, once; the link itself is worked out, never stored.

    `seed` and the key of the settings give the link, of which the hash is kept to know it by.
    """

    service_request = models.OneToOneField(ServiceRequest, on_delete=models.CASCADE, related_name="survey_invitation")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    route = models.CharField(max_length=8, choices=choices_of(SURVEY_ROUTES))
    channel = models.CharField(max_length=12, choices=choices_of(CHANNELS))
    language = models.CharField(max_length=8, default="en")
    month = models.DateField(help_text="first day of the month in which somebody was asked")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    seed = models.UUIDField(default=uuid.uuid4, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    is_used = models.BooleanField(default=False)
    mail = models.ForeignKey(
        OutgoingMail, null=True, blank=True, on_delete=models.PROTECT, related_name="survey_invitations"
    )

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["month", "department"], name="survey_invited")]

    def __str__(self) -> str:
        return f"{self.route} {self.month:%Y-%m}"


class SurveyAddressee(models.Model):
    """When a customer or an address was last asked, and whether they want no more of it; by keyed hash only."""

    key_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.key_hash[:8]


class SurveyAnswer(models.Model):
    """What a resident said; the key is random, so rows tell nothing of when or after whom."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    route = models.CharField(max_length=8, choices=choices_of(SURVEY_ROUTES))
    channel = models.CharField(max_length=12, choices=choices_of(CHANNELS))
    language = models.CharField(max_length=8)
    month = models.DateField()
    respect = models.PositiveSmallIntegerField(null=True, blank=True)
    listened = models.PositiveSmallIntegerField(null=True, blank=True)
    solution = models.PositiveSmallIntegerField(null=True, blank=True)
    clear = models.PositiveSmallIntegerField(null=True, blank=True)
    accurate = models.PositiveSmallIntegerField(null=True, blank=True)
    comment = models.TextField(blank=True, help_text="for Human Resources alone")

    class Meta:
        ordering = ["-month", "id"]
        indexes = [models.Index(fields=["month", "department"], name="survey_answered")]
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__range": _ON_THE_SCALE}),
                name=f"survey_{name}_on_the_scale",
            )
            for name in ("respect", "listened", "solution", "clear", "accurate")
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class PulseRound(models.Model):
    """One asking of the staff of some departments; it takes answers from its first to its last day."""

    opens_on = models.DateField()
    closes_on = models.DateField()
    questions = models.JSONField(help_text="codes of what is asked, in order")
    opened_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    submission_key = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=models.F("opens_on")), name="pulse_round_ends_after")
        ]

    def __str__(self) -> str:
        return f"{self.opens_on:%Y-%m-%d}"


class PulseSeat(models.Model):
    """That somebody is asked in a round, and whether they answered: never what, nor when.

    `department` is the one right below the city, so that few answers stand under one name.
    """

    round = models.ForeignKey(PulseRound, on_delete=models.CASCADE, related_name="seats")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="pulse_seats")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    is_used = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["round", "employee"], name="pulse_seat_once")]

    def __str__(self) -> str:
        return f"{self.employee}"


class PulseTally(models.Model):
    """How often a department gave a score to a statement: a count, with nothing behind it."""

    round = models.ForeignKey(PulseRound, on_delete=models.CASCADE, related_name="tallies")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=16, choices=choices_of(PULSE_QUESTIONS))
    score = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["question", "score"]
        constraints = [
            models.UniqueConstraint(fields=["round", "department", "question", "score"], name="pulse_tally_once"),
            models.CheckConstraint(condition=Q(score__range=_ON_THE_SCALE), name="pulse_score_on_the_scale"),
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.score}: {self.count}"

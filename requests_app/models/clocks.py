"""Response clocks: one obligation on one request, and everything ever known of it (III.b.ii.3, III.b.ii.4)."""

from django.db import models
from django.db.models import F, Q

from requests_app.domain.vocabulary import Milestone, RevisionReason, Verdict
from requests_app.models.calendars import CalendarVersion
from requests_app.models.directory import Department, Employee
from requests_app.models.interactions import Interaction
from requests_app.models.labels import CHANNELS, MILESTONES, REVISION_REASONS, VERDICTS, choices_of
from requests_app.models.service_requests import ServiceRequest
from requests_app.models.standards import ServiceStandard

_OPEN = Q(verdict=Verdict.OPEN.value)
_ANSWERED = Q(verdict__in=[Verdict.MET.value, Verdict.LATE.value])


class ClockFacts(models.Model):
    """The facts of a clock that a later fact may change; a revision is a copy of all of them."""

    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    undated_reason = models.CharField(max_length=40, blank=True, help_text="why there is no due instant yet")
    met_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(max_length=10, choices=choices_of(VERDICTS), default=Verdict.OPEN.value)
    verdict_recorded_at = models.DateTimeField(null=True, blank=True)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=12, choices=choices_of(CHANNELS))
    standard = models.ForeignKey(ServiceStandard, on_delete=models.PROTECT, related_name="+")
    calendar_version = models.ForeignKey(
        CalendarVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    business_minutes = models.PositiveIntegerField(null=True, blank=True, help_text="open time to the answer")
    is_answered_on_the_spot = models.BooleanField(default=False)
    is_holding_only = models.BooleanField(default=False)
    is_recorded_late = models.BooleanField(default=False)
    is_corrected = models.BooleanField(default=False)

    class Meta:
        abstract = True


FACT_FIELDS = tuple(field.name for field in ClockFacts._meta.local_fields)


class ResponseClock(ClockFacts):
    """One obligation with a due instant. Overdue is never stored: it is open and strictly past due."""

    service_request = models.ForeignKey(ServiceRequest, on_delete=models.PROTECT, related_name="clocks")
    milestone = models.CharField(max_length=24, choices=choices_of(MILESTONES))
    clause = models.CharField(max_length=40)
    is_from_colleague = models.BooleanField(default=False)
    recorded_at = models.DateTimeField(help_text="when the clock became known")
    ended_reason = models.CharField(max_length=20, blank=True)
    started_by = models.ForeignKey(Interaction, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    stopped_by = models.ForeignKey(Interaction, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    given_on = models.DateField(null=True, blank=True, help_text="a date a person gave: a promise or an extension")
    calling_again_count = models.PositiveSmallIntegerField(default=0)
    next_stage_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["service_request", "milestone"], condition=_OPEN, name="one_open_clock_per_milestone"
            ),
            models.CheckConstraint(
                condition=(_OPEN & Q(verdict_recorded_at__isnull=True))
                | (~_OPEN & Q(verdict_recorded_at__isnull=False)),
                name="clock_verdict_is_dated",
            ),
            models.CheckConstraint(
                condition=(_ANSWERED & Q(met_at__isnull=False)) | (~_ANSWERED & Q(met_at__isnull=True)),
                name="clock_answered_iff_met_at",
            ),
            models.CheckConstraint(
                condition=(Q(due_at__isnull=True) & ~Q(undated_reason=""))
                | (Q(due_at__isnull=False) & Q(undated_reason="")),
                name="clock_undated_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.MET.value) | Q(due_at__isnull=True) | Q(met_at__lte=F("due_at")),
                name="clock_met_is_on_time",
            ),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.LATE.value) | Q(met_at__gt=F("due_at")), name="clock_late_is_past_due"
            ),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.CANCELLED.value) | ~Q(ended_reason=""), name="clock_cancelled_says_why"
            ),
            models.CheckConstraint(
                condition=Q(due_at__isnull=True) | Q(due_at__gte=F("started_at")), name="clock_due_after_start"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_stage_at"], name="clock_next_stage", condition=_OPEN & Q(next_stage_at__isnull=False)
            ),
            models.Index(fields=["due_at"], name="clock_open_due", condition=_OPEN),
            models.Index(fields=["started_at", "department"], name="clock_started"),
            models.Index(
                fields=["service_request"],
                name="clock_on_the_spot",
                condition=Q(milestone=Milestone.RESPONSE.value, is_answered_on_the_spot=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_milestone_display()}, {self.service_request_id}"


class ClockRevision(ClockFacts):
    """All facts of a clock as known from `recorded_at` on, until the next revision."""

    clock = models.ForeignKey(ResponseClock, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    reason = models.CharField(max_length=20, choices=choices_of(REVISION_REASONS))
    note = models.CharField(max_length=300, blank=True)
    trace = models.JSONField(default=list, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["clock", "number"]
        constraints = [models.UniqueConstraint(fields=["clock", "number"], name="revision_number_once_per_clock")]
        indexes = [
            # Whether something later was known is answered by the index alone: with its traces the table is large.
            models.Index(fields=["clock", "recorded_at", "number"], name="revision_as_of"),
            models.Index(fields=["started_at"], name="revision_started"),
            models.Index(
                fields=["clock", "recorded_at"],
                name="revision_moved",
                condition=Q(reason=RevisionReason.TRANSFERRED.value),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clock_id}.{self.number} {self.get_reason_display()}"


class Excusal(models.Model):
    """A decision that a late answer is explained: it stands beside the rate, never in it."""

    clock = models.ForeignKey(ResponseClock, on_delete=models.PROTECT, related_name="excusals")
    reason = models.CharField(max_length=300)
    decided_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    revoked_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clock"], condition=Q(revoked_at__isnull=True), name="one_standing_excusal_per_clock"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="excusal_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.clock_id}: {self.reason}"

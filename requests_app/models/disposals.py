"""What is destroyed and on whose word: the list before, the certificate ever after (Cal. Gov. Code 34090)."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from requests_app.domain.disposal import RUNNING, DisposalState
from requests_app.domain.retention import FLOOR_YEARS, LONGEST_YEARS
from requests_app.models.directory import Department, Employee
from requests_app.models.labels import DISPOSAL_STATES, KINDS, RETENTIONS, choices_of
from requests_app.models.service_requests import ServiceRequest

_FLOOR = timedelta(days=365 * FLOOR_YEARS)


class RetentionPeriod(models.Model):
    """Years of one class that the city changed; a class without a row has its default."""

    code = models.CharField(max_length=20, unique=True, choices=choices_of(RETENTIONS))
    years = models.PositiveSmallIntegerField()
    citation = models.CharField(max_length=120)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(years__gte=FLOOR_YEARS, years__lte=LONGEST_YEARS), name="retention_at_least_two_years"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_code_display()}: {self.years}"


class DisposalList(models.Model):
    """Records of one department whose time has come, and who said yes; afterwards the certificate.

    Of a register no row is named: what ended on `ended_by_on` or before is on the list, and the certificate counts it.
    """

    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="disposals")
    is_confidential = models.BooleanField(default=False, help_text="matters that Human Resources keeps")
    register = models.CharField(max_length=20, blank=True, choices=choices_of(RETENTIONS))
    ended_by_on = models.DateField(null=True, blank=True, help_text="local date; of a register")
    counts = models.JSONField(default=dict, blank=True, help_text="rows of a register destroyed, by table")
    content_hash = models.CharField(max_length=64, blank=True, help_text="SHA-256 of what was destroyed of a register")
    is_kept = models.BooleanField(default=False, help_text="a hold kept the register when it was to be destroyed")
    state = models.CharField(max_length=10, choices=choices_of(DISPOSAL_STATES), default=DisposalState.PROPOSED.value)
    proposed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    consented_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    consented_at = models.DateTimeField(null=True, blank=True)
    resolution = models.CharField(max_length=60, blank=True, help_text="number of the council's resolution")
    resolved_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    resolved_at = models.DateTimeField(null=True, blank=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdraw_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["resolved", "destroyed"])
                | (
                    Q(approved_by__isnull=False, consented_by__isnull=False, resolved_by__isnull=False)
                    & ~Q(resolution="")
                ),
                name="disposal_has_every_consent",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | (
                    ~Q(approved_by=F("proposed_by"))
                    & (Q(consented_by__isnull=True) | ~Q(consented_by=F("approved_by")))
                ),
                name="disposal_by_several_people",
            ),
            models.CheckConstraint(
                condition=Q(register="", ended_by_on__isnull=True) | (~Q(register="") & Q(ended_by_on__isnull=False)),
                name="disposal_of_a_register_has_its_day",
            ),
            models.UniqueConstraint(
                fields=["register"],
                condition=~Q(register="") & Q(state__in=sorted(state.value for state in RUNNING)),
                name="one_running_disposal_per_register",
            ),
        ]

    def __str__(self) -> str:
        if self.register:
            return f"{self.get_register_display()}, {self.proposed_at:%Y-%m-%d}"
        return f"{self.department}, {self.proposed_at:%Y-%m-%d}"


class DisposalItem(models.Model):
    """One request on a list; once destroyed, all the certificate tells of it: number, dates, counts, a hash."""

    class Kept(models.TextChoices):
        HELD = "held", _("on legal hold")
        OPEN = "open", _("opened again")
        YOUNG = "young", _("its time has not come")

    disposal = models.ForeignKey(DisposalList, on_delete=models.PROTECT, related_name="items")
    service_request = models.ForeignKey(ServiceRequest, on_delete=models.PROTECT, related_name="disposal_items")
    number = models.CharField(max_length=16)
    kind = models.CharField(max_length=12, choices=choices_of(KINDS))
    received_at = models.DateTimeField()
    closed_at = models.DateTimeField()
    retention = models.CharField(max_length=20, choices=choices_of(RETENTIONS))
    years = models.PositiveSmallIntegerField()
    destroyed_at = models.DateTimeField(null=True, blank=True)
    kept_because = models.CharField(max_length=5, blank=True, choices=Kept)
    counts = models.JSONField(default=dict, blank=True, help_text="rows emptied, by table")
    content_hash = models.CharField(max_length=64, blank=True, help_text="SHA-256 of what was destroyed")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["disposal", "service_request"], name="disposal_item_once_per_list"),
            models.UniqueConstraint(
                fields=["service_request"],
                condition=Q(destroyed_at__isnull=False),
                name="destroyed_once_per_request",
            ),
            # Gov. Code 34090, whatever a service believes: leap years aside, two years in days.
            models.CheckConstraint(
                condition=Q(destroyed_at__isnull=True) | Q(destroyed_at__gte=F("closed_at") + _FLOOR),
                name="nothing_destroyed_under_two_years",
            ),
            models.CheckConstraint(condition=Q(years__gte=FLOOR_YEARS), name="disposal_item_of_two_years_or_more"),
        ]

    def __str__(self) -> str:
        return self.number

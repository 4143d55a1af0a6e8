"""A service request: one matter, one owner, one tracking number (III.a.iv)."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from requests_app.domain.vocabulary import Confidentiality, Disposition, RequestKind, Status
from requests_app.models.categories import Category
from requests_app.models.customers import Customer
from requests_app.models.directory import Department, Employee
from requests_app.models.labels import (
    CHANNELS,
    CONFIDENTIALITIES,
    DISPOSITIONS,
    INVOLVEMENTS,
    KINDS,
    NO_REPLIES,
    STATUSES,
    choices_of,
)

_UNFINISHED = ~Q(status=Status.CLOSED.value)


class ServiceRequest(models.Model):
    """What somebody asked of the city. `answer_by_at` repeats the earliest due instant of its owner's clocks."""

    number = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=12, choices=choices_of(KINDS))
    channel = models.CharField(max_length=12, choices=choices_of(CHANNELS))
    status = models.CharField(max_length=12, choices=choices_of(STATUSES), default=Status.NEW.value)
    title = models.CharField(max_length=200)
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.PROTECT, related_name="requests")
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="requests")
    owner = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="owned_requests")
    customer = models.ForeignKey(Customer, null=True, blank=True, on_delete=models.PROTECT, related_name="requests")
    customer_mark = models.CharField(
        max_length=80, blank=True, help_text="stands in place of a customer who was redacted"
    )
    is_from_colleague = models.BooleanField(default=False)
    colleague = models.ForeignKey(
        Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="requests_made"
    )
    for_employee = models.ForeignKey(
        Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="requests_asked_for"
    )
    place = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=8, default="en")
    needs_interpreter = models.BooleanField(default=False)
    best_time_to_reach = models.CharField(max_length=120, blank=True)
    external_reference = models.CharField(max_length=60, blank=True)
    confidentiality = models.CharField(
        max_length=20, choices=choices_of(CONFIDENTIALITIES), default=Confidentiality.ORDINARY.value
    )
    is_imported = models.BooleanField(default=False)
    no_reply = models.CharField(max_length=20, blank=True, choices=choices_of(NO_REPLIES))

    received_at = models.DateTimeField(help_text="when it reached the city")
    recorded_at = models.DateTimeField(help_text="when it was typed in")
    recorded_by = models.ForeignKey(
        Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="requests_recorded"
    )
    last_touch_at = models.DateTimeField(help_text="the last interaction, either way")
    waiting_since = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    disposition = models.CharField(max_length=12, blank=True, choices=choices_of(DISPOSITIONS))
    outcome_note = models.TextField(blank=True, help_text="the customer may read it")
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    answer_by_at = models.DateTimeField(null=True, blank=True)
    unowned_until_at = models.DateTimeField(
        null=True, blank=True, help_text="when a request nobody owns goes to the supervisor"
    )
    send_back_count = models.PositiveSmallIntegerField(default=0)
    reopened_count = models.PositiveSmallIntegerField(default=0)

    is_hazard = models.BooleanField(default=False)
    hazard_told = models.CharField(max_length=120, blank=True)
    hazard_told_at = models.DateTimeField(null=True, blank=True)

    destroyed_at = models.DateTimeField(null=True, blank=True, help_text="when its content was destroyed")
    submission_key = models.UUIDField(null=True, blank=True, unique=True)
    search_text = models.TextField(blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=Status.CLOSED.value, closed_at__isnull=False)
                | (_UNFINISHED & Q(closed_at__isnull=True)),
                name="request_closed_at_iff_closed",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.CLOSED.value) | Q(is_imported=True) | ~Q(disposition=""),
                name="request_closed_says_how",
            ),
            models.CheckConstraint(
                condition=Q(is_imported=True) | Q(department__isnull=False), name="request_has_department"
            ),
            models.CheckConstraint(
                condition=Q(is_imported=True) | Q(received_at__lte=F("recorded_at")), name="request_received_first"
            ),
            models.CheckConstraint(
                condition=Q(is_hazard=False)
                | Q(is_imported=True)
                | (~Q(hazard_told="") & Q(hazard_told_at__isnull=False)),
                name="request_danger_was_told",
            ),
            models.CheckConstraint(
                condition=Q(colleague__isnull=True) | Q(is_from_colleague=True), name="request_colleague_is_colleague"
            ),
            models.CheckConstraint(
                condition=(Q(disposition=Disposition.DUPLICATE.value) & Q(merged_into__isnull=False))
                | Q(merged_into__isnull=True),
                name="request_merged_is_duplicate",
            ),
            models.CheckConstraint(
                condition=Q(destroyed_at__isnull=True)
                | Q(closed_at__isnull=False, customer__isnull=True, place="", outcome_note=""),
                name="request_destroyed_is_empty",
            ),
        ]
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="request_received"),
            models.Index(
                fields=["closed_at"], name="request_disposable", condition=Q(closed_at__isnull=False, destroyed_at=None)
            ),
            models.Index(
                fields=["answer_by_at", "id"], name="request_answer_by", condition=Q(answer_by_at__isnull=False)
            ),
            models.Index(fields=["owner", "answer_by_at"], name="request_owner_open", condition=_UNFINISHED),
            models.Index(fields=["department", "answer_by_at"], name="request_department_open", condition=_UNFINISHED),
            models.Index(fields=["department", "-received_at"], name="request_department_received"),
            models.Index(fields=["customer", "-received_at"], name="request_customer_received"),
            models.Index(
                fields=["-received_at", "-id"], name="request_danger", condition=Q(is_hazard=True) & _UNFINISHED
            ),
            models.Index(
                fields=["unowned_until_at"], name="request_unowned", condition=Q(unowned_until_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.title}"

    def get_absolute_url(self) -> str:
        """Give the address of its page, named by its tracking number."""
        return reverse("request_detail", args=[self.number])

    @property
    def is_restricted(self) -> bool:
        """Say whether not everybody of the city may read it: then every reading leaves evidence."""
        return self.confidentiality != Confidentiality.ORDINARY

    @property
    def customer_line(self) -> str:
        """Give who asked as it may be shown: the name, or the mark in its place."""
        return self.customer_mark or (str(self.customer) if self.customer else "")

    @property
    def is_complaint(self) -> bool:
        """Say whether the complaint procedure applies to it (III.b.v).

        What was imported carries no clock of ours; a complaint about a police employee is not run here (DOMAIN 4).
        """
        return self.kind == RequestKind.COMPLAINT and not (self.is_imported or self.is_handed_over)

    @property
    def is_handed_over(self) -> bool:
        """Say whether it is about a police employee: a receipt, without a story (DOMAIN 4)."""
        return self.confidentiality == Confidentiality.POLICE_STUB

    @property
    def is_records_request(self) -> bool:
        """Say whether state law asks for a determination on it."""
        return self.kind == RequestKind.RECORDS


class RequestSubject(models.Model):
    """An employee a request is about: concerned people can never read, own or approve it."""

    service_request = models.ForeignKey(ServiceRequest, on_delete=models.CASCADE, related_name="subjects")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="subject_of")
    involvement = models.CharField(max_length=10, choices=choices_of(INVOLVEMENTS))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service_request", "employee"], name="subject_once_per_request"),
        ]

    def __str__(self) -> str:
        return f"{self.employee} {self.get_involvement_display()}"


class ImportedCase(models.Model):
    """What another city's system said of a request; its target is never our own due date."""

    service_request = models.OneToOneField(ServiceRequest, on_delete=models.CASCADE, related_name="imported_case")
    source = models.CharField(max_length=20)
    source_case_id = models.CharField(max_length=60)
    imported_due_at = models.DateTimeField(null=True, blank=True)
    agency = models.CharField(max_length=200, blank=True)
    category_text = models.CharField(max_length=300, blank=True)
    channel_text = models.CharField(max_length=60, blank=True)
    status_text = models.CharField(max_length=60, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    content_hash = models.CharField(max_length=64)
    imported_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "source_case_id"], name="imported_case_once_per_source"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.source_case_id}"

"""Who is away, what they set before they went, and which late answers it may explain (III.b.ii.3-5)."""

from django.db import models
from django.db.models import F, Q

from requests_app.domain.absences import AbsenceKind, AbsencePeriod
from requests_app.models.absence_words import ABSENCE_KINDS, ABSENCE_REASONS, GREETING_KINDS
from requests_app.models.clocks import Excusal, ResponseClock
from requests_app.models.directory import Department, Employee
from requests_app.models.labels import choices_of

_IS_KNOWN = Q(ends_at__isnull=False)


class Absence(models.Model):
    """From when until when somebody is away, and who stands in. Half open: back at `ends_at`, which may be unknown.

    Days off in somebody's own work pattern are no rows here: they follow from the pattern, and excuse nothing.
    """

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="absences")
    kind = models.CharField(max_length=10, choices=choices_of(ABSENCE_KINDS))
    reason = models.CharField(
        max_length=10, choices=choices_of(ABSENCE_REASONS), help_text="for supervisor and HR only"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    ask_again_on = models.DateField(null=True, blank=True, help_text="local date; while the return is unknown")
    alternate_person = models.ForeignKey(
        Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="absences_covered"
    )
    alternate_department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    no_alternate_reason = models.CharField(max_length=200, blank=True, help_text="III.b.ii.5.c declined, and why")
    one_text_reason = models.CharField(max_length=200, blank=True, help_text="III.b.ii.5.d declined, and why")
    source_uid = models.CharField(max_length=255, blank=True, help_text="what an imported calendar calls it")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    removed_reason = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1, help_text="so that a second editor sees what changed")

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~_IS_KNOWN | Q(ends_at__gt=F("starts_at")), name="absence_ends_after"),
            models.CheckConstraint(
                condition=_IS_KNOWN | Q(ask_again_on__isnull=False), name="absence_return_known_or_asked"
            ),
            models.CheckConstraint(
                condition=Q(alternate_person__isnull=True) | Q(alternate_department__isnull=True),
                name="absence_has_one_alternate",
            ),
            models.CheckConstraint(
                condition=Q(alternate_person__isnull=True) | ~Q(alternate_person=F("employee")),
                name="absence_alternate_is_another",
            ),
            models.UniqueConstraint(
                fields=["employee", "source_uid"],
                condition=Q(removed_at__isnull=True) & ~Q(source_uid=""),
                name="absence_imported_once",
            ),
        ]
        indexes = [
            models.Index(fields=["ends_at"], name="absence_standing", condition=Q(removed_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id}: {self.starts_at:%Y-%m-%d}"

    @property
    def period(self) -> AbsencePeriod:
        """Give the absence as the rules know it."""
        return AbsencePeriod(AbsenceKind(self.kind), self.starts_at, self.ends_at)


class AbsenceUpload(models.Model):
    """A file of absences between its preview and its application; it is deleted then, or after a day."""

    file_name = models.CharField(max_length=120)
    lines = models.JSONField(help_text="line number and cells by column, as selectors.absence_uploads read them")
    person = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    uploaded_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.file_name


class Greeting(models.Model):
    """One text of somebody who is away: written, set, looked at by the supervisor, taken down again (III.b.ii.5)."""

    absence = models.ForeignKey(Absence, on_delete=models.PROTECT, related_name="greetings")
    kind = models.CharField(max_length=20, choices=choices_of(GREETING_KINDS))
    language = models.CharField(max_length=5, default="en")
    text = models.TextField()
    written_at = models.DateTimeField()
    set_at = models.DateTimeField(null=True, blank=True)
    set_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    first_set_at = models.DateTimeField(null=True, blank=True, help_text="stays when the text is changed and set anew")
    said_back_on = models.DateField(null=True, blank=True, help_text="the day of return it gave when it was set")
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_right = models.BooleanField(null=True, blank=True, help_text="what the supervisor heard or read, if they looked")
    cleared_at = models.DateTimeField(null=True, blank=True)
    cleared_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["absence", "language", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["absence", "kind", "language"], name="greeting_once_per_absence"),
            models.CheckConstraint(
                condition=Q(cleared_at__isnull=True, set_at__isnull=True) | Q(first_set_at__isnull=False),
                name="greeting_cleared_was_set",
            ),
            models.CheckConstraint(
                condition=Q(checked_at__isnull=True, is_right__isnull=True)
                | Q(checked_at__isnull=False, is_right__isnull=False),
                name="greeting_checked_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absence_id}: {self.kind} {self.language}"


class ExcusalProposal(models.Model):
    """That an unforeseen absence may explain a late answer; a supervisor decides, never the absent person.

    `proposed_by` is None where the system proposed it on recording the absence. Removing the absence withdraws what
    is undecided and revokes what was granted.
    """

    absence = models.ForeignKey(Absence, on_delete=models.PROTECT, related_name="proposals")
    clock = models.ForeignKey(ResponseClock, on_delete=models.PROTECT, related_name="excusal_proposals")
    note = models.CharField(max_length=300, blank=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_after_breach = models.BooleanField(default=False, help_text="the absence was recorded after the due instant")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_granted = models.BooleanField(null=True, blank=True)
    decision_reason = models.CharField(max_length=300, blank=True)
    excusal = models.OneToOneField(Excusal, null=True, blank=True, on_delete=models.PROTECT, related_name="proposal")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["proposed_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["absence", "clock"], name="excusal_proposed_once"),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, is_granted__isnull=True, decision_reason="")
                | (Q(decided_at__isnull=False, is_granted__isnull=False) & ~Q(decision_reason="")),
                name="excusal_decision_says_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["proposed_at"],
                name="excusal_undecided",
                condition=Q(decided_at__isnull=True, withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absence_id}: {self.clock_id}"

"""Who works for the city, where, and in what role (II scope)."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from requests_app.domain.vocabulary import Role
from requests_app.models.labels import ROLES, choices_of

_LEFT_MEANS_GONE = models.Q(left_on__isnull=True) | models.Q(is_active=False)


class Department(models.Model):
    """A department or one of its divisions; the root of the tree is the city itself."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="divisions")
    phone = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(models.F("parent"), Lower("name"), name="department_name_once_per_parent"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Give the address of its page in the directory."""
        return reverse("department_detail", args=[self.slug])


class Employee(models.Model):
    """A person on the roster: employee, contractor or volunteer; a login is optional."""

    class Employment(models.TextChoices):
        EMPLOYEE = "employee", _("employee")
        CONTRACTOR = "contractor", _("contractor")
        VOLUNTEER = "volunteer", _("volunteer")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="employee"
    )
    name = models.CharField(max_length=120)
    name_normalised = models.CharField(max_length=120, editable=False, db_index=True)
    title = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    extension = models.CharField(max_length=12, blank=True)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="employees")
    employment = models.CharField(max_length=12, choices=Employment, default=Employment.EMPLOYEE)
    languages = models.JSONField(default=list, blank=True, help_text=_("language codes besides English"))
    is_sworn = models.BooleanField(default=False)
    hired_on = models.DateField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    left_on = models.DateField(null=True, blank=True)
    work_pattern = models.JSONField(
        default=dict, blank=True, help_text="as domain.work_patterns reads it; empty where none is recorded"
    )
    version = models.PositiveIntegerField(default=1, help_text="so that a second editor sees what changed")

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=_LEFT_MEANS_GONE, name="employee_who_left_is_gone")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Give the address of the person's page in the directory."""
        return reverse("person_detail", args=[self.pk])


class Alternate(models.Model):
    """Who stands in for a person, in order: another person, or a department's queue (III.b.ii.5)."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="alternates")
    position = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="alternate_for")
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=True) ^ models.Q(department__isnull=True),
                name="alternate_is_person_or_department",
            ),
            models.CheckConstraint(
                condition=models.Q(person__isnull=True) | ~models.Q(person=models.F("employee")),
                name="alternate_is_somebody_else",
            ),
            models.UniqueConstraint(fields=["employee", "person"], name="alternate_person_once"),
            models.UniqueConstraint(fields=["employee", "department"], name="alternate_department_once"),
        ]

    def __str__(self) -> str:
        return str(self.person or self.department)


class Departure(models.Model):
    """That somebody left, and what was taken from them then, so that a mistake can be undone."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="departures")
    left_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    roles = models.JSONField(default=list, blank=True, help_text="role and department id of each role taken away")
    had_login = models.BooleanField(default=False)
    handed_over = models.PositiveIntegerField(default=0, help_text="open requests that went to others")

    class Meta:
        ordering = ["-recorded_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.employee}, {self.left_on}"


class RosterUpload(models.Model):
    """A roster file between its preview and its application; it is deleted then, or after a day."""

    file_name = models.CharField(max_length=120)
    lines = models.JSONField(help_text="line number and cells by column, as domain.roster_files read them")
    ignored = models.JSONField(default=list, blank=True, help_text="headings nothing is known of")
    uploaded_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.file_name


class RoleAssignment(models.Model):
    """A role held by a person in a department and everything below it."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="role_assignments")
    role = models.CharField(max_length=20, choices=choices_of(ROLES))
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="role_assignments")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employee", "role", "department"], name="role_held_once_per_department"),
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in ROLES]) & ~models.Q(role=Role.OWNER.value),
                name="role_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee}: {self.get_role_display()}, {self.department}"

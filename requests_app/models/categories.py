"""What a contact is about, and who deals with it by default (III.a.iv)."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from requests_app.domain.vocabulary import Confidentiality
from requests_app.models.directory import Department, Employee
from requests_app.models.labels import CONFIDENTIALITIES, KINDS, choices_of


class Category(models.Model):
    """A subject in everyday words; it gives kind, department and default owner."""

    name = models.CharField(max_length=120, unique=True)
    name_es = models.CharField(max_length=120, blank=True)
    slug = models.SlugField(max_length=60, unique=True)
    keywords = models.TextField(blank=True, help_text="everyday words in any language, separated by commas")
    kind = models.CharField(max_length=12, choices=choices_of(KINDS))
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="categories")
    default_owner = models.ForeignKey(
        Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="categories_owned"
    )
    backup_owner = models.ForeignKey(
        Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="categories_backed_up"
    )
    referral_agency = models.CharField(max_length=120, blank=True)
    confidentiality = models.CharField(
        max_length=20, choices=choices_of(CONFIDENTIALITIES), default=Confidentiality.ORDINARY.value
    )
    is_hazard = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        language = get_language() or "en"
        return self.name_es if self.name_es and language.startswith("es") else self.name

    @property
    def is_handed_over(self) -> bool:
        """Say whether it goes to the police department, and nothing of it is kept (DOMAIN 4)."""
        return self.confidentiality == Confidentiality.POLICE_STUB

    @property
    def is_write_only(self) -> bool:
        """Say whether whoever logs it cannot read it afterwards: a report of improper activity (DOMAIN 4)."""
        return self.confidentiality == Confidentiality.IMPROPER_ACTIVITY


class OnCallNumber(models.Model):
    """Whom to tell of a danger at this hour; numbers are data and are checked yearly."""

    class Hours(models.TextChoices):
        ALWAYS = "always", _("always")
        BUSINESS = "business", _("business hours")
        CLOSED = "closed", _("outside business hours")

    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=40)
    hours = models.CharField(max_length=10, choices=Hours, default=Hours.ALWAYS)
    position = models.PositiveSmallIntegerField(default=0)
    checked_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return f"{self.name}, {self.phone}"

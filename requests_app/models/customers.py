"""Who contacts the city: a person or a business, with any number of ways to reach them, or none (I purpose)."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from requests_app.models.directory import Employee


class Customer(models.Model):
    """A person or business; name-only and phone-only customers are first class."""

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        BUSINESS = "business", _("business")

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PERSON)
    name = models.CharField(max_length=120, blank=True)
    name_normalised = models.CharField(max_length=120, blank=True, editable=False, db_index=True)
    language = models.CharField(max_length=8, default="en")
    created_at = models.DateTimeField()
    last_contact_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="merged_customers"
    )

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name or str(_("Name not given"))

    def get_absolute_url(self) -> str:
        """Give the address of the customer's page."""
        return reverse("customer_detail", args=[self.pk])


class ContactPoint(models.Model):
    """One way to reach a customer, kept normalised beside what was typed."""

    class Kind(models.TextChoices):
        PHONE = "phone", _("phone")
        EMAIL = "email", _("e-mail")

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=5, choices=Kind)
    value = models.CharField(max_length=254, help_text=_("E.164 for a phone, lower case for an e-mail"))
    extension = models.CharField(max_length=12, blank=True)
    as_typed = models.CharField(max_length=254)
    reversed_digits = models.CharField(
        max_length=20, blank=True, db_index=True, help_text=_("for finding a phone by its last digits")
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "kind", "value", "extension"], name="contact_point_once_per_customer"
            ),
            models.CheckConstraint(condition=~models.Q(value=""), name="contact_point_has_value"),
        ]
        indexes = [models.Index(fields=["value"], name="contact_point_value")]

    def __str__(self) -> str:
        return self.as_typed  # an extension stands in it, as people write it


class CustomerChange(models.Model):
    """One fact of a customer as it was before an edit and after; it goes where the customer goes."""

    class Fact(models.TextChoices):
        NAME = "name", _("name")
        KIND = "kind", _("person or business")
        LANGUAGE = "language", _("language")
        PHONE = "phone", _("phone")
        EMAIL = "email", _("e-mail")

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="changes")
    fact = models.CharField(max_length=8, choices=Fact)
    before = models.CharField(max_length=254, blank=True)
    after = models.CharField(max_length=254, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_fact_display()}, {self.changed_at:%Y-%m-%d %H:%M}"

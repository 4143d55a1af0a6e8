"""Cards of other agencies people are sent to, and which request was referred with which card."""

from django.db import models
from django.urls import reverse

from requests_app.models.directory import Employee
from requests_app.models.service_requests import ServiceRequest


class ReferralCard(models.Model):
    """What is told to somebody whose matter another agency deals with; a retired card stays on its requests."""

    agency = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    handles = models.CharField(max_length=200)
    keywords = models.TextField(blank=True, help_text="everyday words in any language, separated by commas")
    phone = models.CharField(max_length=40)
    hours = models.CharField(max_length=120)
    hours_es = models.CharField(max_length=120)
    web = models.URLField(max_length=200, blank=True)
    read_back = models.CharField(max_length=300)
    read_back_es = models.CharField(max_length=300)
    owner = models.ForeignKey(
        Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="referral_cards", help_text="checks it"
    )
    checked_on = models.DateField(null=True, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["agency"]

    def __str__(self) -> str:
        return self.agency

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        return reverse("referral_card", args=[self.slug])


class Referral(models.Model):
    """That a request ended with its customer sent to the agency of a card; reopened, it is forgotten."""

    service_request = models.OneToOneField(ServiceRequest, on_delete=models.CASCADE, related_name="referral")
    card = models.ForeignKey(ReferralCard, on_delete=models.PROTECT, related_name="referrals")
    referred_at = models.DateTimeField()

    class Meta:
        ordering = ["-referred_at", "-pk"]
        indexes = [models.Index(fields=["card", "-referred_at"], name="referral_card")]

    def __str__(self) -> str:
        return f"{self.card}: {self.service_request_id}"

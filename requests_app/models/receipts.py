"""Receipts given to customers: the words, the date promised in them, and the mail that carried one (III.a.iii)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from requests_app.domain.receipts import ReceiptRoute
from requests_app.models.directory import Employee
from requests_app.models.labels import Labels, choices_of
from requests_app.models.notices import OutgoingMail
from requests_app.models.service_requests import ServiceRequest

RECEIPT_ROUTES: Labels = {
    ReceiptRoute.MAIL: _("By e-mail"),
    ReceiptRoute.SLIP: _("On a slip"),
}


class Receipt(models.Model):
    """One receipt, as it was given; a later date is told by a new one. `promised_for` is the answer-by date in it."""

    service_request = models.ForeignKey(ServiceRequest, on_delete=models.CASCADE, related_name="receipts")
    route = models.CharField(max_length=4, choices=choices_of(RECEIPT_ROUTES))
    language = models.CharField(max_length=8)
    text = models.TextField(help_text="one sentence a line")
    promised_for = models.DateTimeField(null=True, blank=True)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    mail = models.OneToOneField(
        OutgoingMail,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="receipt",
        help_text="by e-mail only",
    )

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["given_at"], name="receipt_given")]

    def __str__(self) -> str:
        return f"{self.get_route_display()}, {self.given_at:%Y-%m-%d %H:%M}"

    @property
    def lines(self) -> list[str]:
        """Give the sentences."""
        return self.text.splitlines()

"""What was taken out of a request, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import QuerySet

from requests_app.models import Customer, RedactedText, Redaction, ServiceRequest


@dataclass(frozen=True, slots=True)
class OriginalText:
    """A text as it was before anything was taken out of it."""

    place: str
    original: Any


def standing_redactions(service_request: ServiceRequest) -> QuerySet[Redaction]:
    """Give the redactions in force on a request, oldest first."""
    return Redaction.objects.filter(service_request=service_request, lifted_at__isnull=True)


def redactions_of(service_request: ServiceRequest) -> QuerySet[Redaction]:
    """Give every redaction of a request, lifted ones included."""
    return Redaction.objects.filter(service_request=service_request).select_related("redacted_by", "lifted_by")


def originals_of(service_request: ServiceRequest) -> list[OriginalText]:
    """Give the texts of a request as they were before; reading them is recorded by the caller."""
    rows = RedactedText.objects.filter(redactions__service_request=service_request).distinct().order_by("pk")
    return [OriginalText(row.place, row.original) for row in rows]


def is_known_elsewhere(customer: Customer, *, besides: ServiceRequest | None) -> bool:
    """Say whether anything but one request, and what goes where the customer goes, still refers to a customer."""
    for relation in customer._meta.related_objects:
        if relation.on_delete is models.CASCADE:  # what belongs to the customer is no reason to keep one
            continue
        rows: QuerySet[Any] = relation.related_model._default_manager.filter(**{relation.field.name: customer})
        if relation.related_model is ServiceRequest and besides is not None:
            rows = rows.exclude(pk=besides.pk)
        if rows.exists():
            return True
    return False


def words_of(redactions: Sequence[Redaction]) -> list[str]:
    """Give the words that were taken out, for whoever may read them."""
    return [str(text) for redaction in redactions for text, _whole in redaction.passages]

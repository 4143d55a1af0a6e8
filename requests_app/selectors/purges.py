"""Where payment-card and social-security numbers stand in a request, and which purges wait."""

from django.db.models import QuerySet

from requests_app.domain.sensitive_text import count_numbers
from requests_app.models import Purge, RedactedText, Redaction, ServiceRequest
from requests_app.selectors.request_texts import HOMES_BY_PLACE, texts_of


def has_numbers(service_request: ServiceRequest) -> bool:
    """Say whether any text of a request, its redacted originals included, holds such a number."""
    shown = (value for _place, _pk, value in texts_of(service_request.pk))
    originals = RedactedText.objects.filter(redactions__service_request=service_request).values_list("original")
    passages = Redaction.objects.filter(service_request=service_request).values_list("passages")
    aside = (value for (value,) in (*originals, *passages))
    return any(count_numbers(value) for value in (*shown, *aside))


def all_purges() -> QuerySet[Purge]:
    """Give the purges, those that wait first."""
    rows = Purge.objects.select_related("service_request", "requested_by", "confirmed_by")
    return rows.order_by("confirmed_at", "-pk")


def redacted_originals(service_request: ServiceRequest) -> QuerySet[RedactedText]:
    """Give the originals kept of the texts of a request, those redacted for another request included."""
    ids: set[int] = set()
    for place, (home, _field) in HOMES_BY_PLACE.items():
        rows = home.rows_of([service_request.pk]).values("pk")
        ids.update(RedactedText.objects.filter(place=place, object_id__in=rows).values_list("pk", flat=True))
    return RedactedText.objects.filter(pk__in=ids)

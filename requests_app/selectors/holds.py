"""Which requests must be kept, whatever their age."""

from django.db.models import Count, F, QuerySet

from requests_app.models import LegalHold, ServiceRequest


def holds_of(service_request: ServiceRequest) -> QuerySet[LegalHold]:
    """Give the holds of a request, the newest first; released ones included."""
    return LegalHold.objects.filter(service_requests=service_request).select_related("placed_by", "released_by")


def standing_holds_of(service_request: ServiceRequest) -> QuerySet[LegalHold]:
    """Give the holds in force on a request."""
    return holds_of(service_request).filter(released_at__isnull=True)


def all_holds() -> QuerySet[LegalHold]:
    """Give every hold with the number of its requests, those in force first."""
    holds = LegalHold.objects.select_related("placed_by", "released_by").annotate(n=Count("service_requests"))
    return holds.order_by(F("released_at").desc(nulls_first=True), "-pk")


def held_requests() -> QuerySet[ServiceRequest]:
    """Give the requests that some hold keeps."""
    return ServiceRequest.objects.filter(holds__released_at__isnull=True, holds__isnull=False)

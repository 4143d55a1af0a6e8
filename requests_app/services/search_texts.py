"""Keep what a request is found by in step with what it shows."""

from requests_app.domain.search_text import build_search_text
from requests_app.models import ImportedCase, ServiceRequest


def refresh_search_text(service_request: ServiceRequest) -> None:
    """Build the search text of a saved request anew from what it shows now."""
    customer = service_request.customer
    contacts = list(customer.contact_points.values_list("value", flat=True)) if customer else []
    case_ids = ImportedCase.objects.filter(service_request=service_request).values_list("source_case_id", flat=True)
    service_request.search_text = build_search_text(
        number=service_request.number,
        title=service_request.title,
        customer_name=customer.name if customer else "",
        place=service_request.place,
        contact_values=[*contacts, *case_ids],
    )
    service_request.save(update_fields=["search_text"])

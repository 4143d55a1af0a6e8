"""Keep what a request is found by in step with what it shows."""

from collections.abc import Iterable

from requests_app.domain.search_text import build_search_text
from requests_app.models import Customer, ImportedCase, ServiceRequest

_AT_ONCE = 200


def refresh_search_text(service_request: ServiceRequest) -> None:
    """Build the search text of a saved request anew from what it shows now."""
    customer = service_request.customer
    service_request.search_text = _text(
        service_request,
        customer=customer,
        contacts=_contacts(customer) if customer else [],
        case_ids=ImportedCase.objects.filter(service_request=service_request).values_list("source_case_id", flat=True),
    )
    service_request.save(update_fields=["search_text"])


def refresh_search_texts(customer: Customer) -> None:
    """Build the search texts of all requests of a customer anew; few queries for any number."""
    rows = list(ServiceRequest.objects.filter(customer=customer).only("number", "title", "place"))
    cases: dict[int, list[str]] = {}
    for pk, case_id in ImportedCase.objects.filter(service_request__in=rows).values_list(
        "service_request_id", "source_case_id"
    ):
        cases.setdefault(pk, []).append(case_id)
    contacts = _contacts(customer)
    for row in rows:
        row.search_text = _text(row, customer=customer, contacts=contacts, case_ids=cases.get(row.pk, []))
    ServiceRequest.objects.bulk_update(rows, ["search_text"], batch_size=_AT_ONCE)


def _contacts(customer: Customer) -> list[str]:
    return list(customer.contact_points.values_list("value", flat=True))


def _text(
    service_request: ServiceRequest, *, customer: Customer | None, contacts: Iterable[str], case_ids: Iterable[str]
) -> str:
    return build_search_text(
        number=service_request.number,
        title=service_request.title,
        customer_name=customer.name if customer else "",
        place=service_request.place,
        contact_values=[*contacts, *case_ids],
    )

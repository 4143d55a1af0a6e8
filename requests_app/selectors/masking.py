"""What an auditor reads of a request: its facts and dates, without anybody's identity and without anybody's words."""

from django.utils.translation import gettext

from requests_app.models import Customer, ServiceRequest

# Words somebody typed: a name may stand in any of them.
_TYPED = ("place", "best_time_to_reach", "external_reference", "outcome_note", "hazard_told", "search_text")


def masked_title(*, category: str, kind: str) -> str:
    """Give what stands in for a title: what sort of matter it is."""
    return f"{kind}: {category}" if category else kind


def mask(service_request: ServiceRequest) -> ServiceRequest:
    """Take identity and typed words out of a request that is to be shown; never save what came of it."""
    category = str(service_request.category) if service_request.category else ""
    service_request.title = masked_title(category=category, kind=str(service_request.get_kind_display()))
    service_request.customer = Customer(name=gettext("Identity withheld"))
    service_request.colleague = None
    deferred = service_request.get_deferred_fields()
    for name in _TYPED:
        if name not in deferred:
            setattr(service_request, name, "")
    return service_request

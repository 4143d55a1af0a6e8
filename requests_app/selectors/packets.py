"""What goes into the files that several people read: ordinary matters only."""

from requests_app.domain.vocabulary import Confidentiality
from requests_app.models import ResponseClock, ServiceRequest
from requests_app.selectors.reports.scope import ReportScope


def ordinary_matters() -> ReportScope:
    """Give the ordinary matters of the whole city: what every reader of a report may know, whoever is concerned."""
    return ReportScope(
        ResponseClock.objects.filter(service_request__confidentiality=Confidentiality.ORDINARY),
        ServiceRequest.objects.filter(confidentiality=Confidentiality.ORDINARY),
    )

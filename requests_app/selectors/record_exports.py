"""Exports of public records, and who may fetch them."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from requests_app.domain.vocabulary import Confidentiality, Role
from requests_app.models import RecordsExport, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.visibility import requests_visible_to

EXPORTERS = (Role.RECORDS_CLERK, Role.HR)
RESTRICTED = ~Q(confidentiality=Confidentiality.ORDINARY)


def exports_open_to(actor: Actor) -> QuerySet[RecordsExport]:
    """Give the exports somebody may fetch: their own and, for the records clerk, everybody's.

    None with a request in it that they may not see, or no longer.
    """
    rows = RecordsExport.objects.select_related("job", "requested_by")
    if not actor.holds(Role.RECORDS_CLERK):
        rows = rows.filter(requested_by=actor.employee_id)
    # Every request of an export, less those its reader sees.
    inside = ServiceRequest.objects.filter(records_exports=OuterRef("pk"))
    return rows.exclude(Exists(inside.exclude(pk__in=requests_visible_to(actor).order_by().values("pk"))))

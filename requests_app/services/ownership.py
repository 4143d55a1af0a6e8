"""What nobody took goes to the supervisor (III.a.iv)."""

from datetime import datetime

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.domain.event_kinds import EventKind
from requests_app.models import Employee, Notice, ServiceRequest
from requests_app.selectors.access import SYSTEM
from requests_app.selectors.ownership import request_ids_unowned
from requests_app.selectors.successors import taker_of
from requests_app.services.assignments import assign_owner
from requests_app.services.events import record_event
from requests_app.services.notices import NoticeEntry, queue_notice

logger = structlog.get_logger(__name__)


def pass_unowned_requests(*, now: datetime) -> int:
    """Give each request that nobody took in time to the nearest supervisor who may have it, and say how many.

    Where there is no such supervisor the request stays as it is; the watchdog reports it.
    """
    passed = 0
    for request_id in request_ids_unowned(now):
        try:
            passed += _pass_on(request_id, now=now)
        except Exception as error:  # one bad row never stops the rest
            logger.exception("request_not_passed_on", request_id=request_id, error=str(error))
    return passed


@transaction.atomic
def _pass_on(request_id: int, *, now: datetime) -> bool:
    service_request = (
        ServiceRequest.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("department")
        .filter(pk=request_id, owner__isnull=True, closed_at__isnull=True, unowned_until_at__lte=now)
        .first()
    )
    supervisor = taker_of(service_request, now=now) if service_request else None
    if service_request is None or supervisor is None:
        return False
    assign_owner(service_request, owner=supervisor, department=service_request.department, actor=SYSTEM, at=now)
    record_event(
        service_request,
        EventKind.UNOWNED,
        actor=SYSTEM,
        at=now,
        text=supervisor.name,
        fields={"owner": supervisor.pk},
    )
    _tell(supervisor, service_request, now=now)
    return True


def _tell(supervisor: Employee, service_request: ServiceRequest, *, now: datetime) -> None:
    queue_notice(
        NoticeEntry(
            kind=Notice.Kind.UNOWNED,
            recipient=supervisor,
            service_request=service_request,
            dedupe_key=f"unowned:{service_request.pk}:{service_request.version}:{supervisor.pk}",
            text=_("Nobody took it in time. Answer it yourself, or give it to somebody."),
        ),
        at=now,
    )

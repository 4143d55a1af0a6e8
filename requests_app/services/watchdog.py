"""The watchdog: once a morning, look for what should have happened and did not."""

from contextlib import suppress
from datetime import datetime

import structlog
from django.db import transaction
from django.utils import timezone, translation

from requests_app.domain.calendar_errors import CalendarError
from requests_app.domain.vocabulary import Role
from requests_app.models import Employee, Notice
from requests_app.selectors.recipients import present
from requests_app.selectors.standards import response_calendar_version
from requests_app.selectors.watchdog import watchdog_findings
from requests_app.services.mail_texts import STAFF_LANGUAGE
from requests_app.services.notices import NoticeEntry, queue_notice
from requests_app.services.sweeps import claim_local_day

WATCHDOG = "watchdog_morning"
# Without a calendar for today the watch is kept all the same: that is one of the things to report.
_OPENS_AT_HOUR = 8

logger = structlog.get_logger(__name__)


@transaction.atomic
def run_watchdog(*, now: datetime) -> dict[str, int]:
    """Tell the administrators what needs them, in one mail each; acts once a business morning, however often called."""
    if not _is_business_morning(now) or not claim_local_day(WATCHDOG, now=now):
        return {"findings": 0, "told": 0}
    with translation.override(STAFF_LANGUAGE):
        findings = watchdog_findings(now)
    told = sum(_tell(administrator, findings, now=now) for administrator in _administrators()) if findings else 0
    if findings and not told:
        logger.error("nobody_to_tell", findings=findings)
    return {"findings": len(findings), "told": told}


def _is_business_morning(now: datetime) -> bool:
    """Say whether the city has opened today; it stays so to the end of the day, for a worker that comes late."""
    version = response_calendar_version()
    if version is not None:
        with suppress(CalendarError):
            calendar = version.business_calendar()
            spans = calendar.open_intervals_utc(calendar.local_date(now))
            return bool(spans) and spans[0].start_at <= now
    return timezone.localtime(now).hour >= _OPENS_AT_HOUR


def _administrators() -> list[Employee]:
    holders = Employee.objects.filter(role_assignments__role=Role.ADMINISTRATOR).distinct().order_by("pk")
    return [employee for employee in holders if present(employee)]


def _tell(administrator: Employee, findings: list[str], *, now: datetime) -> bool:
    entry = NoticeEntry(
        kind=Notice.Kind.WATCHDOG,
        recipient=administrator,
        dedupe_key=f"watchdog:{timezone.localdate(now)}:{administrator.pk}",
        text="\n".join(f"* {finding}" for finding in findings),
    )
    return queue_notice(entry, at=now) is not None

"""The report of a closed month to Human Resources: made once by the calendar, and told of when it is ready."""

from contextlib import suppress
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from requests_app.domain.calendar_errors import CalendarError
from requests_app.domain.monthly_reports import month_due
from requests_app.domain.periods import Month
from requests_app.domain.vocabulary import Role
from requests_app.models import BackgroundJob, Employee, Notice, ReportFile
from requests_app.selectors.access import SYSTEM
from requests_app.selectors.choices import current_choices
from requests_app.selectors.packets import had_begun
from requests_app.selectors.standards import response_calendar_version
from requests_app.services.events import record_audit
from requests_app.services.mail_texts import STAFF_LANGUAGE
from requests_app.services.notices import NoticeEntry, queue_notice
from requests_app.services.report_files import ask_for_job


@transaction.atomic
def ask_for_monthly_report(*, now: datetime) -> dict[str, int]:
    """Have the report of the last month made once it is due: once, however often called and by however many.

    One that failed is asked for again on a later day. A city that had logged nothing by the month's end gets none.
    """
    month = _month_due(now)
    if month is None or not had_begun(month):
        return {"asked": 0}
    asked = {"from": str(month.first_on), "to": str(month.last_on)}
    # The unique month decides between two at once: the other waits here, and then finds the row.
    file, is_new = ReportFile.objects.get_or_create(
        month=str(month), defaults={"format": ReportFile.Format.PDF, "asked": asked, "requested_at": now}
    )
    if not is_new and not _is_to_be_repeated(file, now=now):
        return {"asked": 0}
    ask_for_job(file, actor=SYSTEM, at=now)
    record_audit("monthly_report_asked", file, actor=SYSTEM, at=now, fields={"month": file.month})
    return {"asked": 1}


def tell_of_monthly_report(file: ReportFile, *, at: datetime) -> int:
    """Tell every reader of Human Resources where the report is, each once; no figure is in the mail."""
    with translation.override(STAFF_LANGUAGE):
        words = {
            "month": date_format(Month.parse(file.month).first_on, "F Y"),
            "url": f"{settings.PUBLIC_URL}{reverse('report_file', args=[file.pk])}",
        }
        text = gettext("The compliance report of %(month)s is ready: %(url)s") % words
    readers = Employee.objects.filter(role_assignments__role=Role.HR).distinct().order_by("pk")
    entries = [
        NoticeEntry(kind=Notice.Kind.REPORT, recipient=reader, dedupe_key=f"report:{file.month}:{reader.pk}", text=text)
        for reader in readers
    ]
    return sum(queue_notice(entry, at=at) is not None for entry in entries)


def _month_due(now: datetime) -> Month | None:
    version = response_calendar_version()
    if version is not None:
        with suppress(CalendarError):  # past the last confirmed closure nobody knows the days: the watchdog says so
            return month_due(
                version.business_calendar(),
                timezone.localdate(now),
                business_day=current_choices().monthly_report_business_day,
            )
    return None


def _is_to_be_repeated(file: ReportFile, *, now: datetime) -> bool:
    """Say whether a report is still not there and its job failed on an earlier day."""
    job = file.job
    if file.finished_at is not None or job is None or job.status != BackgroundJob.Status.FAILED:
        return False
    return job.finished_at is not None and timezone.localdate(job.finished_at) < timezone.localdate(now)

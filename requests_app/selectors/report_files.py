"""Files of the compliance report, and who may fetch them."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.formats import date_format

from requests_app.domain.periods import Month, Period
from requests_app.domain.vocabulary import Role
from requests_app.models import ReportFile
from requests_app.selectors.access import Actor
from requests_app.selectors.reports.replays import scope_mark
from requests_app.selectors.reports.scope import report_scope

# How long a file is kept; afterwards it is made again in a minute.
KEPT = timedelta(days=7)
# That of a month is told of by mail, which somebody may read after a holiday.
MONTH_KEPT = timedelta(days=60)


def report_files_open_to(actor: Actor) -> QuerySet[ReportFile]:
    """Give the files somebody may fetch, without their content: their own; Human Resources also those of a month.

    One made for a reach its asker has no longer is not there any more; the job that made it says for which.
    """
    mark = scope_mark(actor, report_scope(actor))
    reaches = Q(job__result__reach=mark) | Q(job__result__reach__isnull=True)
    open_to = Q(reaches, requested_by=actor.employee_id, month="")
    if actor.holds(Role.HR):
        open_to |= ~Q(month="")
    return ReportFile.objects.select_related("job", "requested_by").defer("content").filter(open_to)


def file_words(file: ReportFile) -> str:
    """Say of what a file is: its month or its dates, and what else narrows it."""
    period = Period(*(date.fromisoformat(file.asked[name]) for name in ("from", "to")))
    month = Month.of(period.from_on)
    days = [date_format(on, "j M Y") for on in (period.from_on, period.to_on)]
    words = date_format(month.first_on, "F Y") if period == Period.of_month(month) else " – ".join(days)
    return " · ".join([words, *(value for name, value in file.asked.items() if name not in ("from", "to"))])


def content_of(file: ReportFile) -> bytes | None:
    """Read the content of a file; None where it is not there, or no longer."""
    content = ReportFile.objects.values_list("content", flat=True).get(pk=file.pk)
    return bytes(content) if content is not None else None

"""What a background worker does of a report: read what was asked, as the page reads it, and draw the file."""

from urllib.parse import urlencode

from django.urls import reverse

from requests_app.models import ReportFile
from requests_app.selectors.access import SYSTEM, actor_for_employee
from requests_app.selectors.packets import ordinary_matters
from requests_app.selectors.reports.replays import scope_mark
from requests_app.selectors.reports.scope import may_read_reports, report_scope
from requests_app.services.jobs import JobRun
from requests_app.services.monthly_reports import tell_of_monthly_report
from requests_app.services.report_files import MadeFile, keep_report_file
from requests_app.views.report_access import Reading, reading_of
from requests_app.views.report_paper import draw_report
from requests_app.views.report_sheets import write_report_workbook

_STEPS = 3  # of a PDF: read, drawn, kept


class NoLongerAReader(RuntimeError):
    """Whoever asked for a file reads no reports any more."""


def make_report_file(run: JobRun) -> dict[str, object]:
    """Make the file of one row; what its requester may not see, now that it is made, is not in it."""
    file = ReportFile.objects.select_related("requested_by").get(pk=int(str(run.parameters["report_file_id"])))
    reading = _reading(file, run)
    if file.format == ReportFile.Format.XLSX:
        made = write_report_workbook(reading, report=run.report)
    else:
        run.report(1, _STEPS)
        made = MadeFile(content=draw_report(reading), rows=0)
        run.report(_STEPS - 1, _STEPS)
    address = f"{reverse('compliance')}?{urlencode({**file.asked, 'format': file.format})}"
    keep_report_file(file, made, actor=reading.actor, address=address, at=run.clock())
    if file.month:
        tell_of_monthly_report(file, at=run.clock())
    reach = scope_mark(reading.actor, reading.scope)
    return {"rows": made.rows, "bytes": len(made.content), **({} if file.month else {"reach": reach})}


def _reading(file: ReportFile, run: JobRun) -> Reading:
    """Give the look of whoever asked; the report of a month is for many, so it is made of ordinary matters only."""
    now = run.clock()
    actor = actor_for_employee(file.requested_by) if file.requested_by else SYSTEM
    if file.requested_by and not may_read_reports(actor):
        raise NoLongerAReader(file.pk)
    scope = report_scope(actor) if file.requested_by else ordinary_matters(as_of=now)
    return reading_of(actor, scope, file.asked, now=now)

"""The rounds of the voicemail box day by day, and what was logged from them: coverage, not a rate (III.b.ii.3)."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from requests_app.models import VoicemailCheck
from requests_app.selectors.voicemail_checks import BoxDay, box_days
from requests_app.services.exports import record_export
from requests_app.views.csv_files import csv_file
from requests_app.views.logging_coverage import page_of, query_of
from requests_app.views.report_access import read_report
from requests_app.views.scorecard import link_params


@require_GET
@login_required
def voicemail_day_list(request: HttpRequest) -> HttpResponseBase:
    """List the business days of a period with the rounds of the box, or write them to a file."""
    reading = read_report(request)
    days = box_days(query_of(reading).period, now=reading.now)
    params = link_params(reading)
    if request.GET.get("format") == "csv":
        address = request.get_full_path()
        record_export(actor=reading.actor, address=address, rows=len(days), at=reading.now, of=VoicemailCheck)
        heads = [_("Day"), _("First round ended"), _("Late"), _("Rounds"), _("Messages"), _("Logged")]
        return csv_file("voicemail-box", heads, map(_cells, days))
    context = {
        **page_of(request, reading),
        "total": len(days),
        "checked": sum(bool(day.checks) for day in days),
        "days": days,
        "csv_url": f"?{urlencode({**params, 'format': 'csv'})}",
        "back_url": f"{reverse('logging_coverage')}?{urlencode(params)}",
    }
    return render(request, "front_desk/voicemail_days.html", context)


def _cells(day: BoxDay) -> list[object]:
    first = day.checks[0].finished_at if day.checks else None
    if first is None:
        return [day.on.isoformat(), "", "", 0, "", ""]
    late = _("yes") if day.is_late else _("no")
    ended = f"{timezone.localtime(first):%Y-%m-%d %H:%M}"
    return [day.on.isoformat(), ended, late, len(day.checks), day.messages, day.logged]

"""What residents wrote: for Human Resources alone, without a request, a person or a day (III.c.ii)."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from requests_app.domain.retention import RetentionCode
from requests_app.domain.vocabulary import Role
from requests_app.models import SurveyAnswer
from requests_app.selectors.registers import ended_by, rows_past
from requests_app.selectors.survey_texts import survey_texts
from requests_app.services.exports import record_export
from requests_app.views.csv_files import csv_file
from requests_app.views.feedback import departments_of, feedback_filters, read_feedback
from requests_app.views.gates import actor_holding

_PAGE = 50


@login_required
@require_GET
def texts(request: HttpRequest) -> HttpResponseBase:
    """List the texts of a period and department, or write them to a file."""
    actor = actor_holding(request, Role.HR)
    reading = read_feedback(request)
    found = survey_texts(period=reading.address.period, department_ids=departments_of(reading))
    params = reading.address.link_params()
    if request.GET.get("format") == "csv":
        rows = [[f"{row.month:%Y-%m}", row.department.name, row.get_channel_display(), row.comment] for row in found]
        record_export(actor=actor, address=request.get_full_path(), rows=len(rows), at=reading.now, of=SurveyAnswer)
        heads = ["Month", "Department", "Channel", "Text"]
        return csv_file("feedback-texts", [gettext(head) for head in heads], rows)
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    ended_by_on = ended_by(RetentionCode.SURVEY, now=reading.now)
    context = {
        "reading": reading,
        "filters": feedback_filters(reading),
        "clear_url": reverse("feedback_texts") if request.GET else "",
        "csv_url": f"?{urlencode({**params, 'format': 'csv'})}",
        "page": page,
        "pager": _pager(page, params),
        "old": sum(rows.count() for rows in rows_past(RetentionCode.SURVEY, ended_by_on=ended_by_on).values()),
    }
    return render(request, "feedback/texts.html", context)


def _pager(page: Any, params: dict[str, str]) -> dict[str, str]:
    def url(number: int) -> str:
        return f"?{urlencode({**params, 'page': number})}"

    return {
        "previous_url": url(page.previous_page_number()) if page.has_previous() else "",
        "next_url": url(page.next_page_number()) if page.has_next() else "",
        "shown": gettext("%(first)s to %(last)s of %(count)s")
        % {"first": page.start_index(), "last": page.end_index(), "count": page.paginator.count},
    }

"""How much of what was counted was logged: the page, its days, and the contacts behind each number."""

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from requests_app.domain.counted_contacts import COUNTABLE
from requests_app.models import ContactCount
from requests_app.models.labels import CHANNELS
from requests_app.selectors.counted_contacts import may_count
from requests_app.selectors.reports.logging_coverage import (
    CountedDay,
    CoverageCell,
    FewDay,
    LoggingCoverage,
    counted_days,
    logged_list,
    logging_coverage,
    months_without_count,
)
from requests_app.selectors.reports.scope import ReportQuery, of_now
from requests_app.selectors.voicemail_checks import box_days
from requests_app.services.exports import record_export
from requests_app.views.csv_files import csv_file
from requests_app.views.report_access import Reading, read_report
from requests_app.views.report_figures import share_words
from requests_app.views.report_lists import keyset_page
from requests_app.views.report_parts import definitions_of, report_tabs
from requests_app.views.scorecard import link_params

_SIZE = 50
_MOST = 200
CHANNELS_BY_CODE = {channel.value: CHANNELS[channel] for channel in COUNTABLE}


@require_GET
@login_required
def logging_coverage_page(request: HttpRequest) -> HttpResponse:
    """Show counted against logged, and the days with improbably few."""
    reading = read_report(request)
    found = logging_coverage(reading.scope, query_of(reading))
    context = {
        **page_of(request, reading),
        "tabs": report_tabs(reading, "logging_coverage"),
        "coverage": found,
        "share": share_words(found.found, found.counted, small_number=reading.address.choices.small_number),
        "days_url": f"{reverse('counted_days')}?{urlencode(link_params(reading))}",
        "rows": [_cell_row(cell, found, reading) for cell in found.cells],
        "few": [_few_row(day, found) for day in found.few[:_MOST]],
        "most": _MOST if len(found.few) > _MOST else 0,
        "uncounted": months_without_count(reading.scope, query_of(reading)),
        "may_count": may_count(reading.actor),
        "box_days": box_days(reading.address.query().period, now=reading.now),
        "box_url": f"{reverse('voicemail_days')}?{urlencode(link_params(reading))}",
        "definitions": definitions_of(("coverage",)),
    }
    return render(request, "coverage/page.html", context)


@require_GET
@login_required
def counted_day_list(request: HttpRequest) -> HttpResponseBase:
    """Show each counted day of a period, of one cell or of all, or write them to a file."""
    reading = read_report(request)
    params = link_params(reading)
    cell = {name: request.GET[name] for name in ("of", "by") if request.GET.get(name)}
    days = [day for day in counted_days(reading.scope, query_of(reading)) if _is_asked(day, cell)]
    names = {each.pk: each.name for each in reading.address.choices.departments}
    if request.GET.get("format") == "csv":
        return _file(request, reading, days, names)
    context = {
        **page_of(request, reading),
        "total": len(days),
        "rows": [_day_row(day, names, params) for day in days[:_MOST]],
        "most": _MOST if len(days) > _MOST else 0,
        "csv_url": f"?{urlencode({**params, **cell, 'format': 'csv'})}",
        "back_url": f"{reverse('logging_coverage')}?{urlencode(params)}",
    }
    return render(request, "coverage/days.html", context)


@require_GET
@login_required
def logged_rows(request: HttpRequest) -> HttpResponse:
    """List the contacts logged in one department on one channel, on one counted day or on all of them."""
    reading = read_report(request)
    of, by = request.GET.get("of", ""), request.GET.get("by", "")
    if not of.isdecimal() or by not in CHANNELS_BY_CODE:
        raise Http404
    on = _day(request.GET.get("on", ""))
    found = logged_list(reading.scope, query_of(reading), department_id=int(of), channel=by, on=on)
    page = keyset_page(request, [found.segment(newest_first=True)], size=_SIZE)
    params = {**link_params(reading), "of": of, "by": by, **({"on": on.isoformat()} if on else {})}
    context = {
        **page_of(request, reading),
        "total": found.count(),
        "rows": found.shown(page.rows),
        "channel": CHANNELS_BY_CODE[by],
        "shown": "",
        "previous_url": f"?{urlencode({**params, 'before': page.previous})}" if page.previous else "",
        "next_url": f"?{urlencode({**params, 'after': page.next})}" if page.next else "",
        "back_url": f"{reverse('logging_coverage')}?{urlencode(link_params(reading))}",
    }
    return render(request, "coverage/logged.html", context)


def query_of(reading: Reading) -> ReportQuery:
    """Ask for what is known now, of the period and the department in the address."""
    query = reading.address.query()
    return replace(of_now(query, now=reading.now), channel="", standard="", milestone="", kind="")


def _cell_row(cell: CoverageCell, found: LoggingCoverage, reading: Reading) -> dict[str, Any]:
    params, small_number = link_params(reading), reading.address.choices.small_number
    return {
        "department": found.names[cell.department_id][0],
        "channel": CHANNELS_BY_CODE[cell.channel],
        "cell": cell,
        "share": share_words(cell.counted - cell.missing, cell.counted, small_number=small_number),
        "url": _logged_url(params, cell.department_id, cell.channel),
        "days_url": _days_url(params, cell.department_id, cell.channel),
    }


def _few_row(day: FewDay, found: LoggingCoverage) -> dict[str, Any]:
    name, slug = found.names[day.department_id]
    return {"day": day, "department": name, "url": _contacts_url(day.on, slug)}


def _day_row(day: CountedDay, names: dict[int, str], params: dict[str, str]) -> dict[str, Any]:
    return {
        "day": day,
        "department": names.get(day.department_id, ""),
        "channel": CHANNELS_BY_CODE[day.channel],
        "url": _logged_url(params, day.department_id, day.channel, on=day.on),
    }


def _is_asked(day: CountedDay, cell: dict[str, str]) -> bool:
    of, by = cell.get("of", str(day.department_id)), cell.get("by", day.channel)
    return (of, by) == (str(day.department_id), day.channel)


def page_of(request: HttpRequest, reading: Reading) -> dict[str, Any]:
    """Give what a page under a period and a department shows of itself: the reader, and the filters."""
    form = reading.address.form()
    form.fields = {name: form.fields[name] for name in form.fields if name in ("period", "from", "to", "department")}
    return {
        "reading": reading,
        "filters": form,
        "clear_url": request.path if request.GET else "",
    }


def _logged_url(params: dict[str, str], department_id: int, channel: str, *, on: date | None = None) -> str:
    narrow = {"of": str(department_id), "by": channel, **({"on": on.isoformat()} if on else {})}
    return f"{reverse('logged_contacts')}?{urlencode({**params, **narrow})}"


def _days_url(params: dict[str, str], department_id: int, channel: str) -> str:
    return f"{reverse('counted_days')}?{urlencode({**params, 'of': str(department_id), 'by': channel})}"


def _contacts_url(on: date, slug: str) -> str:
    """Give the list of what was logged on a day in one department, without its divisions."""
    params = {"from": on.isoformat(), "to": on.isoformat(), "department": slug, "own": "1", "part": "contacts"}
    return f"{reverse('compliance_contacts')}?{urlencode(params)}"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Http404(text) from None


def _file(request: HttpRequest, reading: Reading, days: list[CountedDay], names: dict[int, str]) -> HttpResponseBase:
    address = request.get_full_path()
    record_export(actor=reading.actor, address=address, rows=len(days), at=reading.now, of=ContactCount)
    heads = [gettext("Day"), gettext("Department"), gettext("Channel"), gettext("Counted"), gettext("Logged")]
    rows = (
        [day.on.isoformat(), names.get(day.department_id, ""), CHANNELS_BY_CODE[day.channel], day.counted, day.logged]
        for day in days
    )
    return csv_file("counted-and-logged", heads, rows)

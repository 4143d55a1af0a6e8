"""The tally at the counter in figures, the taps behind each, who waited, and the checklist day by day."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from requests_app.domain.counter_taps import Greeted
from requests_app.domain.vocabulary import Role
from requests_app.forms.lists import SIZES
from requests_app.models import CounterTap, OpeningCheck, VisitorWait
from requests_app.selectors.front_desk import keeps_checklist
from requests_app.selectors.opening_checks import OpeningDay, opening_days
from requests_app.selectors.reports.counter import (
    CounterFigures,
    Narrow,
    counter_figures,
    narrowed,
    taps_read,
)
from requests_app.selectors.reports.definitions import defined
from requests_app.selectors.scorecard.counter import WAS_CALLED, waits_counted
from requests_app.selectors.scorecard.figures import PART
from requests_app.selectors.scorecard.question import between
from requests_app.selectors.waiting_times import visit_of
from requests_app.services.exports import record_export
from requests_app.views.csv_files import csv_file
from requests_app.views.logging_coverage import page_of, query_of
from requests_app.views.paging import page_context
from requests_app.views.report_access import Reading, read_report
from requests_app.views.report_parts import report_tabs
from requests_app.views.scorecard import link_params, question_of

_MOST = 200
_LARGEST = 2**31


@require_GET
@login_required
def counter_page(request: HttpRequest) -> HttpResponseBase:
    """Show who was greeted by day, hour, counter and subject."""
    reading = read_report(request)
    found = counter_figures(taps_read(reading.scope, query_of(reading)))
    context = {
        **page_of(request, reading),
        "tabs": report_tabs(reading, "counter_figures"),
        "total": _row("", found.total, reading),
        "tables": _tables(found, reading),
        "may_sample": reading.actor.holds(Role.HR),
        "opening_url": f"{reverse('opening_days')}?{urlencode(link_params(reading))}",
        "definitions": defined("tally", choices=reading.address.choices.local),
    }
    return render(request, "front_desk/figures.html", context)


@require_GET
@login_required
def counter_tap_list(request: HttpRequest) -> HttpResponseBase:
    """List the taps behind one figure, or write them to a file; nobody who tapped is named."""
    reading = read_report(request)
    narrow, asked = _asked(request)
    rows = narrowed(taps_read(reading.scope, query_of(reading)), narrow)
    if request.GET.get("format") == "csv":
        taps = list(rows)
        _record(request, reading, len(taps), of=CounterTap)
        heads = [_("Greeted"), _("Answered on the spot"), _("Subject"), _("Counter"), _("Department")]
        return csv_file("counter-tally", heads, map(_cells, taps))
    total = rows.count()
    context = {
        **_list_page(request, reading, asked),
        "total": total,
        "taps": rows[:_MOST],
        "most": _MOST if total > _MOST else 0,
    }
    return render(request, "front_desk/taps.html", context)


@require_GET
@login_required
def opening_day_list(request: HttpRequest) -> HttpResponseBase:
    """List the days the counter opened, each with who signed the checklist and what was not in order."""
    reading = read_report(request)
    asked = {"part": "signed"} if request.GET.get("part") == "signed" else {}
    days = opening_days(query_of(reading).period, now=reading.now)
    days = [day for day in days if day.check or not asked]
    if request.GET.get("format") == "csv":
        _record(request, reading, len(days), of=OpeningCheck)
        heads = [_("Day"), _("Signed"), _("Signed by"), _("Late"), _("Not in order")]
        return csv_file("opening-checklist", heads, map(_day_cells, days))
    context = {
        **_list_page(request, reading, asked),
        "total": len(days),
        "signed": sum(day.check is not None for day in days),
        "days": days,
        "keeps_checklist": keeps_checklist(reading.actor),
    }
    return render(request, "front_desk/opening_days.html", context)


@require_GET
@login_required
def visitor_wait_list(request: HttpRequest) -> HttpResponseBase:
    """List the visitors of sample weeks behind the scorecard's figure, or write them to a file; none is named."""
    reading = read_report(request)
    question, asked = question_of(reading), {"part": PART} if request.GET.get("part") == PART else {}
    waits = between(waits_counted(question), "checked_in_at", question.period).order_by("-checked_in_at", "-pk")
    is_few = waits.filter(WAS_CALLED).count() < question.choices.small_number
    rows = (waits.filter(WAS_CALLED) if asked else waits).select_related("department", "device")
    if request.GET.get("format") == "csv":
        found = list(rows)
        _record(request, reading, len(found), of=VisitorWait)
        heads = [_("Checked in"), _("What became of it"), _("Minutes waited"), _("Counter"), _("Department")]
        return csv_file("visitors-waiting", heads, (_wait_cells(wait, is_few=is_few) for wait in found))
    page = Paginator(rows, SIZES[1]).get_page(request.GET.get("page"))
    context = {
        "reading": reading,
        "back_url": f"{reverse('scorecard_clause', args=['III.b.iii.1'])}?{urlencode(link_params(reading))}",
        "rows": [_wait_row(wait, is_few=is_few) for wait in page.object_list],
        "is_few": is_few,
        **page_context(page, {**link_params(reading), **asked}),
    }
    return render(request, "front_desk/visitors.html", context)


def _tables(found: CounterFigures, reading: Reading) -> list[dict[str, Any]]:
    nowhere, none = _("at no counter computer"), _("something else")
    return [
        _table(_("By day"), _("Day"), [_row(on, each, reading, on=on) for on, each in found.days.items()]),
        _table(
            _("By hour"),
            _("Hour"),
            [_row(f"{hour}:00–{hour + 1}:00", each, reading, hour=hour) for hour, each in found.hours.items()],
        ),
        _table(
            _("By counter"),
            _("Counter"),
            [_row(name or nowhere, each, reading, counter=pk or 0) for (pk, name), each in found.devices.items()],
        ),
        _table(
            _("By subject, answered on the spot"),
            _("Subject"),
            [_row(name or none, each, reading, subject=pk or 0) for (pk, name), each in found.categories.items()],
            is_of_answers=True,
        ),
    ]


def _table(title: str, head: str, rows: list[dict[str, Any]], *, is_of_answers: bool = False) -> dict[str, Any]:
    return {"title": title, "head": head, "rows": rows, "is_of_answers": is_of_answers}


def _row(label: object, counted: Greeted, reading: Reading, **narrow: object) -> dict[str, Any]:
    """Give a line of figures with the address of the taps behind each of its numbers."""
    params: Mapping[str, object] = {**link_params(reading), **narrow}
    address = reverse("counter_taps")
    return {
        "label": label,
        "is_day": isinstance(label, date),
        "counted": counted,
        "url": f"{address}?{urlencode(params)}",
        "answered_url": f"{address}?{urlencode({**params, 'part': 'answered'})}",
    }


def _asked(request: HttpRequest) -> tuple[Narrow, dict[str, str]]:
    """Read what narrows the list. Raises Http404 for what no figure leads to."""
    names = ("on", "hour", "counter", "subject", "part")
    asked = {name: request.GET[name] for name in names if request.GET.get(name)}
    try:
        on = date.fromisoformat(asked["on"]) if "on" in asked else None
        hour, device, category = (int(asked[name]) if name in asked else None for name in names[1:4])
    except ValueError:
        raise Http404 from None
    if any(number is not None and not 0 <= number < _LARGEST for number in (hour, device, category)):
        raise Http404
    only_answered = asked.get("part") == "answered"
    narrow = Narrow(on=on, hour=hour, device_id=device, category_id=category, only_answered=only_answered)
    return narrow, asked


def _list_page(request: HttpRequest, reading: Reading, asked: Mapping[str, str]) -> dict[str, Any]:
    params = link_params(reading)
    return {
        **page_of(request, reading),
        "csv_url": f"?{urlencode({**params, **asked, 'format': 'csv'})}",
        "back_url": f"{reverse('counter_figures')}?{urlencode(params)}",
    }


def _record(
    request: HttpRequest, reading: Reading, rows: int, *, of: type[CounterTap | OpeningCheck | VisitorWait]
) -> None:
    record_export(actor=reading.actor, address=request.get_full_path(), rows=rows, at=reading.now, of=of)


def _cells(tap: CounterTap) -> list[object]:
    answered = _("yes") if tap.is_answered else _("no")
    counter = tap.device.name if tap.device else ""
    return [_written(tap.tapped_at), answered, str(tap.category or ""), counter, tap.department.name]


def _wait_row(wait: VisitorWait, *, is_few: bool) -> dict[str, Any]:
    """Say what became of a visitor; of few nobody's minutes, as the figure tells no median of few."""
    became = _("called") if wait.called_at else _("left") if wait.left_at else _("still waits")
    return {"wait": wait, "became": became, "minutes": None if is_few else visit_of(wait).waited_minutes}


def _wait_cells(wait: VisitorWait, *, is_few: bool) -> list[object]:
    row, counter = _wait_row(wait, is_few=is_few), wait.device.name if wait.device else ""
    minutes = "" if row["minutes"] is None else row["minutes"]
    return [_written(wait.checked_in_at), row["became"], minutes, counter, wait.department.name]


def _day_cells(day: OpeningDay) -> list[object]:
    if day.check is None:
        return [day.on.isoformat(), "", "", "", ""]
    wrong = "; ".join(f"{text}: {note}" for text, note in day.wrong)
    late = _("yes") if day.is_late else _("no")
    return [day.on.isoformat(), _written(day.check.signed_at), day.check.signed_by.name, late, wrong]


def _written(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"

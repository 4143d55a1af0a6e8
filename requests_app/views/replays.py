"""What if: ask it, see what came of it, read the requests behind each figure; no clock is ever written."""

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from requests_app.domain.replays import Question
from requests_app.forms.look import LOOKS, chosen_look
from requests_app.forms.replays import ReplayForm, ReplayRowsForm, initial_of
from requests_app.forms.reports import read_report_address
from requests_app.models import Replay
from requests_app.selectors.reports.facts import clock_facts
from requests_app.selectors.reports.replay_choices import replay_choices
from requests_app.selectors.reports.replays import replay_list, replays_of
from requests_app.services.exports import record_export
from requests_app.services.replays import ReplayEntry, ask_replay
from requests_app.views.csv_files import csv_file
from requests_app.views.posted import posted
from requests_app.views.replay_figures import ReplayPage
from requests_app.views.replay_words import MOVE_WORDS, question_words
from requests_app.views.report_access import Reading, read_report
from requests_app.views.report_drawings import SIZES, draw_lines, picture_sources
from requests_app.views.report_lists import list_context, list_file
from requests_app.views.report_parts import definitions_of, report_tabs
from requests_app.views.report_rows import replay_columns

_LISTED = 20


@login_required
@require_http_methods(["GET", "POST"])
def what_if(request: HttpRequest) -> HttpResponse:
    """Ask what if of the clocks the filters choose; list what one asked before."""
    reading, choices = read_report(request), replay_choices()
    form = ReplayForm(posted(request), choices=choices, initial=_asked_before(request, reading))
    if form.is_valid():
        return redirect(ask_replay(_entry(reading, form), actor=reading.actor, at=reading.now))
    calendars = dict(choices.calendars)
    context = {
        "reading": reading,
        "tabs": report_tabs(reading, "what_if"),
        "filters": reading.address.form(),
        "clear_url": reverse("what_if") if request.GET else "",
        "form": form,
        "action": f"{reverse('what_if')}?{urlencode(reading.address.link_params())}",
        "count": clock_facts(reading.scope, reading.address.query_of_headline()).rows.count(),
        "earlier": [_titled(row, calendars) for row in replays_of(reading.actor)[:_LISTED]],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "replays/ask.html", context, status=status)


def _asked_before(request: HttpRequest, reading: Reading) -> dict[str, Any]:
    """Give the question an address says to begin with."""
    asked = request.GET.get("again", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
        return {}
    row = replays_of(reading.actor).filter(pk=int(asked)).first()
    return initial_of(Question.from_json(row.question)) if row else {}


def _entry(reading: Reading, form: ReplayForm) -> ReplayEntry:
    return ReplayEntry(
        question=form.question(),
        query=reading.address.query_of_headline(),
        address=reading.address.link_params(),
        submission_key=form.cleaned_data["submission_key"],
    )


def _titled(row: Replay, calendars: dict[str, str]) -> dict[str, Any]:
    return {"row": row, "words": question_words(Question.from_json(row.question), calendars)}


@dataclass(frozen=True, slots=True)
class _Shown:
    """One what-if as its reader sees it; `told` is the report it is about, as it was asked for then."""

    row: Replay
    reading: Reading
    told: Reading
    words: list[str]

    @property
    def again_url(self) -> str:
        """Give the address at which it is asked once more, with something changed."""
        return f"{reverse('what_if')}?{urlencode({**self.row.address, 'again': self.row.pk})}"

    @property
    def report_url(self) -> str:
        """Give the report whose clocks were replayed."""
        return f"{reverse('compliance')}?{urlencode(self.row.address)}"

    def page(self) -> ReplayPage:
        """Give the figures. Raises Http404 while they are not there yet."""
        if not self.row.finished_at:
            raise Http404(self.row.pk)
        return ReplayPage(self.row, self.told.address)


def _load(request: HttpRequest, pk: int) -> _Shown:
    reading = read_report(request)
    row = get_object_or_404(replays_of(reading.actor), pk=pk)
    address = read_report_address(row.address, choices=reading.address.choices, now=row.requested_at)
    words = question_words(Question.from_json(row.question), dict(replay_choices().calendars))
    return _Shown(row, reading, replace(reading, address=address, now=row.requested_at), words)


@login_required
@require_GET
def replay(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show how far a what-if has come, then its figures; or write them to a file."""
    shown = _load(request, pk)
    if not shown.row.finished_at:
        return render(request, "replays/waiting.html", {"shown": shown, "row": shown.row, "job": shown.row.job})
    if request.headers.get("HX-Request"):  # the page that waited asks for its part: now the whole one is there
        return HttpResponse(headers={"HX-Redirect": request.path})
    page = shown.page()
    if request.GET.get("format") == "csv":
        return _file(request, shown, page)
    look = chosen_look(request.COOKIES)
    drawn = picture_sources(lambda look, size: reverse("replay_chart", args=[pk, look, size]), look)
    context = {"shown": shown, "row": shown.row, "reading": shown.told, "page": page, "pictures": drawn}
    context["definitions"] = definitions_of(("replays",))
    return render(request, "replays/replay.html", context)


def _file(request: HttpRequest, shown: _Shown, page: ReplayPage) -> HttpResponseBase:
    name = "load" if request.GET.get("table") == "load" else "departments"
    heads, rows = page.load_cells() if name == "load" else page.department_cells()
    reading, address = shown.reading, request.get_full_path()
    record_export(actor=reading.actor, address=address, rows=len(rows), at=reading.now, of=Replay)
    return csv_file(f"what-if-{shown.row.pk}-{name}", heads, rows)


@login_required
@require_GET
def replay_chart(request: HttpRequest, pk: int, look: str, size: str) -> HttpResponse:
    """Draw how many answers fall due, as recorded and as they would."""
    if look not in LOOKS or size not in SIZES:
        raise Http404(size)
    lines = _load(request, pk).page().load_lines()
    return HttpResponse(draw_lines(lines, look=look, size=size), content_type="image/svg+xml")


@login_required
@require_GET
def replay_rows(request: HttpRequest, pk: int) -> HttpResponseBase:
    """List the requests that would have been judged otherwise, as far as the reader may see them now."""
    shown = _load(request, pk)
    choices = shown.reading.address.choices
    departments = {each.slug: each.name for each in choices.departments}
    filters = ReplayRowsForm(request.GET, moves=MOVE_WORDS, departments=departments)
    move, department = filters.chosen("move"), choices.department(filters.chosen("department"))
    found = replay_list(shown.row, shown.reading.scope, move=move, department_id=department.pk if department else None)
    if request.GET.get("format") == "csv":
        return list_file(request, shown.reading, f"what-if-{pk}-requests", replay_columns(), found)
    context = {
        "what_if": shown,
        "filters": filters,
        "clear_url": request.path if move or department else "",
        "reading": shown.told,
        "move_words": MOVE_WORDS.get(move, gettext("Judged otherwise")),
        "department": department,
        **list_context(request, replay_columns(), found),
    }
    return render(request, "replays/rows.html", context)

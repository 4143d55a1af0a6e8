"""The board of complaints, as a page and as a file."""

from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from requests_app.forms.complaint_board import BoardForm
from requests_app.selectors.complaint_board import MOST_CARDS, PHASES, Board, board_of, board_rows
from requests_app.selectors.due_words import DueWording
from requests_app.selectors.escalation_lists import LEADS
from requests_app.services.exports import record_export
from requests_app.views.csv_files import csv_file
from requests_app.views.gates import actor_holding


@login_required
@require_GET
def complaint_board(request: HttpRequest) -> HttpResponseBase:
    """Show how far each complaint has come, or write what is shown to a file."""
    actor, now = actor_holding(request, *LEADS), timezone.now()
    form = BoardForm(request.GET)
    rows = board_rows(actor, department_id=form.department_id, now=now)
    board = board_of(rows, wording=DueWording(now=now))
    if request.GET.get("format") == "csv":
        leaving = rows.filter(pk__in=[card.service_request.pk for card in board.cards]).values("number")
        address, count = request.get_full_path(), len(board.cards)
        record_export(actor=actor, address=address, rows=count, at=now, numbers=leaving)
        return csv_file(f"complaints-{timezone.localdate(now):%Y-%m-%d}", _headings(), _cells(board))
    here = reverse("complaint_board")
    context = {
        "board": board,
        "filters": form,
        "clear_url": here if form.department_id else "",
        "csv_url": f"{here}?department={form.department_id or ''}&format=csv" if board.cards else "",
        "most": MOST_CARDS,
    }
    return render(request, "complaints/board.html", context)


def _headings() -> list[str]:
    return [
        gettext("How far"),
        gettext("Tracking number"),
        gettext("Complaint"),
        gettext("Department"),
        gettext("Owner"),
        gettext("What comes next"),
        gettext("Answer by"),
        gettext("In words"),
        gettext("Stage"),
        gettext("Escalated"),
    ]


def _cells(board: Board) -> Iterator[list[object]]:
    for card in board.cards:
        found = card.service_request
        yield [
            PHASES[card.phase],
            found.number,
            found.title,
            found.department or "",
            found.owner or gettext("nobody yet"),
            card.next.title if card.next else "",
            f"{timezone.localtime(card.due_at):%Y-%m-%d %H:%M}" if card.due_at else "",
            card.due.words if card.due else "",
            card.stage,
            gettext("yes") if card.is_escalated else gettext("no"),
        ]

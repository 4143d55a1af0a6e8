"""Which departments sought feedback in a half year, and which still owe (III.c.ii)."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from requests_app.domain.periods import Half
from requests_app.domain.vocabulary import Role
from requests_app.models import Department
from requests_app.models.survey_words import OWED
from requests_app.selectors.access import actor_for
from requests_app.selectors.feedback_duties import DutyRow, feedback_duty
from requests_app.selectors.reports.scope import may_read_reports, report_scope
from requests_app.services.exports import record_export
from requests_app.views.csv_files import csv_file

_HALVES_OFFERED = 6


class HalfForm(forms.Form):
    """Which half year."""

    half = forms.ChoiceField(label=_("Half year"), required=False)

    def __init__(self, data: Any, *, now: Half) -> None:
        super().__init__(data)
        offered = [now.plus(-back) for back in range(_HALVES_OFFERED)]
        self.fields["half"].choices = [(str(half), _words(half)) for half in offered]  # type: ignore[attr-defined]


@login_required
@require_GET
def duty(request: HttpRequest) -> HttpResponseBase:
    """List the departments with what they did and owe, or write that to a file."""
    actor, now = actor_for(request.user), timezone.now()
    if not may_read_reports(actor):
        raise PermissionDenied
    this_half = Half.of(timezone.localdate(now))
    half = _asked_for(request, this_half)
    rows = feedback_duty(half, department_ids=report_scope(actor).department_ids)
    if request.GET.get("format") == "csv":
        cells = [_cells(row) for row in rows]
        record_export(actor=actor, address=request.get_full_path(), rows=len(cells), at=now, of=Department)
        heads = ["Department", "Residents asked", "Residents who answered", "Staff asked", "Rounds", "Owes"]
        return csv_file(f"feedback-duty-{half}", [gettext(head) for head in heads], cells)
    context = {
        "rows": [_drawn(row, half) for row in rows],
        "owing": sum(bool(row.owed) for row in rows),
        "half_words": _words(half),
        "is_running": half == this_half,
        "is_hr": actor.holds(Role.HR),
        "filters": HalfForm({"half": str(half)}, now=this_half),
        "clear_url": reverse("feedback_duty") if request.GET else "",
        "csv_url": f"?{urlencode({'half': str(half), 'format': 'csv'})}",
    }
    return render(request, "feedback/duty.html", context)


def _asked_for(request: HttpRequest, this_half: Half) -> Half:
    """Read the half of the address; one that is none, or has not begun, is the running one."""
    try:
        half = Half.parse(request.GET.get("half", ""))
    except ValueError:
        return this_half
    return min(half, this_half)


def _words(half: Half) -> str:
    names = {"year": half.year}
    if half.number == 1:
        return gettext("January to June %(year)s") % names
    return gettext("July to December %(year)s") % names


def _owed_words(row: DutyRow) -> list[str]:
    return [str(OWED[part]) for part in sorted(row.owed)]


def _drawn(row: DutyRow, half: Half) -> dict[str, Any]:
    params = {"department": row.department.slug, "from": half.period.from_on, "to": half.period.to_on}
    return {"row": row, "owed": _owed_words(row), "url": f"{reverse('feedback')}?{urlencode(params)}"}


def _cells(row: DutyRow) -> list[object]:
    owes = ", ".join(_owed_words(row))
    return [row.department.name, row.residents_asked, row.residents_answered, row.staff_asked, row.rounds, owes]

"""Which departments sought feedback in a half year, and which still owe (III.c.ii)."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.decorators import login_required
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
from requests_app.selectors.feedback_duties import DutyRow, feedback_duty
from requests_app.selectors.scorecard.figures import PART
from requests_app.services.exports import record_export
from requests_app.views.csv_files import csv_file
from requests_app.views.report_access import Reading, read_report
from requests_app.views.scorecard import question_of

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
    reading = read_report(request)
    this_half = Half.of(timezone.localdate(reading.now))
    half, is_part = _asked_for(request, this_half), request.GET.get("part") == PART
    all_rows = feedback_duty(half, department_ids=question_of(reading).department_ids)
    rows = [row for row in all_rows if not is_part or not row.owed]
    if request.GET.get("format") == "csv":
        return _file(request, reading, half, rows)
    narrowed = {name: request.GET[name] for name in ("department", "part") if request.GET.get(name)}
    context = {
        "reading": reading,
        "total": len(rows),
        "is_part": is_part,
        "rows": [_drawn(row, half) for row in rows],
        "owing": sum(bool(row.owed) for row in all_rows),
        "half_words": _words(half),
        "is_running": half == this_half,
        "is_hr": reading.actor.holds(Role.HR),
        "filters": HalfForm({"half": str(half)}, now=this_half),
        "clear_url": reverse("feedback_duty") if request.GET else "",
        "csv_url": f"?{urlencode({**narrowed, 'half': str(half), 'format': 'csv'})}",
    }
    return render(request, "feedback/duty.html", context)


def _file(request: HttpRequest, reading: Reading, half: Half, rows: list[DutyRow]) -> HttpResponseBase:
    address = request.get_full_path()
    record_export(actor=reading.actor, address=address, rows=len(rows), at=reading.now, of=Department)
    heads = ["Department", "Residents asked", "Residents who answered", "Staff asked", "Rounds", "Owes"]
    return csv_file(f"feedback-duty-{half}", [gettext(head) for head in heads], map(_cells, rows))


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

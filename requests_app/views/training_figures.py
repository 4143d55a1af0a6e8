"""How III.c.i is kept: the share of the roster in date, by type of people and by department, each with its list."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from requests_app.domain.trainings import Standing
from requests_app.forms.trainings import RosterFilterForm
from requests_app.models import TrainingRecord
from requests_app.models.training_words import STANDINGS
from requests_app.selectors.access import actor_for
from requests_app.selectors.training_roster import (
    DUE_CODE,
    GroupCounts,
    counts_by_department,
    counts_by_type,
    training_rows,
)
from requests_app.selectors.trainings import (
    TrainingCounts,
    TrainingDesk,
    TrainingRow,
    count_training,
    courses_to_record,
)
from requests_app.services.exports import record_export
from requests_app.views.csv_files import csv_file
from requests_app.views.paging import narrowed
from requests_app.views.report_figures import share_words
from requests_app.views.report_parts import definitions_of
from requests_app.views.training_roster import choices_in, scope_of

_PARTS = (Standing.IN_DATE, Standing.OVERDUE, Standing.PENDING)
_Tables = dict[str, list[dict[str, Any]]]


@login_required
@require_GET
def training_figures(request: HttpRequest) -> HttpResponseBase:
    """Show which share of the roster is in date (III.c.i), contractors and volunteers apart (II), or write a file."""
    actor, scope, on = actor_for(request.user), scope_of(request), timezone.localdate()
    form = _course_filter(request)
    rows, params, desk = training_rows(form.filters(), scope, on=on), form.params(), TrainingDesk(on, among=())
    tables = _tables(rows, params, desk)
    if request.GET.get("format") == "csv":
        cells = list(_cells(tables))
        record_export(
            actor=actor, address=request.get_full_path(), rows=len(cells), at=timezone.now(), of=TrainingRecord
        )
        heads = [gettext("Table"), gettext("Who"), *(str(STANDINGS[part]) for part in _PARTS), "n", gettext("Share")]
        return csv_file(f"training-figures-{on}", heads, cells)
    context = {
        "filters": form,
        "clear_url": "?" if params else "",
        "csv_url": narrowed(**params, format="csv"),
        "tables": tables,
        "heads": [STANDINGS[part] for part in _PARTS],
        "definitions": definitions_of(("training",)),
        "is_of_departments": scope.department_ids is not None,
        "on": on,
        **choices_in(desk),
    }
    return render(request, "training/figures.html", context)


def _course_filter(request: HttpRequest) -> RosterFilterForm:
    form = RosterFilterForm({"course": request.GET.get("course", "")}, courses=courses_to_record())
    form.fields = {"course": form.fields["course"]}
    return form


def _tables(rows: list[TrainingRow], params: dict[str, str], desk: TrainingDesk) -> _Tables:
    everybody = GroupCounts("", gettext("Everybody"), 1, count_training(rows))
    return {
        gettext("By type"): [_drawn(each, "type", params, desk) for each in (*counts_by_type(rows), everybody)],
        gettext("By department"): [_drawn(each, "department", params, desk) for each in counts_by_department(rows)],
    }


def _drawn(group: GroupCounts, narrow: str, params: dict[str, str], desk: TrainingDesk) -> dict[str, Any]:
    kept = {**params, narrow: group.key} if group.key else params
    counts = {part.value: getattr(group.counts, part.value) for part in _PARTS} | {DUE_CODE: group.counts.n}
    return {
        "name": group.name,
        "depth": group.depth,
        "counts": [
            {"number": number, "url": f"{reverse('training_roster')}{narrowed(**kept, standing=part)}"}
            for part, number in counts.items()
        ],
        "share": _share(group.counts, desk),
    }


def _share(counts: TrainingCounts, desk: TrainingDesk) -> str:
    if counts.n == 1:
        return gettext("about one person: no share")
    return share_words(counts.in_date, counts.n, small_number=desk.choices.small_number)


def _cells(tables: _Tables) -> Iterator[list[object]]:
    for title, rows in tables.items():
        for row in rows:
            yield [title, row["name"], *(each["number"] for each in row["counts"]), row["share"]]

"""Of which months and departments opinions may be told, so that no two pages subtracted tell of a few (III.c.ii).

What is told is made of groups of months and of departments that each have the smallest number; how many answered is
told of everything.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from requests_app.domain.periods import Period
from requests_app.domain.surveys import Question, Scores, groups_within, month_groups, shown_cells
from requests_app.models import SurveyAnswer
from requests_app.selectors.access import parents_of_departments
from requests_app.selectors.feedback_figures import (
    Cell,
    Departments,
    grouped,
    of_clauses,
    pulse_cells,
    survey_cells,
    top_of,
)


@dataclass(frozen=True, slots=True)
class Told:
    """The months of a period that are told of, in their groups, and the departments that are told of apart."""

    groups: tuple[tuple[date, ...], ...]
    departments: frozenset[int] = frozenset()

    def of(self, cells: Iterable[Cell]) -> list[Cell]:
        """Narrow cells to the months that are told of."""
        months = {month for group in self.groups for month in group}
        return [cell for cell in cells if cell.on in months]


def told_feedback(*, period: Period, reach: Departments, asked: Departments, small_number: int) -> Told:
    """Say what may be told of a period to somebody who reads of `reach` and asks for some of it (four queries).

    Where the departments asked for are few, or would give away a few others, no month is told of.
    """
    told = Told(told_groups(period=period, department_ids=asked, small_number=small_number))
    least = grouped(told.of(survey_cells(period=period, department_ids=reach)), lambda cell: cell.department_id)
    answered = {pk: found.least for pk, found in least.items() if found.least}
    parts = _parts(answered, parents_of_departments(), small_number=small_number)
    if asked is not None and asked != reach and asked & answered.keys() not in parts:
        return Told(())
    return Told(told.groups, frozenset(pk for pk in answered if {pk} in parts))


def told_groups(*, period: Period, department_ids: Departments, small_number: int) -> tuple[tuple[date, ...], ...]:
    """Give the groups of months that lie whole in a period, of some departments together (one query)."""
    rows = SurveyAnswer.objects.order_by()
    if department_ids is not None:
        rows = rows.filter(department__in=department_ids)
    counts = {question.value: Count(question.value) for question in Question}
    answers = {month: dict(zip(counts, numbers, strict=True)) for month, *numbers in _by_month(rows, counts)}
    groups = month_groups(answers, small_number=small_number)
    return groups_within(groups, from_on=period.from_on, to_on=period.to_on)


def told_by_clause(
    periods: Collection[Period], *, today: date, small_number: int
) -> dict[Period, dict[str, tuple[Scores, int]]]:
    """Give what may be told of each clause, of the whole city, in each of some periods, and how many answered in all.

    Residents by whole groups of months; colleagues by rounds in which no statement had fewer than the smallest number.
    Seven queries, however many the periods.
    """
    whole = Period(min(each.from_on for each in periods), max(each.to_on for each in periods))
    surveys, pulses = survey_cells(period=whole), pulse_cells(period=whole, today=today)
    groups = told_groups(period=whole, department_ids=None, small_number=small_number)
    rounds = grouped(pulses, lambda cell: cell.round_id)
    told_rounds = {pk for pk, found in rounds.items() if found.least >= small_number}
    found = {}
    for period in periods:
        said, voted = ([cell for cell in cells if cell.counts_in(period)] for cells in (surveys, pulses))
        told = Told(groups_within(groups, from_on=period.from_on, to_on=period.to_on))
        shown = of_clauses(told.of(said), [cell for cell in voted if cell.round_id in told_rounds])
        in_all = of_clauses(said, voted)
        found[period] = {clause: (each.scores, in_all[clause].scores.n) for clause, each in shown.items()}
    return found


def _by_month(rows: QuerySet[SurveyAnswer], counts: Mapping[str, Count]) -> Iterable[tuple[Any, ...]]:
    names = {f"n_{name}": count for name, count in counts.items()}
    return rows.values_list("month").annotate(**names)


def _parts(
    answered: Mapping[int, int], parents: Mapping[int, int | None], *, small_number: int
) -> list[frozenset[int]]:
    """Give the sets of departments that may be told of: first each below the city, then each within one of those."""
    within: dict[int, list[int]] = defaultdict(list)
    for pk in sorted(answered):
        within[top_of(pk, parents)].append(pk)
    parts = _shown(list(within.values()), answered, small_number=small_number)
    return parts + [
        single
        for part in parts
        for single in _shown([[pk] for pk in sorted(part)], answered, small_number=small_number)
    ]


def _shown(parts: list[list[int]], answered: Mapping[int, int], *, small_number: int) -> list[frozenset[int]]:
    numbers = [sum(answered[pk] for pk in part) for part in parts]
    shown = shown_cells(numbers, small_number=small_number)
    return [frozenset(part) for part, is_shown in zip(parts, shown, strict=True) if is_shown]

"""The page of a what-if as data: tiles, departments before and after, and how many answers fall due when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext

from requests_app.domain.calendars import WEEKDAYS
from requests_app.domain.metrics import Tally
from requests_app.domain.replay_figures import Load, ReplayFigures
from requests_app.domain.replays import MOVES, Question
from requests_app.forms.reports import ReportAddress
from requests_app.models import Replay
from requests_app.selectors.calendar_words import WEEKDAY_NAMES
from requests_app.views.replay_words import MOVE_HEADS, MOVE_WORDS, difference
from requests_app.views.report_drawings import Lines
from requests_app.views.report_figures import Figure, Tag, share_words, target_tag, tenths, whole_per_cent
from requests_app.views.report_page import Tile

LONGEST_BY_DAY = 45  # rows of a table somebody still reads; beyond, weeks stand for days
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
_MOST_LINES = 6


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """One department, or all; n is of those that had to wait."""

    name: str
    n: int
    before: str
    after: str
    tag_before: Tag
    tag_after: Tag
    moves: list[Figure]


@dataclass(frozen=True, slots=True)
class LoadRow:
    """How many answers fall due on a day or in a week, as recorded and as they would."""

    label: str
    before: int
    after: int
    change: str


class ReplayPage:
    """All that the page shows, from what was stored: no query but the ones its address asked."""

    def __init__(self, row: Replay, address: ReportAddress) -> None:
        self.row, self.address = row, address
        self.figures = ReplayFigures.from_json(row.result)
        self.question = Question.from_json(row.question)
        self.small_number = address.choices.small_number
        self.target_before = address.target
        self.target_after = self.question.target or address.target
        self.total = self.figures.cells.total()
        self.left = self.figures.left
        days = self.figures.by_day()
        self.is_by_week = len(days) > LONGEST_BY_DAY
        self.loads: list[Load] = self.figures.by_week() if self.is_by_week else days

    def tiles(self) -> list[Tile]:
        """Give the rate before and after."""
        before, after = self.figures.before(), self.figures.after()
        return [
            self._rate(gettext("On time, as recorded"), before, self.target_before),
            self._rate(gettext("On time, as it would have been"), after, self.target_after),
        ]

    def _rate(self, label: str, tally: Tally, target: Decimal) -> Tile:
        met, whole = tally.count("waited_met"), tally.count("waited_n")
        words = {"met": number_format(met, force_grouping=True), "n": number_format(whole, force_grouping=True)}
        return Tile(
            label=label,
            figure=share_words(met, whole, small_number=self.small_number),
            url="",
            lines=[
                gettext("%(met)s kept of %(n)s that had to wait") % words,
                gettext("Target %(target)s") % {"target": whole_per_cent(target)},
            ],
            none=not whole,
            share=tenths(met, whole) / 10 if whole >= self.small_number else None,
        )

    def moves(self) -> list[tuple[Figure, str]]:
        """Give how many change, and how."""
        return [(self._figure(move), str(MOVE_WORDS[move])) for move in MOVES]

    @property
    def move_heads(self) -> list[str]:
        """Name the columns of what changes."""
        return [str(MOVE_HEADS[move]) for move in MOVES]

    def departments(self) -> list[DepartmentRow]:
        """Give one row for each department that has a clock in it, in the order of the tree, and all of them last."""
        there = self.figures.departments()
        known = [each for each in self.address.choices.departments if each.pk in there]
        rows = [self._row(each.name, each.pk, slug=each.slug) for each in known]
        return [*rows, self._row(gettext("All departments"), None)]

    def _row(self, name: str, department_id: int | None, slug: str = "") -> DepartmentRow:
        before, after = self.figures.before(department_id), self.figures.after(department_id)
        return DepartmentRow(
            name=name,
            n=before.count("waited_n"),
            before=self._share(before),
            after=self._share(after),
            tag_before=target_tag(before, self.target_before, small_number=self.small_number),
            tag_after=target_tag(after, self.target_after, small_number=self.small_number),
            moves=[self._figure(move, department_id, slug) for move in MOVES],
        )

    def _share(self, tally: Tally) -> str:
        return share_words(tally.count("waited_met"), tally.count("waited_n"), small_number=self.small_number)

    def _figure(self, move: str, department_id: int | None = None, slug: str = "") -> Figure:
        count = self.figures.moved(move, department_id)
        narrowing = {"move": move, **({"department": slug} if slug else {})}
        url = f"{reverse('replay_rows', args=[self.row.pk])}?{urlencode(narrowing)}"
        return Figure(number_format(count, use_l10n=True, force_grouping=True), url, count)

    def load_rows(self) -> list[LoadRow]:
        """Give the load day by day, or week by week where the days would be too many."""
        return [_load_row(self._label(load.on), load.before, load.after) for load in self.loads]

    def weekday_rows(self) -> list[LoadRow]:
        """Give the load by weekday."""
        return [
            _load_row(str(WEEKDAY_NAMES[WEEKDAYS[weekday]]), before, after)
            for weekday, before, after in self.figures.by_weekday()
        ]

    def busiest(self) -> list[str]:
        """Say which day has the most answers due, as recorded and as they would."""
        words = (gettext("as recorded %(n)s on %(day)s"), gettext("as they would %(n)s on %(day)s"))
        days = self.figures.by_day()
        if not days:
            return []
        tops = (max(days, key=lambda load: load.before), max(days, key=lambda load: load.after))
        counts = (tops[0].before, tops[1].after)
        return [
            text % {"n": count, "day": date_format(top.on, "D j M Y")}
            for text, count, top in zip(words, counts, tops, strict=True)
        ]

    def load_lines(self) -> Lines:
        """Give the load as it is drawn."""
        most = max((max(load.before, load.after) for load in self.loads), default=0)
        step = next((step for step in _STEPS if most <= step * _MOST_LINES), _STEPS[-1])
        return Lines(
            labels=[date_format(load.on, "j M") for load in self.loads],
            solid=[load.after for load in self.loads],
            dashed=[load.before for load in self.loads],
            scale=range(0, max(most, 1) + step, step),
        )

    def department_cells(self) -> tuple[list[str], list[list[object]]]:
        """Give the departments as a file has them: heads and rows."""
        heads = [gettext("Department"), "n", gettext("On time, as recorded"), gettext("On time, as it would have been")]
        rows: list[list[object]] = [
            [row.name, row.n, row.before, row.after, *(figure.count for figure in row.moves)]
            for row in self.departments()
        ]
        return [*heads, *(words for _figure, words in self.moves())], rows

    def load_cells(self) -> tuple[list[str], list[Sequence[object]]]:
        """Give the load of every day as a file has it: heads and rows."""
        heads = [gettext("Date"), gettext("Due as recorded"), gettext("Due as it would have been")]
        return heads, [(load.on.isoformat(), load.before, load.after) for load in self.figures.by_day()]

    def _label(self, on: date) -> str:
        if self.is_by_week:
            return gettext("Week of %(day)s") % {"day": date_format(on, "j M Y")}
        return date_format(on, "D j M")


def _load_row(label: str, before: int, after: int) -> LoadRow:
    return LoadRow(label, before, after, difference(before, after))

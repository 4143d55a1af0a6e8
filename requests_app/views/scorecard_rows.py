"""The scorecard as shown: each figure in words, with the lists behind it, its standing and its twelve months."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext

from requests_app.domain.clauses import Clause, Measure
from requests_app.domain.periods import Month
from requests_app.domain.scorecard import Frame, Pair, Standing
from requests_app.models.clause_words import CLAUSE_WORDS, MEASURES, SECTIONS, STANDINGS, ClauseWords
from requests_app.selectors.reports.definitions import ShownDefinition, defined
from requests_app.selectors.scorecard import Finding
from requests_app.selectors.scorecard.figures import PART, WHOLE, ListedAt, ScoreFigure
from requests_app.selectors.scorecard.question import Question
from requests_app.views.report_figures import Figure, Tag, share_words, whole_per_cent

_BAR_HEIGHT = 24
_TAGS = {  # kind and icon; an indicator and a count have none
    Standing.ON_TARGET: ("good", "check-circle-fill"),
    Standing.UNDER_TARGET: ("soon", "exclamation-triangle-fill"),
    Standing.ATTESTED: ("beside", "clipboard-check"),
    Standing.TOO_FEW: ("", "info-circle-fill"),
    Standing.NOT_MEASURED: ("", "dash-circle-fill"),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One month of a small drawing: where it stands and how high; `is_small` where there is too little to draw."""

    x: int
    y: int
    height: int
    is_small: bool


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month of a figure's table; `url` leads to the clause in that month, with the lists behind it."""

    label: str
    url: str
    part: int | str
    whole: int | str
    said: str


class FigureRow:
    """One figure of a clause in words; `part` and `whole` link to lists of exactly so many rows."""

    def __init__(self, clause: Clause, figure: ScoreFigure, question: Question, params: dict[str, str]) -> None:
        self._clause = clause
        self._figure = figure
        self.series = figure.series
        self._question = question
        self._params = params
        self.code = figure.code
        self.label = figure.label
        self.pair = self.series.now
        self.standing = figure.standing(small_number=question.choices.small_number)
        self.is_count = figure.measure is Measure.COUNT or figure.is_number
        self.is_yes_or_no = figure.is_yes_or_no
        self.instead = self._instead()
        self.measure_word = MEASURES[figure.measure]
        self.target = whole_per_cent(figure.target) if figure.target is not None else ""

    def _instead(self) -> str:
        """Say what stands where the numbers are not to be told, or nothing records them."""
        if self._figure.measure is Measure.NONE:
            return gettext("nothing records it")
        return "" if self.pair.is_told else str(self._figure.untold)

    @cached_property
    def choice_words(self) -> str:
        """Say whose the target is: a local choice, and of the city's own whether Human Resources confirmed it."""
        if not self._figure.is_city_target:
            return gettext("local choice") if self._figure.is_local_choice else ""
        if self._question.target_confirmed:
            return gettext("local choice, confirmed")
        return gettext("local choice, not confirmed")

    @property
    def definition(self) -> ShownDefinition:
        """Say what the figure means, as on the page of definitions."""
        return defined(self._figure.definition.code, choices=self._question.choices.local)[0]

    @cached_property
    def said(self) -> str:
        """Say the figure: a share only where something is rated; an opinion, a proxy and a count are numbers."""
        return self._said(self.pair)

    @property
    def is_share(self) -> bool:
        """Say whether the figure is a percentage, judged against a target."""
        return self.standing in (Standing.ON_TARGET, Standing.UNDER_TARGET)

    @cached_property
    def aside(self) -> str:
        """Say why there is no share beside the numbers; nothing where the numbers say it themselves."""
        said_in_numbers = self.pair.whole and self.pair.is_told and not self._figure.of_one_person
        return "" if self.is_count or said_in_numbers else self.said

    @property
    def before_said(self) -> str:
        """Say the figure of the stretch before."""
        return self._said(self.series.before)

    @cached_property
    def before_words(self) -> str:
        """Name the stretch before."""
        return stretch_words(self._question.frame)

    @property
    def is_recorded(self) -> bool:
        """Say whether there is anything to show."""
        return self.series.is_recorded

    @cached_property
    def tag(self) -> Tag | None:
        """Give the tag of its standing."""
        if self.standing not in _TAGS:
            return None
        return Tag(str(STANDINGS[self.standing]), *_TAGS[self.standing])

    @cached_property
    def part(self) -> Figure:
        """Link what is counted."""
        return self._linked(self._figure.part, PART, self.pair.part)

    @cached_property
    def whole(self) -> Figure:
        """Link what it is counted of."""
        return self._linked(self._figure.whole, WHOLE, self.pair.whole)

    @cached_property
    def signed(self) -> dict[str, Any] | None:
        """Say who signed, and when."""
        signature = self._figure.signed
        return None if signature is None else {"who": signature.who, "at": signature.at}

    @cached_property
    def months(self) -> list[MonthRow]:
        """Give the twelve months, the last perhaps in part."""
        today = timezone.localdate(self._question.now)
        if not self.series.months:  # nothing records it
            return []
        pairs = zip(self._question.frame.months, self.series.months, strict=True)
        return [
            MonthRow(
                month_words(month, is_part=month.last_on >= today),
                self._url_in(month, today),
                *self.told(pair),
                self._said(pair),
            )
            for month, pair in pairs
        ]

    def _url_in(self, month: Month, today: date) -> str:
        kept = {name: value for name, value in self._params.items() if name != "period"}
        days = {"from": month.first_on.isoformat(), "to": min(month.last_on, today).isoformat()}
        return f"{reverse('scorecard_clause', args=[self._clause.key])}?{urlencode({**kept, **days})}"

    def told(self, pair: Pair) -> tuple[int | str, int | str]:
        """Give the two numbers of a stretch; of few, what is said instead of what would give them away."""
        if pair.is_told:
            return pair.part, pair.whole
        return str(self._figure.untold), "" if self.is_count else pair.whole

    @cached_property
    def bars(self) -> list[Bar]:
        """Draw the twelve months, shares from nought to all, counts from nought to the most."""
        months = self.series.months
        most = max((pair.part for pair in months), default=0)
        return [self._bar(place, pair, most) for place, pair in enumerate(months)]

    @property
    def drawing_words(self) -> str:
        """Say what the drawing shows."""
        shown = [row for row in self.months if row.whole]
        if not shown:
            return gettext("Twelve months: no data")
        words = {"first": f"{shown[0].label}: {shown[0].said}", "last": f"{shown[-1].label}: {shown[-1].said}"}
        return gettext("Twelve months. %(first)s. %(last)s.") % words

    def _bar(self, place: int, pair: Pair, most: int) -> Bar:
        is_exact = self.is_count or self.is_yes_or_no
        is_small = not pair.is_told or (pair.whole < self._question.choices.small_number and not is_exact)
        of = most if self.is_count else pair.whole
        height = 0 if is_small or not of else max(1, _BAR_HEIGHT * pair.part // of)
        return Bar(place * 7, _BAR_HEIGHT - height, height, is_small)

    def _said(self, pair: Pair) -> str:
        if not pair.is_told:
            return str(self._figure.untold)
        if self.is_yes_or_no and pair.whole:
            return gettext("yes") if pair.part else gettext("no")
        if self.is_count:
            return number_format(pair.part, use_l10n=True, force_grouping=True)
        if self._figure.of_one_person and pair is self.pair:
            return gettext("about one person: no share")
        if self._figure.target is not None:
            return share_words(pair.part, pair.whole, small_number=self._question.choices.small_number)
        if not pair.whole:
            return gettext("no data")
        return gettext("%(part)s of %(whole)s") % {"part": pair.part, "whole": pair.whole}

    def _linked(self, listed: ListedAt | None, which: str, count: int) -> Figure:
        text = number_format(count, use_l10n=True, force_grouping=True)
        if listed is None and self._figure.matters is None:
            return Figure(text, "", count)
        if listed is None:
            listed = ListedAt("scorecard_rows", (self._clause.key, self.code), {"part": which})
        url = f"{reverse(listed.name, args=listed.args)}?{urlencode({**self._params, **listed.params})}"
        return Figure(text, url, count)


class ClauseRow:
    """A clause with its figures; without one it says why there is none."""

    def __init__(self, finding: Finding, question: Question, params: dict[str, str]) -> None:
        self.clause = finding.clause
        self.words: ClauseWords = CLAUSE_WORDS[finding.clause.key]
        self.measures = [MEASURES[measure] for measure in finding.clause.measures]
        self.section: str | Promise = SECTIONS[finding.clause.section]
        self.figures = [FigureRow(finding.clause, figure, question, params) for figure in finding.figures]
        self.url = f"{reverse('scorecard_clause', args=[finding.clause.key])}?{urlencode(params)}"

    @property
    def is_measurable(self) -> bool:
        """Say whether the clause could be measured at all."""
        return self.clause.measures != (Measure.NONE,)

    @property
    def why_none(self) -> str:
        """Say why there is no figure."""
        if self.is_measurable:
            return gettext("Not measured yet: nothing is recorded.")
        return gettext("Not measurable.")

    @property
    def none_tag(self) -> Tag:
        """Give the tag of a clause without a figure."""
        return Tag(str(STANDINGS[Standing.NOT_MEASURED]), *_TAGS[Standing.NOT_MEASURED])

    @property
    def standings(self) -> list[Standing]:
        """Give the standing of each row; a clause without a figure has one row."""
        return [row.standing for row in self.figures] or [Standing.NOT_MEASURED]


def stretch_words(frame: Frame) -> str:
    """Name the stretch a period is compared with: a month by its name."""
    before = frame.before
    month = Month.of(before.from_on)
    if (before.from_on, before.to_on) == (month.first_on, month.last_on):
        return month_words(month)
    dates = {"first": date_format(before.from_on, "j M Y"), "last": date_format(before.to_on, "j M Y")}
    return gettext("%(first)s to %(last)s") % dates


def month_words(month: Month, *, is_part: bool = False) -> str:
    """Name a month; one that is not over says so."""
    label = date_format(month.first_on, "M Y")
    return gettext("%(month)s so far") % {"month": label} if is_part else label

"""Figures as shown: words, the link to the list behind them, and how many rows that list has."""

from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from requests_app.domain.metrics import Tally
from requests_app.domain.wording import format_business_minutes

_SPACE = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with the list behind it; `count` is how many rows that list must have."""

    text: str
    url: str
    count: int

    def __html__(self) -> str:
        return format_html('<a href="{}">{}</a>', self.url, self.text)


@dataclass(frozen=True, slots=True)
class Tag:
    """A verdict in a word, an icon and a colour."""

    text: str
    kind: str
    icon: str


@dataclass(slots=True)
class Links:
    """Addresses of the lists behind figures, under the filters of one report; it remembers every figure it made.

    Below `small_number` a share is said in numbers and never judged.
    """

    params: dict[str, str]
    milestone: str
    small_number: int
    figures: list[Figure] = field(default_factory=list)

    def clocks(self, part: str, tally: Tally, *, text: str = "", **narrow: str) -> Figure:
        """Link a part of a tally to its clocks; a standard named in `narrow` stands instead of the milestone."""
        return self._clocks(part, tally.count(part), text=text, **narrow)

    def timed(self, count: int, **narrow: str) -> Figure:
        """Link a number of answers after a wait, of which the time is known, to their clocks."""
        return self._clocks("timed", count, **narrow)

    def answered(self, part: str, count: int, **narrow: str) -> Figure:
        """Link a number of answers after a wait to their clocks: all of them, or those "typed_in_late"."""
        late = {"typed_in_late": "1"} if part == "typed_in_late" else {}
        return self._clocks("waited_answered", count, **late, **narrow)

    def params_of_clocks(self, part: str, **narrow: str) -> dict[str, str]:
        """Give what leads to the clocks of a part; a standard stands instead of the milestone."""
        milestone = {} if "standard" in narrow or not self.milestone else {"milestone": self.milestone}
        return {**self.params, **milestone, "part": part, **narrow}

    def _clocks(self, part: str, count: int, *, text: str = "", **narrow: str) -> Figure:
        return self._figure("compliance_clocks", text, count, self.params_of_clocks(part, **narrow))

    def contacts(self, part: str, count: int, *, text: str = "", **narrow: str) -> Figure:
        """Link a number of logged contacts to them."""
        return self._figure("compliance_contacts", text, count, {"part": part, **narrow}, without="standard")

    def imported(self, part: str, count: int, **narrow: str) -> Figure:
        """Link a number of imported cases to them."""
        return self._figure("compliance_imported", "", count, {"part": part, **narrow}, without="standard")

    def _figure(self, name: str, text: str, count: int, narrow: dict[str, str], *, without: str = "") -> Figure:
        params = {key: value for key, value in {**self.params, **narrow}.items() if key != without}
        figure = Figure(text or number_format(count, use_l10n=True, force_grouping=True), "", count)
        figure = Figure(figure.text, f"{reverse(name)}?{urlencode(params)}", count)
        self.figures.append(figure)
        return figure


def tenths(part: int, whole: int) -> int:
    """Give a share in tenths of a per cent, rounded down: 99.96 per cent never reads as all."""
    return 1000 * part // whole


def share_words(part: int, whole: int, *, small_number: int) -> str:
    """Say a share: a percentage, or "3 of 3" while the number is small, or that there is no data."""
    if not whole:
        return gettext("no data")
    if whole < small_number:
        return gettext("%(part)s of %(whole)s") % {"part": part, "whole": whole}
    return per_cent(tenths(part, whole))


def per_cent(tenths_of_per_cent: int) -> str:
    """Write tenths of a per cent as "93.9 %"."""
    return f"{number_format(Decimal(tenths_of_per_cent) / 10, 1)}{_SPACE}%"


def whole_per_cent(target: Decimal) -> str:
    """Write a target as "95 %", with a decimal only where it has one."""
    shown = target * 100
    return f"{number_format(shown, 0 if shown == int(shown) else 1)}{_SPACE}%"


def minutes_words(minutes: int | None) -> str:
    """Say business minutes: "2.4 h", or that there is no data."""
    if minutes is None:
        return gettext("no data")
    return format_business_minutes(minutes, language=get_language() or "en")


def target_tag(tally: Tally, target: Decimal, *, small_number: int) -> Tag:
    """Judge what had to wait against a target; too few are not judged."""
    met, whole = tally.count("waited_met"), tally.count("waited_n")
    if not whole:
        return Tag(gettext("No data"), "", "dash-circle-fill")
    if whole < small_number:
        return Tag(gettext("Too few to rate"), "", "info-circle-fill")
    if met >= target * whole:
        return Tag(gettext("On target"), "good", "check-circle-fill")
    return Tag(gettext("Under target"), "soon", "exclamation-triangle-fill")


def against_target(tally: Tally, target: Decimal, *, small_number: int) -> str:
    """Compare what is shown with a target, in points."""
    whole = tally.count("waited_n")
    names = {"target": whole_per_cent(target), "points": ""}
    if whole < small_number:
        return gettext("Target %(target)s") % names
    difference = tenths(tally.count("waited_met"), whole) - int(target * 1000)
    names["points"] = number_format(Decimal(abs(difference)) / 10, 1)
    if difference < 0:
        return gettext("%(points)s points under the %(target)s target") % names
    if difference > 0:
        return gettext("%(points)s points over the %(target)s target") % names
    return gettext("At the %(target)s target") % names


def n_line(tally: Tally, links: Links) -> SafeString:
    """Say what the headline is made of, each number with its list."""
    return format_html(
        gettext("n = {n}: {kept} kept, {late} late, {overdue} overdue"),
        n=links.clocks("waited_n", tally),
        kept=links.clocks("waited_met", tally),
        late=links.clocks("waited_late", tally),
        overdue=links.clocks("waited_overdue", tally),
    )

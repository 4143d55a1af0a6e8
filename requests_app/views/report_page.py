"""The compliance page as data: tiles, tables, and the figures with the lists behind them."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from requests_app.domain.metrics import total
from requests_app.forms.reports import ReportAddress
from requests_app.selectors.reports.cells import tallies
from requests_app.selectors.reports.facts import clock_facts
from requests_app.selectors.reports.first_contact import first_contact
from requests_app.selectors.reports.imported_targets import imported_targets
from requests_app.selectors.reports.scope import ReportScope
from requests_app.views.report_figures import (
    Figure,
    Links,
    against_target,
    minutes_words,
    n_line,
    share_words,
    tenths,
)
from requests_app.views.report_trend import MonthFigure, scale_start, trend


@dataclass(frozen=True, slots=True)
class Tile:
    """One stat tile, named as its component's variables."""

    label: str
    figure: str
    url: str
    lines: list[str | SafeString]
    none: bool = False
    share: float | None = None
    local_choice: bool = False


class CompliancePage:
    """All that the page shows; eight queries, whatever the number of clocks."""

    def __init__(self, scope: ReportScope, address: ReportAddress) -> None:
        self.address = address
        self.links = Links(address.link_params(), address.headline_milestone, address.choices.small_number)
        query = address.query()
        self.cells = tallies(
            clock_facts(scope, query), ("standard_id", "milestone", "department_id"), period=query.period
        )
        headline = address.query_of_headline()
        self.months: list[MonthFigure] = trend(scope, headline, self.links)
        self.contacts = first_contact(scope, query, ("channel",))
        self.imported_cases = imported_targets(scope, query)
        wanted = address.headline_milestone
        self.headline_cells = {key: tally for key, tally in self.cells.items() if wanted in ("", key[1])}
        self.headline = total(self.headline_cells.values())

    @property
    def target(self) -> Decimal:
        """The target of the headline."""
        return self.address.target

    @property
    def target_share(self) -> float:
        """The target of the headline in per cent, as the bar marks it."""
        return float(self.target * 100)

    @property
    def small_number(self) -> int:
        """Below how many there is no percentage."""
        return self.links.small_number

    def share(self, part: int, whole: int) -> str:
        """Say a share as this page does."""
        return share_words(part, whole, small_number=self.small_number)

    @property
    def scale_start(self) -> int:
        """Where the scale of the drawing begins, in per cent."""
        return scale_start(self.months, self.target)

    def tiles(self) -> list[Tile]:
        """Give the headline and the three figures beside it."""
        return [self._on_time(), *self._times(), self._on_the_spot()]

    def _on_time(self) -> Tile:
        met, whole = self.headline.count("waited_met"), self.headline.count("waited_n")
        everything = gettext("Of all contacts, answered on the spot included: {share}, n = {n}")
        link = self.links.clocks("waited_n", self.headline)
        return Tile(
            label=gettext("Answered on time, of those that had to wait"),
            figure=self.share(met, whole),
            url=link.url,
            lines=[
                against_target(self.headline, self.target, small_number=self.small_number),
                n_line(self.headline, self.links),
                format_html(everything, share=self._share_of_all(), n=self.links.clocks("n", self.headline)),
            ],
            none=not whole,
            share=tenths(met, whole) / 10 if whole >= self.small_number else None,
            local_choice=True,
        )

    def _share_of_all(self) -> str:
        return self.share(self.headline.count("met"), self.headline.count("n"))

    def _times(self) -> list[Tile]:
        labels = ((50, gettext("Median time to answer")), (90, gettext("9 of 10 answered within")))
        return [
            Tile(
                label=label,
                figure=minutes_words(self.headline.within(per_cent)),
                url=self.links.clocks("timed", self.headline).url,
                lines=[gettext("business hours"), format_html("n = {}", self.links.clocks("timed", self.headline))],
                none=not self.headline.minutes,
            )
            for per_cent, label in labels
        ]

    def _on_the_spot(self) -> Tile:
        contacts, resolved = (sum(row[name] for row in self.contacts.values()) for name in ("contacts", "resolved"))
        return Tile(
            label=gettext("Answered on the spot"),
            figure=self.share(resolved, contacts),
            url=self.links.contacts("resolved", resolved).url,
            lines=[gettext("of logged contacts"), format_html("n = {}", self.links.contacts("contacts", contacts))],
            none=not contacts,
        )

    def beside(self) -> list[tuple[Figure, str]]:
        """Give what stands beside the rate, never in it."""
        words = {
            "excused": ngettext("late answer excused", "late answers excused", self.headline.count("excused")),
            "open": gettext("open, not yet due"),
            "cancelled": gettext("cancelled"),
            "merged": gettext("merged"),
            "corrected": gettext("corrected"),
            "recorded_late": gettext("recorded late"),
            "holding_only": gettext("holding answer only"),
        }
        no_reply = sum(row["no_reply"] for row in self.contacts.values())
        return [
            *((self.links.clocks(part, self.headline), word) for part, word in words.items()),
            (self.links.contacts("no_reply", no_reply), gettext("waiting for no reply")),
        ]

"""How long answers took: the histogram in hours of business time, and median and 9 of 10 by channel and kind."""

from collections import Counter
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext

from requests_app.domain.metrics import Tally, histogram, total
from requests_app.models.labels import CHANNELS, KINDS
from requests_app.selectors.reports.cells import Key, tallies
from requests_app.selectors.reports.facts import clock_facts
from requests_app.views.report_access import Reading
from requests_app.views.report_figures import Links, minutes_words, share_words
from requests_app.views.report_grids import Grid, GridRow
from requests_app.views.report_rows import time_bin_words

_BY = ("channel", "kind")


def tallies_of_times(reading: Reading) -> dict[Key, Tally]:
    """Count the clocks of the headline by channel and kind; two queries."""
    query = reading.address.query_of_headline()
    return tallies(clock_facts(reading.scope, query), ("channel", "service_request__kind"), period=query.period)


def time_bins(found: Mapping[Key, Tally]) -> dict[str, int]:
    """Count the answers in each bar of the histogram."""
    minutes: Counter[int] = Counter()
    for tally in found.values():
        minutes.update(tally.minutes)
    return histogram(minutes)


def time_grids(reading: Reading, links: Links) -> list[Grid]:
    """Give the tables, the first of them that of the drawing."""
    found = tallies_of_times(reading)
    channels = {code.value: label for code, label in CHANNELS.items()}
    kinds = {code.value: label for code, label in KINDS.items()}
    return [
        _distribution(time_bins(found), links),
        _times("channel", (gettext("By channel"), gettext("Channel")), channels, found=found, links=links),
        _times("kind", (gettext("By kind"), gettext("Kind")), kinds, found=found, links=links),
    ]


def _distribution(bins: Mapping[str, int], links: Links) -> Grid:
    whole, so_far, rows = sum(bins.values()), 0, []
    for code, number in bins.items():
        so_far += number
        shares = [share_words(part, whole, small_number=links.small_number) for part in (number, so_far)]
        rows.append(GridRow(time_bin_words(code), [links.timed(number, time_bin=code), *shares]))
    return Grid(
        code="distribution",
        title=gettext("How long answers took"),
        note=gettext(
            "Answers after a wait, by hours of business time from start to answer. The bars are not equally wide: each "
            "begins where the one before ends."
        ),
        first_head=gettext("Business time"),
        heads=["n", gettext("Share"), gettext("Up to here")],
        rows=rows,
    )


def _times(
    name: str, titles: tuple[str, str], labels: Mapping[str, str | Promise], *, found: Mapping[Key, Tally], links: Links
) -> Grid:
    place = _BY.index(name)
    rows = []
    for code, label in labels.items():
        tally = total(value for key, value in found.items() if key[place] == code)
        if tally.minutes:
            words = [minutes_words(tally.within(50)), minutes_words(tally.within(90))]
            rows.append(GridRow(str(label), [links.clocks("timed", tally, **{name: code}), *words]))
    return Grid(
        code=name,
        title=titles[0],
        note=gettext("Business time to the answer, of those that had to wait."),
        first_head=titles[1],
        heads=["n", gettext("Median"), gettext("9 of 10 within")],
        rows=rows,
    )

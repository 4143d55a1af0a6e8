"""Logged contacts: by weekday and hour, channel, kind and language, and the share answered on the spot."""

from collections import Counter
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext

from requests_app.domain.metrics import Tally, total
from requests_app.models.labels import CHANNELS, KINDS
from requests_app.selectors.reports.cells import Key, tallies
from requests_app.selectors.reports.facts import clock_facts
from requests_app.selectors.reports.first_contact import first_contact, load_by_hour
from requests_app.views.report_access import Reading
from requests_app.views.report_figures import Figure, Links, share_words
from requests_app.views.report_grids import Cell, Grid, GridRow, on_time_cells
from requests_app.views.report_rows import hour_words, language_words, weekday_words

_WEEKDAYS = range(1, 8)
_OFFICE_HOURS = (8, 16)
_BY = ("channel", "kind", "language")


def load_grids(reading: Reading, links: Links) -> list[Grid]:
    """Give the tables; four queries."""
    query = reading.address.query()
    facts = clock_facts(reading.scope, reading.address.query_of_headline())
    on_time = tallies(
        facts, ("channel", "service_request__kind", "service_request__language"), period=query.period, is_timed=False
    )
    contacts = first_contact(reading.scope, query, _BY)
    languages = sorted({key[2] for key in (*contacts, *on_time)}, key=lambda code: (code != "en", code))
    labels: Mapping[str, Mapping[str, str | Promise]] = {
        "channel": {code.value: label for code, label in CHANNELS.items()},
        "kind": {code.value: label for code, label in KINDS.items()},
        "language": {code: language_words(code) for code in languages},
    }
    titles = {
        "channel": (gettext("By channel"), gettext("Channel")),
        "kind": (gettext("By kind"), gettext("Kind")),
        "language": (gettext("By language"), gettext("Language")),
    }
    return [
        _hours(load_by_hour(reading.scope, query), links),
        *(_grid(name, titles[name], labels[name], contacts=contacts, on_time=on_time, links=links) for name in _BY),
    ]


def _hours(load: Mapping[tuple[int, int], int], links: Links) -> Grid:
    """Give a row for each hour from the first to the last with a contact, office hours always."""
    used = [hour for _weekday, hour in load]
    hours = range(min([*used, _OFFICE_HOURS[0]]), max([*used, _OFFICE_HOURS[1]]) + 1)
    rows = [
        GridRow(
            hour_words(hour),
            [
                *(_contacts(links, load.get((day, hour), 0), weekday=day, hour=hour) for day in _WEEKDAYS),
                _contacts(links, sum(load.get((day, hour), 0) for day in _WEEKDAYS), hour=hour),
            ],
        )
        for hour in hours
    ]
    days = [_contacts(links, sum(load.get((day, hour), 0) for hour in hours), weekday=day) for day in _WEEKDAYS]
    rows.append(GridRow(gettext("All hours"), [*days, _contacts(links, sum(load.values()))]))
    return Grid(
        code="hours",
        title=gettext("When contacts come in"),
        note=gettext("Logged contacts by weekday and hour of reaching the city. No standard narrows this."),
        first_head=gettext("From"),
        heads=[*(weekday_words(day) for day in _WEEKDAYS), gettext("All")],
        rows=rows,
        is_heat=True,
    )


def _contacts(links: Links, count: int, **narrow: int) -> Figure:
    return links.contacts("contacts", count, **{name: str(value) for name, value in narrow.items()})


def _grid(
    name: str,
    titles: tuple[str, str],
    labels: Mapping[str, str | Promise],
    *,
    contacts: Mapping[Key, Counter[str]],
    on_time: Mapping[Key, Tally],
    links: Links,
) -> Grid:
    """Give a row for each value there is anything to count of."""
    place, rows = _BY.index(name), []
    for code, label in labels.items():
        counts: Counter[str] = Counter()
        for key, number in contacts.items():
            counts.update(number if key[place] == code else {})
        tally = total(value for key, value in on_time.items() if key[place] == code)
        if counts["contacts"] or tally.clocks:
            rows.append(GridRow(str(label), _cells(counts, tally, links, **{name: code})))
    title, first_head = titles
    note = gettext("Logged contacts and the share answered on the spot; on time, of those that had to wait.")
    return Grid(name, title, note, first_head, _heads(), rows)


def _heads() -> list[str]:
    on_the_spot = [gettext("Logged"), gettext("On the spot"), gettext("Share on the spot")]
    return [*on_the_spot, gettext("Kept"), "n", gettext("On time")]


def _cells(counts: Counter[str], tally: Tally, links: Links, **narrow: str) -> list[Cell]:
    return [
        links.contacts("contacts", counts["contacts"], **narrow),
        links.contacts("resolved", counts["resolved"], **narrow),
        share_words(counts["resolved"], counts["contacts"], small_number=links.small_number),
        *on_time_cells(tally, links, **narrow),
    ]

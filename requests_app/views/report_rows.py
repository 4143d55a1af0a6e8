"""The columns of the lists behind the figures, the same on screen and in a file."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from requests_app.domain.metrics import ClockClass, ImportedClass
from requests_app.models.labels import CHANNELS, NO_REPLIES

CELLS = 2  # number and title are drawn together; the cells after them one by one

_KINDS = {
    ClockClass.MET.value: gettext_lazy("Kept"),
    ClockClass.LATE.value: gettext_lazy("Late"),
    ClockClass.OVERDUE.value: gettext_lazy("Overdue"),
    ClockClass.OPEN.value: gettext_lazy("Open"),
    ClockClass.EXCUSED.value: gettext_lazy("Late answer excused"),
    ClockClass.MERGED.value: gettext_lazy("Merged"),
    ClockClass.CANCELLED.value: gettext_lazy("Cancelled"),
}
_IMPORTED_KINDS = {
    ImportedClass.NO_TARGET.value: gettext_lazy("No target"),
    ImportedClass.ON_TIME.value: gettext_lazy("Closed on time"),
    ImportedClass.LATE.value: gettext_lazy("Closed late"),
    ImportedClass.OVERDUE.value: gettext_lazy("Overdue"),
    ImportedClass.OPEN.value: gettext_lazy("Open"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column; values are text, numbers, instants or nothing."""

    label: str | Promise
    value: Callable[[Any], Any]
    is_instant: bool = False
    is_number: bool = False


Columns = tuple[Column, ...]


def _channel(line: Any) -> str:
    return str({code.value: label for code, label in CHANNELS.items()}.get(line.channel, line.channel))


def _why_no_reply(line: Any) -> str:
    return str({code.value: label for code, label in NO_REPLIES.items()}.get(line.no_reply, ""))


_BASE: Columns = (
    Column(gettext_lazy("Tracking number"), lambda line: line.number),
    Column(gettext_lazy("Request"), lambda line: line.title),
)


def clock_columns() -> Columns:
    """Give the columns of clocks."""
    return (
        *_BASE,
        Column(gettext("Started"), lambda line: line.at, is_instant=True),
        Column(gettext("Standard"), lambda line: line.standard),
        Column(gettext("Department"), lambda line: line.department),
        Column(gettext("Channel"), _channel),
        Column(gettext("Answer by"), lambda line: line.due_at, is_instant=True),
        Column(gettext("Answered"), lambda line: line.met_at, is_instant=True),
        Column(gettext("Counted as"), lambda line: str(_KINDS[line.kind])),
        Column(gettext("Business minutes"), lambda line: line.minutes, is_number=True),
    )


def contact_columns() -> Columns:
    """Give the columns of logged contacts."""
    return (
        *_BASE,
        Column(gettext("Received"), lambda line: line.at, is_instant=True),
        Column(gettext("Department"), lambda line: line.department),
        Column(gettext("Channel"), _channel),
        Column(gettext("Answered on the spot"), lambda line: gettext("yes") if line.is_resolved else gettext("no")),
        Column(gettext("No reply"), _why_no_reply),
    )


def imported_columns() -> Columns:
    """Give the columns of imported cases."""
    return (
        *_BASE,
        Column(gettext("Opened"), lambda line: line.at, is_instant=True),
        Column(gettext("Source"), lambda line: line.source),
        Column(gettext("Department there"), lambda line: line.agency),
        Column(gettext("Its target"), lambda line: line.target_at, is_instant=True),
        Column(gettext("Closed"), lambda line: line.closed_at, is_instant=True),
        Column(gettext("Counted as"), lambda line: str(_IMPORTED_KINDS[line.imported_class])),
    )

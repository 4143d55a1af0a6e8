"""The columns of the lists behind the figures, the same on screen and in a file."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from requests_app.domain.metrics import ClockClass, ImportedClass
from requests_app.models.labels import CHANNELS, NO_REPLIES

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
    is_meta: bool = False  # drawn beneath the title


Columns = tuple[Column, ...]


def _channel(line: Any) -> str:
    return str({code.value: label for code, label in CHANNELS.items()}.get(line.channel, line.channel))


def _why_no_reply(line: Any) -> str:
    return str({code.value: label for code, label in NO_REPLIES.items()}.get(line.no_reply, ""))


_NUMBER = Column(gettext_lazy("Tracking number"), lambda line: line.number, is_meta=True)
TITLE = Column(gettext_lazy("Request"), lambda line: line.title)
_DEPARTMENT = Column(gettext_lazy("Department"), lambda line: line.department, is_meta=True)
_CHANNEL = Column(gettext_lazy("Channel"), _channel, is_meta=True)


def clock_columns() -> Columns:
    """Give the columns of clocks."""
    return (
        _NUMBER,
        TITLE,
        Column(gettext("Started"), lambda line: line.at, is_instant=True),
        Column(gettext("Standard"), lambda line: line.standard, is_meta=True),
        _CHANNEL,
        _DEPARTMENT,
        Column(gettext("Answer by"), lambda line: line.due_at, is_instant=True),
        Column(gettext("Answered"), lambda line: line.met_at, is_instant=True),
        Column(gettext("Counted as"), lambda line: str(_KINDS.get(line.kind, line.kind))),
        Column(gettext("Business minutes"), lambda line: line.minutes, is_number=True),
    )


def contact_columns() -> Columns:
    """Give the columns of logged contacts."""
    return (
        _NUMBER,
        TITLE,
        Column(gettext("Received"), lambda line: line.at, is_instant=True),
        _CHANNEL,
        _DEPARTMENT,
        Column(gettext("Answered on the spot"), lambda line: gettext("yes") if line.is_resolved else gettext("no")),
        Column(gettext("No reply"), _why_no_reply),
    )


def imported_columns() -> Columns:
    """Give the columns of imported cases."""
    return (
        _NUMBER,
        TITLE,
        Column(gettext("Opened"), lambda line: line.at, is_instant=True),
        Column(gettext("Source"), lambda line: line.source, is_meta=True),
        Column(gettext("Department there"), lambda line: line.agency, is_meta=True),
        Column(gettext("Its target"), lambda line: line.target_at, is_instant=True),
        Column(gettext("Closed"), lambda line: line.closed_at, is_instant=True),
        Column(gettext("Counted as"), lambda line: str(_IMPORTED_KINDS[line.imported_class])),
    )

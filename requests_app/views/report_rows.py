"""The columns of the lists behind the figures, the same on screen and in a file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import time_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy

from requests_app.domain.metrics import MOST_TRANSFERS, TIME_BINS, ClockClass, ImportedClass
from requests_app.domain.wording import Style, format_instant
from requests_app.models.labels import CHANNELS, KINDS, LANGUAGES, NO_REPLIES
from requests_app.selectors.reports.scope import Narrowing
from requests_app.views.replay_words import MOVE_WORDS

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
    as_meta: Callable[[Any], str] | None = None  # its words there, where they differ from the value in a file

    def said(self, line: Any) -> Any:
        """Say it beneath the title."""
        return self.as_meta(line) if self.as_meta else self.value(line)


Columns = tuple[Column, ...]


def _channel(line: Any) -> str:
    return str({code.value: label for code, label in CHANNELS.items()}.get(line.channel, line.channel))


def _kind(line: Any) -> str:
    return str({code.value: label for code, label in KINDS.items()}.get(line.kind, line.kind))


def language_words(code: str) -> str:
    """Name a language; the city's own words for what it does not know by name are its code."""
    return gettext("English") if code == "en" else str(LANGUAGES.get(code, code))


def _why_no_reply(line: Any) -> str:
    return str({code.value: label for code, label in NO_REPLIES.items()}.get(line.no_reply, ""))


def _is_on_the_spot(line: Any) -> str:
    return gettext("yes") if line.is_on_the_spot else gettext("no")


def _said_on_the_spot(line: Any) -> str:
    return gettext("answered on the spot") if line.is_on_the_spot else ""


def _recorded_later(line: Any) -> str:
    """Say when an answer was typed in, where that was not at once."""
    if line.recorded_at is None or line.met_at is None or line.recorded_at - line.met_at < _AT_ONCE:
        return ""
    words = format_instant(
        line.recorded_at,
        time_zone=ZoneInfo(settings.TIME_ZONE),
        language=get_language() or settings.LANGUAGE_CODE,
        today=timezone.localdate(),
        style=Style.SHORT,
    )
    return gettext("typed in %(at)s") % {"at": words}


_AT_ONCE = timedelta(minutes=1)
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
        Column(
            gettext("Recorded"), lambda line: line.recorded_at, is_instant=True, is_meta=True, as_meta=_recorded_later
        ),
        Column(gettext("Counted as"), lambda line: str(_KINDS.get(line.kind, line.kind))),
        Column(gettext("Business minutes"), lambda line: line.minutes, is_number=True),
        # The headline leaves these out: without them nobody could reckon it again from the file.
        Column(gettext("Answered on the spot"), _is_on_the_spot, is_meta=True, as_meta=_said_on_the_spot),
    )


def contact_columns() -> Columns:
    """Give the columns of logged contacts."""
    return (
        _NUMBER,
        TITLE,
        Column(gettext("Received"), lambda line: line.at, is_instant=True),
        Column(gettext("Recorded"), lambda line: line.recorded_at, is_instant=True),
        Column(gettext("Kind"), _kind, is_meta=True),
        _CHANNEL,
        _DEPARTMENT,
        Column(gettext("Answered on the spot"), lambda line: gettext("yes") if line.is_resolved else gettext("no")),
        Column(gettext("No reply"), _why_no_reply),
        Column(gettext("Language"), lambda line: language_words(line.language)),
    )


def replay_columns() -> Columns:
    """Give the columns of clocks that would have been judged otherwise."""
    return (
        _NUMBER,
        TITLE,
        Column(gettext("Started"), lambda line: line.at, is_instant=True),
        Column(gettext("Standard"), lambda line: line.standard, is_meta=True),
        _CHANNEL,
        _DEPARTMENT,
        Column(gettext("Answer by"), lambda line: line.due_at, is_instant=True),
        Column(gettext("Would be by"), lambda line: line.would_be_due_at, is_instant=True),
        Column(gettext("Answered"), lambda line: line.met_at, is_instant=True),
        Column(gettext("What changes"), lambda line: str(MOVE_WORDS[line.move])),
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


def hour_words(hour: int) -> str:
    """Name an hour of the day: 9 am."""
    return time_format(time(hour), "g A").lower()


def weekday_words(weekday: int) -> str:
    """Name an ISO weekday, Monday 1, in short."""
    return str(WEEKDAYS_ABBR[weekday - 1])


def time_bin_words(code: str) -> str:
    """Say a bar of the histogram in hours of business time."""
    each = TIME_BINS[code]
    if each.to_hours is None:
        return gettext("%(hours)s h and more") % {"hours": each.from_hours}
    if not each.from_hours:
        return gettext("under %(hours)s h") % {"hours": each.to_hours}
    return gettext("%(first)s to %(last)s h") % {"first": each.from_hours, "last": each.to_hours}


def short_time_bin_words(code: str) -> str:
    """Say a bar of the histogram in hours alone, for its drawing: 2–4."""
    each = TIME_BINS[code]
    return f"{each.from_hours}\N{EN DASH}{each.to_hours}" if each.to_hours else f"{each.from_hours}+"


def transfer_words(transfers: int) -> str:
    """Say how many transfers; the last number stands for itself and more."""
    if transfers >= MOST_TRANSFERS:
        return gettext("%(number)s or more") % {"number": transfers}
    return str(transfers) if transfers else gettext("none")


def narrowing_words(asked: Narrowing) -> list[str]:
    """Say what a list is narrowed to beyond the filters of its report."""
    words = [language_words(asked.language)] if asked.language else []
    if asked.weekday is not None:
        words.append(weekday_words(asked.weekday))
    if asked.hour is not None:
        words.append(gettext("from %(hour)s") % {"hour": hour_words(asked.hour)})
    if asked.time_bin:
        words.append(gettext("answered within %(hours)s") % {"hours": time_bin_words(asked.time_bin)})
    if asked.moves is not None:
        words.append(gettext("moves to another department: %(n)s") % {"n": transfer_words(asked.moves)})
    if asked.gives is not None:
        words.append(gettext("times given on: %(n)s") % {"n": transfer_words(asked.gives)})
    if asked.is_typed_in_late:
        words.append(gettext("typed in long after"))
    return words

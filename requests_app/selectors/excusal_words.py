"""Why an absence may excuse an answer, or may not, in words; never why somebody is away (III.b.ii.3, III.b.ii.4)."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language, gettext

from requests_app.domain.absences import AbsenceKind, Cover, cover_of
from requests_app.domain.calendar_errors import CalendarError
from requests_app.domain.calendars import BusinessCalendar
from requests_app.domain.wording import Style, format_date, format_instant, format_time
from requests_app.models import Absence, ExcusalProposal, ResponseClock
from requests_app.selectors.excusals import CoverRule


class ExcusalWords:
    """Words about proposals as seen at the instant of the rule, in the reader's language."""

    def __init__(self, rule: CoverRule) -> None:
        self._rule = rule
        self._language = get_language() or "en"
        self._today = timezone.localdate(rule.now)

    def away(self, absence: Absence) -> str:
        """Write from when until when somebody is away."""
        since = self._instant(absence.starts_at)
        if absence.ends_at is None:
            return gettext("away since %(since)s, return not known yet") % {"since": since}
        return gettext("away %(since)s to %(until)s") % {"since": since, "until": self._instant(absence.ends_at)}

    def why(self, proposal: ExcusalProposal) -> Iterator[str]:
        """Yield why a clock was proposed: when it was due, what the absence covers, and whose it was."""
        absence, clock = proposal.absence, proposal.clock
        yield self.cover(absence, clock)
        parts = {"name": absence.employee.name, "at": self._instant(absence.recorded_at)}
        yield gettext("It was with %(name)s when the absence was recorded, %(at)s.") % parts

    def cover(self, absence: Absence, clock: ResponseClock) -> str:
        """Say how much of the day an answer was due on an absence covers, and whether that is enough."""
        if absence.kind == AbsenceKind.PLANNED:
            return gettext("Planned leave excuses nothing (III.b.ii.3, III.b.ii.4).")
        if clock.due_at is None or self._rule.calendar is None:
            return gettext("The answer has no answer-by date yet.")
        try:
            return self._cover(absence, clock.due_at, self._rule.calendar)
        except CalendarError:
            return gettext("The calendar does not reach that day.")

    def _cover(self, absence: Absence, due_at: datetime, calendar: BusinessCalendar) -> str:
        on = calendar.due_date(due_at)
        day = format_date(on, language=self._language, today=self._today, style=Style.SHORT)
        cover = cover_of(self._rule.period(absence), on, calendar)
        if cover is Cover.NONE:
            return gettext("It does not cover %(day)s, the day the answer was due.") % {"day": day}
        intervals = calendar.intervals_on(on)
        opens, closes = (
            format_time(minute, language=self._language)
            for minute in (intervals[0].start_minute, intervals[-1].end_minute)
        )
        parts = {"day": day, "opens": opens, "closes": closes}
        if cover is Cover.WHOLE:
            return (
                gettext("The answer was due %(day)s, and the absence covers all of that day, %(opens)s to %(closes)s.")
                % parts
            )
        enough = gettext("The whole day is needed (local choice).")
        if not self._rule.needs_whole_day:
            enough = gettext("That is enough (local choice).")
        said = gettext("The answer was due %(day)s, and the absence covers part of that day, %(opens)s to %(closes)s.")
        return f"{said % parts} {enough}"

    def _instant(self, at: datetime) -> str:
        return format_instant(
            at,
            time_zone=timezone.get_default_timezone(),
            language=self._language,
            today=self._today,
            style=Style.SHORT,
        )

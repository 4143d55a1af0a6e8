"""Files of absences, read into rows whichever kind they are."""

from datetime import date

from requests_app.domain.absence_rows import NEEDED, column_of
from requests_app.domain.roster_files import MOST_BYTES, RosterFile, UnusableRoster, read_table
from requests_app.selectors.absence_events import MOST_ROWS, is_calendar, read_calendar


def read_absence_file(data: bytes, *, today: date) -> RosterFile:
    """Read a calendar or a table into rows, whichever it is. Raises UnusableRoster."""
    if len(data) > MOST_BYTES:
        raise UnusableRoster("too_big", limit=MOST_BYTES // 1024 // 1024)
    if is_calendar(data):
        return read_calendar(data, today=today)
    return read_table(data, column_of=column_of, needed=NEEDED, most_rows=MOST_ROWS)

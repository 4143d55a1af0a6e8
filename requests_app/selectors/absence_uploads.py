"""Files of absences that wait between preview and application; nobody sees another's."""

from datetime import date

from django.db.models import QuerySet

from requests_app.domain.absence_rows import NEEDED, column_of
from requests_app.domain.roster_files import MOST_BYTES, RosterFile, RosterLine, UnusableRoster, read_table
from requests_app.models import AbsenceUpload
from requests_app.selectors.absence_events import MOST_ROWS, is_calendar, read_calendar
from requests_app.selectors.access import Actor


def absence_uploads_of(actor: Actor) -> QuerySet[AbsenceUpload]:
    """Give the files somebody uploaded and did not apply yet."""
    return AbsenceUpload.objects.filter(uploaded_by=actor.employee_id, uploaded_by__isnull=False)


def absence_lines(upload: AbsenceUpload) -> list[RosterLine]:
    """Give the rows of a kept file."""
    return [RosterLine(line, cells) for line, cells in upload.lines]


def read_absence_file(data: bytes, *, today: date) -> RosterFile:
    """Read a calendar or a table into rows, whichever it is. Raises UnusableRoster."""
    if len(data) > MOST_BYTES:
        raise UnusableRoster("too_big", limit=MOST_BYTES // 1024 // 1024)
    if is_calendar(data):
        return read_calendar(data, today=today)
    return read_table(data, column_of=column_of, needed=NEEDED, most_rows=MOST_ROWS)

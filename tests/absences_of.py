"""An absence as the front desk records it in tests: Alice is away on the due day of what was logged for her."""

from datetime import UTC, date, datetime, timedelta

from requests_app.domain.absences import AbsenceKind, AbsenceReason
from requests_app.models import Absence, Employee
from requests_app.services.absences import AbsenceEntry, record_absence
from tests.cast import actor

# Tue 24 Nov 2026, the day on which what was logged at NOW is due: 8 am, 3 pm, 5 pm in Pinole.
OPENS = datetime(2026, 11, 24, 16, tzinfo=UTC)
AT_THREE = OPENS + timedelta(hours=7)
DUE = OPENS + timedelta(hours=9)
LATE = DUE + timedelta(hours=16)  # Wed 25 Nov, 9:00 am
OPEN_ENDED = AbsenceEntry(
    kind=AbsenceKind.UNFORESEEN,
    reason=AbsenceReason.ILLNESS,
    starts_at=OPENS,
    ends_at=None,
    ask_again_on=date(2026, 11, 30),
)


def call_in_sick(
    who: Employee, *, by: Employee, at: datetime = AT_THREE, since: datetime = OPENS, until: datetime = DUE
) -> Absence:
    """Record an unforeseen absence over the due day, told at 3 pm of that day unless said otherwise."""
    entry = AbsenceEntry(kind=AbsenceKind.UNFORESEEN, reason=AbsenceReason.ILLNESS, starts_at=since, ends_at=until)
    return record_absence(entry, employee_id=who.pk, actor=actor(by), at=at)

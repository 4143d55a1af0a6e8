"""The kinds of background job, each as the call of the service that does it."""

from requests_app.models import Employee
from requests_app.selectors.access import SYSTEM, Actor, actor_for_employee
from requests_app.selectors.verification import verify_trail
from requests_app.services.calendars import recompute_open_clocks
from requests_app.services.destruction import destroy_listed
from requests_app.services.jobs import JobRun
from requests_app.services.ladder import reschedule_reminders
from requests_app.services.seals import record_verification


def recompute_clocks(run: JobRun) -> dict[str, object]:
    """Let the open clocks follow a calendar that was confirmed anew; needs the parameter `calendar_id`."""
    calendar_id = int(str(run.parameters["calendar_id"]))
    moved = recompute_open_clocks(calendar_id=calendar_id, actor=_asked_by(run), at=run.clock(), report=run.report)
    return {"moved": moved}


def verify_audit(run: JobRun) -> dict[str, object]:
    """Verify the whole trail and keep what was found, as manage.py verify_audit does."""
    started_at = run.clock()
    found = verify_trail(now=started_at)
    record_verification(found, started_at=started_at, at=run.clock())
    return {"entries": found.entries, "fault": str(found.fault) if found.fault else ""}


def reschedule_open_reminders(run: JobRun) -> dict[str, object]:
    """Let the reminders of the open clocks follow a ladder that was changed."""
    return {"moved": reschedule_reminders(report=run.report)}


def destroy_records(run: JobRun) -> dict[str, object]:
    """Destroy what a resolved disposal list names; needs the parameter `disposal_id`."""
    disposal_id = int(str(run.parameters["disposal_id"]))
    return dict(destroy_listed(disposal_id=disposal_id, actor=_asked_by(run), clock=run.clock, report=run.report))


def _asked_by(run: JobRun) -> Actor:
    employee = Employee.objects.filter(pk=run.requested_by_id).first() if run.requested_by_id else None
    return actor_for_employee(employee) if employee else SYSTEM
